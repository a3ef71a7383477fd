package org.mingchu.gateway.keep;

import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to leave a disk alone: one that takes the record and refuses again soon, or that a
 * salvage fails on, is given more and more time. One thread.
 */
final class Patience {
    /** First time between two attempts; it doubles. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    /** Returns to a disk that keeps refusing: eleven minutes in the end. */
    private static final int RETURN_DOUBLINGS_MAX = 7;

    /** Files that do not open: under three minutes, since somebody may be mending them. */
    private static final int FAILURE_DOUBLINGS_MAX = 5;

    /** A disk that has taken everything for so long is trusted again. */
    private static final Duration STEADY = Duration.ofMinutes(30);

    private int returns;
    private Optional<Moment> returnedAt = Optional.empty();
    private int failures;
    private Optional<Moment> failedAt = Optional.empty();

    /** The record went back to the disk. */
    void returned(Moment now) {
        returnedAt = Optional.of(now);
        returns++;
        failures = 0;
        failedAt = Optional.empty();
    }

    /** The file could not be made ready. */
    void failed(Moment now) {
        failedAt = Optional.of(now);
        failures++;
    }

    /** Whether it must not be tried yet. */
    boolean tooSoon(Moment now) {
        if (returnedAt.filter(at -> Upkeep.within(at, now, STEADY)).isEmpty()) {
            returns = 0;
        }
        var left = returns > 1 && within(returnedAt, now, Math.min(returns, RETURN_DOUBLINGS_MAX));
        return left
                || (failures > 1
                        && within(failedAt, now, Math.min(failures - 1, FAILURE_DOUBLINGS_MAX)));
    }

    private static boolean within(Optional<Moment> then, Moment now, int doublings) {
        var wait = TRY_AGAIN.multipliedBy(1L << doublings);
        return then.filter(at -> Upkeep.within(at, now, wait)).isPresent();
    }
}
