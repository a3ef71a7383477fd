package org.mingchu.gateway;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.Optional;

/**
 * Notices that somebody set the wall clock, by holding it against the time since boot, and affirms
 * it while it is synced: each is kept as {@link Fact.ClockSet}, in a lane that is never thinned, so
 * that all other moments can be read right for ever. One thread.
 */
final class ClockWatch {
    /** A smaller step is the ordinary slewing of NTP, in milliseconds. */
    static final long STEP_MIN_MS = 500;

    /**
     * How far two anchors are apart while the clock is synced. A crystal of 50 ppm is then at most
     * half of 1.1 s off between them, and 1.1 s where the next one is missing.
     */
    static final Duration AFFIRM_EVERY = Duration.ofHours(6);

    private Optional<Moment> last;
    private Optional<Moment> affirmed;

    /**
     * @param recorded the last moment on disk: a step is noticed even when it was made while the
     *     program did not run
     */
    ClockWatch(Optional<Moment> recorded) {
        last = recorded;
        affirmed = recorded.filter(ClockWatch::synced);
    }

    /** What changed since the last moment that was kept. */
    Optional<Fact> changed(Moment now) {
        return last.flatMap(before -> {
            if (!before.boot().equals(now.boot())) {
                return now.clock() == ClockState.UNSYNCED ? Optional.empty() : set(now, 0);
            }
            var offsetMs = offsetMs(before, now);
            return offsetMs != 0 || before.clock() != now.clock() || affirms(now)
                    ? set(now, offsetMs)
                    : Optional.empty();
        });
    }

    private static Optional<Fact> set(Moment now, long offsetMs) {
        return Optional.of(new Fact.ClockSet(now.clock(), offsetMs, now.errorMs()));
    }

    /** Remembers a moment whose change, if any, is on disk. */
    void kept(Moment now) {
        if (synced(now) && (affirmed.isEmpty() || changed(now).isPresent())) {
            affirmed = Optional.of(now);
        }
        last = Optional.of(now);
    }

    private boolean affirms(Moment now) {
        return synced(now)
                && affirmed.filter(a ->
                                a.boot().equals(now.boot())
                                        && now.upNs() - a.upNs() < AFFIRM_EVERY.toNanos())
                        .isEmpty();
    }

    /**
     * How far what was said before was wrong; 0 when it was right within the bound that it named.
     * Receivers add it to all that this boot said before: a clock in holdover that drifted as it
     * may, and is set right, must not move the times at which it was synced.
     */
    private static long offsetMs(Moment before, Moment now) {
        var stepMs = stepMs(before, now);
        var claimedMs = boundMs(before) + boundMs(now);
        return Math.abs(stepMs) >= STEP_MIN_MS && Math.abs(stepMs) > claimedMs ? stepMs : 0;
    }

    private static long boundMs(Moment moment) {
        return moment.errorMs() == Moment.ERROR_UNKNOWN_MS ? 0 : moment.errorMs();
    }

    private static long stepMs(Moment before, Moment now) {
        var upMs = Duration.ofNanos(now.upNs() - before.upNs()).toMillis();
        return now.wallMs() - before.wallMs() - upMs;
    }

    private static boolean synced(Moment moment) {
        return moment.clock() == ClockState.SYNCED;
    }
}
