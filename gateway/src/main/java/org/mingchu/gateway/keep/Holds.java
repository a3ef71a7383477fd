package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is held as evidence, as the record's own entries say it. A hold ends when two persons of two
 * different roles have said so. One thread.
 */
public final class Holds {
    /** Kept on both sides of an incident: people fall ill up to two days after a meal. */
    public static final Duration EVIDENCE_MARGIN = Duration.ofDays(2);

    private final Map<String, Hold> holds = new LinkedHashMap<>();

    /**
     * From one moment to another, both included, milliseconds since 1970. Immutable.
     *
     * @param fromMs at most {@code toMs}
     */
    public record Range(long fromMs, long toMs) {
        /** Whether the two have a moment in common. */
        boolean meets(Range other) {
            return fromMs <= other.toMs && other.fromMs <= toMs;
        }
    }

    /** A hold and who has said that it may end. */
    private static final class Hold {
        private final Fact.HoldPlaced placed;
        private final Map<String, Role> released = new HashMap<>();

        Hold(Fact.HoldPlaced placed) {
            this.placed = placed;
        }

        boolean stands() {
            return released.values().stream().distinct().count() < 2;
        }

        Range range() {
            return new Range(placed.fromMs(), placed.toMs());
        }
    }

    /** What is to be held for an incident that took from one moment to another. */
    public static Range around(long fromMs, long toMs) {
        return new Range(fromMs - EVIDENCE_MARGIN.toMillis(), toMs + EVIDENCE_MARGIN.toMillis());
    }

    /** Takes what is kept into account, in the journal's order; said again it changes nothing. */
    void take(Fact fact) {
        switch (fact) {
            case Fact.HoldPlaced placed -> holds.putIfAbsent(placed.id(), new Hold(placed));
            case Fact.HoldReleased(var id, _, Person person) -> {
                var hold = holds.get(id);
                if (hold != null) {
                    hold.released.put(person.id(), person.role());
                }
            }
            case Fact.Rekeyed(var original) -> take(original.fact());
            default -> {
                // nothing is held by it
            }
        }
    }

    /** Whether a hold that stands has a moment in common with the range. */
    boolean meets(Range range) {
        return holds.values().stream().anyMatch(h -> h.stands() && h.range().meets(range));
    }

    /** The holds that stand, oldest first. */
    public Collection<Fact.HoldPlaced> standing() {
        return List.copyOf(
                holds.values().stream().filter(Hold::stands).map(h -> h.placed).toList());
    }
}
