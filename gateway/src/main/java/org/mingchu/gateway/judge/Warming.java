package org.mingchu.gateway.judge;

import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;

/**
 * A unit has warmed up and come back by itself, as it does when it defrosts. Immutable.
 *
 * @param begun when it left its usual band
 * @param lengthNs until it was back, in nanoseconds
 * @param riseNs until its warmest, in nanoseconds
 * @param peakMilli its warmest, in thousandths of a degree Celsius
 * @param curve one value each {@link Course#STEP}, in thousandths of a degree Celsius
 */
public record Warming(Moment begun, long lengthNs, long riseNs, long peakMilli, List<Long> curve) {
    /** How far two peaks may lie apart at least, in thousandths of a kelvin. */
    static final long PEAK_MILLI = 2_500;

    /** Or so many hundredths of how high they rise: who heats more, differs more. */
    private static final long PEAK_PERCENT = 25;

    /** How far two lengths may differ, in fifths of the shorter: a timer's defrosts hardly do. */
    static final long LITTLE = 8;

    /** Thick ice takes twice as long as little, where a unit waits for ice. */
    static final long MUCH = 10;

    public Warming {
        curve = List.copyOf(curve);
    }

    /** Whether both may be the same machine doing the same thing, their lengths so far apart. */
    boolean alike(Warming other, long fifths) {
        var apartMilli = Math.max(roseMilli(), other.roseMilli()) * PEAK_PERCENT / 100;
        return Math.abs(peakMilli - other.peakMilli) <= Math.max(PEAK_MILLI, apartMilli)
                && near(lengthNs, other.lengthNs, fifths)
                && near(riseNs, other.riseNs, fifths);
    }

    /** Whether a minute of the day lies within it, or so near that a timer may have drifted. */
    Predicate<Integer> spans(ZoneId zone) {
        return spans(zone, Habit.SAME_TIME_MIN);
    }

    /** The same of one whose timer is early by so many minutes at most. */
    Predicate<Integer> spans(ZoneId zone, int earlyMin) {
        var from = TimesOfDay.minuteOfDay(begun, zone) - Habit.SAME_TIME_MIN;
        var minutes = Duration.ofNanos(lengthNs).toMinutes() + Habit.SAME_TIME_MIN + earlyMin;
        return minute -> Math.floorMod(minute - from, Habit.DAY_MIN) <= minutes;
    }

    /** How high it rose above its usual band, in thousandths of a kelvin. */
    long roseMilli() {
        return peakMilli - (curve.isEmpty() ? peakMilli : curve.getFirst());
    }

    private static boolean near(long one, long other, long fifths) {
        var step = Course.STEP.toNanos();
        return Math.max(one, other) * 5 <= Math.min(one, other) * fifths + 5 * 2 * step;
    }
}
