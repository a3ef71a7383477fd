package org.mingchu.sensors;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** A clock that stands until it is moved. Any thread. */
public final class HandClock implements Clock {
    public static final long START_WALL_MS = 1_795_392_000_000L;

    private final AtomicLong upNs = new AtomicLong(TimeUnit.HOURS.toNanos(1));
    private volatile ClockState state = ClockState.SYNCED;
    private volatile long wallMs = START_WALL_MS;

    public void add(long ms) {
        upNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    public void wall(long wallMs, ClockState state) {
        this.wallMs = wallMs;
        this.state = state;
    }

    @Override
    public Moment now() {
        return new Moment("boot", upNs.get(), wallMs, state, 0);
    }

    /** Waits for a condition so that a moved clock is seen within a millisecond. */
    @SuppressWarnings("WaitNotInLoop") // the sampler's own loop stands around it
    public static void await(Condition condition, long ns) throws InterruptedException {
        condition.awaitNanos(Math.min(ns, TimeUnit.MILLISECONDS.toNanos(1)));
    }
}
