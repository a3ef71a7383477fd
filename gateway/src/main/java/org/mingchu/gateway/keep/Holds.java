package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is held as evidence, as the record's own entries say it. A hold ends when two persons of two
 * different roles have said so, and an ended one stays ended. Two holds of one id, as an older
 * program could place them, are two: neither may be lost for the other's release. One thread.
 */
public final class Holds {
    /** Kept on both sides of an incident: people fall ill up to two days after a meal. */
    public static final Duration EVIDENCE_MARGIN = Duration.ofDays(2);

    /** Persons, and roles among them, that have to say that a hold may end. */
    public static final int RELEASES = 2;

    private final List<Hold> holds = new ArrayList<>();

    /** Releases that were counted: one that is kept again under another number is not another. */
    private final Set<Fact.HoldReleased> said = new HashSet<>();

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

    /**
     * A hold that stands, and who has said that it may end.
     *
     * @param releasedBy persons with the roles in which they said so
     */
    public record Standing(Fact.HoldPlaced placed, Map<String, Role> releasedBy) {
        public Standing {
            releasedBy = Map.copyOf(releasedBy);
        }

        /** Whether a release by this person would end it. */
        public boolean endsWith(Person person) {
            var all = new LinkedHashMap<>(releasedBy);
            all.put(person.id(), person.role());
            return enough(all);
        }
    }

    private static final class Hold {
        private final Fact.HoldPlaced placed;
        private final Map<String, Role> releasedBy = new LinkedHashMap<>();
        private boolean ended;

        Hold(Fact.HoldPlaced placed) {
            this.placed = placed;
        }

        void release(Person person) {
            if (!ended) {
                releasedBy.put(person.id(), person.role());
                ended = enough(releasedBy);
            }
        }

        Range range() {
            return new Range(placed.fromMs(), placed.toMs());
        }
    }

    private static boolean enough(Map<String, Role> releasedBy) {
        return releasedBy.size() >= RELEASES && Set.copyOf(releasedBy.values()).size() >= RELEASES;
    }

    /** What is to be held for an incident that took from one moment to another. */
    public static Range around(long fromMs, long toMs) {
        return new Range(fromMs - EVIDENCE_MARGIN.toMillis(), toMs + EVIDENCE_MARGIN.toMillis());
    }

    /** What all of a record says; reads all entries that are no rounds. */
    public static Holds of(Journal journal) throws IOException {
        var holds = new Holds();
        var pages = new Pages(journal);
        for (var epoch : journal.epochs()) {
            pages.withoutRounds(epoch, journal.lastSeq(epoch), entry -> holds.take(entry.fact()));
        }
        return holds;
    }

    /** Takes what is kept into account, in the journal's order; said again it changes nothing. */
    void take(Fact fact) {
        switch (fact) {
            case Fact.HoldPlaced placed -> {
                if (holds.stream().noneMatch(hold -> hold.placed.equals(placed))) {
                    holds.add(new Hold(placed));
                }
            }
            case Fact.HoldReleased released -> {
                if (said.add(released)) {
                    holds.stream()
                            .filter(hold -> hold.placed.id().equals(released.id()))
                            .forEach(hold -> hold.release(released.person()));
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
        return holds.stream().anyMatch(h -> !h.ended && h.range().meets(range));
    }

    /** The holds that stand, oldest first. */
    public List<Standing> standing() {
        return holds.stream()
                .filter(hold -> !hold.ended)
                .map(hold -> new Standing(hold.placed, hold.releasedBy))
                .toList();
    }

    /** The hold of that id, if it stands. */
    public Optional<Standing> standing(String id) {
        return standing().stream().filter(hold -> hold.placed().id().equals(id)).findFirst();
    }
}
