package org.mingchu.gateway.tell;

import java.time.Duration;

/**
 * Holds back the first publish of a connection until we know what is retained of us: when an old
 * copy of the state folder was restored, the status of the lost journal is still there, and our
 * first word would take it away. One thread.
 */
final class AheadWatch {
    /**
     * How long the retained status may take after the last SUBACK. MQTT does not say that there is
     * none, so a gateway that was never there before waits this long, once.
     */
    static final Duration RETAINED_WAIT = Duration.ofSeconds(2);

    private boolean answered;
    private long untilNs = Long.MIN_VALUE;

    /** There is no connection any more. */
    void down() {
        answered = false;
        untilNs = Long.MIN_VALUE;
    }

    /** The retained status has come, or we may not read it. */
    void answered() {
        answered = true;
    }

    /** Connected and subscribed. */
    void up(long nowNs) {
        untilNs = nowNs + RETAINED_WAIT.toNanos();
    }

    boolean waits(long nowNs) {
        return !answered && nowNs < untilNs;
    }

    /** When waiting ends. */
    long dueNs() {
        return untilNs;
    }
}
