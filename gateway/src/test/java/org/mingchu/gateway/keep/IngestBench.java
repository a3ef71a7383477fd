package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.proof.DeviceKey;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Readings per second that are on disk: the journal beside plain rows in a WAL with FULL. The
 * journal packs and signs each hour of them, as the agent does.
 */
final class IngestBench {
    private static final int SENSORS = 20;
    private static final long PERIOD_NS = Duration.ofSeconds(10).toNanos();
    private static final int ROUNDS_PER_COMMIT = 5;
    private static final int COMMITS = 200;
    private static final int REPEATS = 7;

    private final Path folder;
    private final List<Fact> rounds = new ArrayList<>();

    IngestBench(Path folder) {
        this.folder = folder;
        var chance = new Random(1);
        for (var i = 0; i < COMMITS * ROUNDS_PER_COMMIT; i++) {
            rounds.add(Rounds.of(SENSORS, chance));
        }
    }

    void run() throws Exception {
        var warmUp = new Medians(2, 2, c -> c == 0 ? journal() : rows());
        var rate = new Medians(2, REPEATS, c -> c == 0 ? journal() : rows());
        System.out.printf(
                "durable readings/s at %d per commit, medians of %d (cold %.0f and %.0f):%n",
                SENSORS * ROUNDS_PER_COMMIT, REPEATS, warmUp.of(0), warmUp.of(1));
        System.out.printf(
                "  journal %.0f, rows in a WAL with FULL %.0f; %.2f of it (bar 0.5)%n",
                rate.of(0), rate.of(1), rate.ratio(0, 1));
    }

    private double journal() throws Exception {
        var home = Files.createTempDirectory(folder, "journal");
        try (var journal = Journal.open(home, new Random(1), JournalTest.moment("b", 1))) {
            journal.sealWith(new Seal("a", "s", "g", DeviceKey.open(home, new Random(1)).key()));
            var start = System.nanoTime();
            for (var i = 0; i < rounds.size(); i++) {
                var now = JournalTest.moment("b", (i + 1) * PERIOD_NS);
                journal.append(now, List.of(rounds.get(i)));
                if ((i + 1) % ROUNDS_PER_COMMIT == 0) {
                    journal.checkpoint(now).ifPresent(note -> journal.append(now, List.of(note)));
                    journal.commit();
                    journal.tend(now);
                }
            }
            return perSecond(start);
        }
    }

    private double rows() throws Exception {
        var file = Files.createTempDirectory(folder, "rows").resolve("rows.db");
        try (var rows = new PlainRows(file, "WAL")) {
            var start = System.nanoTime();
            for (var i = 0; i < rounds.size(); i++) {
                rows.add((Fact.Round) rounds.get(i), i * 10_000L);
                if ((i + 1) % ROUNDS_PER_COMMIT == 0) {
                    rows.commit();
                }
            }
            return perSecond(start);
        }
    }

    private double perSecond(long start) {
        return rounds.size() * SENSORS / ((System.nanoTime() - start) / 1e9);
    }
}
