package org.mingchu.sensors.coap;

import java.util.Arrays;

/** The last fingerprints of one probe; the oldest makes room. One thread. */
final class Remembered {
    /** A probe of one sensor and one value a minute is known for nearly three days, in 32 kB. */
    static final int KEPT_MAX = 4_096;

    private static final int KEPT_FIRST = 16;

    private long[] ring = new long[KEPT_FIRST];
    private int count;
    private int next;

    boolean contains(long fingerprint) {
        for (var i = 0; i < count; i++) {
            if (ring[i] == fingerprint) {
                return true;
            }
        }
        return false;
    }

    void add(long fingerprint) {
        if (count == ring.length && count < KEPT_MAX) {
            ring = Arrays.copyOf(ring, Math.min(KEPT_MAX, 2 * count));
            next = count;
        }
        ring[next] = fingerprint;
        next = (next + 1) % ring.length;
        count = Math.max(count, next == 0 ? ring.length : next);
    }
}
