package org.mingchu.sensors.camera.onvif;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Moment;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * By how much a device's clock is ahead of true time. Immutable.
 *
 * @param ms device minus true time
 * @param errorMs the true value lies within so much of {@code ms}: half the round trip, half a
 *     second because devices tell whole ones, and what our own clock may be off
 * @param judgeable whether our own clock is good enough to say so of another
 */
public record Skew(long ms, long errorMs, boolean judgeable) {
    /** Beyond that a picture's time is no evidence. */
    public static final long WRONG_MS = 30_000;

    /** Time zones differ by whole quarters of an hour, at most fourteen hours. */
    public static final long ZONE_STEP_MS = TimeUnit.MINUTES.toMillis(15);

    private static final long ZONE_MS_MAX = TimeUnit.HOURS.toMillis(14);
    private static final long SECOND_MS = 1000;

    /** Of a clock that was set by NTP and has no bound: what is usual on a kitchen's line. */
    private static final long SYNCED_ERROR_MS = 1000;

    /**
     * @param asked before the question went out
     * @param answered after the answer came in, in the same boot
     * @param deviceMs the whole second the device told
     */
    static Skew of(Moment asked, Moment answered, long deviceMs) {
        var tripMs = TimeUnit.NANOSECONDS.toMillis(answered.upNs() - asked.upNs());
        var own = ownErrorMs(answered);
        return new Skew(
                deviceMs + SECOND_MS / 2 - (answered.wallMs() - tripMs / 2),
                tripMs / 2 + SECOND_MS / 2 + own.orElse(0L),
                own.isPresent());
    }

    private static Optional<Long> ownErrorMs(Moment now) {
        var known = now.errorMs() != Moment.ERROR_UNKNOWN_MS;
        return switch (now.clock()) {
            case SYNCED -> Optional.of(known ? now.errorMs() : SYNCED_ERROR_MS);
            case HOLDOVER, RTC -> Optional.of(now.errorMs()).filter(_ -> known);
            case UNSYNCED -> Optional.empty();
        };
    }

    /**
     * The clock level's verdict. What may still be right within the error is not called wrong;
     * unknown while our own clock is.
     */
    public CameraVerdict verdict() {
        if (!judgeable) {
            return CameraVerdict.UNKNOWN;
        }
        if (Math.abs(ms) - errorMs <= WRONG_MS) {
            return CameraVerdict.HEALTHY;
        }
        return zone() ? CameraVerdict.CLOCK_ZONE : CameraVerdict.CLOCK_WRONG;
    }

    private boolean zone() {
        var steps = Math.round((double) ms / ZONE_STEP_MS);
        var besideMs = Math.abs(ms - steps * ZONE_STEP_MS);
        return steps != 0 && Math.abs(ms) <= ZONE_MS_MAX + WRONG_MS && besideMs <= WRONG_MS;
    }
}
