package org.mingchu.sensors.mqtt;

import org.mingchu.sensors.Clock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the loop has been told and not yet looked at. Bounded: a broker that keeps to the receive
 * maximum never fills it; one that does not, and messages of quality of service 0, which nobody
 * paces, are held back by not reading on. Any thread; only {@link #arrived} may wait.
 */
final class Inbox {
    /** Messages that are here and not settled. */
    static final int OPEN_MAX = 4 * PahoLink.RECEIVE_MAXIMUM;

    /** A message that nobody will send again is dropped when there is no room for so long. */
    private static final Duration UNPACED_WAIT = Duration.ofSeconds(1);

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Condition eased = lock.newCondition();
    private final AtomicLong dropped = new AtomicLong();
    private List<Event> events = new ArrayList<>();
    private int load;
    private boolean nudged;

    Inbox(Clock clock) {
        this.clock = clock;
    }

    void tell(Event event) {
        lock.lock();
        try {
            events.add(event);
            told.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A message from the broker. Waits for room on the library's reading side, as TCP then does.
     */
    void arrived(PahoLink link, Delivery.Publish publish) {
        lock.lock();
        try {
            if (publish.qos() == 0 ? roomSoon() : room(link)) {
                events.add(new Event.Arrived(link, publish, clock.now().upNs()));
                told.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean full() {
        return load + events.size() >= OPEN_MAX;
    }

    private boolean roomSoon() {
        var leftNs = UNPACED_WAIT.toNanos();
        try {
            while (full() && leftNs > 0) {
                leftNs = eased.awaitNanos(leftNs);
            }
        } catch (InterruptedException e) {
            // Paho interrupts its threads when it shuts down.
            Thread.currentThread().interrupt();
        }
        if (full()) {
            dropped.incrementAndGet();
        }
        return !full();
    }

    /** As long as the connection lives; what it brought comes again on the next. */
    private boolean room(PahoLink link) {
        while (full() && !link.released()) {
            eased.awaitUninterruptibly();
        }
        return !link.released();
    }

    /** How many messages the loop has and has not settled. */
    void load(int open) {
        lock.lock();
        try {
            load = open;
            eased.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        return dropped.get();
    }

    /** Wakes the loop, and whoever waits for room. */
    void nudge() {
        lock.lock();
        try {
            nudged = true;
            told.signal();
            eased.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All that was told, waiting for the first of it no longer than until {@code untilNs}. */
    List<Event> take(long untilNs) throws InterruptedException {
        lock.lock();
        try {
            var leftNs = untilNs - clock.now().upNs();
            while (events.isEmpty() && !nudged && leftNs > 0) {
                leftNs = told.awaitNanos(leftNs);
            }
            nudged = false;
            var taken = events;
            events = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
