package org.mingchu.gateway;

import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;

/** Virtual time since the film's beginning, which is a Monday's midnight in Shanghai. */
final class FilmClock implements Clock {
    static final String BOOT = "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11";

    /** 2026-11-01T16:00:00Z. */
    private static final long BEGIN_WALL_MS = 1_793_548_800_000L;

    private static final long ERROR_MS = 12;

    private long upNs;

    /** Time never runs backwards. */
    void advanceTo(long upNs) {
        this.upNs = Math.max(this.upNs, upNs);
    }

    @Override
    public Moment now() {
        return new Moment(
                BOOT,
                upNs,
                BEGIN_WALL_MS + Duration.ofNanos(upNs).toMillis(),
                ClockState.SYNCED,
                ERROR_MS);
    }
}
