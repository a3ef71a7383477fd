package org.mingchu.gateway.keep.pack;

import java.util.Arrays;

/**
 * A long stretch of time in a few equal buckets, each with least and greatest value: what a chart
 * of a month draws. Made from summaries, and only where a block lies across a border from its
 * minutes; a minute counts where it begins. Nothing is interpolated: a bucket without values has
 * none. The stretch is one of boot time, or of any other clock that a shift leads to. One thread.
 */
public final class Buckets {
    private final long fromNs;
    private final long toNs;
    private final long widthNs;
    private final long[] count;
    private final long[] min;
    private final long[] max;

    /**
     * @param fromNs boot time, included
     * @param toNs boot time, not included
     * @throws IllegalArgumentException when there is no time or no bucket
     */
    public Buckets(long fromNs, long toNs, int buckets) {
        // A stretch of more than 292 years has no length.
        if (toNs <= fromNs || toNs - fromNs < 0 || buckets < 1) {
            throw new IllegalArgumentException(
                    buckets + " buckets between " + fromNs + " and " + toNs);
        }
        this.fromNs = fromNs;
        this.toNs = toNs;
        this.widthNs = Math.ceilDiv(toNs - fromNs, buckets);
        this.count = new long[buckets];
        this.min = new long[buckets];
        this.max = new long[buckets];
        Arrays.fill(min, Long.MAX_VALUE);
        Arrays.fill(max, Long.MIN_VALUE);
    }

    /** Adds what a block says; summaries may come in any order. */
    public void add(Summary summary) {
        add(summary, 0);
    }

    /**
     * The same on another clock.
     *
     * @param shiftNs what that clock shows more than the boot's
     */
    public void add(Summary summary, long shiftNs) {
        if (summary.count() == 0) {
            return;
        }
        var span = summary.span();
        var first = bucket(span.fromNs() + shiftNs);
        if (first == bucket(span.toNs() + shiftNs)) {
            add(first, summary.count(), summary.extent().min(), summary.extent().max());
            return;
        }
        var minutes = summary.extremes();
        for (var i = 0; i < minutes.size(); i++) {
            if (minutes.count()[i] > 0) {
                // The first minute of a block began before its block did.
                var atNs = Math.max(span.fromNs(), (minutes.first() + i) * Minutes.NS);
                add(bucket(atNs + shiftNs), minutes.count()[i], minutes.min()[i], minutes.max()[i]);
            }
        }
    }

    /** Adds values one by one, as for what is not packed yet. */
    public void add(Points points) {
        for (var i = 0; i < points.size(); i++) {
            add(bucket(points.keptNs()[i]), 1, points.milli()[i], points.milli()[i]);
        }
    }

    /** Adds values of one moment, or of the minute that begins then. */
    public void add(long atNs, long more, long least, long greatest) {
        add(bucket(atNs), more, least, greatest);
    }

    private void add(int bucket, long more, long least, long greatest) {
        if (bucket >= 0 && bucket < count.length) {
            count[bucket] += more;
            min[bucket] = Math.min(min[bucket], least);
            max[bucket] = Math.max(max[bucket], greatest);
        }
    }

    /** Outside of what there is: -1 before, and one too many behind. */
    private int bucket(long atNs) {
        if (atNs < fromNs) {
            return -1;
        }
        return atNs >= toNs ? count.length : (int) ((atNs - fromNs) / widthNs);
    }

    public int size() {
        return count.length;
    }

    /** How many values; 0 when there is nothing to draw. */
    public long count(int bucket) {
        return count[bucket];
    }

    /** In thousandths; means nothing where the count is 0. */
    public long min(int bucket) {
        return min[bucket];
    }

    /** In thousandths; means nothing where the count is 0. */
    public long max(int bucket) {
        return max[bucket];
    }
}
