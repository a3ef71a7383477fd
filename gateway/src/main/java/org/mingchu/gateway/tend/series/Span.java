package org.mingchu.gateway.tend.series;

/**
 * Which rows are wanted. Immutable.
 *
 * @param fromMs milliseconds since 1970, included
 * @param toMs milliseconds since 1970, not included
 */
public record Span(long fromMs, long toMs) {
    boolean has(long ms) {
        return ms >= fromMs && ms < toMs;
    }
}
