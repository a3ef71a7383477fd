package org.mingchu.sensors.mqtt;

import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Intake;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** An intake that commits what gathered in each commit's time, refuses, or never answers. */
final class Shelf implements Intake, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ScheduledExecutorService commits = Executors.newSingleThreadScheduledExecutor();
    private final List<Reading> kept = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, List<Long>> values = new ConcurrentHashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger lists = new AtomicInteger();
    private final Clock clock;
    private final boolean whole;
    private volatile Mood mood = Mood.KEEPING;
    private volatile boolean oneOfEach = true;

    enum Mood {
        KEEPING,
        REFUSING,
        DEAF
    }

    private record Pending(List<Reading> readings, CompletableFuture<Void> done) {}

    /**
     * @param whole whether the readings themselves are remembered, or their values only
     */
    Shelf(Clock clock, Duration commit, boolean whole) {
        this.clock = clock;
        this.whole = whole;
        var _ =
                commits.scheduleWithFixedDelay(
                        this::commit, commit.toNanos(), commit.toNanos(), TimeUnit.NANOSECONDS);
    }

    void become(Mood next) {
        mood = next;
    }

    @Override
    public CompletableFuture<Void> take(List<Reading> readings) {
        var done = new CompletableFuture<Void>();
        switch (mood) {
            case KEEPING -> {
                synchronized (pending) {
                    pending.add(new Pending(readings, done));
                }
            }
            case REFUSING -> done.completeExceptionally(new IllegalStateException("full"));
            case DEAF -> {}
        }
        return done;
    }

    private void commit() {
        List<Pending> round;
        synchronized (pending) {
            round = List.copyOf(pending);
            pending.clear();
        }
        if (round.isEmpty()) {
            return;
        }
        rounds.incrementAndGet();
        for (var one : round) {
            lists.incrementAndGet();
            var subjects = new HashSet<String>();
            for (var reading : one.readings()) {
                oneOfEach &= subjects.add(reading.subject());
                keep(reading);
            }
            one.done().complete(null);
        }
    }

    private void keep(Reading reading) {
        if (whole) {
            kept.add(reading);
        }
        if (reading instanceof Reading.Measured m) {
            values.computeIfAbsent(
                            m.subject(), _ -> Collections.synchronizedList(new ArrayList<>()))
                    .add(m.rawMilli());
        }
    }

    List<Reading> kept() {
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }

    List<Reading> of(String subject) {
        return kept().stream().filter(reading -> reading.subject().equals(subject)).toList();
    }

    /** Raw values by sensor, in the order in which they were kept. */
    Map<String, List<Long>> values() {
        var copy = new HashMap<String, List<Long>>();
        values.forEach((subject, raw) -> {
            synchronized (raw) {
                copy.put(subject, List.copyOf(raw));
            }
        });
        return copy;
    }

    int rounds() {
        return rounds.get();
    }

    int lists() {
        return lists.get();
    }

    /** Whether no list held two readings of one sensor. */
    boolean oneOfEach() {
        return oneOfEach;
    }

    List<Reading> await(int count) {
        await(() -> kept.size() >= count, () -> count + " readings, have " + kept);
        return kept();
    }

    void await(BooleanSupplier condition, Supplier<String> what) {
        var untilNs = clock.now().upNs() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (clock.now().upNs() > untilNs) {
                throw new AssertionError("waited in vain for " + what.get());
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        commits.shutdownNow();
    }
}
