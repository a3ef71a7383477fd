package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One asking that many sensors share. The first that is read when it is due begins it, on a thread
 * of its own; the others wait for their part of it, and whoever waits too long says what was known
 * before, with its age. So 64 channels are asked one after another, and nobody is held up. Any
 * thread.
 */
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

    private final String name;
    private final Pace pace;
    private final Clock clock;
    private final Round round;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Map<String, Known> known = new HashMap<>();
    private boolean running;
    private boolean asked;
    private long begunNs;

    /** Asks all of it once, and says what it finds as it finds it. */
    @FunctionalInterface
    interface Round {
        void ask(Findings findings);
    }

    /** Where findings go. */
    @FunctionalInterface
    interface Findings {
        void say(String subject, Found found);
    }

    /**
     * How often and how long. Immutable.
     *
     * @param every not more often than that
     * @param patience how long a reader waits for the asking that runs
     * @param stale beyond that what was known is not known any more
     */
    record Pace(Duration every, Duration patience, Duration stale) {
        /** Within the five seconds a round stays open. */
        private static final Duration PATIENCE = Duration.ofSeconds(4);

        private static final int STALE_ROUNDS = 4;

        static Pace of(Duration every) {
            return new Pace(every, PATIENCE, every.multipliedBy(STALE_ROUNDS));
        }
    }

    private record Known(Found found, long takenNs) {}

    Asking(String name, Pace pace, Clock clock, Round round) {
        this.name = name;
        this.pace = pace;
        this.clock = clock;
        this.round = round;
    }

    /** What is known of a subject, asked anew when it is time. */
    Reading read(String subject) {
        lock.lock();
        try {
            begin();
            await(subject);
            return reading(subject);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return reading(subject);
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        var nowNs = clock.now().upNs();
        if (running || (asked && nowNs - begunNs < pace.every.toNanos())) {
            return;
        }
        running = true;
        asked = true;
        begunNs = nowNs;
        Thread.ofVirtual().name(name).start(this::run);
    }

    private void await(String subject) throws InterruptedException {
        var leftNs = pace.patience.toNanos();
        while (running && !answered(subject) && leftNs > 0) {
            leftNs = told.awaitNanos(leftNs);
        }
    }

    private boolean answered(String subject) {
        return Optional.ofNullable(known.get(subject))
                .filter(k -> k.takenNs >= begunNs)
                .isPresent();
    }

    private Reading reading(String subject) {
        var nowNs = clock.now().upNs();
        return Optional.ofNullable(known.get(subject))
                .filter(k -> nowNs - k.takenNs <= pace.stale.toNanos())
                .map(k -> new Reading.Seen(subject, k.found.verdict(), 0).older(nowNs - k.takenNs))
                .orElseGet(() -> new Reading.Seen(subject, CameraVerdict.UNKNOWN, 0));
    }

    /** The one guard: a driver's mistake costs its own recorder, and not for ever. */
    private void run() {
        try {
            round.ask(this::say);
        } catch (RuntimeException e) {
            LOG.error("event=driver-failed sensor={}", name, e);
        } finally {
            ended();
        }
    }

    private void ended() {
        lock.lock();
        try {
            running = false;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void say(String subject, Found found) {
        lock.lock();
        try {
            var before =
                    Optional.ofNullable(known.put(subject, new Known(found, clock.now().upNs())));
            told.signalAll();
            if (before.filter(b -> b.found.verdict() == found.verdict()).isEmpty()) {
                log(subject, found);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void log(String subject, Found found) {
        LOG.info(
                "event=camera id={} verdict={} cause=\"{}\"",
                subject,
                found.verdict(),
                found.cause());
    }
}
