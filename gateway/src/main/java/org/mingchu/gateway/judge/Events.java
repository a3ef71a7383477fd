package org.mingchu.gateway.judge;

import org.jspecify.annotations.Nullable;
import org.mingchu.config.Attention;
import org.mingchu.config.Condition;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.RulePack;
import org.mingchu.gateway.judge.State.Heard;
import org.mingchu.gateway.judge.State.Pending;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes events, each stamped with the rule, pack, override and basis that decided it. Immutable.
 */
record Events(RulePack pack, Bounds bounds) {
    /** A new alarm: its id comes from the first entry that showed it. */
    AlarmEvent raised(Bound bound, State state, Pending run, Life.Step step) {
        var id =
                AlarmId.of(
                        state.epoch(), bound.key().subject(), bound.key().rule(), run.firstSeq());
        return of(bound, state, id, step, run.begun(), new SeqRange(run.firstSeq(), run.lastSeq()));
    }

    /** The same alarm again: a new condition under the old id. */
    AlarmEvent again(Bound bound, State state, AlarmEvent last, Pending run, Life.Step step) {
        var evidence = new SeqRange(run.firstSeq(), run.lastSeq());
        return of(bound, state, last.id(), step, run.begun(), evidence);
    }

    /** The same alarm, seen by somebody and still not mended. */
    AlarmEvent still(Bound bound, State state, AlarmEvent last, Life.Step step) {
        return of(bound, state, last.id(), step, last.since(), upTo(last, state.seq()));
    }

    /** Nobody has answered: somebody else is asked as well. */
    AlarmEvent escalated(Bound bound, AlarmEvent last, Life.Step step) {
        var who = bound.ladder().next(last.attention()).map(RulePack.Call::who);
        return copy(
                last,
                step,
                who.orElse(last.attention()),
                last.evidence(),
                Optional.empty(),
                Optional.empty());
    }

    /** The episode is over. */
    static AlarmEvent over(AlarmEvent last) {
        return unwatched(
                last, new Life.Step(AlarmChange.CLEARED, AlarmState.NORMAL), last.evidence());
    }

    /** The condition has gone: the evidence grows up to the last entry that showed it gone. */
    AlarmEvent gone(Bound bound, State state, AlarmEvent last, Pending run, Life.Step step) {
        return of(bound, state, last.id(), step, last.since(), upTo(last, run.lastSeq()));
    }

    private AlarmEvent of(
            Bound bound, State state, AlarmId id, Life.Step step, Moment since, SeqRange evidence) {
        var watch = bound.watch();
        var rule = watch.rule();
        return new AlarmEvent(
                id,
                watch.subject(),
                watch.unit().map(unit -> unit.id()),
                rule.id(),
                pack.id(),
                pack.version(),
                watch.overridden(),
                rule.basis().map(Rule.Basis::text),
                rule.priority(),
                rule.attention(),
                step.change(),
                step.state(),
                bound.watchesValue()
                        ? value(state.heard().get(watch.subject()))
                        : OptionalLong.empty(),
                bound.limitMilli().isPresent() ? bound.limitMilli() : limit(rule.when()),
                bound.watchesValue() ? watch.measures().map(Quantity::senmlUnit) : Optional.empty(),
                since,
                evidence,
                Optional.empty(),
                Optional.empty(),
                Causes.parent(bounds, bound, state),
                left(bound, state));
    }

    /** How long it is until the limit that was foretold. */
    private static OptionalLong left(Bound bound, State state) {
        var trace = state.traces().get(bound.key().subject());
        if (trace == null || trace.now().isEmpty() || bound.limitMilli().isEmpty()) {
            return OptionalLong.empty();
        }
        var left = Foresight.leftNs(trace.now().get(), bound.limitMilli().getAsLong());
        return left.isPresent()
                ? OptionalLong.of(Duration.ofNanos(left.getAsLong()).toMillis())
                : left;
    }

    private static OptionalLong value(@Nullable Heard heard) {
        return heard != null && heard.latest() instanceof Reading.Measured measured
                ? OptionalLong.of(measured.milli())
                : OptionalLong.empty();
    }

    private static OptionalLong limit(Condition when) {
        return switch (when) {
            case Condition.Above(var limit, _) -> OptionalLong.of(limit);
            case Condition.Below(var limit, _) -> OptionalLong.of(limit);
            case Condition.ProductAbove(var limit, _) -> OptionalLong.of(limit);
            case Condition.Cumulative(Condition.Above(var limit, _), _, _, _) ->
                    OptionalLong.of(limit);
            case Condition.Cumulative(Condition.Below(var limit, _), _, _, _) ->
                    OptionalLong.of(limit);
            case Condition.Danger(_, var limit, _) -> OptionalLong.of(limit);
            case Condition.Cycle(_, var limit, _, _) -> OptionalLong.of(limit);
            case Condition.Cooling _,
                    Condition.NoCycle _,
                    Condition.Leap _,
                    Condition.Swapped _,
                    Condition.NotCooling _,
                    Condition.DefrostOverdue _,
                    Condition.Drift _,
                    Condition.LeftOpen _,
                    Condition.Stuck _,
                    Condition.Silent _,
                    Condition.Faulty _,
                    Condition.Open _,
                    Condition.Contact _,
                    Condition.Camera _,
                    Condition.OfGateway _ ->
                    OptionalLong.empty();
        };
    }

    /** A person has moved it on; what the rule said stays as it was. */
    static AlarmEvent said(AlarmEvent last, Life.Step step, Person person, Optional<String> note) {
        return copy(last, step, last.evidence(), Optional.of(person), note);
    }

    /** It is hidden, or no longer is. */
    static AlarmEvent moved(AlarmEvent last, Life.Step step) {
        return unwatched(last, step, last.evidence());
    }

    /** Follows from the alarm's life alone: no rule has decided it. */
    static AlarmEvent unwatched(AlarmEvent last, Life.Step step, SeqRange evidence) {
        return copy(last, step, evidence, Optional.empty(), Optional.empty());
    }

    /** The same event when its evidence lies in another epoch. */
    static AlarmEvent rekeyed(AlarmEvent last, long seq) {
        var same = new Life.Step(last.change(), last.state());
        return copy(last, same, new SeqRange(seq, seq), last.person(), last.note());
    }

    static SeqRange upTo(AlarmEvent last, long seq) {
        return new SeqRange(last.evidence().from(), Math.max(last.evidence().to(), seq));
    }

    private static AlarmEvent copy(
            AlarmEvent last,
            Life.Step step,
            SeqRange evidence,
            Optional<Person> person,
            Optional<String> note) {
        return copy(last, step, last.attention(), evidence, person, note);
    }

    private static AlarmEvent copy(
            AlarmEvent last,
            Life.Step step,
            Attention attention,
            SeqRange evidence,
            Optional<Person> person,
            Optional<String> note) {
        return new AlarmEvent(
                last.id(),
                last.subject(),
                last.unit(),
                last.rule(),
                last.rulePack(),
                last.rulePackVersion(),
                last.override(),
                last.basis(),
                last.priority(),
                attention,
                step.change(),
                step.state(),
                last.valueMilli(),
                last.limitMilli(),
                last.unitOfMeasure(),
                last.since(),
                evidence,
                person,
                note,
                last.parent(),
                last.leftMs());
    }
}
