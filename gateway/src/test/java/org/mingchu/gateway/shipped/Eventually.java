package org.mingchu.gateway.shipped;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must become true, and says what did not. */
public final class Eventually {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private Eventually() {}

    /** Returns how long it took; fails with the description and the last word of {@code state}. */
    public static Duration within(
            Duration limit, String what, Supplier<?> state, BooleanSupplier condition) {
        var start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError(
                        "not within %s: %s; last seen: %s".formatted(limit, what, state.get()));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The same of what has no state to show. */
    public static Duration within(Duration limit, String what, BooleanSupplier condition) {
        return within(limit, what, () -> "nothing of it", condition);
    }
}
