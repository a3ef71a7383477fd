package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Reading;
import org.sqlite.JDBC;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Bytes this process makes the kernel write per reading: the journal beside SQLite with its default
 * settings. Arguments: a folder on the disk in question, and perhaps a block device whose counter
 * ({@code /sys/block/NAME/stat}) tells what really reached it.
 */
final class WearBench {
    private static final int ROUNDS = 720;
    private static final int SENSORS = 20;
    private static final long PAUSE_NS = 12_000_000;

    /** In {@code /sys/block/NAME/stat}, which counts sectors of 512 bytes. */
    private static final int SECTORS_WRITTEN = 6;

    private final Path folder;
    private final List<String> device;

    private WearBench(Path folder, List<String> device) {
        this.folder = folder;
        this.device = device;
    }

    public static void main(String[] args) throws IOException, SQLException {
        var bench = new WearBench(Path.of(args[0]), List.of(args).subList(1, args.length));
        var journal = bench.journal();
        bench.print("journal, commit per round", journal, journal);
        bench.print("rows, WAL, FULL, commit per round", bench.rows("WAL", SENSORS), journal);
        bench.print("rows, defaults, commit per round", bench.rows("DELETE", SENSORS), journal);
        bench.print("rows, defaults, commit per reading", bench.rows("DELETE", 1), journal);
    }

    private long journal() throws IOException {
        var home = Files.createTempDirectory(folder, "journal");
        var chance = new Random(1);
        try (var journal = Journal.open(home, chance, JournalTest.moment("b", 1))) {
            var before = written();
            for (var i = 0; i < ROUNDS; i++) {
                journal.append(JournalTest.moment("b", i), List.of(Rounds.of(SENSORS, chance)));
                journal.commit();
                pause();
            }
            return written() - before;
        }
    }

    private long rows(String mode, int readingsPerCommit) throws IOException, SQLException {
        var file = Files.createTempDirectory(folder, "rows").resolve("rows.db");
        try (var connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = " + mode);
            statement.execute("CREATE TABLE reading(sensor TEXT, at_ms INTEGER, value REAL)");
            connection.setAutoCommit(false);
            var insert = connection.prepareStatement("INSERT INTO reading VALUES (?, ?, ?)");
            var chance = new Random(1);
            var before = written();
            var waiting = 0;
            for (var i = 0; i < ROUNDS; i++) {
                for (var reading : ((Fact.Round) Rounds.of(SENSORS, chance)).readings()) {
                    insert.setString(1, reading.subject());
                    insert.setLong(2, i * 10_000L);
                    insert.setDouble(3, ((Reading.Measured) reading).milli() / 1000.0);
                    insert.executeUpdate();
                    if (++waiting == readingsPerCommit) {
                        connection.commit();
                        pause();
                        waiting = 0;
                    }
                }
            }
            return written() - before;
        }
    }

    /** In life the time of change is another one at each commit. */
    private static void pause() {
        LockSupport.parkNanos(PAUSE_NS);
    }

    private void print(String name, long bytes, long journal) {
        System.out.printf(
                "%-36s %6d B/reading, %.1f times the journal%n",
                name, bytes / (ROUNDS * SENSORS), (double) bytes / journal);
    }

    private long written() throws IOException {
        if (device.isEmpty()) {
            return Files.readAllLines(Path.of("/proc/self/io")).stream()
                    .filter(line -> line.startsWith("write_bytes: "))
                    .mapToLong(line -> Long.parseLong(line.substring(13)))
                    .sum();
        }
        var stat = Files.readString(Path.of("/sys/block", device.getFirst(), "stat")).strip();
        return Long.parseLong(stat.split(" +", -1)[SECTORS_WRITTEN]) * 512;
    }
}
