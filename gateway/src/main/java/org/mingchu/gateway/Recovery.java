package org.mingchu.gateway;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.sensors.Moment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * What a start takes up of the record: the last snapshot and the entries after it; else the
 * recorded decisions of all time, what people did and what was learned in the last weeks, and the
 * last day of everything. One thread.
 */
final class Recovery {
    /**
     * Entries read again without a snapshot (another plan, another program): a day of rounds at 10
     * s, and some. A year of them would leave the kitchen unwatched for minutes.
     */
    static final int REPLAY_MAX = 10_000;

    /**
     * Of what is never published so many entries are read again before that day: acts, warmings,
     * and the answers of platforms, one a minute at most. Two weeks with one platform.
     */
    static final int UNPUBLISHED_MAX = 20_000;

    static final int PAGE = 256;

    /** So far back the reading before a start is looked for: some minutes of many decisions. */
    private static final int LOOK_BACK_PAGES = 8;

    /** Entries of all lanes in one stretch of a look back: a week of rounds at 10 s. */
    private static final long STRETCH = 1 << 16;

    private final Plan plan;
    private final Judge judge;
    private final Journal journal;

    Recovery(Plan plan, Judge judge, Journal journal) {
        this.plan = plan;
        this.judge = judge;
        this.journal = journal;
    }

    /** The last snapshot that this program made from this plan. */
    Optional<State> snapshot() {
        return journal.snapshot(planHash());
    }

    /**
     * The state as the record leaves it. Nothing is decided again. Where the epoch of now has only
     * just begun it is the one before that it takes over from.
     */
    State state(Optional<State> snapshot) {
        return stateAfter(takenUp(), snapshot);
    }

    /**
     * The same at the end of the last of these epochs, which begin with the first of the record.
     */
    State stateAfter(List<String> epochs, Optional<State> snapshot) {
        var at = snapshot.map(State::epoch).map(epochs::indexOf).orElse(-1);
        if (snapshot.isPresent() && at >= 0) {
            var known = snapshot.get();
            known = everything(known, epochs.get(at), known.seq() + 1);
            return throughout(known, epochs.subList(at + 1, epochs.size()));
        }
        var first = firstOfLastDay(epochs);
        var known = judge.begin(epochs.get(first));
        for (var epoch : epochs.subList(first, epochs.size())) {
            known = latest(known, epoch);
        }
        return known;
    }

    /** One that was cut short may not have said all that it takes over: two of them at least. */
    private int firstOfLastDay(List<String> epochs) {
        var last = epochs.size() - 1;
        var entries = journal.lastSeq(epochs.get(last));
        var first = last;
        while (first > 0 && (first == last || entries < REPLAY_MAX)) {
            first--;
            entries += journal.lastSeq(epochs.get(first));
        }
        return first;
    }

    /** The epochs, without the last ones that have said no more than that they begin. */
    private List<String> takenUp() {
        var epochs = journal.epochs();
        var end = epochs.size();
        while (end > 1 && saysOnlyThatItBegins(epochs.get(end - 1))) {
            end--;
        }
        return epochs.subList(0, end);
    }

    /** The journal itself says how an epoch began, and what is lost; the house says all else. */
    private boolean saysOnlyThatItBegins(String epoch) {
        var page = journal.read(epoch, 1, PAGE);
        while (!page.isEmpty()) {
            for (var entry : page) {
                if (!(entry.fact() instanceof Fact.EpochBegan)
                        && !(entry.fact() instanceof Fact.Gap)) {
                    return false;
                }
            }
            page = journal.read(epoch, page.getLast().seq() + 1, PAGE);
        }
        return true;
    }

    /** Decisions of all time, and the last day of everything. */
    private State latest(State known, String epoch) {
        var from = Math.max(1, journal.lastSeq(epoch) - REPLAY_MAX + 1);
        return everything(decisionsBefore(known, epoch, from), epoch, from);
    }

    private State throughout(State state, List<String> epochs) {
        var known = state;
        for (var epoch : epochs) {
            known = everything(known, epoch, 1);
        }
        return known;
    }

    /**
     * That another site file or rule pack binds now than the record says; empty when it is the
     * same.
     */
    Optional<Fact> planChange() {
        return last(Lane.ALARM, Fact.PlanChanged.class).filter(presentPlan()::equals).isPresent()
                ? Optional.empty()
                : Optional.of(presentPlan());
    }

    /** What binds now. */
    Fact presentPlan() {
        var pack = plan.pack();
        return new Fact.PlanChanged(plan.siteSha256(), pack.id(), pack.version(), pack.sha256());
    }

    /** What a snapshot must have been made from to be of use. */
    String planHash() {
        return plan.siteSha256() + plan.pack().sha256();
    }

    /**
     * Alarms that were raised before the day that is read again are still open, a unit that was
     * stopped then is still stopped, and what was learned of its defrosts holds.
     */
    private State decisionsBefore(State known, String epoch, long until) {
        var alarms = pages(epoch, Lane.ALARM, 1, until);
        var unpublished = pages(epoch, Lane.NONE, unpublishedFrom(epoch, until), until);
        return recall(
                known,
                1,
                from -> inOrder(alarms.apply(from), unpublished.apply(from)),
                this::recallWithoutReadings);
    }

