package org.mingchu.gateway.keep;

import java.util.OptionalLong;

/**
 * Between these a value is as it should be; both are inside, in thousandths. Immutable.
 *
 * @param low empty when nothing is too low
 * @param high empty when nothing is too high
 */
public record Limits(OptionalLong low, OptionalLong high) {
    /** Nothing is outside. */
    public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty());

    public static Limits between(long low, long high) {
        return new Limits(OptionalLong.of(low), OptionalLong.of(high));
    }
}
