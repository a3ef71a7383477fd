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
                .min(
                        Comparator.comparingLong((Open first) -> first.raisedAt().wallMs())
                                .thenComparing(first -> first.last().id().toString()))
                .map(first -> first.last().id());
    }

    /** Whether an alarm leaves the sounding to its parent, which is on and as urgent. */
    static boolean spokenFor(AlarmEvent alarm, State state) {
        return alarm.parent()
                .flatMap(parent ->
                        open(state)
                                .map(Open::last)
                                .filter(first -> first.id().equals(parent))
                                .findFirst())
                .filter(first -> first.priority().compareTo(alarm.priority()) <= 0)
                .isPresent();
    }

    private static Stream<Open> open(State state) {
        return state.watching().values().stream()
                .flatMap(watching -> watching.open().stream())
                .filter(open -> Life.active(open.last().state()));
    }
}
