package org.mingchu.gateway;

import org.mingchu.gateway.Replay.Said;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.State;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One step of an alarm as it was said then and as it is said today. Immutable.
 *
 * @param then absent when only today's rules say it
 * @param now absent when only the record says it
 */
record Difference(Kind kind, Optional<Said> then, Optional<Said> now) {
    /**
     * How late a wake of the house may be, in ms: it sleeps at most {@link House#SLEEP_MAX}, and a
     * commit may take as long again.
     */
    private static final long SAME_WITHIN_MS = House.SLEEP_MAX.multipliedBy(2).toMillis();

    /** What kind of difference. */
    enum Kind {
        SAME("same"),
        ONLY_THEN("only then"),
        ONLY_NOW("only now"),
        CHANGED_TIME("changed time"),
        CHANGED_PRIORITY("changed priority");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** What either side says of it; both say the same but for time and priority. */
    Said said() {
        return then.or(() -> now).orElseThrow();
    }

    /** How much later today's rules say it. */
    Duration later() {
        return Duration.ofMillis(
                now.orElseThrow().at().wallMs() - then.orElseThrow().at().wallMs());
    }

    /** All of them, in order of time; what rests on entries that are gone is left out. */
    static List<Difference> of(List<Said> then, List<Said> now) {
        var before = Episode.of(then);
        var today = Episode.of(now);
        var keys = new LinkedHashSet<State.Key>();
        keys.addAll(before.keySet());
        keys.addAll(today.keySet());
        var all = new ArrayList<Difference>();
        for (var key : keys) {
            pair(episodes(before, key), episodes(today, key), all);
        }
        all.sort(Comparator.comparingLong(d -> d.said().at().wallMs()));
        return all;
    }

    private static List<Episode> episodes(Map<State.Key, List<Episode>> all, State.Key key) {
        return all.getOrDefault(key, List.of());
    }

    private static void pair(List<Episode> then, List<Episode> now, List<Difference> all) {
        var i = 0;
        var j = 0;
        while (i < then.size() && j < now.size()) {
            var before = then.get(i);
            var today = now.get(j);
            if (before.overlaps(today)) {
                i++;
                j++;
                if (before.raw() && today.raw()) {
                    steps(before, today, all);
                }
            } else if (before.fromMs() < today.fromMs()) {
                i++;
                alone(before, all, Difference::onlyThen);
            } else {
                j++;
                alone(today, all, Difference::onlyNow);
            }
        }
        then.subList(i, then.size()).forEach(e -> alone(e, all, Difference::onlyThen));
        now.subList(j, now.size()).forEach(e -> alone(e, all, Difference::onlyNow));
    }

    /** Turns what only one side says into a difference. */
    @FunctionalInterface
    private interface Alone {
        Difference of(Said said);
    }

    private static void alone(Episode episode, List<Difference> all, Alone side) {
        if (episode.raw()) {
            episode.steps().forEach(said -> all.add(side.of(said)));
        }
    }

    private static void steps(Episode then, Episode now, List<Difference> all) {
        for (var change : AlarmChange.values()) {
            var before = steps(then, change).toList();
            var today = steps(now, change).toList();
            var both = Math.min(before.size(), today.size());
            for (var i = 0; i < both; i++) {
                all.add(both(before.get(i), today.get(i)));
            }
            before.stream().skip(both).map(Difference::onlyThen).forEach(all::add);
            today.stream().skip(both).map(Difference::onlyNow).forEach(all::add);
        }
    }

    private static Stream<Said> steps(Episode episode, AlarmChange change) {
        return episode.steps().stream().filter(said -> said.event().change() == change);
    }

    private static Difference both(Said then, Said now) {
        var apartMs = Math.abs(now.at().wallMs() - then.at().wallMs());
        var kind = Kind.SAME;
        if (apartMs > SAME_WITHIN_MS) {
            kind = Kind.CHANGED_TIME;
        } else if (then.event().priority() != now.event().priority()) {
            kind = Kind.CHANGED_PRIORITY;
        }
        return new Difference(kind, Optional.of(then), Optional.of(now));
    }

    private static Difference onlyThen(Said said) {
        return new Difference(Kind.ONLY_THEN, Optional.of(said), Optional.empty());
    }

    private static Difference onlyNow(Said said) {
        return new Difference(Kind.ONLY_NOW, Optional.empty(), Optional.of(said));
    }
}
