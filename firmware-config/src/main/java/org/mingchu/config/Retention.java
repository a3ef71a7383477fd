package org.mingchu.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How long which kind of record is kept at least. Longer is always allowed: what is kept is dropped
 * only when the journal's budget asks for it. Immutable.
 *
 * @param clauses one of each kind
 */
public record Retention(List<Clause> clauses) {
    /** Raw readings: a season, in which an incident is found out and looked into. */
    public static final Duration RAW_MIN = Duration.ofDays(90);

    /** Minutes: two years, as long as the longest that records of food have to be kept. */
    public static final Duration MINUTES_MIN = Duration.ofDays(730);

    /** Logs: as long as somebody remembers what to look for. */
    public static final Duration LOG_MIN = Duration.ofDays(7);

    private static final Rule.Basis OURS =
            new Rule.Basis(
                    "程序默认值", "default of this program; the rule pack says nothing", "unverified");

    /** What holds where a pack says nothing. */
    public static final Retention DEFAULT =
            new Retention(
                    Arrays.stream(Kind.values())
                            .map(kind -> new Clause(kind, kind.least(), OURS))
                            .toList());

    public Retention {
        clauses = List.copyOf(clauses);
    }

    /** What is kept. Immutable. */
    public enum Kind {
        /** Every value of every sensor. */
        RAW_READING("raw-reading"),
        /** Least, greatest and mean of each minute and hour; days are made of them. */
        MINUTES("minutes"),
        /** Alarms with all that happened to them. */
        ALARM("alarm"),
        /** What people did. */
        ACT("act"),
        /** What proves the rest: checkpoints, receipts, hashes, holds, keys. */
        EVIDENCE("evidence"),
        /** Everything else: clock, plan, gaps, links. */
        RECORD("record"),
        /** What the program logs; the system's journal keeps it. */
        LOG("log");

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
                case LOG -> Optional.of(LOG_MIN);
                case ALARM, ACT, EVIDENCE, RECORD -> Optional.empty();
            };
        }
    }

    /**
     * One line of the table.
     *
     * @param keep at least so long; empty for ever
     * @param basis why so long, and whether somebody has compared it with the printed clause
     */
    public record Clause(Kind record, Optional<Duration> keep, Rule.Basis basis) {}

    /** How long a kind is kept at least; empty for ever. */
    public Optional<Duration> keep(Kind kind) {
        return clauses.stream()
                .filter(clause -> clause.record() == kind)
                .findFirst()
                .flatMap(Clause::keep);
    }
}
