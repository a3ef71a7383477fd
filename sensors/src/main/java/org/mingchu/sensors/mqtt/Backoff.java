package org.mingchu.sensors.mqtt;

import java.util.random.RandomGenerator;

/** How long to wait before the next try: twice as long each time, spread by chance. One thread. */
final class Backoff {
    private final Pace pace;
    private final RandomGenerator chance;
    private long nextNs;

    Backoff(Pace pace, RandomGenerator chance) {
        this.pace = pace;
        this.chance = chance;
        this.nextNs = pace.first().toNanos();
    }

    /** From half of the step to the whole of it: some wait is always there. */
    long waitNs() {
        var stepNs = nextNs;
        nextNs = Math.min(2 * stepNs, pace.longest().toNanos());
        return stepNs / 2 + chance.nextLong(stepNs / 2 + 1);
    }

    void reset() {
        nextNs = pace.first().toNanos();
    }
}
