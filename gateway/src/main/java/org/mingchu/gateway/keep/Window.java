package org.mingchu.gateway.keep;

/**
 * A stretch of the corrected wall clock, milliseconds since 1970. Immutable.
 *
 * @param fromMs included
 * @param toMs not included, after {@code fromMs}
 */
public record Window(long fromMs, long toMs) {
    public Window {
        if (toMs <= fromMs) {
            throw new IllegalArgumentException("no time between " + fromMs + " and " + toMs);
        }
    }

    boolean has(long ms) {
        return fromMs <= ms && ms < toMs;
    }

    /** How long it is, milliseconds. */
    public long lengthMs() {
        return toMs - fromMs;
    }

    Holds.Range range() {
        return new Holds.Range(fromMs, toMs - 1);
    }
}
