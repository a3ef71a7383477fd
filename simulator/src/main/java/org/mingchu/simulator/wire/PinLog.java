package org.mingchu.simulator.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * An ear beside the buzzer and an eye on the lamps: looks at output pins every {@value #PERIOD_MS}
 * ms and remembers every change. Any thread.
 */
public final class PinLog implements AutoCloseable {
    /** A pulse shorter than this may be missed; the shortest beep is far longer. */
    public static final long PERIOD_MS = 5;

    /** What is remembered, over all pins; the oldest goes first. */
    public static final int CHANGES_MAX = 100_000;

    private final SysfsTree tree;
    private final List<Integer> pins;
    private final LongSupplier upNs;
    private final Map<Integer, Level> levels = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final Thread watcher;
    private volatile boolean closed;

    /**
     * A pin changed.
     *
     * @param upNs when it was seen, on the clock that was handed in; at most {@value #PERIOD_MS} ms
     *     late on a machine that has time
     */
    public record Change(int bcm, Level level, long upNs) {}

    /**
     * Starts to watch; what stands high at once counts as a change.
     *
     * @param upNs a clock that never goes back, in ns
     */
    public PinLog(SysfsTree tree, List<Integer> pins, LongSupplier upNs) {
        this.tree = tree;
        this.pins = List.copyOf(pins);
        this.upNs = upNs;
        this.pins.forEach(pin -> levels.put(pin, Level.LOW));
        this.watcher = Thread.ofPlatform().daemon().name("pin-log").start(this::watch);
    }

    private void watch() {
        while (!closed) {
            look();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PERIOD_MS));
        }
    }

    private synchronized void look() {
        for (int pin : pins) {
            var level = tree.output(pin);
            if (levels.put(pin, level) != level) {
                remember(new Change(pin, level, upNs.getAsLong()));
            }
        }
    }

    private void remember(Change change) {
        if (changes.size() == CHANGES_MAX) {
            changes.removeFirst();
        }
        changes.add(change);
        notifyAll();
    }

    /** What a pin showed at the last look. */
    public synchronized Level level(int bcm) {
        return levels.getOrDefault(bcm, Level.LOW);
    }

    /** All changes of one pin so far, oldest first. */
    public synchronized List<Change> changes(int bcm) {
        return changes.stream().filter(change -> change.bcm() == bcm).toList();
    }

    /** Waits for the first change to a level at or after a moment. */
    public synchronized Optional<Change> await(
            int bcm, Level level, long fromUpNs, Duration patience) throws InterruptedException {
        long deadlineNs = upNs.getAsLong() + patience.toNanos();
        while (true) {
            var found = first(bcm, level, fromUpNs);
            long leftNs = deadlineNs - upNs.getAsLong();
            if (found.isPresent() || leftNs <= 0) {
                return found;
            }
            TimeUnit.NANOSECONDS.timedWait(this, leftNs);
        }
    }

    private Optional<Change> first(int bcm, Level level, long fromUpNs) {
        return changes.stream()
                .filter(change -> change.bcm() == bcm && change.level() == level)
                .filter(change -> change.upNs() >= fromUpNs)
                .findFirst();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watcher);
    }
}
