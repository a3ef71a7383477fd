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
    /** How far two peaks may lie apart, in thousandths of a kelvin. */
    private static final long PEAK_MILLI = 2_500;

    /** How far two lengths may differ: the longer is at most so many fifths of the shorter. */
    private static final long FIFTHS = 8;

    public Warming {
        curve = List.copyOf(curve);
    }

    /** Whether both may be the same machine doing the same thing. */
    boolean alike(Warming other) {
        return Math.abs(peakMilli - other.peakMilli) <= PEAK_MILLI
                && near(lengthNs, other.lengthNs)
                && near(riseNs, other.riseNs);
    }

    /** Whether a minute of the day lies within it, or so near that a timer may have drifted. */
    Predicate<Integer> spans(ZoneId zone) {
        var from = Habit.minuteOfDay(begun, zone) - Habit.SAME_TIME_MIN;
        var minutes = Duration.ofNanos(lengthNs).toMinutes() + 2 * Habit.SAME_TIME_MIN;
        return minute -> Math.floorMod(minute - from, Habit.DAY_MIN) <= minutes;
    }

    private static boolean near(long one, long other) {
        var step = Course.STEP.toNanos();
        return Math.max(one, other) * 5 <= Math.min(one, other) * FIFTHS + 5 * 2 * step;
    }
}
