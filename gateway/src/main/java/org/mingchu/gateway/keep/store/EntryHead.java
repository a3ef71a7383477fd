package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.sensors.Moment;

import java.util.HexFormat;
import java.util.Optional;

/**
 * Which entry some bytes are. Immutable.
 *
 * @param at absent when a later program wrote the entry
 */
record EntryHead(String epoch, long seq, Optional<Moment> at) {
    private static final int EPOCH_BYTES = 8;
    private static final long MAX_SEQ = (1L << 40) - 1;

    /** The head; absent when the bytes are no sound entry. */
    static Optional<EntryHead> of(byte[] bytes) {
        try {
            var entry = EntryCodec.decode(bytes);
            return Optional.of(new EntryHead(entry.epoch(), entry.seq(), Optional.of(entry.at())))
                    .filter(EntryHead::possible);
        } catch (Cbor.Unknown e) {
            return later(bytes);
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever stands in a damaged file, it must not end the salvage of the rest.
            return Optional.empty();
        }
    }

    /** Of what a later program wrote, epoch and seq stand where they always stood. */
    private static Optional<EntryHead> later(byte[] bytes) {
        try {
            var in = new CborReader(bytes);
            in.mapStart();
            var epoch = in.need(1).bytes();
            var seq = in.need(2).integer();
            in.mapEnd();
            in.end();
            return epoch.length == EPOCH_BYTES
                    ? Optional.of(
                                    new EntryHead(
                                            HexFormat.of().formatHex(epoch), seq, Optional.empty()))
                            .filter(EntryHead::possible)
                    : Optional.empty();
        } catch (Cbor.Malformed e) {
            return Optional.empty();
        }
    }

    private boolean possible() {
        return seq >= 1 && seq <= MAX_SEQ;
    }
}
