package org.mingchu.gateway.tell;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does, and fails when it does not. */
final class Patience {
    private static final long LOOK_NS = 5_000_000;

    private Patience() {}

    static void await(Duration atMost, BooleanSupplier condition) {
        var endNs = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - endNs > 0) {
                fail("not so within " + atMost);
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
