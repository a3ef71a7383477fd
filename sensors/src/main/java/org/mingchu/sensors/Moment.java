package org.mingchu.sensors;

import java.time.Duration;

/**
 * When something happened, as well as a machine without a battery clock can say. Durations and
 * timers use {@code upNs} within one {@code boot} only; the wall clock is for people. Immutable.
 *
 * @param boot the kernel's boot id
 * @param upNs CLOCK_BOOTTIME, nanoseconds since that boot, suspend included
 * @param wallMs milliseconds since 1970 as the wall clock said then
 * @param clock how far the wall clock can be trusted
 * @param errorMs bound of the wall clock's error; {@link #ERROR_UNKNOWN_MS} when there is none
 */
public record Moment(String boot, long upNs, long wallMs, ClockState clock, long errorMs) {
    /** No bound is known. */
    public static final long ERROR_UNKNOWN_MS = Long.MAX_VALUE;

    /** The moment {@code ageNs} nanoseconds before this one, in the same boot. */
    public Moment before(long ageNs) {
        return new Moment(
                boot, upNs - ageNs, wallMs - Duration.ofNanos(ageNs).toMillis(), clock, errorMs);
    }
}
