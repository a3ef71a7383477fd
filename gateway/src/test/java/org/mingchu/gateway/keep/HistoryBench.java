package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.pack.Kitchen;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;
import org.sqlite.JDBC;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;

/**
 * A month of a simulated kitchen in a journal's own file: bytes per reading of the packed history,
 * pages counted whole, and how long charts take, beside a SQLite table clustered by sensor and
 * time. Both are asked as a page would ask them, the journal under its lock and on the corrected
 * clock. Processor time, warm, pair by pair.
 */
public final class HistoryBench implements AutoCloseable {
    private static final int SENSORS = 20;
    private static final int BUCKETS = 300;
    private static final int REPEATS = 15;

    /** Until the compiler has seen enough: SQLite needs none of it, and the journal's page much. */
    private static final int WARM_UP = 2_000;

    private static final long NS_PER_MS = 1_000_000;

    /** As far apart as the answers of one round are, when no sensor is slow. */
    private static final long AGE_NS_MAX = 4 * NS_PER_MS;

    private static final Duration PERIOD = Duration.ofMillis(Kitchen.PERIOD_MS);
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    /** What keeps the readings; the hashes of subtrees, notes and the empty ring are not it. */
    private static final List<String> HISTORY = List.of("blocks", "summaries", "hours", "subjects");

    private final Path folder;
    private final Path file;
    private final Connection rows;
    private final List<String> sensors;
    private final Window window;
    private Journal journal;
    private long readings;

    private HistoryBench(Path under, int days) throws IOException, SQLException {
        folder = Files.createTempDirectory(under, "history");
        file = folder.resolve("rows.db");
        rows = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        try (var statement = rows.createStatement()) {
            statement.execute(
                    "CREATE TABLE reading(sensor INTEGER, at_ms INTEGER, milli INTEGER,"
                            + " PRIMARY KEY(sensor, at_ms)) WITHOUT ROWID");
        }
        rows.setAutoCommit(false);
        sensors = new ArrayList<>();
        // A moment may be cut by a millisecond: no round lies so near to a border as not to bear
        // it.
        var fromMs = Kitchen.wallMs(0) - 1;
        window = new Window(fromMs, fromMs + days * DAY_MS);
        journal = Journal.inMemory(new Random(1), new Kitchen(1, 1, 0, 1).next().at());
    }

    /** Arguments: a folder for some 150 MB, and for how many days. */
    public static void main(String[] args) throws IOException, SQLException {
        run(Path.of(args[0]), Integer.parseInt(args[1]));
    }

    static void run(Path folder, int days) throws IOException, SQLException {
        try (var bench = new HistoryBench(folder, days)) {
            bench.fill(days * DAY_MS / Kitchen.PERIOD_MS - 1);
            bench.sizes();
            bench.charts();
        }
    }

    /** Filled in memory, where no disk is waited for, and opened again from its file. */
    private void fill(long rounds) throws SQLException, IOException {
        var kitchen = new Kitchen(1, SENSORS, AGE_NS_MAX, NS_PER_MS);
        for (var i = 0L; i < rounds; i++) {
            var entry = kitchen.next();
            insert(((Fact.Round) entry.fact()).readings(), entry.at());
            journal.append(entry.at(), List.of(entry.fact()));
            journal.commit();
            journal.tend(entry.at());
        }
        rows.commit();
        var image = journal.image();
        journal.close();
        Files.write(folder.resolve(FileStore.FILE), image);
        journal = Journal.asItIs(folder, new Random(1));
    }

    private void insert(List<Reading> round, Moment at) throws SQLException {
        try (var insert = rows.prepareStatement("INSERT INTO reading VALUES (?, ?, ?)")) {
            var sensor = 0;
            for (var reading : round) {
                if (sensor == sensors.size()) {
                    sensors.add(reading.subject());
                }
                insert.setInt(1, sensor++);
                insert.setLong(2, at.wallMs());
                insert.setLong(3, ((Reading.Measured) reading).milli());
                insert.executeUpdate();
                readings++;
            }
        }
    }

    private void sizes() throws IOException, SQLException {
        var pages = pages();
        var all = HISTORY.stream().mapToLong(table -> pages.getOrDefault(table, 0L)).sum();
        System.out.printf(
                "history of %d readings: %.2f B/reading in whole pages (bar 2:",
                readings, (double) all / readings);
        for (var table : HISTORY) {
            System.out.printf(" %s %.2f", table, (double) pages.getOrDefault(table, 0L) / readings);
        }
        System.out.printf(
                "); subtree roots %.2f; clustered rows %.2f (%.1f times)%n",
                (double) pages.getOrDefault("nodes", 0L) / readings,
                (double) Files.size(file) / readings,
                (double) Files.size(file) / all);
    }

