package org.mingchu.gateway.keep.pack;

import org.mingchu.gateway.keep.cbor.Cbor.Malformed;

import java.util.Arrays;

/**
 * Numbers on a few levels, as a sensor with coarse steps gives them (a DS18B20: sixteenths of a
 * kelvin, cut to thousandths, so that no one step divides all): the levels once, ascending, and
 * then for each number which level it is on. When there are many levels, a {@link Series}.
 */
final class Levels {
    private Levels() {}

    static void write(BitWriter out, long[] values) {
        var levels = Arrays.stream(values).sorted().distinct().toArray();
        var plain = new BitWriter();
        Series.write(plain, values);
        var ranked = new BitWriter().number(levels.length);
        Series.write(ranked, levels);
        Series.write(ranked, ranks(values, levels));
        out.truth(ranked.bits() < plain.bits());
        if (ranked.bits() < plain.bits()) {
            out.number(levels.length);
            Series.write(out, levels);
            Series.write(out, ranks(values, levels));
        } else {
            Series.write(out, values);
        }
    }

    private static long[] ranks(long[] values, long[] levels) {
        return Arrays.stream(values).map(v -> Arrays.binarySearch(levels, v)).toArray();
    }

    static long[] read(BitReader in, int size) {
        if (!in.truth()) {
            return Series.read(in, size);
        }
        var levels = Series.read(in, in.count(size));
        var values = Series.read(in, size); // which level each is on, until it is looked up
        for (var i = 0; i < size; i++) {
            var rank = values[i];
            if (rank < 0 || rank >= levels.length) {
                throw new Malformed("level " + rank + " of " + levels.length);
            }
            values[i] = levels[(int) rank];
        }
        return values;
    }

    /**
     * Writes {@code of}, which may be known from {@code values} alone: then once for each level.
     */
    static void writeFunction(BitWriter out, long[] values, long[] of) {
        var levels = Arrays.stream(values).sorted().distinct().toArray();
        var once = new long[levels.length];
        var known = new boolean[levels.length];
        var function = true;
        for (var i = 0; i < values.length && function; i++) {
            var rank = Arrays.binarySearch(levels, values[i]);
            function = !known[rank] || once[rank] == of[i];
            known[rank] = true;
            once[rank] = of[i];
        }
        out.truth(function);
        Series.write(out, function ? once : of);
    }

    /** The other half of {@link #writeFunction}. */
    static long[] readFunction(BitReader in, long[] values) {
        if (!in.truth()) {
            return Series.read(in, values.length);
        }
        var levels = Arrays.stream(values).sorted().distinct().toArray();
        var once = Series.read(in, levels.length);
        return Arrays.stream(values).map(v -> once[Arrays.binarySearch(levels, v)]).toArray();
    }
}
