package org.mingchu.gateway.judge;

import org.jspecify.annotations.Nullable;
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
    private final Conduct conduct;
    private final Calendar calendar;
    private final Events events;
    private final Foods foods;

    public Judge(Plan plan) {
        bounds = Bounds.of(plan);
        proof = Doubts.of(plan, bounds);
        conduct = Conduct.of(plan);
        calendar = Calendar.of(plan.site());
        events = new Events(plan.pack(), bounds);
        foods = new Foods(bounds);
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
                Map.of(),
                Map.of(),
                Map.of(),
                Food.NOTHING,
                Duties.NOTHING,
                Optional.empty());
    }

    /**
     * The state after an entry of any kind, input or recorded decision; decides nothing.
     *
     * @throws IllegalArgumentException when the entry does not come after the state
     */
    public State recall(State state, Entry entry) {
        return recalled(state, entry).after(entry.fact(), Optional.empty());
    }

    private Recollection recalled(State state, Entry entry) {
        if (entry.epoch().equals(state.epoch()) && entry.seq() <= state.seq()) {
            throw new IllegalArgumentException(
                    "entry " + entry.seq() + " comes after entry " + state.seq());
        }
        return new Recollection(bounds, proof, conduct, state, entry);
    }

    /**
     * The same of a start when the readings before it are not recalled, given when the last of them
     * was kept.
     */
    public State recall(State state, Entry start, Moment lastRead) {
        return recalled(state, start).after(start.fact(), Optional.of(lastRead));
    }

    /** Recalls an entry, then decides what is due at its moment. */
    public Verdict apply(State state, Entry entry) {
        var after = recall(state, entry);
        var decisions = due(after, entry.at());
        switch (entry.fact()) {
            case Fact.Acknowledged word -> acknowledge(after, word, decisions);
            case Fact.Shelved word -> shelve(after, word, decisions);
            case Fact.Unshelved(var alarm, var who) ->
                    said(after, alarm, Life.Trigger.UNSHELVE, who, Optional.empty(), decisions);
            case Fact.Reset(var alarm, var who, var note) ->
                    said(after, alarm, Life.Trigger.RESET, who, Optional.of(note), decisions);
            case Fact.PlanChanged _ -> returnUnwatched(after, decisions);
            default -> {}
        }
        var verdict = verdict(after, decisions);
        return entry.fact() instanceof Fact.BatchEnded(var batch, _)
                ? foods.judged(state.food(), batch).map(verdict::and).orElse(verdict)
                : verdict;
    }

    /** Why somebody's act would change nothing; empty when it would. */
    public Optional<Refusal> refuses(Fact.Done act, Moment now) {
        return conduct.refuses(act, now);
    }

    /** Whether a batch of food in a unit, or with a probe, would be followed. */
    public boolean follows(String where) {
        return probe(where).isPresent();
    }

    /** The probe by which a batch of food in a unit, or with a probe, would be followed. */
    public Optional<String> probe(String where) {
        return foods.probe(where);
    }

    /** Why an alarm would not be put aside; empty when it would. */
    public Optional<Refusal> refuses(State state, Fact.Shelved act) {
        var open = latest(state, act.alarm(), List.of()).filter(e -> Life.active(e.state()));
        return open.isEmpty()
                ? Optional.of(Refusal.NO_SUCH_ALARM)
                : conduct.refuses(act, bound(open.get()));
    }

    private @Nullable Bound bound(AlarmEvent event) {
        return bounds.byKey().get(new State.Key(event.subject(), event.rule()));
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
        var at = state.at().get();
        var nextNs = Bound.NEVER_NS;
        for (var bound : bounds.all()) {
            nextNs = Math.min(nextNs, next(bound, state, at).upNs());
        }
        return nextNs == Bound.NEVER_NS ? OptionalLong.empty() : OptionalLong.of(nextNs);
    }

    private Verdict verdict(State state, List<AlarmEvent> alarms) {
        var facts = new ArrayList<Fact>(learned(state));
        facts.addAll(foods.ended(state.food()));
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

    /**
     * Of all that is wrong with a unit one alarm calls again or calls others, not each in turn. In
     * a closure a unit that may have been switched off is asked about once, and again when somebody
     * is back.
     */
    private Bound.Due next(Bound bound, State state, Moment now) {
        var due = bound.due(state, now, conduct);
        var calls = due.trigger() == Life.Trigger.AGAIN || due.trigger() == Life.Trigger.UNANSWERED;
        if (!calls) {
            return due;
        }
        if (!Causes.leads(bounds, bound, state)) {
            return Bound.NEVER;
        }
        return Causes.asked(bounds, calendar, bound, state)
                ? new Bound.Due(Math.max(due.upNs(), calendar.reopensNs(now)), due.trigger())
                : due;
    }

    private record Due(Bound.Due next, Bound bound) {}

    private List<AlarmEvent> due(State state, Moment now) {
        var due = new ArrayList<Due>();
        for (var bound : bounds.all()) {
            var next = next(bound, state, now);
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
        var step = Life.next(was.life(), trigger);
        if (step.isPresent()) {
            decisions.add(event(bound, state, was, step.get()));
            end(decisions, bound.timing().settleNs() == 0);
        }
    }

    /** What has become normal by itself is over, at once or when it has settled. */
    private static void end(List<AlarmEvent> decisions, boolean atOnce) {
        var last = decisions.getLast();
        var over =
                switch (last.change()) {
                    // Nobody has to see afterwards that a drill is over.
                    case RETURNED, ACKNOWLEDGED ->
                            (atOnce && last.state() == AlarmState.NORMAL)
                                    || (last.drill() && !Life.active(last.state()));
                    case RESET -> true;
                    default -> false;
                };
        if (over) {
            decisions.add(Events.over(last));
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
            case SUPPRESSED, OUT_OF_SERVICE -> hidden(bound, state, was, step);
            case UNSUPPRESSED, IN_SERVICE, UNSHELVED ->
                    Events.moved(was.open().orElseThrow().last(), step);
            case RAISED -> raised(bound, state, was, step);
            case ACKNOWLEDGED, RESET, SHELVED ->
                    throw new AssertionError("nobody said " + step.change().word());
        };
    }

    /** The same alarm: its condition has come back, or still holds after all this time. */
    private AlarmEvent again(Bound bound, State state, Watching was, Life.Step step) {
        var last = was.open().orElseThrow().last();
        return was.active()
                ? events.still(bound, state, last, step)
                : events.again(bound, state, last, run(bound, state, was), step);
    }

    private AlarmEvent hidden(Bound bound, State state, Watching was, Life.Step step) {
        return was.open()
                .map(open -> Events.moved(open.last(), step))
                .orElseGet(() -> events.raised(bound, state, run(bound, state, was), step));
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
        said(state, word.alarm(), Life.Trigger.ACKNOWLEDGED, word.person(), word.note(), decisions);
        endDrill(decisions);
    }

    /** Whoever takes a drill has done all that it was for. */
    private static void endDrill(List<AlarmEvent> decisions) {
        if (!decisions.isEmpty()
                && decisions.getLast().drill()
                && decisions.getLast().state() == AlarmState.ACK_ACTIVE) {
            var last = decisions.getLast();
            decisions.add(
                    Events.moved(last, new Life.Step(AlarmChange.RETURNED, AlarmState.NORMAL)));
            end(decisions, true);
        }
    }

    private void shelve(State state, Fact.Shelved word, List<AlarmEvent> decisions) {
        if (state.shelves().containsKey(word.alarm())) {
            said(
                    state,
                    word.alarm(),
                    Life.Trigger.SHELVE,
                    word.person(),
                    Optional.of(word.reason()),
                    decisions);
        }
    }

    /** A person moves an alarm on. */
    private void said(
            State state,
            AlarmId alarm,
            Life.Trigger trigger,
            Person who,
            Optional<String> note,
            List<AlarmEvent> decisions) {
        var last = latest(state, alarm, decisions);
        var step = last.flatMap(event -> Life.next(event.state(), trigger));
        if (step.isPresent()) {
            decisions.add(Events.said(last.orElseThrow(), step.get(), who, note));
            end(decisions, !settles(last.orElseThrow()));
        }
    }

    private boolean settles(AlarmEvent last) {
        var bound = bound(last);
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
        Life.next(last.state(), Life.Trigger.GONE)
                .ifPresent(step -> {
                    decisions.add(Events.unwatched(last, step, Events.upTo(last, state.seq())));
                    end(decisions, true);
                });
    }

    private static final Comparator<State.Key> BY_NAME =
            Comparator.comparing(State.Key::subject).thenComparing(State.Key::rule);
}
