package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be held around an alarm: from when its condition began to the last thing that happened
 * to it, with the margin on both sides. Reads all entries that are no rounds. One thread.
 */
public final class Incident {
    private Incident() {}

    /**
     * Looks for an alarm.
     *
     * @param id as alarms.csv and the platforms have it
     * @return empty when the record has no such alarm
     */
    public static Optional<Holds.Range> of(Journal journal, String id) throws IOException {
        var chronology = new Chronology(Chronology.FIRST_PROGRAM_MS);
        var steps = new ArrayList<Entry>();
        var pages = new Pages(journal);
        for (var epoch : journal.epochs()) {
            pages.withoutRounds(
                    epoch,
                    journal.lastSeq(epoch),
                    entry -> {
                        chronology.add(entry);
                        if (entry.fact() instanceof Fact.Alarm(var event)
                                && event.id().value().toString().equals(id)) {
                            steps.add(entry);
                        }
                    });
        }
        return range(chronology, steps);
    }

    private static Optional<Holds.Range> range(Chronology chronology, List<Entry> steps) {
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        var from = Long.MAX_VALUE;
        var to = Long.MIN_VALUE;
        for (var step : steps) {
            if (step.fact() instanceof Fact.Alarm(var event)) {
                from = Math.min(from, chronology.corrected(event.since()).wallMs());
            }
            to = Math.max(to, chronology.corrected(step.at()).wallMs());
        }
        return Optional.of(Holds.around(from, to));
    }
}
