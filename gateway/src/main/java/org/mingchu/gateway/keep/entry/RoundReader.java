package org.mingchu.gateway.keep.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborReader;

import java.util.Optional;

/**
 * Reads what one subject says in rounds of readings: a chart of one sensor needs nothing else of
 * them. One thread.
 */
public final class RoundReader {
    private final byte[] subject;

    public RoundReader(String subject) {
        this.subject = subject.getBytes(UTF_8);
    }

    /**
     * A round with the readings of the subject only; empty for other entries.
     *
     * @throws Cbor.Unknown when a later program wrote it
     * @throws Cbor.Malformed when it is damaged
     */
    public Optional<Entry> read(byte[] bytes) {
        var entry = EntryCodec.decode(bytes, this::body);
        return entry.fact() instanceof Fact.Round ? Optional.of(entry) : Optional.empty();
    }

    private Fact body(CborReader in, long kind) {
        return FactCodec.readRound(in, kind, subject);
    }
}
