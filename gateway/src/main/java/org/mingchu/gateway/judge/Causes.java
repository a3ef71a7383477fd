package org.mingchu.gateway.judge;

import org.mingchu.gateway.judge.State.Open;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which alarms have one cause: the first one out speaks for the others (first-out and flood
 * grouping of ISA-18.2), unless another is more urgent. Pure.
 */
final class Causes {
    private Causes() {}

    /** The alarm that came first of the same cause as one that is raised now. */
    static Optional<AlarmId> parent(Bounds bounds, Bound bound, State state) {
        return state.watching().entrySet().stream()
                .filter(watched -> !watched.getKey().equals(bound.key()))
                .filter(watched -> {
                    var other = bounds.byKey().get(watched.getKey());
                    return other != null && bound.sharesCauseWith(other);
                })
                .flatMap(watched -> watched.getValue().open().stream())
                .filter(first -> Life.active(first.last().state()))
                .filter(first -> first.last().parent().isEmpty())
                // What asks for nobody cannot speak for what does.
                .filter(first -> Glance.sounds(first.last()))
                .min(
                        Comparator.comparingLong((Open first) -> first.raisedAt().wallMs())
                                .thenComparing(first -> first.last().id().toString()))
                .map(first -> first.last().id());
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

    private static Stream<AlarmEvent> first(State.Watching watching) {
        return Stream.concat(
                watching.open().stream().map(Open::last),
                watching.settling().stream().map(State.Settling::last));
    }
}
