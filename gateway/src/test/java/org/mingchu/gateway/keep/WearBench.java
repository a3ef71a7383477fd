package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.proof.DeviceKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Bytes that reach the device per reading, each round committed: the journal beside SQLite. The
 * journal is looked after as the agent does it: two hours are packed and signed meanwhile. All
 * commits are paced: in life each one finds another time of change in the file, which the file
 * system then has to record too.
 */
final class WearBench {
    private static final long PERIOD_NS = Duration.ofSeconds(10).toNanos();

    /** Two hours, and what packs the second one. */
    private static final int ROUNDS = 722;

    private static final int SENSORS = 20;
    private static final int REPEATS = 3;
    private static final long PAUSE_NS = 20_000_000;

    /** In {@code /sys/block/NAME/stat}, which counts sectors of 512 bytes. */
    private static final int SECTORS_WRITTEN = 6;

    private static final int SECTOR_BYTES = 512;

    private final Path folder;
    private final String device;

    /**
     * @param folder on the device in question, and nobody else writes there
     * @param device its name under {@code /sys/block}
     */
    WearBench(Path folder, String device) {
        this.folder = folder;
        this.device = device;
    }

    void run() throws Exception {
        var bytes =
                new Medians(
                        3,
                        REPEATS,
                        contestant ->
                                switch (contestant) {
                                    case 0 -> journal();
                                    case 1 -> rows("WAL");
                                    default -> rows("DELETE");
                                });
        System.out.printf(
                "device bytes per reading, commit per round of %d, medians of %d:%n",
                SENSORS, REPEATS);
        print("journal (bar 350)", bytes, 0);
        print("rows, WAL, FULL", bytes, 1);
        print("rows, defaults (bar 4)", bytes, 2);
    }

    private static void print(String name, Medians bytes, int contestant) {
        System.out.printf(
                "  %-26s %7.0f B, %.1f times the journal's%n",
                name, bytes.of(contestant), bytes.ratio(contestant, 0));
    }

    private double journal() throws IOException {
        var home = Files.createTempDirectory(folder, "journal");
        var chance = new Random(1);
        try (var journal = Journal.open(home, chance, JournalTest.moment("b", 0))) {
            journal.sealWith(new Seal("a", "s", "g", DeviceKey.open(home, chance).key()));
            var before = written();
            for (var i = 1; i <= ROUNDS; i++) {
                var now = JournalTest.moment("b", i * PERIOD_NS);
                var facts = new ArrayList<Fact>(List.of(Rounds.of(SENSORS, chance)));
                journal.checkpoint(now).ifPresent(facts::add);
                journal.append(now, facts);
                journal.commit();
                journal.tend(now);
                LockSupport.parkNanos(PAUSE_NS);
            }
            var bytes = perReading(before);
            if (journal.packedUpTo() < ROUNDS - 360) {
                throw new IllegalStateException("nothing was packed while it was measured");
            }
            return bytes;
        }
    }

    private double rows(String mode) throws Exception {
        var file = Files.createTempDirectory(folder, "rows").resolve("rows.db");
        var chance = new Random(1);
        try (var rows = new PlainRows(file, mode)) {
            var before = written();
            for (var i = 0; i < ROUNDS; i++) {
                rows.add((Fact.Round) Rounds.of(SENSORS, chance), i * 10_000L);
                rows.commit();
                LockSupport.parkNanos(PAUSE_NS);
            }
            return perReading(before);
        }
    }

    private double perReading(long before) throws IOException {
        return (double) (written() - before) / ROUNDS / SENSORS;
    }

    private long written() throws IOException {
        var stat = Files.readString(Path.of("/sys/block", device, "stat")).strip();
        return Long.parseLong(stat.split(" +", -1)[SECTORS_WRITTEN]) * SECTOR_BYTES;
    }
}
