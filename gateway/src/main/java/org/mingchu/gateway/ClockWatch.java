package org.mingchu.gateway;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.Optional;

/**
 * Notices that somebody set the wall clock, by holding it against the time since boot: a step is
 * kept as {@link Fact.ClockSet} so that earlier moments can be read right. One thread.
 */
final class ClockWatch {
    /** A smaller step is the ordinary slewing of NTP, in milliseconds. */
    static final long STEP_MIN_MS = 500;

    private Optional<Moment> last = Optional.empty();

    /** What changed since the last moment that was kept. */
    Optional<Fact> changed(Moment now) {
        return last.flatMap(before -> {
            var offsetMs = before.boot().equals(now.boot()) ? stepMs(before, now) : 0;
            var stepped = Math.abs(offsetMs) >= STEP_MIN_MS;
            return stepped || before.clock() != now.clock()
                    ? Optional.of(
                            new Fact.ClockSet(now.clock(), stepped ? offsetMs : 0, now.errorMs()))
                    : Optional.empty();
        });
    }

    /** Remembers a moment whose change, if any, is on disk. */
    void kept(Moment now) {
        last = Optional.of(now);
    }

    private static long stepMs(Moment before, Moment now) {
        var upMs = Duration.ofNanos(now.upNs() - before.upNs()).toMillis();
        return now.wallMs() - before.wallMs() - upMs;
    }
}
