package org.mingchu.gateway.judge;

import org.mingchu.config.Unit;
import org.mingchu.gateway.judge.State.Open;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which alarms have one cause: the first one out speaks for the others (first-out and flood
 * grouping of ISA-18.2), unless another is more urgent. Pure.
 */
final class Causes {
    /** The most urgent; of those a parent before its child, and what has been there for longest. */
    private static final Comparator<AlarmEvent> FIRST =
            Comparator.comparing(AlarmEvent::priority)
                    .thenComparing(alarm -> alarm.parent().isPresent())
                    .thenComparingLong(alarm -> alarm.since().wallMs())
                    .thenComparing(alarm -> alarm.id().toString());

    private Causes() {}

    /** The alarm that came first of the same cause as one that is raised now. */
    static Optional<AlarmId> parent(Bounds bounds, Bound bound, State state) {
        return ofOneCause(bounds, bound, state)
                .flatMap(watched -> speaking(bounds, watched))
                .filter(first -> first.parent().isEmpty())
                // What asks for nobody cannot speak for what does.
                .filter(Glance::sounds)
                .min(
                        Comparator.comparingLong((AlarmEvent first) -> first.since().wallMs())
                                .thenComparing(first -> first.id().toString()))
                .map(AlarmEvent::id);
    }

    /** All others that may have the same cause, without what only foretold this one. */
    private static Stream<Map.Entry<State.Key, State.Watching>> ofOneCause(
            Bounds bounds, Bound bound, State state) {
        return state.watching().entrySet().stream()
                .filter(watched -> !watched.getKey().equals(bound.key()))
                .filter(watched -> {
                    var other = bounds.byKey().get(watched.getKey());
                    return other != null && bound.sharesCauseWith(other) && !other.foretells(bound);
                });
    }

    /** The mains speak on when they are back: what was without them only has to get cold. */
    private static Stream<AlarmEvent> speaking(
            Bounds bounds, Map.Entry<State.Key, State.Watching> watched) {
        var open =
                watched.getValue().open().map(Open::last).filter(one -> Life.active(one.state()));
        var other = bounds.byKey().get(watched.getKey());
        return other != null && other.watchesMains() && open.isEmpty()
                ? first(watched.getValue())
                : open.stream();
    }

    /**
     * Whether an alarm leaves the sounding to its parent, which is as urgent: while that is open,
     * and as long as it may come back, for what it was about is mended and only has to get cold.
     */
    static boolean spokenFor(AlarmEvent alarm, State state) {
        return alarm.parent()
                .flatMap(parent ->
                        state.watching().values().stream()
                                .flatMap(Causes::first)
                                .filter(first -> first.id().equals(parent))
                                .findFirst())
                .filter(first -> first.priority().compareTo(alarm.priority()) <= 0)
                .isPresent();
    }

    /**
     * Whether an open alarm is the one of its cabinet that calls: the most urgent, the first of
     * those. One that nobody has answered leaves it only to another one that nobody has answered
     * for at least as long.
     */
    static boolean leads(Bounds bounds, Bound bound, State state) {
        var watching = state.watching().getOrDefault(bound.key(), State.Watching.NOTHING);
        var own = watching.open().orElseThrow();
        var answered = own.last().state() == AlarmState.ACK_ACTIVE;
        return !(answered && spokenFor(own.last(), state))
                && ofOneCause(bounds, bound, state)
                        .flatMap(watched -> watched.getValue().open().stream())
                        .filter(other -> answered ? calls(other) : waitsAsLong(other, own))
                        .noneMatch(other -> FIRST.compare(other.last(), own.last()) < 0);
    }

    private static boolean calls(Open open) {
        return Life.active(open.last().state()) && Glance.sounds(open.last());
    }

    private static boolean waitsAsLong(Open first, Open then) {
        return first.last().state() == AlarmState.UNACK_ACTIVE
                && Habit.betweenNs(first.calledAt(), then.calledAt())
                        .filter(ns -> ns >= 0)
                        .isPresent();
    }

    /**
     * Whether a unit warms as one does that was switched off: as far as a proven sender tells it
     * has not cooled since the alarm was raised. Only of units that can be emptied, and never of
     * what is never suppressed.
     */
    static boolean asIfSwitchedOff(Bounds bounds, AlarmEvent alarm, State state) {
        var bound = bounds.byKey().get(new State.Key(alarm.subject(), alarm.rule()));
        return bound != null && bound.watchesCold() && stillWarms(alarm, state);
    }

    private static boolean stillWarms(AlarmEvent alarm, State state) {
        var heard = state.heard().get(alarm.subject());
        return Life.active(alarm.state())
                && alarm.valueMilli().isPresent()
                && heard != null
                && heard.latest() instanceof Reading.Measured now
                && !now.flags().contains(Flag.UNAUTHENTICATED)
                && now.milli() >= alarm.valueMilli().getAsLong();
    }

    /**
     * Whether somebody has answered, since the kitchen has been closed, an alarm of a unit that
     * warms as if it was switched off: he has been asked, and another alarm of the unit has nothing
     * to add.
     */
    static boolean asked(Bounds bounds, Calendar calendar, Bound bound, State state) {
        return bound.watchesCold()
                && state.watching().values().stream()
                        .flatMap(watching -> watching.open().stream())
                        .filter(open -> open.last().state() == AlarmState.ACK_ACTIVE)
                        .filter(open -> open.last().unit().equals(unit(bound)))
                        .filter(open -> asIfSwitchedOff(bounds, open.last(), state))
                        .anyMatch(open -> calendar.reopensNs(open.changedAt()) > 0);
    }

    private static Optional<String> unit(Bound bound) {
        return bound.watch().unit().map(Unit::id);
    }

    private static Stream<AlarmEvent> first(State.Watching watching) {
        return Stream.concat(
                watching.open().stream().map(Open::last),
                watching.settling().stream().map(State.Settling::last));
    }
}
