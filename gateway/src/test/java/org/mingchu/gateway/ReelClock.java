package org.mingchu.gateway;

import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;

/**
 * What the gateway's clocks say at a film's time: boots, steps, and a wall clock that goes on from
 * where it stopped when there is no battery clock. One thread.
 */
final class ReelClock {
    /** 2026-11-01T16:00:00Z: a Monday's midnight in Shanghai. */
    private static final long BEGIN_WALL_MS = 1_793_548_800_000L;

    private static final long ERROR_MS = 12;

    /** The kernel has run for so long before the program starts. */
    private static final Duration BOOT = Duration.ofSeconds(20);

    private int boots;
    private long bootedMs;
    private long wallAheadMs;
    private ClockState state = ClockState.SYNCED;

    /** The machine starts, the program with it. */
    void boot(long filmMs, ClockState trust) {
        boots++;
        bootedMs = filmMs - BOOT.toMillis();
        state = trust;
    }

    /** The wall clock went nowhere while there was no power. */
    void stoodStill(Duration time) {
        wallAheadMs -= time.toMillis();
    }

    void step(Duration by) {
        wallAheadMs += by.toMillis();
    }

    /** Somebody who knows the time has set it. */
    void sync() {
        wallAheadMs = 0;
        state = ClockState.SYNCED;
    }

    void trust(ClockState trust) {
        state = trust;
    }

    Moment at(long filmMs) {
        return new Moment(
                "film-boot-" + boots,
                Duration.ofMillis(filmMs - bootedMs).toNanos(),
                BEGIN_WALL_MS + filmMs + wallAheadMs,
                state,
                state == ClockState.UNSYNCED ? Moment.ERROR_UNKNOWN_MS : ERROR_MS);
    }

    /** The film's time of a moment of this boot, in milliseconds. */
    long filmMs(Moment moment) {
        return bootedMs + Duration.ofNanos(moment.upNs()).toMillis();
    }

    /** The wall clock of the film's beginning, as a person's calendar has it. */
    static long wallMs(long filmMs) {
        return BEGIN_WALL_MS + filmMs;
    }
}
