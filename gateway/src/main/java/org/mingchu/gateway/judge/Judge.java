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
            nextNs = Math.min(nextNs, bound.due(state, boot).upNs());
        }
        return nextNs == Bound.NEVER_NS ? OptionalLong.empty() : OptionalLong.of(nextNs);
    }

    private static Verdict verdict(State state, List<AlarmEvent> alarms) {
        var facts = new ArrayList<Fact>(learned(state));
        alarms.forEach(alarm -> facts.add(new Fact.Alarm(alarm)));
        return new Verdict(state, facts);
    }

    /** What a unit has just done by itself is kept, so that its habits can be told from it. */
    private static List<Fact.Warmed> learned(State state) {
        return state.traces().entrySet().stream()
                .flatMap(trace ->
                        trace.getValue().now().stream()
                                .flatMap(now -> now.ended().stream())
                                .map(warming -> new Fact.Warmed(trace.getKey(), warming)))
                .sorted(Comparator.comparing(Fact.Warmed::subject))
                .toList();
    }

    private record Due(Bound.Due next, Bound bound) {}

    private List<AlarmEvent> due(State state, Moment now) {
        var due = new ArrayList<Due>();
        for (var bound : bounds.all()) {
            var next = bound.due(state, now.boot());
            if (next.upNs() <= now.upNs()) {
                due.add(new Due(next, bound));
            }
        }
        due.sort(
                Comparator.comparingLong((Due d) -> d.next().upNs())
                        .thenComparingInt(d -> d.bound().order()));
        var decisions = new ArrayList<AlarmEvent>();
        due.forEach(d -> decide(d.bound(), state, d.next().trigger(), decisions));
        return decisions;
    }

    private void decide(
            Bound bound, State state, Life.Trigger trigger, List<AlarmEvent> decisions) {
        var was = state.watching().getOrDefault(bound.key(), Watching.NOTHING);
        if (trigger == Life.Trigger.HELD && bound.isNewEpisode(was)) {
            // Nobody has seen the last one; this one is another, and has an id of its own.
            decisions.add(Events.over(was.open().orElseThrow().last()));
            was = was.withOpen(Optional.empty());
        }
        for (var step : Life.next(was.life(), trigger)) {
            decisions.add(event(bound, state, was, step));
            if (step.state() == AlarmState.NORMAL && bound.timing().settleNs() == 0) {
                decisions.add(Events.over(decisions.getLast()));
            }
        }
    }

    private AlarmEvent event(Bound bound, State state, Watching was, Life.Step step) {
        return switch (step.change()) {
            case RETURNED ->
                    events.gone(
                            bound,
                            state,
                            was.open().orElseThrow().last(),
                            was.returning().orElseThrow(),
                            step);
            case CLEARED -> Events.over(was.settling().orElseThrow().last());
            case ESCALATED -> events.escalated(bound, was.open().orElseThrow().last(), step);
            case RE_ALARMED -> again(bound, state, was, step);
            default -> raised(bound, state, was, step);
        };
    }

    /** The same alarm: its condition has come back, or still holds after all this time. */
    private AlarmEvent again(Bound bound, State state, Watching was, Life.Step step) {
        var last = was.open().orElseThrow().last();
        return was.active()
                ? events.still(bound, state, last, step)
                : events.again(bound, state, last, run(bound, state, was), step);
    }

    private AlarmEvent raised(Bound bound, State state, Watching was, Life.Step step) {
        var run = run(bound, state, was);
        var back = new Life.Step(AlarmChange.RE_ALARMED, step.state());
        return was.settling()
                .map(settling -> events.again(bound, state, settling.last(), run, back))
                .orElseGet(() -> events.raised(bound, state, run, step));
    }

    private static Pending run(Bound bound, State state, Watching was) {
        return was.pending().orElseGet(() -> absent(bound, state));
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
        latest(state, word.alarm(), decisions).ifPresent(last -> seen(last, word, decisions));
    }

    private void seen(AlarmEvent last, Fact.Acknowledged word, List<AlarmEvent> decisions) {
        for (var step : Life.next(last.state(), Life.Trigger.ACKNOWLEDGED)) {
            decisions.add(Events.seen(last, step, word));
            if (step.state() == AlarmState.NORMAL && !settles(last)) {
                decisions.add(Events.over(decisions.getLast()));
            }
        }
    }

    private boolean settles(AlarmEvent last) {
        var bound = bounds.byKey().get(new State.Key(last.subject(), last.rule()));
        return bound != null && bound.timing().settleNs() > 0;
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
                .forEach(last -> returnUnwatched(state, last, decisions));
    }

    private static void returnUnwatched(State state, AlarmEvent last, List<AlarmEvent> decisions) {
        for (var step : Life.next(last.state(), Life.Trigger.GONE)) {
            decisions.add(Events.unwatched(last, step, Events.upTo(last, state.seq())));
            if (step.state() == AlarmState.NORMAL) {
                decisions.add(Events.over(decisions.getLast()));
            }
        }
    }

    private static final Comparator<State.Key> BY_NAME =
            Comparator.comparing(State.Key::subject).thenComparing(State.Key::rule);
}
