package org.mingchu.gateway.keep.pack;

import java.util.Arrays;

/**
 * What a probe had buffered and told in one block, by the minutes in which it was so: they may lie
 * days before the block and need not stand side by side. Immutable.
 */
public final class LateMinutes {
    static final LateMinutes NONE = new LateMinutes(new long[0], Minutes.NONE);

    private final long[] minutes;
    private final Minutes figures;

    private LateMinutes(long[] minutes, Minutes figures) {
        this.minutes = minutes;
        this.figures = figures;
    }

    /** Puts values into the minutes in which they were so. */
    static LateMinutes of(Points late) {
        if (late.size() == 0) {
            return NONE;
        }
        var minutes =
                Arrays.stream(late.keptNs())
                        .map(ns -> Math.floorDiv(ns, Minutes.NS))
                        .distinct()
                        .sorted()
                        .toArray();
        return new LateMinutes(
                minutes,
                Minutes.of(
                        0, minutes.length, late, minute -> Arrays.binarySearch(minutes, minute)));
    }

    static void write(BitWriter out, LateMinutes late) {
        out.truth(late.size() > 0);
        if (late.size() > 0) {
            Minutes.write(out, late.figures, late.minutes);
        }
    }

    static LateMinutes read(BitReader in) {
        if (!in.truth()) {
            return NONE;
        }
        var size = in.count(Block.READINGS_MAX);
        var minutes = Series.read(in, size);
        return new LateMinutes(minutes, Minutes.read(in, 0, size, Minutes.Depth.MEANS));
    }

    /** How many minutes have late values. */
    public int size() {
        return minutes.length;
    }

    /** When it began, boot time in nanoseconds; before 0 what was so before the boot. Ascending. */
    public long fromNs(int minute) {
        return minutes[minute] * Minutes.NS;
    }

    /** What they were, by the same indexes. */
    public Minutes figures() {
        return figures;
    }
}
