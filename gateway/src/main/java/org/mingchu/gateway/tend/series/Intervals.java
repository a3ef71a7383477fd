package org.mingchu.gateway.tend.series;

import java.time.Duration;
import java.util.Optional;

/** How often something came: the median of its intervals, in whole seconds. One thread. */
final class Intervals {
    /** Longest interval that the rules can be held to. */
    static final Duration MAX = Duration.ofMinutes(15);

    private static final long MS = 1_000;

    private final long[] bySeconds = new long[(int) MAX.toSeconds() + 1];
    private long longer;
    private long lastMs = Long.MIN_VALUE;

    void at(long ms) {
        if (lastMs != Long.MIN_VALUE) {
            count(Math.max(1, Math.round((double) (ms - lastMs) / MS)));
        }
        lastMs = ms;
    }

    private void count(long seconds) {
        if (seconds < bySeconds.length) {
            bySeconds[(int) seconds]++;
        } else {
            longer++;
        }
    }

    /** From 1 s to {@link #MAX}; empty when it came once or never. */
    Optional<Duration> median() {
        var half = (counted() + 1) / 2;
        if (half == 0) {
            return Optional.empty();
        }
        var sum = 0L;
        for (var seconds = 1; seconds < bySeconds.length; seconds++) {
            sum += bySeconds[seconds];
            if (sum >= half) {
                return Optional.of(Duration.ofSeconds(seconds));
            }
        }
        return Optional.of(MAX);
    }

    /** Whether it mostly came less often than the rules can be held to. */
    boolean tooRare() {
        return longer > counted() / 2;
    }

    private long counted() {
        var sum = longer;
        for (var n : bySeconds) {
            sum += n;
        }
        return sum;
    }
}
