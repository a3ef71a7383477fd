package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.config.Platform;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.judge.Verdict;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Receipt;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The one loop that owns all state. A wake keeps what has arrived, judges it, keeps the decisions
 * in the same commit, and only then acts: nothing is concluded from, shown or answered before it is
 * kept. {@link #offer} and {@link #state} may be called from any thread, everything else from one.
 */
final class House {
    /** Most arrivals that wait, in number; the slow edges are then told to come again. */
    static final int INBOX_MAX = 4_096;

    /** Most arrivals kept in one commit, in number, so that no wake takes long. */
    static final int WAKE_MAX = 256;

    /** Longest sleep of the loop: also the green lamp's half period. */
    static final Duration SLEEP_MAX = Duration.ofSeconds(1);

    /** Entries between two snapshots: what a restart has to read again, about an hour. */
    static final int SNAPSHOT_EVERY = 360;

    private static final Logger LOG = LoggerFactory.getLogger(House.class);

    private final Recovery recovery;
    private final Trips trips;
    private final Judge judge;
    private final Journal journal;
    private final Clock clock;
    private final Hands hands;
    private final List<Platform> platforms;
    private final ClockWatch clockWatch;
    private final BlockingQueue<Arrival> inbox = new ArrayBlockingQueue<>(INBOX_MAX);
    private final List<Arrival> waking = new ArrayList<>();
    private volatile State state;
    private volatile boolean stopping;

    /** The last committed checkpoint, to be carried when its epoch is over and perhaps gone. */
    private Optional<Fact.CarriedCheckpoint> lastSealed = Optional.empty();

    private long snapshotSeq;

    /** It began in memory: what the disk holds of earlier lives is not known yet. */
    private boolean apart;

    /** Takes up the record where it ended. */
    House(Plan plan, Judge judge, Journal journal, Clock clock, Hands hands) {
        this.recovery = new Recovery(plan, judge, journal);
        this.trips = new Trips(judge, journal);
        this.judge = judge;
        this.journal = journal;
        this.clock = clock;
        this.hands = hands;
        this.platforms = plan.site().platforms();
        var snapshot = recovery.snapshot();
        this.state = recovery.state(snapshot);
        this.apart = journal.condition() == StorageState.MEMORY;
        // After a long way back without one the next commit takes one along.
        this.snapshotSeq =
                snapshot.filter(s -> s.epoch().equals(state.epoch())).map(State::seq).orElse(0L);
        this.clockWatch = new ClockWatch(state.at());
    }

    /** The latest committed state. */
    State state() {
        return state;
    }

    /** Says that the program is here, and under which plan, and commits it. */
    void begin(Fact.Started started) {
        waking.add(said(started));
        // An alarm that the last life left open has to hear how it is now.
        waking.add(said(new Fact.Storage(journal.condition(), "")));
        recovery.planChange().ifPresent(change -> waking.add(said(change)));
        step();
    }

    /** Hands a fact to the loop. Any thread. */
    void say(Fact fact) {
        offer(said(fact));
    }

    /** Hands a fact to the loop; completed once it is kept, failed when it never will be. */
    CompletableFuture<Void> keep(Fact fact) {
        var said = said(fact);
        offer(said);
        return said.kept();
    }

    private Arrival.Said said(Fact fact) {
        return new Arrival.Said(fact, clock.now().upNs(), new CompletableFuture<>());
    }

    /** Hands something to the loop; what does not fit is refused aloud. Any thread. */
    void offer(Arrival arrival) {
        if (inbox.offer(arrival)) {
            return;
        }
        LOG.error("event=arrival-refused cause=inbox-full limit={}", INBOX_MAX);
        if (arrival instanceof Arrival.Said said) {
            said.kept().completeExceptionally(new IllegalStateException("the inbox is full"));
        }
    }

    /** Runs until {@link #stop}. */
    void run() throws InterruptedException {
        while (!stopping) {
            awaitArrival();
            step();
        }
        while (!inbox.isEmpty() || !waking.isEmpty()) {
            var before = inbox.size() + waking.size();
            step();
            if (inbox.size() + waking.size() >= before) {
                LOG.error("event=stopped-unkept arrivals={}", before);
                return;
            }
        }
    }

    /** With full hands, which the disk does not take, nothing more is picked up. */
    private void awaitArrival() throws InterruptedException {
        if (waking.size() >= WAKE_MAX) {
            LockSupport.parkNanos(this, SLEEP_MAX.toNanos());
            return;
        }
        var first = inbox.poll(sleepNs(), TimeUnit.NANOSECONDS);
        if (first != null) {
            waking.add(first);
        }
    }

    /** Asks the loop to keep what has arrived and end. Any thread. */
    void stop() {
        stopping = true;
    }

    /** One wake. */
    void step() {
        inbox.drainTo(waking, WAKE_MAX - Math.min(WAKE_MAX, waking.size()));
        var now = clock.now();
        var before = state;
        try {
            state = keepAndJudge(now);
        } catch (JournalException e) {
            // Nothing is lost: what arrived stays in hand and is tried again at the next wake, on
            // the disk or, when that goes on refusing, in memory.
            LOG.error("event=commit-failed arrivals={} cause={}", waking.size(), e.getMessage());
            journal.sealSoon();
            journal.refused(e, now);
            return;
        }
        var kept = List.copyOf(waking);
        waking.clear();
        hands.act(state, now, !state.equals(before));
        for (var arrival : kept) {
            if (arrival instanceof Arrival.Said said) {
                said.kept().complete(null);
            }
        }
    }

    /** When the judge wants to be woken next, in nanoseconds of this boot. */
    long wakeUpNs(Moment now) {
        var latest = now.upNs() + SLEEP_MAX.toNanos();
        return Math.min(latest, judge.nextDeadlineUpNs(state).orElse(latest));
    }

    private long sleepNs() {
        if (!waking.isEmpty()) {
            return SLEEP_MAX.toNanos();
        }
        var now = clock.now();
        return Math.max(0, wakeUpNs(now) - now.upNs());
    }

    /** The order in the journal is the order of causes, so that a replay goes the same way. */
    private State keepAndJudge(Moment now) {
        journal.tend(now);
        if (waking.stream().anyMatch(this::isAhead)) {
            journal.endForPlatform(now);
        }
        var rejoins = apart && journal.condition() != StorageState.MEMORY;
        var next = wake(rejoins ? rejoin(now) : enterEpoch(now), now);
        if (rejoins) {
            // The plan may be another one than that of the lives before.
            next = keepInput(next, recovery.presentPlan(), now);
        }
        var sealing = Optional.<Fact.CarriedCheckpoint>empty();
        for (var finding : journal.findings()) {
            next = keepInput(next, finding, now);
        }
        for (var unsent : journal.unsent(platformIds(), WAKE_MAX)) {
            next = keepInput(next, unsent, now);
        }
        var checkpoint = journal.checkpoint(now);
        if (checkpoint.isPresent()) {
            sealing = Optional.of(carried(checkpoint.get(), next.seq() + 1));
            next = keepInput(next, checkpoint.get(), now);
        }
        var clockSet = clockWatch.changed(now);
        if (clockSet.isPresent()) {
            next = keepInput(next, clockSet.get(), now);
        }
        var rounds = new ArrayList<Fact.Round>();
        for (var arrival : waking) {
            switch (arrival) {
                case Arrival.Said(Fact.Started _, _, _) -> {} // the wake began with it
                case Arrival.Said said -> {
                    sealForWhomIsBack(said.fact());
                    var fact = trips.told(said.at(now), rounds, now);
                    if (fact instanceof Fact.Round round) {
                        rounds.add(round);
                    }
                    next = keepInput(next, fact, now);
                }
                case Arrival.Answered answered -> next = keepAnswer(next, answered, now);
                case Arrival.Reached reached -> reached(reached);
                case Arrival.Receipt receipt -> next = keepReceipt(next, receipt, now);
                case Arrival.Ahead _ -> {} // the wake began with it
            }
        }
        if (!next.epoch().equals(state.epoch()) || next.seq() > state.seq()) {
            commit(next, now);
            apart &= !rejoins;
            lastSealed = sealing.or(() -> lastSealed);
        }
        return next;
    }

    /**
     * What was due meanwhile is decided first. But a program that starts says so before: it has
     * listened to nobody meanwhile, and their silence then proves nothing.
     */
    private State wake(State next, Moment now) {
        return waking.stream()
                .filter(Arrival.Said.class::isInstance)
                .map(arrival -> ((Arrival.Said) arrival).fact())
                .filter(Fact.Started.class::isInstance)
                .findFirst()
                .map(started -> keepInput(next, started, now))
                .orElseGet(() -> keepDecisions(judge.advance(next, now), now));
    }

    private Fact.CarriedCheckpoint carried(Fact.Checkpointed checkpoint, long seq) {
        return new Fact.CarriedCheckpoint(journal.epoch(), seq, checkpoint.note());
    }

    /** A platform that can be reached again gets a fresh checkpoint to cosign. */
    private void sealForWhomIsBack(Fact fact) {
        if (fact instanceof Fact.Link(_, var link, _) && link == LinkState.UP) {
            journal.sealSoon();
        }
    }

    /**
     * When the journal has begun another epoch, what it has said of it is taken in, and the old
     * one's last checkpoint and what was open in it are said again: whoever reads the new one alone
     * must find them there. Nothing is decided yet: a program that starts has to say so before.
     */
    private State enterEpoch(Moment now) {
        return journal.epoch().equals(state.epoch()) ? state : enter(state, now);
    }

    /**
     * The record that began in memory is on the disk now, behind that of earlier lives: what was
     * open, stopped or learned in them holds again, as it would after another start.
     */
    private State rejoin(Moment now) {
        var epochs = journal.epochs();
        if (epochs.size() == 1) {
            return enterEpoch(now);
        }
        if (epochs.isEmpty()) {
            throw new JournalException("the epochs of the record cannot be read");
        }
        var before = epochs.subList(0, epochs.size() - 1);
        return enter(recovery.stateAfter(before, recovery.snapshot()), now);
    }

    /** The present epoch takes over from the state at the end of the ones before it. */
    private State enter(State before, Moment now) {
        var next = recovery.everything(before, journal.epoch(), 1);
        if (!next.epoch().equals(journal.epoch()) || next.seq() < journal.lastSeq()) {
            throw new JournalException(
                    "epoch "
                            + journal.epoch()
                            + " cannot be read to its end, "
                            + journal.lastSeq());
        }
        snapshotSeq = next.seq();
        var sealed = lastSealed.filter(c -> c.epoch().equals(before.epoch()));
        var checkpoint = sealed.or(() -> recovery.lastCheckpoint(before.epoch()));
        if (checkpoint.isPresent()) {
            next = keepWord(next, checkpoint.get(), now);
        }
        var open = next.openAlarms().stream().map(AlarmEvent::id).collect(Collectors.toSet());
        for (var alarm : before.openAlarms()) {
            if (open.contains(alarm.id())) {
                next = keepWord(next, carried(before, alarm), now);
            }
        }
        return next;
    }

    private static Fact carried(State before, AlarmEvent alarm) {
        return new Fact.CarriedAlarm(before.epoch(), before.seq(), alarm);
    }

    private List<String> platformIds() {
        return platforms.stream().map(Platform::id).toList();
    }

    /** Whether a platform has what we have not: an old image was restored. */
    private boolean isAhead(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Ahead ahead -> ahead.epoch().equals(journal.epoch());
            case Arrival.Receipt receipt -> judged(receipt) == Receipt.AHEAD;
            case Arrival.Said _, Arrival.Answered _, Arrival.Reached _ -> false;
        };
    }

    private Receipt judged(Arrival.Receipt receipt) {
        var witnessKey =
                platforms.stream()
                        .filter(platform -> platform.id().equals(receipt.platform()))
                        .findFirst()
                        .flatMap(Platform::witnessKey);
        return journal.receipt(receipt.note(), witnessKey);
    }

    private State keepReceipt(State before, Arrival.Receipt receipt, Moment now) {
        return switch (judged(receipt)) {
            case WITNESSED, KEPT ->
                    keepInput(before, new Fact.Receipted(receipt.platform(), receipt.note()), now);
            case UNKNOWN -> {
                LOG.warn(
                        "event=receipt-not-believed platform={} remedy=\"see that witness_key is"
                                + " the platform's\"",
                        receipt.platform());
                yield before;
            }
            case AHEAD -> before;
        };
    }

    /** Numbers of an epoch that is over mean other entries in this one. */
    private State keepAnswer(State before, Arrival.Answered answered, Moment now) {
        return answered.epoch().equals(journal.epoch())
                ? keepInput(before, answered.fact(), now)
                : before;
    }

    /** Waits for the next commit: a commit of its own would only wear the card. */
    private void reached(Arrival.Reached reached) {
        if (reached.epoch().equals(journal.epoch())) {
            journal.saveProgress(reached.platform(), reached.lane(), reached.progress());
        }
    }

    private void commit(State next, Moment now) {
        var snapshot = next.seq() - snapshotSeq >= SNAPSHOT_EVERY;
        if (snapshot) {
            journal.saveSnapshot(next, recovery.planHash());
        }
        journal.commit();
        if (snapshot) {
            snapshotSeq = next.seq();
        }
        clockWatch.kept(now);
    }

    private State keepWord(State before, Fact fact, Moment now) {
        return judge.recall(before, journal.append(now, List.of(fact)).getFirst());
    }

    private State keepInput(State before, Fact fact, Moment now) {
        var entry = journal.append(now, List.of(fact)).getFirst();
        return keepDecisions(judge.apply(before, entry), now);
    }

    private State keepDecisions(Verdict verdict, Moment now) {
        var next = verdict.state();
        if (verdict.decisions().isEmpty()) {
            return next;
        }
        for (Entry entry : journal.append(now, verdict.decisions())) {
            next = judge.recall(next, entry);
        }
        return next;
    }
}
