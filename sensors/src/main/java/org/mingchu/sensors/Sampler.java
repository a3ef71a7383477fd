package org.mingchu.sensors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The rounds of sampling. Each beat asks its sensors at its period's boundaries, counted from the
 * start; its round closes when all have answered, or at {@link #deadlineNs}. Whoever has not
 * answered then is silent in this round, and nobody else waits for it. A change that an {@link
 * Announcing} sensor tells comes at once as a round of its own.
 *
 * <p>Rounds are delivered one at a time on the sampler's own thread, ages counted back from the
 * delivery. {@link #start} once; {@link #close} from any thread.
 */
public final class Sampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

    /** Longest a round stays open: an alarm may not wait for a hung bus. */
    static final long ROUND_NS_MAX = TimeUnit.SECONDS.toNanos(5);

    private static final long CLOSE_MS_MAX = 2_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final List<Turn> turns;
    private final Clock clock;
    private final Waiting waiting;
    private final Consumer<List<Reading>> rounds;
    private final Thread thread;
    private List<Thread> askers = List.of();
    private boolean closed;

    /** How the sampler waits for its condition, at most so many nanoseconds. */
    @FunctionalInterface
    interface Waiting {
        void await(Condition condition, long ns) throws InterruptedException;
    }

    /**
     * @param rounds told each round, in the order of its beat; a slow one delays later rounds
     */
    public Sampler(List<Beat> beats, Clock clock, Consumer<List<Reading>> rounds) {
        this(beats, clock, rounds, Condition::awaitNanos);
    }

    Sampler(List<Beat> beats, Clock clock, Consumer<List<Reading>> rounds, Waiting waiting) {
        this.clock = clock;
        this.waiting = waiting;
        this.rounds = rounds;
        this.turns = beats.stream().map(this::turn).toList();
        this.thread = Thread.ofPlatform().daemon().name("rounds").unstarted(this::run);
    }

    /** How long after its boundary a round of this period closes at the latest, in nanoseconds. */
    public static long deadlineNs(Beat beat) {
        return Math.min(ROUND_NS_MAX, beat.period().toNanos() / 2);
    }

    public void start() {
        askers = turns.stream().flatMap(t -> t.asked.stream().map(a -> asker(t.beat, a))).toList();
        turns.stream().flatMap(t -> t.asked.stream()).forEach(Sampler::listen);
        askers.forEach(Thread::start);
        thread.start();
    }

    /**
     * For how long every sensor that hangs on files has been held in one read, in nanoseconds; 0
     * while any of them answers, or none is asked at all. Any thread.
     */
    public long heldNs(long nowNs) {
        lock.lock();
        try {
            return turns.stream()
                    .filter(turn -> turn.beat.on() == Beat.On.FILES)
                    .flatMap(turn -> turn.asked.stream())
                    .mapToLong(asked -> asked.heldNs(nowNs))
                    .min()
                    .orElse(0);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all threads; those in a hung read are daemons and stay behind. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            told.signal();
            turns.forEach(t -> t.asked.forEach(Asked::close));
        } finally {
            lock.unlock();
        }
        askers.forEach(Thread::interrupt);
        joinRounds();
    }

    private void joinRounds() {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_MS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Turn turn(Beat beat) {
        var asked = beat.sensors().stream().map(s -> new Asked(s, clock, lock, told)).toList();
        return new Turn(beat, asked, clock.now().upNs());
    }

    private static Thread asker(Beat beat, Asked asked) {
        var name = "sense-" + asked.sensor().id();
        return switch (beat.on()) {
            case FILES -> Thread.ofPlatform().daemon().name(name).unstarted(asked);
            case SOCKETS -> Thread.ofVirtual().name(name).unstarted(asked);
        };
    }

    private static void listen(Asked asked) {
        if (asked.sensor() instanceof Announcing announcing) {
            announcing.whenChanged(asked::announce);
        }
    }

    private void run() {
        for (var round = next(); round.isPresent(); round = next()) {
            deliver(round.orElseThrow());
        }
    }

    /** The loop's one guard: a listener's mistake must not end the sensing. */
    private void deliver(List<Reading> round) {
        try {
            rounds.accept(round);
        } catch (RuntimeException e) {
            LOG.error("event=round-lost readings={}", round.size(), e);
        }
    }

    /** Waits for the next round; empty when the sampler is closed. */
    private Optional<List<Reading>> next() {
        lock.lock();
        try {
            while (!closed) {
                var nowNs = clock.now().upNs();
                var ready = ready(nowNs);
                if (ready.isPresent()) {
                    return ready;
                }
                waiting.await(told, nextNs() - nowNs);
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            LOG.error("event=sampling-ended cause=interrupted");
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<List<Reading>> ready(long nowNs) {
        for (var turn : turns) {
            for (var asked : turn.asked) {
                if (asked.announceNs() <= nowNs) {
                    return Optional.of(List.of(asked.announcement(nowNs)));
                }
            }
            var round = turn.advance(nowNs);
            if (round.isPresent()) {
                return round;
            }
        }
        return Optional.empty();
    }

    private long nextNs() {
        return turns.stream().mapToLong(Turn::nextNs).min().orElse(Long.MAX_VALUE);
    }

    /** A beat in time. Guarded by the sampler's lock. */
    private static final class Turn {
        private final Beat beat;
        private final List<Asked> asked;
        private long dueNs;
        private long openedNs;
        private boolean open;

        Turn(Beat beat, List<Asked> asked, long startNs) {
            this.beat = beat;
            this.asked = asked;
            this.dueNs = startNs;
        }

        /** Opens and closes the round as far as the time allows; the readings once it closes. */
        Optional<List<Reading>> advance(long nowNs) {
            if (!open && nowNs >= dueNs) {
                open(nowNs);
            }
            if (!open || !complete(nowNs)) {
                return Optional.empty();
            }
            open = false;
            return Optional.of(asked.stream().map(a -> a.close(openedNs, nowNs)).toList());
        }

        /** Boundaries that passed unseen are left out: there is nothing to ask in the past. */
        private void open(long nowNs) {
            var periodNs = beat.period().toNanos();
            dueNs += periodNs * ((nowNs - dueNs) / periodNs + 1);
            openedNs = nowNs;
            open = true;
            asked.forEach(a -> a.ask(nowNs));
        }

        private boolean complete(long nowNs) {
            return nowNs >= closeNs() || asked.stream().allMatch(a -> a.settled(openedNs));
        }

        private long closeNs() {
            return openedNs + deadlineNs(beat);
        }

        long nextNs() {
            var ownNs = open ? closeNs() : dueNs;
            return asked.stream().mapToLong(Asked::announceNs).reduce(ownNs, Math::min);
        }
    }
}