    /** Bytes of pages by table. */
    private Map<String, Long> pages() throws SQLException {
        var pages = new TreeMap<String, Long>();
        try (var database =
                        JDBC.createConnection(
                                "jdbc:sqlite:" + copy().toAbsolutePath(), new Properties());
                var statement = database.createStatement();
                var found =
                        statement.executeQuery(
                                "SELECT name, sum(pgsize) FROM dbstat GROUP BY name")) {
            while (found.next()) {
                pages.put(found.getString(1), found.getLong(2));
            }
        }
        return pages;
    }

    /** The journal holds its own file for itself. */
    private Path copy() throws SQLException {
        try {
            return Files.write(folder.resolve("copy.db"), journal.image());
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }

    private void charts() throws SQLException {
        compare("raw chart, one sensor (bar 1/5)", this::rowsRaw, this::line);
        var widthMs = window.lengthMs() / BUCKETS;
        if (widthMs % Duration.ofMinutes(1).toMillis() != 0) {
            // A minute counts where it began: other borders would compare different things.
            System.out.println("buckets: skipped, they are no whole minutes; try 5, 10 or 30 days");
            return;
        }
        compare(
                "least and greatest in " + BUCKETS + " buckets (bar 1/50)",
                this::rowsBuckets,
                this::buckets);
    }

    private interface Query {
        long[] run(int sensor) throws SQLException;
    }

    private static void compare(String name, Query rows, Query journal) throws SQLException {
        var rowsMs = new double[REPEATS];
        var journalMs = new double[REPEATS];
        var ratios = new double[REPEATS];
        for (var i = 0; i < WARM_UP; i++) {
            journal.run(i % SENSORS);
        }
        rows.run(0);
        for (var i = 0; i < REPEATS; i++) {
            var sensor = i % SENSORS;
            rowsMs[i] = timed(rows, sensor);
            journalMs[i] = timed(journal, sensor);
            ratios[i] = rowsMs[i] / journalMs[i];
            hold(name + " of sensor " + sensor, rows.run(sensor), journal.run(sensor));
        }
        System.out.printf(
                "%-45s rows %.2f ms, journal %.2f ms, 1/%.1f%n",
                name, median(rowsMs), median(journalMs), median(ratios));
    }

    /**
     * The journal cuts a moment to whole milliseconds of its own clock, so a value at a bucket's
     * border may stand on its other side.
     */
    private static void hold(String name, long[] rows, long[] journal) {
        var differing = rows.length == journal.length ? 0 : rows.length;
        for (var i = 0; differing < rows.length && i < rows.length; i++) {
            differing += rows[i] == journal[i] ? 0 : 1;
        }
        if (differing > rows.length / 50) {
            throw new AssertionError(name + " differs in " + differing + " of " + rows.length);
        }
    }

    private static double timed(Query query, int sensor) throws SQLException {
        var threads = ManagementFactory.getThreadMXBean();
        var start = threads.getCurrentThreadCpuTime();
        query.run(sensor);
        return (threads.getCurrentThreadCpuTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** How many values, and their sum: every value has been in somebody's hands. */
    private long[] rowsRaw(int sensor) throws SQLException {
        try (var query =
                rows.prepareStatement("SELECT at_ms, milli FROM reading WHERE sensor = ?")) {
            query.setInt(1, sensor);
            var count = 0L;
            var sum = 0L;
            var lastMs = 0L;
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    lastMs = Math.max(lastMs, found.getLong(1));
                    sum += found.getLong(2);
                    count++;
                }
            }
            return new long[] {count, sum, lastMs / Kitchen.PERIOD_MS};
        }
    }

    private long[] line(int sensor) {
        var line = journal.history(PERIOD).line(curve(sensor), window);
        var sum = 0L;
        var lastMs = 0L;
        for (var i = 0; i < line.size(); i++) {
            lastMs = Math.max(lastMs, line.ms(i));
            sum += line.milli(i);
        }
        return new long[] {line.size(), sum, lastMs / Kitchen.PERIOD_MS};
    }

    private Curve curve(int sensor) {
        return new Curve(sensors.get(sensor), Measure.TEMPERATURE);
    }

    private long[] rowsBuckets(int sensor) throws SQLException {
        try (var query =
                rows.prepareStatement(
                        "SELECT min(milli), max(milli) FROM reading WHERE sensor = ?"
                                + " GROUP BY (at_ms - ?) / ?")) {
            query.setInt(1, sensor);
            query.setLong(2, window.fromMs());
            query.setLong(3, window.lengthMs() / BUCKETS);
            var extremes = new long[BUCKETS];
            try (var found = query.executeQuery()) {
                for (var i = 0; i < BUCKETS && found.next(); i++) {
                    extremes[i] = found.getLong(1) * 31 + found.getLong(2);
                }
            }
            return extremes;
        }
    }

    private long[] buckets(int sensor) {
        var buckets = journal.history(PERIOD).buckets(curve(sensor), window, BUCKETS).buckets();
        var extremes = new long[BUCKETS];
        for (var i = 0; i < BUCKETS; i++) {
            extremes[i] = buckets.min(i) * 31 + buckets.max(i);
        }
        return extremes;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        journal.close();
    }
}
