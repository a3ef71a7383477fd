package org.mingchu.gateway.keep.pack;

import org.mingchu.gateway.keep.cbor.Cbor.Malformed;

/**
 * When each round of a block was kept: the part of its head that charts need. Immutable, as long as
 * nobody writes into its numbers.
 */
public final class Times {

    private final long[] keptNs;
    private final long[] wallMs;

    Times(long[] keptNs, long[] wallMs) {
        this.keptNs = keptNs;
        this.wallMs = wallMs;
    }

    /** Boot time in nanoseconds, never descending. */
    public long[] keptNs() {
        return keptNs;
    }

    /** Milliseconds since 1970 as the wall clock said then. */
    public long[] wallMs() {
        return wallMs;
    }

    private static final long NS_PER_MS = 1_000_000;

    /**
     * Boot time of each round, in nanoseconds, never descending: a head is read no further.
     *
     * @throws Malformed when it is damaged
     */
    public static long[] keptNs(byte[] head) {
        return readKeptNs(Blob.open(head, Blob.Sort.HEAD).payload());
    }

    private static long[] readKeptNs(BitReader in) {
        var rounds = in.count(Block.ROUNDS_MAX);
        if (rounds == 0) {
            throw new Malformed("a block without rounds");
        }
        return Series.read(in, rounds);
    }

    /** The wall clock went on with the boot clock, nearly always: only what differs is written. */
    static void write(BitWriter out, Times times) {
        out.number(times.keptNs.length);
        Series.write(out, times.keptNs);
        var apart = new long[times.keptNs.length];
        for (var i = 0; i < apart.length; i++) {
            apart[i] = times.wallMs[i] - Math.floorDiv(times.keptNs[i], NS_PER_MS);
        }
        Series.write(out, apart);
    }

    static Times read(BitReader in) {
        var keptNs = readKeptNs(in);
        var wallMs = Series.read(in, keptNs.length);
        for (var i = 0; i < wallMs.length; i++) {
            wallMs[i] += Math.floorDiv(keptNs[i], NS_PER_MS);
        }
        return new Times(keptNs, wallMs);
    }
}
