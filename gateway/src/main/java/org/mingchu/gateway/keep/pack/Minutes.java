package org.mingchu.gateway.keep.pack;

import org.mingchu.gateway.keep.cbor.Cbor.Malformed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.function.LongToIntFunction;

/**
 * A row of minutes of boot time, each with what its values were. Where a count is 0 there was no
 * value, and the other numbers mean nothing. Immutable, as long as nobody writes into its numbers.
 */
public final class Minutes {

    private final long first;
    private final long[] count;
    private final long[] min;
    private final long[] max;
    private final long[] mean;

    Minutes(long first, long[] count, long[] min, long[] max, long[] mean) {
        this.first = first;
        this.count = count;
        this.min = min;
        this.max = max;
        this.mean = mean;
    }

    /** Boot time of the first minute, in minutes. */
    public long first() {
        return first;
    }

    /** How many values each minute had. */
    public long[] count() {
        return count;
    }

    /** In thousandths. */
    public long[] min() {
        return min;
    }

    /** In thousandths. */
    public long[] max() {
        return max;
    }

    /** In thousandths, rounded to the nearest. */
    public long[] mean() {
        return mean;
    }

    /** Length of a minute in nanoseconds. */
    public static final long NS = 60_000_000_000L;

    /** No minutes. */
    static final Minutes NONE = new Minutes(0, new long[0], new long[0], new long[0], new long[0]);

    /** An hour that does not begin with a minute touches one more. */
    private static final int MINUTES_MAX = (int) (Block.SPAN_NS_MAX / NS) + 1;

    public int size() {
        return count.length;
    }

    /**
     * Puts values into their minutes; they ascend in time and span at most a block.
     *
     * @param fromNs boot time of the block's first round
     */
    static Minutes of(long fromNs, Points points) {
        var first = Math.floorDiv(fromNs, NS);
        var size = (int) (Math.floorDiv(points.keptNs()[points.size() - 1], NS) - first) + 1;
        return of(first, size, points, minute -> (int) (minute - first));
    }

    /**
     * Puts values into minutes that need not stand side by side.
     *
     * @param place in which of {@code size} places a minute of boot time goes
     */
    static Minutes of(long first, int size, Points points, LongToIntFunction place) {
        var minutes =
                new Minutes(first, new long[size], new long[size], new long[size], new long[size]);
        var sum = new BigInteger[size];
        Arrays.fill(sum, BigInteger.ZERO);
        Arrays.fill(minutes.min, Long.MAX_VALUE);
        Arrays.fill(minutes.max, Long.MIN_VALUE);
        for (var i = 0; i < points.size(); i++) {
            var at = place.applyAsInt(Math.floorDiv(points.keptNs()[i], NS));
            var milli = points.milli()[i];
            minutes.count[at]++;
            minutes.min[at] = Math.min(minutes.min[at], milli);
            minutes.max[at] = Math.max(minutes.max[at], milli);
            sum[at] = sum[at].add(BigInteger.valueOf(milli));
        }
        for (var at = 0; at < size; at++) {
            minutes.mean[at] = mean(sum[at], minutes.count[at]);
        }
        return minutes;
    }

    static void write(BitWriter out, Minutes minutes) {
        out.number(minutes.size());
        writeFigures(out, minutes);
    }

    /**
     * The same of minutes that need not stand side by side.
     *
     * @param when each was, in minutes
     */
    static void write(BitWriter out, Minutes minutes, long[] when) {
        out.number(minutes.size());
        Series.write(out, when);
        writeFigures(out, minutes);
    }

    private static void writeFigures(BitWriter out, Minutes minutes) {
        Series.write(out, minutes.count);
        var min = minutes.pick(minutes.min);
        var max = minutes.pick(minutes.max);
        var mean = minutes.pick(minutes.mean);
        for (var i = 0; i < min.length; i++) {
            mean[i] -= middle(min[i], max[i]);
            max[i] -= min[i];
        }
        Levels.write(out, min);
        Levels.write(out, max);
        Series.write(out, mean);
    }

    /** How much of the minutes is read: each holds what stands before it. */
    enum Depth {
        COUNTS,
        LEAST,
        GREATEST,
        MEANS
    }

    /** What lies deeper than {@code depth} is not decoded and means nothing. */
    static Minutes read(BitReader in, long fromNs, Depth depth) {
        return read(in, Math.floorDiv(fromNs, NS), in.count(MINUTES_MAX), depth);
    }

    /** The same of so many minutes. */
    static Minutes read(BitReader in, long first, int size, Depth depth) {
        var count = Series.read(in, size);
        var known = 0;
        for (var c : count) {
            if (c < 0) {
                throw new Malformed("a minute of " + c + " values");
            }
            known += c == 0 ? 0 : 1;
        }
        var min = depth.compareTo(Depth.LEAST) < 0 ? new long[known] : Levels.read(in, known);
        var max = depth.compareTo(Depth.GREATEST) < 0 ? new long[known] : Levels.read(in, known);
        var mean = depth.compareTo(Depth.MEANS) < 0 ? new long[known] : Series.read(in, known);
        for (var i = 0; i < known; i++) {
            max[i] += min[i];
            mean[i] += middle(min[i], max[i]);
        }
        return new Minutes(
                first, count, spread(min, count), spread(max, count), spread(mean, count));
    }

    /** Back to the minutes that had values. */
    private static long[] spread(long[] known, long[] count) {
        if (known.length == count.length) {
            return known;
        }
        var spread = new long[count.length];
        var next = 0;
        for (var i = 0; i < count.length; i++) {
            if (count[i] > 0) {
                spread[i] = known[next++];
            }
        }
        return spread;
    }

    private static long mean(BigInteger sum, long count) {
        return count == 0
                ? 0
                : new BigDecimal(sum)
                        .divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_EVEN)
                        .longValueExact();
    }

    /** What the values are mostly near to; wraps around for absurd ones, both ways alike. */
    private static long middle(long min, long max) {
        return min + ((max - min) >> 1);
    }

    /** Those of the minutes that have values. */
    private long[] pick(long[] numbers) {
        var picked = new long[numbers.length];
        var size = 0;
        for (var i = 0; i < numbers.length; i++) {
            if (count[i] > 0) {
                picked[size++] = numbers[i];
            }
        }
        return Arrays.copyOf(picked, size);
    }
}
