package org.mingchu.sensors.camera.sip;

import java.util.concurrent.TimeUnit;

/** A token bucket that holds what one second brings. One thread. */
final class Bucket {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private long fullAtNs;

    Bucket(int perSecond, long nowNs) {
        this.perSecond = perSecond;
        this.fullAtNs = nowNs;
    }

    /** Takes one token; false when there is none. */
    boolean take(long nowNs) {
        var costNs = SECOND_NS / perSecond;
        var nextNs = Math.max(fullAtNs, nowNs) + costNs;
        if (nextNs - nowNs > SECOND_NS) {
            return false;
        }
        fullAtNs = nextNs;
        return true;
    }
}
