package org.mingchu.sensors;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Quantity;

import java.time.Duration;
import java.util.Set;

/**
 * What one subject said in one round: a value, a picture of a camera's health, or a reason for
 * silence. A missing value is never a number. Immutable.
 */
public sealed interface Reading {
    /** The id of the sensor or camera. */
    String subject();

    /** Ages are whole milliseconds: what is below is the scheduler's noise, and costly to keep. */
    long AGE_RESOLUTION_NS = 1_000_000;

    /** No probe buffers for longer: what is said to be older comes from a clock that is wrong. */
    Duration LATE_MAX = Duration.ofDays(31);

    /**
     * How long before its round a buffered value was so, in nanoseconds: there it stands in every
     * curve and table. 0 for what was told at once, whose age is the round's own, and for an age
     * that no buffer has: that value stands where it came.
     */
    default long behindNs() {
        return this instanceof Measured measured
                        && measured.flags().contains(Flag.BACKFILLED)
                        && measured.ageNs() > 0
                        && measured.ageNs() <= LATE_MAX.toNanos()
                ? measured.ageNs()
                : 0;
    }

    /**
     * The same word when it is told {@code ns} nanoseconds later. Its age is rounded to whole
     * milliseconds, so it is true within half of one for each time it was handed on.
     */
    default Reading older(long ns) {
        return switch (this) {
            case Measured m ->
                    new Measured(
                            m.subject(),
                            m.quantity(),
                            m.rawMilli(),
                            m.milli(),
                            wholeMs(m.ageNs() + ns),
                            m.flags());
            case Seen s -> new Seen(s.subject(), s.verdict(), wholeMs(s.ageNs() + ns));
            case Silent silent -> silent;
        };
    }

    private static long wholeMs(long ns) {
        return Math.floorDiv(ns + AGE_RESOLUTION_NS / 2, AGE_RESOLUTION_NS) * AGE_RESOLUTION_NS;
    }

    /**
     * A value. Door contacts use 0 for closed and 1000 for open.
     *
     * @param rawMilli as the device gave it, in thousandths of {@code quantity}'s unit
     * @param milli calibrated; the value that is judged
     * @param ageNs how long before the round's moment it was taken, in nanoseconds; of whole
     *     milliseconds once it has been through {@link #older}
     */
    record Measured(
            String subject,
            Quantity quantity,
            long rawMilli,
            long milli,
            long ageNs,
            Set<Flag> flags)
            implements Reading {
        public Measured {
            flags = Set.copyOf(flags);
        }
    }

    /** How far a camera answered. */
    record Seen(String subject, CameraVerdict verdict, long ageNs) implements Reading {}

    /**
     * No value, and why.
     *
     * @param detail for the technician, one line, no secrets; may be empty
     */
    record Silent(String subject, Fault fault, String detail) implements Reading {}
}
