package org.mingchu.gateway.keep.lab;

import java.util.LinkedHashMap;
import java.util.Map;

/** Trials that all run, whatever fails; the failures of one kind are told once, with a count. */
final class Trials {
    /** Kinds that are told. */
    private static final int TOLD = 12;

    private final String title;
    private final Map<String, Failure> failures = new LinkedHashMap<>();
    private Contract.Outcome outcome = new Contract.Outcome(0, 0, 0);
    private int count;
    private int failed;

    /** The first failure of a kind, and how many there are. */
    private record Failure(String trial, Throwable cause, int count) {}

    Trials(String title) {
        this.title = title;
    }

    /** One trial. */
    interface Trial {
        Contract.Outcome run() throws java.io.IOException;
    }

    void run(String name, Trial trial) {
        count++;
        try {
            outcome = outcome.plus(trial.run());
        } catch (AssertionError | RuntimeException | java.io.IOException e) {
            failed++;
            // Names and numbers differ from trial to trial; the kind does not.
            var kind = ("" + e.getMessage()).replaceAll("[0-9a-f]*[0-9][0-9a-f]*", "#");
            failures.merge(
                    kind,
                    new Failure(name, e, 1),
                    (first, _) -> new Failure(first.trial(), first.cause(), first.count() + 1));
        }
    }

    /** Prints what came of it, and fails when any trial did. */
    void verdict() {
        System.out.printf(
                "%s: %d trials, %d failed, entries confirmed %d, lost %d, silently %d%n",
                title, count, failed, outcome.confirmed(), outcome.lost(), outcome.silent());
        if (failures.isEmpty()) {
            return;
        }
        var text = new StringBuilder("%s: %d of %d failed".formatted(title, failed, count));
        failures.values().stream()
                .limit(TOLD)
                .forEach(failure ->
                        text.append(
                                "%n  %d x: %s: %s"
                                        .formatted(
                                                failure.count(),
                                                failure.trial(),
                                                failure.cause().getMessage())));
        throw new AssertionError(text.toString(), failures.values().iterator().next().cause());
    }
}
