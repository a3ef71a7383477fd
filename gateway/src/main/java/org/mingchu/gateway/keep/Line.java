package org.mingchu.gateway.keep;

import java.util.Arrays;
import java.util.Objects;

/**
 * A curve as a line, ascending: each value where it is there, the mean of a minute where it was
 * thinned. Numbers side by side, because a month of objects would fill the heap. Immutable.
 */
public final class Line {
    private final long[] ms;
    private final long[] milli;
    private final int size;
    private final boolean byMinutes;
    private final boolean whole;

    private Line(Pen pen) {
        ms = pen.ms;
        milli = pen.milli;
        size = pen.size;
        byMinutes = pen.byMinutes;
        whole = pen.whole;
    }

    /** How many points it has. */
    public int size() {
        return size;
    }

    /** Corrected wall clock of a point, milliseconds since 1970. */
    public long ms(int point) {
        return ms[Objects.checkIndex(point, size)];
    }

    /** Value of a point, in thousandths. */
    public long milli(int point) {
        return milli[Objects.checkIndex(point, size)];
    }

    /** Whether some of it was thinned. */
    public boolean byMinutes() {
        return byMinutes;
    }

    /** False when there were more points than {@link History#READINGS_MAX}. */
    public boolean whole() {
        return whole;
    }

    /** Draws it. One thread. */
    static final class Pen implements Walk.Pieces {
        private long[] ms;
        private long[] milli;
        private int size;
        private boolean byMinutes;
        private boolean whole = true;

        /**
         * @param expected points, so that nothing is copied when they come
         */
        Pen(long expected) {
            ms = new long[Math.clamp(expected, 1, History.READINGS_MAX)];
            milli = new long[ms.length];
        }

        @Override
        public void value(long atMs, long value) {
            if (size == History.READINGS_MAX) {
                whole = false;
                return;
            }
            if (size == ms.length) {
                ms = Arrays.copyOf(ms, 2 * size);
                milli = Arrays.copyOf(milli, 2 * size);
            }
            ms[size] = atMs;
            milli[size++] = value;
        }

        @Override
        public void minute(Walk.Piece minute) {
            byMinutes = true;
            value(minute.fromMs(), Math.floorDiv(minute.sum(), minute.count()));
        }

        Line line() {
            return new Line(this);
        }
    }
}
