package org.mingchu.gateway.keep.pack;

import java.util.Arrays;

/**
 * Rice codes, as FLAC uses them (RFC 9639 section 9.2.7): a number without sign is its high bits in
 * unary (so many ones and a zero) and its low {@code k} bits as they are. A number whose unary part
 * would be {@link #ESCAPE} or longer is that many ones and all 64 bits. Best for numbers that are
 * mostly small, without a table to send along.
 */
final class Rice {
    static final int ESCAPE = 24;

    /** Above this k nothing is saved over an escape. */
    static final int K_MAX = 56;

    private static final int NEAR = 4;

    private Rice() {}

    static void write(BitWriter out, long value, int k) {
        var ones = value >>> k;
        if (Long.compareUnsigned(ones, ESCAPE) >= 0) {
            out.put(-1, ESCAPE).put(value, Long.SIZE);
            return;
        }
        out.put(-2, (int) ones + 1).put(value, k);
    }

    static long bits(long value, int k) {
        var ones = value >>> k;
        return Long.compareUnsigned(ones, ESCAPE) >= 0 ? ESCAPE + Long.SIZE : ones + 1 + k;
    }

    /** The k that makes all of {@code values} shortest; looked for near half of their widths. */
    static int best(long[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        var usual = Bits.width(sorted[sorted.length / 2]);
        var best = 0;
        var least = Long.MAX_VALUE;
        for (var k = Math.max(0, usual - NEAR); k <= Math.min(K_MAX, usual + NEAR); k++) {
            var sum = sum(values, k);
            if (sum < least) {
                least = sum;
                best = k;
            }
        }
        return best;
    }

    static long sum(long[] values, int k) {
        var sum = 0L;
        for (var value : values) {
            sum += bits(value, k);
        }
        return sum;
    }
}