    private State recallWithoutReadings(State state, Entry entry) {
        var lastRead =
                entry.fact() instanceof Fact.Started ? lastReadAt(entry) : Optional.<Moment>empty();
        return lastRead.isPresent()
                ? judge.recall(state, entry, lastRead.get())
                : judge.recall(state, entry);
    }

    /**
     * When a reading was kept last before a start; the start itself where they have been thinned,
     * and empty where its epoch had none before.
     */
    private Optional<Moment> lastReadAt(Entry start) {
        var to = start.seq();
        for (var pages = 0; pages < LOOK_BACK_PAGES && to > 1; pages++) {
            var from = Math.max(1, to - PAGE);
            var end = to;
            var last =
                    journal.read(start.epoch(), Lane.READING, from, PAGE).stream()
                            .takeWhile(entry -> entry.seq() < end)
                            .reduce((_, later) -> later);
            if (last.isPresent()) {
                return last.map(Entry::at);
            }
            to = from;
        }
        return to > 1 ? Optional.of(start.at()) : Optional.empty();
    }

    private long unpublishedFrom(String epoch, long until) {
        return journal.lastBefore(epoch, Lane.NONE, until, UNPUBLISHED_MAX);
    }

    private LongFunction<List<Entry>> pages(String epoch, Lane lane, long first, long until) {
        return from ->
                journal.read(epoch, lane, Math.max(first, from), PAGE).stream()
                        .takeWhile(entry -> entry.seq() < until)
                        .toList();
    }

    /** As far as both are known: the page that is cut off is read again from there. */
    private static List<Entry> inOrder(List<Entry> some, List<Entry> others) {
        var end = Math.min(endOf(some), endOf(others));
        return Stream.concat(some.stream(), others.stream())
                .filter(entry -> entry.seq() <= end)
                .sorted(Comparator.comparingLong(Entry::seq))
                .toList();
    }

    /** Nothing is known of what comes after a full page. */
    private static long endOf(List<Entry> page) {
        return page.size() < PAGE ? Long.MAX_VALUE : page.getLast().seq();
    }

    /** The state after all that an epoch says from {@code from} on. */
    State everything(State known, String epoch, long from) {
        return recall(known, from, seq -> journal.read(epoch, seq, PAGE), judge::recall);
    }

    private static State recall(
            State state,
            long from,
            LongFunction<List<Entry>> pages,
            BiFunction<State, Entry, State> one) {
        var known = state;
        for (var page = pages.apply(from);
                !page.isEmpty();
                page = pages.apply(page.getLast().seq() + 1)) {
            for (var entry : page) {
                known = one.apply(known, entry);
            }
        }
        return known;
    }

    /** The last checkpoint that an epoch of this file holds, as another epoch carries it. */
    Optional<Fact.CarriedCheckpoint> lastCheckpoint(String epoch) {
        var last = Optional.<Fact.CarriedCheckpoint>empty();
        for (var page = journal.read(epoch, Lane.ALARM, 1, PAGE);
                !page.isEmpty();
                page = journal.read(epoch, Lane.ALARM, page.getLast().seq() + 1, PAGE)) {
            for (var entry : page) {
                if (entry.fact() instanceof Fact.Checkpointed(var note)) {
                    last = Optional.of(new Fact.CarriedCheckpoint(epoch, entry.seq(), note));
                }
            }
        }
        return last;
    }

    /** How the program was started last. */
    Optional<Fact.Started> lastStart() {
        return last(Lane.NONE, Fact.Started.class);
    }

    /**
     * The last fact of a kind in its lane: where it is noted, else back through the lane a stretch
     * at a time. Only its lane is asked for: else each step would undo a block of readings.
     */
    private <F extends Fact> Optional<F> last(Lane lane, Class<F> kind) {
        var noted = journal.noted(kind);
        if (noted.isPresent()) {
            var there = lastWithin(lane, kind, noted.getAsLong(), noted.getAsLong());
            if (there.isPresent()) {
                return there;
            }
        }
        for (var to = journal.lastInLane(lane); to > 0; ) {
            var from = Math.max(1, to - STRETCH + 1);
            var found = lastWithin(lane, kind, from, to);
            if (found.isPresent()) {
                return found;
            }
            to = journal.previousInLane(lane, from);
        }
        return Optional.empty();
    }

    private <F extends Fact> Optional<F> lastWithin(Lane lane, Class<F> kind, long from, long to) {
        Optional<F> found = Optional.empty();
        for (var next = from; next <= to; ) {
            var most = (int) Math.min(PAGE, to - next + 1);
            var page = journal.read(lane, next, most);
            for (var entry : page) {
                if (entry.seq() <= to && kind.isInstance(entry.fact())) {
                    found = Optional.of(kind.cast(entry.fact()));
                }
            }
            next = page.size() < most ? to + 1 : page.getLast().seq() + 1;
        }
        return found;
    }
}
