package org.mingchu.gateway.keep;

import java.util.Optional;

/**
 * In which something happened, both ends included, milliseconds since 1970. Immutable.
 *
 * @param fromMs at most {@code toMs}
 */
record Span(long fromMs, long toMs) {
    static Span around(long wallMs, long errorMs) {
        return new Span(wallMs - errorMs, wallMs + errorMs);
    }

    /** What both allow; empty when they contradict each other. */
    Optional<Span> and(Span other) {
        var from = Math.max(fromMs, other.fromMs);
        var to = Math.min(toMs, other.toMs);
        return from <= to ? Optional.of(new Span(from, to)) : Optional.empty();
    }

    long middleMs() {
        return fromMs + (toMs - fromMs) / 2;
    }

    /** How far from {@code wallMs}, which lies inside or not, the truth can be. */
    long farthestMs(long wallMs) {
        return Math.max(wallMs - fromMs, toMs - wallMs);
    }

    long errorMs() {
        return farthestMs(middleMs());
    }

    long nearestTo(long wallMs) {
        return Math.clamp(wallMs, fromMs, toMs);
    }
}
