package org.mingchu.sensors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One sensor and the thread that asks it. A read that hangs is left behind: until it returns, the
 * sensor is not asked again.
 *
 * <p>{@link #run} belongs to that thread and {@link #announce} to the sensor's; everything else is
 * called with the sampler's lock held.
 */
final class Asked implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Asked.class);

    /** Shortest time between two announcements: a loose contact must not wear out the card. */
    static final long ANNOUNCE_EVERY_NS = TimeUnit.SECONDS.toNanos(1);

    private final Sensor sensor;
    private final Clock clock;
    private final ReentrantLock lock;
    private final Condition told;
    private final Condition work;

    private boolean wanted;
    private boolean reading;
    private boolean closed;
    private long askedNs;
    private Optional<Answer> answer = Optional.empty();
    private Optional<Answer> previous = Optional.empty();
    private Optional<Answer> announced = Optional.empty();
    private long announceFromNs;

    private record Answer(Reading reading, long askedNs, long takenNs) {}

    /**
     * @param told signalled when the sampler has something to look at
     */
    Asked(Sensor sensor, Clock clock, ReentrantLock lock, Condition told) {
        this.sensor = sensor;
        this.clock = clock;
        this.lock = lock;
        this.told = told;
        this.work = lock.newCondition();
        this.announceFromNs = clock.now().upNs();
    }

    Sensor sensor() {
        return sensor;
    }

    /** Asks, unless the last read has not returned. */
    void ask(long nowNs) {
        if (!answered()) {
            return;
        }
        previous = answer;
        answer = Optional.empty();
        askedNs = nowNs;
        wanted = true;
        work.signal();
    }

    /** Nothing more will come in this round. A read left behind is not waited for again. */
    boolean settled(long roundNs) {
        return askedNs != roundNs || answered();
    }

    /** For how long its last question is unanswered; 0 when it is not. */
    long heldNs(long nowNs) {
        return answered() ? 0 : nowNs - askedNs;
    }

    private boolean answered() {
        return !wanted && !reading;
    }

    /**
     * What it says in the round that closes now. An answer that missed its own round is better than
     * none: it comes in the next one, with its age, and marked late.
     */
    Reading close(long roundNs, long nowNs) {
        var said = answer.or(() -> previous);
        answer = Optional.empty();
        previous = Optional.empty();
        return said.map(a -> a.askedNs == roundNs ? aged(a, nowNs) : late(aged(a, nowNs)))
                .orElseGet(() -> silent(nowNs));
    }

    /** Keeps a change until the sampler takes it; a later one replaces it. */
    void announce(Reading change) {
        lock.lock();
        try {
            var nowNs = clock.now().upNs();
            announced = Optional.of(new Answer(change, nowNs, nowNs));
            told.signal();
        } finally {
            lock.unlock();
        }
    }

    /** When its announcement may be delivered, {@link Long#MAX_VALUE} while there is none. */
    long announceNs() {
        return announced.isPresent() ? announceFromNs : Long.MAX_VALUE;
    }

    /** Takes the announcement. */
    Reading announcement(long nowNs) {
        var change = aged(announced.orElseThrow(), nowNs);
        announced = Optional.empty();
        announceFromNs = nowNs + ANNOUNCE_EVERY_NS;
        return change;
    }

    void close() {
        closed = true;
        work.signal();
    }

    @Override
    public void run() {
        while (awaitWork()) {
            var said = read();
            lock.lock();
            try {
                reading = false;
                answer = Optional.of(new Answer(said, askedNs, clock.now().upNs()));
                told.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean awaitWork() {
        lock.lock();
        try {
            while (!wanted && !closed) {
                work.awaitUninterruptibly();
            }
            wanted = false;
            reading = !closed;
            return reading;
        } finally {
            lock.unlock();
        }
    }

    /** The loop's one guard: a driver's mistake costs its own sensor, not the kitchen. */
    private Reading read() {
        try {
            return sensor.read();
        } catch (RuntimeException e) {
            LOG.error("event=driver-failed sensor={}", sensor.id(), e);
            return new Reading.Silent(
                    sensor.id(), Fault.BUS, "driver failed: " + e.getClass().getSimpleName());
        }
    }

    private Reading silent(long nowNs) {
        var waitedMs = TimeUnit.NANOSECONDS.toMillis(nowNs - askedNs);
        return new Reading.Silent(sensor.id(), Fault.SILENT, "no answer for " + waitedMs + " ms");
    }

    private static Reading aged(Answer answer, long nowNs) {
        return answer.reading.older(nowNs - answer.takenNs);
    }

    private static Reading late(Reading reading) {
        return switch (reading) {
            case Reading.Measured m -> {
                var flags = EnumSet.of(Flag.LATE);
                flags.addAll(m.flags());
                yield new Reading.Measured(
                        m.subject(), m.quantity(), m.rawMilli(), m.milli(), m.ageNs(), flags);
            }
            case Reading.Seen seen -> seen;
            case Reading.Silent silent -> silent;
        };
    }
}
