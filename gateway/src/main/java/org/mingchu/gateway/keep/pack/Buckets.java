package org.mingchu.gateway.keep.pack;

import org.mingchu.gateway.keep.pack.Minutes.Depth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;

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

    /**
     * A summary on the clock of some buckets.
     *
     * @param shiftNs what that clock shows more than the boot's
     */
    public record Shifted(Summary summary, long shiftNs) {
        private long fromNs() {
            return summary.span().fromNs() + shiftNs;
        }

        private long toNs() {
            return summary.span().toNs() + shiftNs;
        }
    }

    /** Adds what blocks say, in any order. */
    public void add(Collection<Shifted> summaries) {
        var across = new ArrayList<Shifted>();
        for (var one : summaries) {
            var bucket = bucket(one.fromNs());
            if (one.summary.count() == 0) {
                continue;
            }
            if (bucket == bucket(one.toNs())) {
                var extent = one.summary.extent();
                add(bucket, one.summary.count(), extent.min(), extent.max());
            } else {
                across.add(one);
            }
        }
        // Last: what the others go beyond need not be looked for in the minutes, which takes most.
        across.forEach(this::addMinutes);
    }

    private void addMinutes(Shifted one) {
        var least = false;
        var greatest = false;
        var extent = one.summary.extent();
        var last = Math.min(bucket(one.toNs()), count.length - 1);
        for (var i = Math.max(0, bucket(one.fromNs())); i <= last; i++) {
            least |= extent.min() < min[i];
            greatest |= extent.max() > max[i];
        }
        var minutes =
                one.summary.minutes(greatest ? Depth.GREATEST : least ? Depth.LEAST : Depth.COUNTS);
        var bucket = bucket(one.fromNs());
        var endNs = endNs(bucket);
        for (var i = 0; i < minutes.size(); i++) {
            // The first minute of a block began before its block did.
            var atNs = Math.max(one.fromNs(), (minutes.first() + i) * Minutes.NS + one.shiftNs);
            if (atNs >= endNs) {
                bucket = bucket(atNs);
                endNs = endNs(bucket);
            }
            if (minutes.count()[i] > 0) {
                add(
                        bucket,
                        minutes.count()[i],
                        least ? minutes.min()[i] : extent.min(),
                        greatest ? minutes.max()[i] : extent.max());
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

    /** Where the next one begins; a division for each minute would take a tenth of a chart. */
    private long endNs(int bucket) {
        return bucket < count.length
                ? Math.min(toNs, fromNs + (bucket + 1) * widthNs)
                : Long.MAX_VALUE;
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
