package org.mingchu.gateway.keep.entry;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.sensors.Moment;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The bytes of one entry, as journal.cddl describes them: the same entry gives the same bytes for
 * ever, and no other bytes give that entry.
 */
public final class EntryCodec {
    /** The version of the head of an entry. */
    public static final int V = 1;

    /**
     * The largest entry, 1 MiB: 2,000 times a usual round. What is larger is a mistake of the
     * program, and would stop the reader of a Pi with little memory.
     */
    public static final int MAX_BYTES = 1 << 20;

    private static final int EPOCH_BYTES = 8;

    private EntryCodec() {}

    public static byte[] encode(CborWriter out, Entry entry) {
        var at = entry.at();
        out.reset().mapStart();
        out.key(0).integer(V);
        out.key(1).bytes(HexFormat.of().parseHex(entry.epoch()));
        out.key(2).integer(entry.seq());
        out.key(3).integer(FactCodec.kind(entry.fact()));
        out.key(4).integer(Codes.of(entry.fact().lane()));
        PartCodec.boot(out.key(5), at.boot());
        out.key(6).integer(at.upNs());
        out.key(7).integer(at.wallMs());
        out.key(8).integer(Codes.of(at.clock()));
        FactCodec.error(out, 9, at.errorMs());
        FactCodec.write(out.key(10), entry.fact());
        var bytes = out.mapEnd().toBytes();
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an entry of " + bytes.length + " bytes; at most " + MAX_BYTES);
        }
        return bytes;
    }

    /**
     * Reads an entry.
     *
     * @throws Cbor.Unknown when a later program wrote it
     * @throws Cbor.Malformed when it is damaged
     */
    public static Entry decode(byte[] bytes) {
        return decode(bytes, true);
    }

    /** An entry that is kept again holds another one, and that one none. */
    static Entry decode(byte[] bytes, boolean mayHoldAnother) {
        return decode(bytes, (in, kind) -> FactCodec.read(in, kind, mayHoldAnother));
    }

    /** Reads the body of a kind. */
    interface Body {
        Fact read(CborReader in, long kind);
    }

    static Entry decode(byte[] bytes, Body body) {
        var in = new CborReader(bytes);
        in.mapStart();
        var v = in.need(0).integer();
        if (v != V) {
            throw new Cbor.Unknown("v " + v);
        }
        var epoch = epoch(in.need(1));
        var seq = in.need(2).integer();
        var kind = in.need(3).integer();
        var lane = Codes.numbered(Lane.values(), Codes::of, in.need(4).integer());
        var at = at(in);
        var entry = new Entry(epoch, seq, at, body.read(in.need(10), kind));
        in.mapEnd();
        in.end();
        if (entry.fact().lane() != lane) {
            throw new Cbor.Malformed("kind " + kind + " in lane " + lane.word());
        }
        return entry;
    }

    /** The entry's leaf in the RFC 6962 tree. */
    public static byte[] leaf(byte[] bytes) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((byte) 0);
            return sha256.digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /**
     * The lane an entry says it rides in, even when the rest is of a later program; {@link
     * Lane#NONE} when it says nothing sensible.
     */
    public static Lane lane(byte[] bytes) {
        try {
            var in = new CborReader(bytes);
            in.mapStart();
            return Codes.numbered(Lane.values(), Codes::of, in.need(4).integer());
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Lane.NONE;
        }
    }

    /** The seq an entry says it has, whoever wrote it; 0 when it says nothing sensible. */
    public static long seq(byte[] bytes) {
        try {
            var in = new CborReader(bytes);
            in.mapStart();
            return in.need(2).integer();
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return 0;
        }
    }

    /** The first four bytes of a leaf, by which a damaged row is told from a sound one. */
    public static int check(byte[] leaf) {
        return ByteBuffer.wrap(leaf).getInt();
    }

    static String epoch(CborReader in) {
        var epoch = in.bytes();
        if (epoch.length != EPOCH_BYTES) {
            throw new Cbor.Malformed("an epoch of " + epoch.length + " bytes");
        }
        return HexFormat.of().formatHex(epoch);
    }

    private static Moment at(CborReader in) {
        return new Moment(
                PartCodec.boot(in.need(5)),
                in.need(6).integer(),
                in.need(7).integer(),
                PartCodec.clock(in.need(8)),
                FactCodec.error(in, 9));
    }
}
