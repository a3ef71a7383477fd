package org.mingchu.gateway;

import org.mingchu.gateway.Replay.Said;
import org.mingchu.gateway.judge.State;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was said of one alarm from its sounding until the next one of the same rule at the same
 * subject. Immutable.
 *
 * @param fromMs when its condition began, milliseconds since 1970
 * @param toMs when that was gone; {@link Long#MAX_VALUE} while it is not
 */
record Episode(long fromMs, long toMs, List<Said> steps) {
    Episode {
        steps = List.copyOf(steps);
    }

    /** By subject and rule, each list in order of time. */
    static Map<State.Key, List<Episode>> of(List<Said> all) {
        var steps = new LinkedHashMap<State.Key, List<Said>>();
        all.forEach(said -> steps.computeIfAbsent(said.key(), _ -> new ArrayList<>()).add(said));
        var episodes = new LinkedHashMap<State.Key, List<Episode>>();
        steps.forEach((key, said) -> episodes.put(key, split(said)));
        return episodes;
    }

    private static List<Episode> split(List<Said> steps) {
        var episodes = new ArrayList<Episode>();
        var current = new ArrayList<Said>();
        for (var said : steps) {
            if (!current.isEmpty() && begins(said, current)) {
                episodes.add(of(current, current.getLast().at().wallMs()));
                current.clear();
            }
            current.add(said);
        }
        episodes.add(of(current, Long.MAX_VALUE));
        return episodes;
    }

    /** An alarm whose end nobody heard, because entries are missing, ends with the next one. */
    private static boolean begins(Said said, List<Said> current) {
        return !said.id().equals(current.getLast().id())
                || (sounds(said) && current.stream().anyMatch(Episode::isGone));
    }

    private static Episode of(List<Said> steps, long otherwiseMs) {
        var toMs =
                steps.stream()
                        .filter(Episode::isGone)
                        .mapToLong(said -> said.at().wallMs())
                        .min()
                        .orElse(otherwiseMs);
        return new Episode(steps.getFirst().event().since().wallMs(), toMs, steps);
    }

    private static boolean sounds(Said said) {
        return said.event().change().calls();
    }

    private static boolean isGone(Said said) {
        return switch (said.event().change()) {
            case RETURNED, CLEARED, RESET -> true;
            case RAISED,
                    RE_ALARMED,
                    ACKNOWLEDGED,
                    SHELVED,
                    UNSHELVED,
                    SUPPRESSED,
                    UNSUPPRESSED,
                    ESCALATED,
                    OUT_OF_SERVICE,
                    IN_SERVICE ->
                    false;
        };
    }

    boolean overlaps(Episode other) {
        return fromMs <= other.toMs && other.fromMs <= toMs;
    }

    boolean raw() {
        return steps.stream().allMatch(Said::raw);
    }
}
