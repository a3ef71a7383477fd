package org.mingchu.gateway.judge;

import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.State.Open;
import org.mingchu.gateway.judge.State.Pending;
import org.mingchu.gateway.judge.State.Watching;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges the record by the rules of one plan. Pure: the same entries give the same decisions.
 *
 * <p><b>A decision takes effect when it is kept.</b> {@link Verdict#state} holds what was observed
 * and nothing of {@link Verdict#decisions}; whoever calls appends each decision before anything
 * else and hands that entry to {@link #recall}. So the living state is the recall of the journal,
 * entry by entry, and a restart cannot differ from it. Until its entry is recalled, a decision is
 * made again at each call.
 *
 * <p>Immutable, any thread.
 */
public final class Judge {
    private final Bounds bounds;
    private final Doubts proof;
    private final Events events;

    public Judge(Plan plan) {
        bounds = Bounds.of(plan);
        proof = Doubts.of(plan, bounds);
        events = new Events(plan.pack());
    }

    /** The state before the first entry of an epoch. */
    public State begin(String epoch) {
        return new State(
                epoch,
                0,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty());
    }

    /**
     * The state after an entry of any kind, input or recorded decision; decides nothing.
     *
     * @throws IllegalArgumentException when the entry does not come after the state
     */
    public State recall(State state, Entry entry) {
        if (entry.epoch().equals(state.epoch()) && entry.seq() <= state.seq()) {
            throw new IllegalArgumentException(
                    "entry " + entry.seq() + " comes after entry " + state.seq());
        }
        return new Recollection(bounds, proof, state, entry).after(entry.fact());
    }

    /** Recalls an entry, then decides what is due at its moment. */
    public Verdict apply(State state, Entry entry) {
        var after = recall(state, entry);
        var decisions = due(after, entry.at());
        if (entry.fact() instanceof Fact.Acknowledged word) {
            acknowledge(after, word, decisions);
        }
        if (entry.fact() instanceof Fact.PlanChanged) {
            returnUnwatched(after, decisions);
        }
        return verdict(after, decisions);
    }

    /** Decides what is due by {@code now}, in order of deadline; the state stays as it is. */
    public Verdict advance(State state, Moment now) {
        return verdict(state, due(state, now));
    }

    /**
     * When {@link #advance} will have something to decide if no entry comes before, as {@code upNs}
     * of the boot of {@link State#at}; empty when only an entry can bring a decision.
     */
    public OptionalLong nextDeadlineUpNs(State state) {
        if (state.at().isEmpty()) {
            return OptionalLong.empty();
        }
        var boot = state.at().get().boot();
        var nextNs = Bound.NEVER_NS;
        for (var bound : bounds.all()) {
            nextNs = Math.min(nextNs, bound.dueNs(state, boot));
        }
        return nextNs == Bound.NEVER_NS ? OptionalLong.empty() : OptionalLong.of(nextNs);
    }

    private static Verdict verdict(State state, List<AlarmEvent> alarms) {
        return new Verdict(state, alarms.stream().<Fact>map(Fact.Alarm::new).toList());
    }

    private record Due(long upNs, Bound bound) {}

    private List<AlarmEvent> due(State state, Moment now) {
        var due = new ArrayList<Due>();
        for (var bound : bounds.all()) {
            var dueNs = bound.dueNs(state, now.boot());
            if (dueNs <= now.upNs()) {
                due.add(new Due(dueNs, bound));
            }
        }
        due.sort(Comparator.comparingLong(Due::upNs).thenComparingInt(d -> d.bound().order()));
        var decisions = new ArrayList<AlarmEvent>();
        due.forEach(d -> decide(d.bound(), state, decisions));
        return decisions;
    }

    private void decide(Bound bound, State state, List<AlarmEvent> decisions) {
        var was = state.watching().getOrDefault(bound.key(), Watching.NOTHING);
        var trigger = was.active() ? Life.Trigger.GONE : Life.Trigger.HELD;
        for (var step : Life.next(was.life(), trigger)) {
            decisions.add(event(bound, state, was, step));
        }
    }

    private AlarmEvent event(Bound bound, State state, Watching was, Life.Step step) {
        if (was.active()) {
            return events.gone(
                    bound,
                    state,
                    was.open().orElseThrow().last(),
                    was.returning().orElseThrow(),
                    step);
        }
        var run = was.pending().orElseGet(() -> absent(bound, state));
        return was.open()
                .map(open -> events.again(bound, state, open.last(), run, step))
                .orElseGet(() -> events.raised(bound, state, run, step));
    }

    /** Silence without any word: it begins with the first word that did not come. */
    private static Pending absent(Bound bound, State state) {
        var heard = state.heard().get(bound.watch().subject());
        if (heard == null) {
            throw new AssertionError("silence of " + bound.key() + " was due without a first word");
        }
        var missed = heard.at().before(-bound.watch().period().toNanos());
        return Pending.begin(missed, heard.seq(), 0);
    }

    private void acknowledge(State state, Fact.Acknowledged word, List<AlarmEvent> decisions) {
        latest(state, word.alarm(), decisions)
                .ifPresent(last ->
                        Life.next(last.state(), Life.Trigger.ACKNOWLEDGED).stream()
                                .map(step -> Events.seen(last, step, word))
                                .forEach(decisions::add));
    }

    /** The alarm as it stands once the decisions already made take effect. */
    private static Optional<AlarmEvent> latest(
            State state, AlarmId alarm, List<AlarmEvent> decisions) {
        var decided = decisions.reversed().stream().filter(e -> e.id().equals(alarm)).findFirst();
        return decided.or(() ->
                state.watching().values().stream()
                        .flatMap(watching -> watching.open().stream())
                        .map(Open::last)
                        .filter(last -> last.id().equals(alarm))
                        .findFirst());
    }

    /** Alarms that the plan does not watch any more could never return by themselves. */
    private void returnUnwatched(State state, List<AlarmEvent> decisions) {
        state.watching().entrySet().stream()
                .filter(entry -> !bounds.byKey().containsKey(entry.getKey()))
                .sorted(Map.Entry.comparingByKey(BY_NAME))
                .flatMap(entry -> entry.getValue().open().stream())
                .map(Open::last)
                .forEach(last ->
                        Life.next(last.state(), Life.Trigger.GONE).stream()
                                .map(step -> returned(state, last, step))
                                .forEach(decisions::add));
    }

    private static AlarmEvent returned(State state, AlarmEvent last, Life.Step step) {
        return Events.unwatched(last, step, Events.upTo(last, state.seq()));
    }

    private static final Comparator<State.Key> BY_NAME =
            Comparator.comparing(State.Key::subject).thenComparing(State.Key::rule);
}
