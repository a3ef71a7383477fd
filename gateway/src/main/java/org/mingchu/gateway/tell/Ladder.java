package org.mingchu.gateway.tell;

import java.time.Duration;

/** When something that was sent and not acknowledged is sent again. */
final class Ladder {
    /** After the first sending: 30 s, 2 min, 10 min, then hourly. */
    private static final long[] WAIT_NS = {
        Duration.ofSeconds(30).toNanos(),
        Duration.ofSeconds(90).toNanos(),
        Duration.ofMinutes(8).toNanos(),
        Duration.ofHours(1).toNanos()
    };

    /** The last rung: what stands here has been sent often enough to be patient. */
    static final int TOP = WAIT_NS.length;

    private Ladder() {}

    /** How long to wait after the {@code sends}-th sending, in nanoseconds; from 1. */
    static long waitNs(int sends) {
        return WAIT_NS[Math.clamp(sends, 1, TOP) - 1];
    }
}
