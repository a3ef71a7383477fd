package org.mingchu.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long which kind of record is kept at least. Longer is always allowed: what is kept is dropped
 * only when the journal's budget asks for it. Immutable.
 *
 * @param clauses at most one of each kind; a kind that is not named is kept for ever
 */
public record Retention(List<Clause> clauses) {
    /** Raw readings: a season, in which an incident is found out and looked into. */
    public static final Duration RAW_MIN = Duration.ofDays(90);

    /** Minutes: two years, as long as the longest that records of food have to be kept. */
    public static final Duration MINUTES_MIN = Duration.ofDays(730);

    /** What holds where a pack says nothing. */
    public static final Retention DEFAULT =
            new Retention(
                    List.of(
                            new Clause(Kind.RAW_READING, Optional.of(RAW_MIN), Optional.empty()),
                            new Clause(Kind.MINUTES, Optional.of(MINUTES_MIN), Optional.empty()),
                            new Clause(Kind.ALARM, Optional.empty(), Optional.empty()),
                            new Clause(Kind.ACT, Optional.empty(), Optional.empty()),
                            new Clause(Kind.RECORD, Optional.empty(), Optional.empty())));

    public Retention {
        clauses = List.copyOf(clauses);
    }

    /** What is kept. Immutable. */
    public enum Kind {
        /** Every value of every sensor. */
        RAW_READING("raw-reading"),
        /** Least, greatest and mean of each minute. */
        MINUTES("minutes"),
        /** Alarms with all that happened to them. */
        ALARM("alarm"),
        /** What people did. */
        ACT("act"),
        /** Everything else: clock, plan, holds, gaps, checkpoints. */
        RECORD("record");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that rule packs use. */
        public String word() {
            return word;
        }

        /** The shortest time that may be written; empty for what is never dropped. */
        Optional<Duration> least() {
            return switch (this) {
                case RAW_READING -> Optional.of(RAW_MIN);
                case MINUTES -> Optional.of(MINUTES_MIN);
                case ALARM, ACT, RECORD -> Optional.empty();
            };
        }
    }

    /**
     * One line of the table.
     *
     * @param keep at least so long; empty for ever
     */
    public record Clause(Kind record, Optional<Duration> keep, Optional<Rule.Basis> basis) {}

    /** How long a kind is kept at least; empty for ever. */
    public Optional<Duration> keep(Kind kind) {
        return clauses.stream()
                .filter(clause -> clause.record() == kind)
                .findFirst()
                .flatMap(Clause::keep);
    }
}
