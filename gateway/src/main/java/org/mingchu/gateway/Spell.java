package org.mingchu.gateway;

import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.State;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long the alarms of one rule at one subject stood: each from its sounding until its condition
 * was gone. One thread.
 */
final class Spell {
    private final List<Long> lengthsMs = new ArrayList<>();
    private Optional<Long> sinceMs = Optional.empty();

    /** All of them, by subject and rule. */
    static Map<State.Key, Spell> none() {
        return new TreeMap<>(
                Comparator.comparing(State.Key::subject).thenComparing(State.Key::rule));
    }

    /** Takes in one decision. */
    static void take(Map<State.Key, Spell> all, Entry decision) {
        if (decision.fact() instanceof Fact.Alarm(var event)) {
            var key = new State.Key(event.subject(), event.rule());
            all.computeIfAbsent(key, _ -> new Spell()).step(event.change(), decision.at().wallMs());
        }
    }

    private void step(AlarmChange change, long ms) {
        switch (change) {
            case RAISED, RE_ALARMED -> sinceMs = sinceMs.or(() -> Optional.of(ms));
            case RETURNED, CLEARED, RESET -> {
                sinceMs.ifPresent(since -> lengthsMs.add(ms - since));
                sinceMs = Optional.empty();
            }
            case ACKNOWLEDGED,
                    SHELVED,
                    UNSHELVED,
                    SUPPRESSED,
                    UNSUPPRESSED,
                    ESCALATED,
                    OUT_OF_SERVICE,
                    IN_SERVICE -> {}
        }
    }

    /** How many there were, the one that still stands included. */
    int count() {
        return lengthsMs.size() + (sinceMs.isPresent() ? 1 : 0);
    }

    /** Since when one still stands, milliseconds since 1970. */
    Optional<Long> openSinceMs() {
        return sinceMs;
    }

    /**
     * The lengths in order, the shortest first; one that still stands counts up to the end.
     *
     * @param endMs where the series ends, milliseconds since 1970
     */
    List<Long> lengthsMs(long endMs) {
        var all = new ArrayList<>(lengthsMs);
        sinceMs.ifPresent(since -> all.add(endMs - since));
        all.sort(Long::compare);
        return all;
    }
}
