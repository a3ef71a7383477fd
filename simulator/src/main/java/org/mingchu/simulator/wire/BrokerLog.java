package org.mingchu.simulator.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a broker has received, for those who want to look or to wait. Any thread. */
final class BrokerLog {
    /** Entries kept; older ones are dropped. */
    static final int KEPT_MAX = 200_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<BrokerReceived> entries = new ArrayDeque<>();

    void add(BrokerReceived received) {
        lock.lock();
        try {
            if (entries.size() == KEPT_MAX) {
                entries.remove();
            }
            entries.add(received);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<BrokerReceived> matching(String filter) {
        lock.lock();
        try {
            return entries.stream()
                    .filter(entry -> BrokerFilter.matches(filter, entry.topic()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    List<BrokerReceived> await(String filter, int count, Duration atMost) {
        var leftNs = atMost.toNanos();
        lock.lock();
        try {
            while (true) {
                var found = matching(filter);
                if (found.size() >= count) {
                    return found;
                }
                if (leftNs <= 0) {
                    throw new IllegalStateException(missing(filter, count, atMost));
                }
                leftNs = arrived.awaitNanos(leftNs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + filter, e);
        } finally {
            lock.unlock();
        }
    }

    private String missing(String filter, int count, Duration atMost) {
        var topics = entries.stream().map(BrokerReceived::topic).distinct().limit(20).toList();
        return "%d of %d messages to %s within %s; received %d in all, on %s"
                .formatted(matching(filter).size(), count, filter, atMost, entries.size(), topics);
    }
}
