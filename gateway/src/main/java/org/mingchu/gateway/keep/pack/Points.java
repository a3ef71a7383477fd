package org.mingchu.gateway.keep.pack;

/**
 * Values of one subject and measure as they were kept, ascending in boot time; a fault is a place
 * where none is. Immutable, as long as nobody writes into its numbers.
 */
public final class Points {

    private final long[] keptNs;
    private final long[] milli;

    Points(long[] keptNs, long[] milli) {
        this.keptNs = keptNs;
        this.milli = milli;
    }

    /** Boot time of each round, in nanoseconds. */
    public long[] keptNs() {
        return keptNs;
    }

    /** Calibrated, in thousandths. */
    public long[] milli() {
        return milli;
    }

    public int size() {
        return milli.length;
    }
}
