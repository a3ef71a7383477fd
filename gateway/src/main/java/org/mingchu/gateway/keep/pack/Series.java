package org.mingchu.gateway.keep.pack;

import org.mingchu.gateway.keep.cbor.Cbor.Malformed;

import java.util.Arrays;

/**
 * Numbers that go on from each other. They are written as themselves, as their differences or as
 * the differences of those, whichever is shortest, each less the median of all, in {@link Rice}
 * codes; nothing at all when they are all foretold; or, when they seldom change, as runs. Every
 * sequence of longs comes back: sums and differences wrap around alike.
 *
 * <p>How many there are is not written: who reads knows it.
 */
final class Series {
    private static final int HOW_BITS = 2;
    private static final int ORDERS = 3;
    private static final int RUNS = 3;
    private static final int K_BITS = 6;

    /** In place of k: what is left is always the median. */
    private static final int FORETOLD = 63;

    /** Runs are worth a look when they are this many times fewer than the numbers. */
    private static final int RUN_LENGTH_LEAST = 4;

    private Series() {}

    static void write(BitWriter out, long[] values) {
        if (values.length == 0) {
            return;
        }
        var plan = plan(values);
        var runs = runs(values);
        if (runs * RUN_LENGTH_LEAST <= values.length && !plan.foretold()) {
            var asRuns = new BitWriter();
            writeRuns(asRuns, values, runs);
            if (asRuns.bits() < plan.bits()) {
                writeRuns(out, values, runs);
                return;
            }
        }
        write(out, values, plan);
    }

    /** What is left of the numbers when what is foretold is taken away. */
    private record Plan(int order, long median, int k, long bits) {
        boolean foretold() {
            return k == FORETOLD;
        }
    }

    private static Plan plan(long[] values) {
        var best = plan(values, 0);
        for (var order = 1; order < Math.min(ORDERS, values.length); order++) {
            var plan = plan(values, order);
            best = plan.bits < best.bits ? plan : best;
        }
        return best;
    }

    private static Plan plan(long[] values, int order) {
        var left = differences(values, order);
        var heads = 0L;
        for (var i = 0; i < order; i++) {
            heads += Bits.WIDTH_BITS + Bits.width(Bits.fold(left[i]));
        }
        var rest = Arrays.copyOfRange(left, order, left.length);
        var sorted = rest.clone();
        Arrays.sort(sorted);
        var median = sorted[sorted.length / 2];
        heads += Bits.WIDTH_BITS + Bits.width(Bits.fold(median));
        if (sorted[0] == sorted[sorted.length - 1]) {
            return new Plan(order, median, FORETOLD, heads);
        }
        for (var i = 0; i < rest.length; i++) {
            rest[i] = Bits.fold(rest[i] - median);
        }
        var k = Rice.best(rest);
        return new Plan(order, median, k, heads + Rice.sum(rest, k));
    }

    /** The first {@code order} of them are first values, first differences, and so on. */
    private static long[] differences(long[] values, int order) {
        var left = values.clone();
        for (var pass = 0; pass < order; pass++) {
            for (var i = left.length - 1; i > pass; i--) {
                left[i] -= left[i - 1];
            }
        }
        return left;
    }

    private static void write(BitWriter out, long[] values, Plan plan) {
        out.put(plan.order, HOW_BITS).put(plan.k, K_BITS);
        var left = differences(values, plan.order);
        for (var i = 0; i < plan.order; i++) {
            out.number(left[i]);
        }
        out.number(plan.median);
        for (var i = plan.order; i < left.length && !plan.foretold(); i++) {
            Rice.write(out, Bits.fold(left[i] - plan.median), plan.k);
        }
    }

    static long[] read(BitReader in, int size) {
        if (size == 0) {
            return new long[0];
        }
        var how = (int) in.take(HOW_BITS);
        return how == RUNS ? readRuns(in, size) : readPlain(in, size, how);
    }

    /**
     * Whether the sequence goes on from {@code first} by {@code step} throughout, told by its head
     * alone; then it is stepped over, else nothing was read.
     */
    static boolean isRamp(BitReader in, int size, long first, long step) {
        var start = in.mark();
        var how = (int) in.take(HOW_BITS);
        var k = (int) in.take(K_BITS);
        var ramp =
                k == FORETOLD
                        && switch (how) {
                            case 0 -> (step == 0 || size == 1) && in.number() == first;
                            case 1 -> size > 1 && in.number() == first && in.number() == step;
                            default -> false;
                        };
        if (!ramp) {
            in.backTo(start);
        }
        return ramp;
    }

    private static long[] readPlain(BitReader in, int size, int how) {
        var k = (int) in.take(K_BITS);
        if (how >= size || (k > Rice.K_MAX && k != FORETOLD)) {
            throw new Malformed(size + " numbers of order " + how + " and k " + k);
        }
        return switch (how) {
            case 0 -> flat(in, size, k);
            case 1 -> sloped(in, size, k);
            default -> bent(in, size, k);
        };
    }

    private static long[] flat(BitReader in, int size, int k) {
        var values = new long[size];
        differences(in, k, values, 0);
        return values;
    }

    private static long[] sloped(BitReader in, int size, int k) {
        var values = new long[size];
        values[0] = in.number();
        differences(in, k, values, 1);
        var last = values[0];
        for (var i = 1; i < size; i++) {
            last += values[i];
            values[i] = last;
        }
        return values;
    }

    private static long[] bent(BitReader in, int size, int k) {
        var values = new long[size];
        values[0] = in.number();
        var slope = in.number();
        differences(in, k, values, 2);
        var last = values[0] + slope;
        values[1] = last;
        for (var i = 2; i < size; i++) {
            slope += values[i];
            last += slope;
            values[i] = last;
        }
        return values;
    }

    private static void differences(BitReader in, int k, long[] into, int first) {
        var median = in.number();
        if (k == FORETOLD) {
            Arrays.fill(into, first, into.length, median);
        } else {
            in.differences(k, median, into, first);
        }
    }

    private static int runs(long[] values) {
        var runs = 1;
        for (var i = 1; i < values.length; i++) {
            runs += values[i] == values[i - 1] ? 0 : 1;
        }
        return runs;
    }

    private static void writeRuns(BitWriter out, long[] values, int runs) {
        var lengths = new long[runs];
        var levels = new long[runs];
        var run = -1;
        for (var i = 0; i < values.length; i++) {
            if (i == 0 || values[i] != values[i - 1]) {
                levels[++run] = values[i];
            }
            lengths[run]++;
        }
        out.put(RUNS, HOW_BITS).number(runs);
        write(out, lengths, plan(lengths));
        write(out, levels, plan(levels));
    }

    private static long[] readRuns(BitReader in, int size) {
        var runs = in.count(size);
        var lengths = readPlain(in, runs);
        var levels = readPlain(in, runs);
        var values = new long[size];
        var at = 0;
        for (var run = 0; run < runs; run++) {
            if (lengths[run] < 1 || lengths[run] > size - at) {
                throw new Malformed("a run of " + lengths[run] + " in " + size + " numbers");
            }
            Arrays.fill(values, at, at + (int) lengths[run], levels[run]);
            at += (int) lengths[run];
        }
        if (at != size) {
            throw new Malformed("runs of " + at + " in all, not " + size);
        }
        return values;
    }

    /** Runs are not made of runs. */
    private static long[] readPlain(BitReader in, int size) {
        var how = (int) in.take(HOW_BITS);
        if (size < 1 || how == RUNS) {
            throw new Malformed(size + " runs of runs");
        }
        return readPlain(in, size, how);
    }
}
