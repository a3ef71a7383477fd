package org.mingchu.sensors.camera.picture;

import java.time.Duration;

/**
 * One suspicion: it is confirmed when enough pictures over enough time say so in a row, and dropped
 * when enough deny it. One thread.
 */
final class Spell {
    private final int badMin;
    private final long spanNs;
    private final int goodMin;

    private int bad;
    private int good;
    private long sinceNs;
    private boolean confirmed;

    Spell(int badMin, Duration span, int goodMin) {
        this.badMin = badMin;
        this.spanNs = span.toNanos();
        this.goodMin = goodMin;
    }

    void hear(Finding finding, long upNs) {
        hear(finding, upNs, upNs);
    }

    /**
     * @param fromNs since when it is so, should this be the first to say it
     */
    void hear(Finding finding, long fromNs, long upNs) {
        switch (finding) {
            case BAD -> bad(fromNs, upNs);
            case GOOD -> good();
            case NO_SAY -> {}
        }
    }

    private void bad(long fromNs, long upNs) {
        good = 0;
        if (bad == 0) {
            sinceNs = fromNs;
        }
        bad = Math.min(bad + 1, badMin);
        confirmed |= bad == badMin && upNs - sinceNs >= spanNs;
    }

    private void good() {
        good = Math.min(good + 1, goodMin);
        if (!confirmed || good == goodMin) {
            bad = 0;
            confirmed = false;
        }
    }

    boolean confirmed() {
        return confirmed;
    }

    /** Whether the last to speak of it said that it is so. */
    boolean suspected() {
        return bad > 0 && good == 0;
    }

    long sinceNs() {
        return sinceNs;
    }
}
