package org.mingchu.gateway.tend;

import org.mingchu.gateway.tend.RecordAsk.Act;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code mingchu journal} is asked about what was measured. One thread. */
abstract sealed class JournalQuestions permits JournalCommand {
    private static final String SUBJECT = "A sensor or camera; `journal last` names all.";
    private static final String TIME = "2026-11-01, or 2026-11-01T06:30, in the kitchen's time.";
    private static final String UNTIL = "Likewise; a day to its end. Default: now.";
    private static final String MACHINES = "For machines.";
    private static final String LIMIT = "In the sensor's unit, such as 8 (°C).";

    /** Has a question answered and says what comes; returns the exit code. */
    abstract int ask(Act act, Map<String, String> words);

    /** Has readings written to standard output; returns the exit code. */
    abstract int readings(Map<String, String> words);

    @Command(
            name = "last",
            description = "The last value of every sensor and camera, how old, how sure.")
    int last(@Option(names = "--json", description = MACHINES) boolean json) {
        return ask(Act.LAST, new Asking(json).words());
    }

    @Command(
            name = "chart",
            description = "Least, mean and greatest value of each day, or of equal parts.",
            sortOptions = false)
    int chart(
            @Parameters(paramLabel = "SUBJECT", description = SUBJECT) String subject,
            @Option(names = "--days", paramLabel = "N", description = "The last so many (7).")
                    Optional<String> days,
            @Option(
                            names = "--buckets",
                            paramLabel = "N",
                            description = "So many equal parts instead of a line for each day.")
                    Optional<String> buckets,
            @Option(names = "--to", paramLabel = "TIME", description = UNTIL) Optional<String> to,
            @Option(names = "--json", description = MACHINES) boolean json) {
        return ask(
                Act.CHART,
                new Asking(json)
                        .with("subject", Optional.of(subject))
                        .with("days", days)
                        .with("buckets", buckets)
                        .with("to", to)
                        .words());
    }

    @Command(
            name = "readings",
            description = "Each reading of a sensor, as CSV to standard output.",
            sortOptions = false)
    int readings(
            @Parameters(paramLabel = "SUBJECT", description = SUBJECT) String subject,
            @Option(names = "--from", required = true, paramLabel = "TIME", description = TIME)
                    String from,
            @Option(names = "--to", paramLabel = "TIME", description = UNTIL) Optional<String> to,
            @Option(names = "--json", description = "A line of JSON for each reading instead.")
                    boolean json) {
        return readings(window(subject, from, to, json).words());
    }

    @Command(
            name = "completeness",
            description = "How much of what was expected came, by sensor and day, and why not all.",
            sortOptions = false)
    int completeness(
            @Option(names = "--day", paramLabel = "DAY", description = "Default: today.")
                    Optional<String> day,
            @Option(names = "--days", paramLabel = "N", description = "So many up to that day (1).")
                    Optional<String> days,
            @Option(names = "--json", description = MACHINES) boolean json) {
        return ask(Act.COMPLETENESS, new Asking(json).with("day", day).with("days", days).words());
    }

    @Command(
            name = "excursions",
            description = "Each stretch above or below a limit, and each without a value.",
            sortOptions = false)
    int excursions(
            @Parameters(paramLabel = "SUBJECT", description = SUBJECT) String subject,
            @Option(names = "--above", paramLabel = "LIMIT", description = LIMIT)
                    Optional<String> above,
            @Option(names = "--below", paramLabel = "LIMIT", description = LIMIT)
                    Optional<String> below,
            @Option(names = "--from", required = true, paramLabel = "TIME", description = TIME)
                    String from,
            @Option(names = "--to", paramLabel = "TIME", description = UNTIL) Optional<String> to,
            @Option(names = "--json", description = MACHINES) boolean json) {
        return ask(
                Act.EXCURSIONS,
                window(subject, from, to, json).with("above", above).with("below", below).words());
    }

    @Command(
            name = "sample",
            description = "What a sample went through from when it was stored to when it left.",
            sortOptions = false)
    int sample(
            @Parameters(paramLabel = "SUBJECT", description = SUBJECT) String subject,
            @Option(names = "--from", required = true, paramLabel = "TIME", description = TIME)
                    String from,
            @Option(names = "--to", paramLabel = "TIME", description = UNTIL) Optional<String> to,
            @Option(names = "--above", paramLabel = "LIMIT", description = LIMIT)
                    Optional<String> above,
            @Option(names = "--below", paramLabel = "LIMIT", description = LIMIT)
                    Optional<String> below,
            @Option(names = "--json", description = MACHINES) boolean json) {
        return ask(
                Act.SAMPLE,
                window(subject, from, to, json).with("above", above).with("below", below).words());
    }

    private static Asking window(String subject, String from, Optional<String> to, boolean json) {
        return new Asking(json)
                .with("subject", Optional.of(subject))
                .with("from", Optional.of(from))
                .with("to", to);
    }

    /** The words of a question while they are gathered. */
    private static final class Asking {
        private final Map<String, String> words = new HashMap<>();

        Asking(boolean json) {
            if (json) {
                words.put("json", "true");
            }
        }

        Asking with(String key, Optional<String> word) {
            word.ifPresent(w -> words.put(key, w));
            return this;
        }

        Map<String, String> words() {
            return words;
        }
    }
}
