package org.mingchu.gateway.keep.pack;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.sensors.Reading;
import org.sqlite.JDBC;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A month of a simulated kitchen: bytes per reading of the packed history, and how long charts take
 * from it, beside a SQLite table clustered by sensor and time. Processor time, warm, pair by pair.
 */
public final class HistoryBench implements AutoCloseable {
    private static final int SENSORS = 20;
    private static final int ROUNDS_PER_HOUR = 3_600_000 / Kitchen.PERIOD_MS;
    private static final int BUCKETS = 300;
    private static final int REPEATS = 9;

    /** Until the compiler has seen enough of both sides. */
    private static final int WARM_UP = 40;

    private static final long NS_PER_MS = 1_000_000;

    /** As far apart as the answers of one round are, when no sensor is slow. */
    private static final long AGE_NS_MAX = 4 * NS_PER_MS;

    /** The subject's number stands above the hour in the key of a blob. */
    private static final int HOUR_BITS = 40;

    private final int hours;
    private final Path file;
    private final Connection rows;
    private final Connection blocks;
    private long readings;
    private final Map<Blob.Sort, Long> blobBytes = new EnumMap<>(Blob.Sort.class);

    private HistoryBench(Path folder, int days) throws IOException, SQLException {
        this.hours = days * 24;
        var home = Files.createTempDirectory(folder, "history");
        this.file = home.resolve("rows.db");
        this.rows = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
        this.blocks =
                JDBC.createConnection("jdbc:sqlite:" + home.resolve("blocks.db"), new Properties());
        try (var a = rows.createStatement();
                var b = blocks.createStatement()) {
            a.execute(
                    "CREATE TABLE reading(sensor INTEGER, at_ms INTEGER, milli INTEGER,"
                            + " PRIMARY KEY(sensor, at_ms)) WITHOUT ROWID");
            b.execute("PRAGMA page_size = 1024"); // as the journal's file has
            for (var table : List.of("head", "col", "summary")) {
                b.execute("CREATE TABLE " + table + "(key INTEGER PRIMARY KEY, bytes BLOB)");
            }
        }
        rows.setAutoCommit(false);
        blocks.setAutoCommit(false);
    }

    /** Arguments: a folder for some 150 MB, and for how many days. */
    public static void main(String[] args) throws IOException, SQLException {
        run(Path.of(args[0]), Integer.parseInt(args[1]));
    }

    public static void run(Path folder, int days) throws IOException, SQLException {
        try (var bench = new HistoryBench(folder, days)) {
            bench.fill();
            bench.sizes();
            bench.charts();
        }
    }

    private void fill() throws SQLException {
        var kitchen = new Kitchen(1, SENSORS, AGE_NS_MAX, NS_PER_MS);
        var packer = new Packer();
        var writer = new CborWriter();
        for (var hour = 0; hour < hours; hour++) {
            var entries = new ArrayList<byte[]>();
            try (var insert = rows.prepareStatement("INSERT INTO reading VALUES (?, ?, ?)")) {
                for (var i = 0; i < ROUNDS_PER_HOUR; i++) {
                    var entry = kitchen.next();
                    entries.add(EntryCodec.encode(writer, entry));
                    insert(insert, entry);
                }
            }
            keep(hour, packer.pack(entries).block().orElseThrow());
            rows.commit();
            blocks.commit();
        }
    }

    private void insert(PreparedStatement insert, Entry entry) throws SQLException {
        var sensor = 0;
        for (var reading : ((Fact.Round) entry.fact()).readings()) {
            insert.setInt(1, sensor++);
            insert.setLong(2, entry.at().wallMs());
            insert.setLong(3, ((Reading.Measured) reading).milli());
            insert.executeUpdate();
            readings++;
        }
    }

    private void keep(long hour, Block block) throws SQLException {
        put("head", hour, block.head().bytes());
        var subject = 0L;
        for (var column : block.columns().values()) {
            put("col", (subject++ << HOUR_BITS) | hour, column);
        }
        subject = 0;
        for (var summary : block.summaries()) {
            put("summary", (subject++ << HOUR_BITS) | hour, summary.bytes());
        }
    }

    private void put(String table, long key, byte[] bytes) throws SQLException {
        try (var insert = blocks.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
            insert.setLong(1, key);
            insert.setBytes(2, bytes);
            insert.executeUpdate();
        }
        blobBytes.merge(Blob.at(bytes, 0).orElseThrow().sort(), (long) bytes.length, Long::sum);
    }

    private void sizes() throws IOException, SQLException {
        var all = blobBytes.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(
                "history of %d readings: %.2f B/reading (heads %.2f, columns %.2f, summaries"
                        + " %.2f); clustered rows %.2f (%.1f times)%n",
                readings,
                (double) all / readings,
                perReading(Blob.Sort.HEAD),
                perReading(Blob.Sort.COLUMN),
                perReading(Blob.Sort.SUMMARY),
                (double) Files.size(file) / readings,
                (double) Files.size(file) / all);
    }

    private double perReading(Blob.Sort sort) {
        return (double) blobBytes.getOrDefault(sort, 0L) / readings;
    }

    private void charts() throws SQLException {
        compare("raw chart, one sensor", this::rowsRaw, this::blocksRaw);
        compare("min/max in " + BUCKETS + " buckets", this::rowsBuckets, this::blocksBuckets);
    }

    private interface Query {
        long run(int sensor) throws SQLException;
    }

    private static void compare(String name, Query rows, Query blocks) throws SQLException {
        var rowsMs = new double[REPEATS];
        var blocksMs = new double[REPEATS];
        var ratios = new double[REPEATS];
        for (var i = -WARM_UP; i < REPEATS; i++) {
            var sensor = Math.floorMod(i, SENSORS);
            var at = Math.max(i, 0);
            rowsMs[at] = timed(rows, sensor);
            blocksMs[at] = timed(blocks, sensor);
            ratios[at] = rowsMs[at] / blocksMs[at];
            if (rows.run(sensor) != blocks.run(sensor)) {
                throw new AssertionError(name + " of sensor " + sensor + " differs");
            }
        }
        System.out.printf(
                "%-28s rows %.2f ms, blocks %.2f ms, 1/%.1f%n",
                name, median(rowsMs), median(blocksMs), median(ratios));
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

    /** Each query answers a sum of what it found, so that both can be held against each other. */
    private long rowsRaw(int sensor) throws SQLException {
        try (var query =
                rows.prepareStatement("SELECT at_ms, milli FROM reading WHERE sensor = ?")) {
            query.setInt(1, sensor);
            var sum = 0L;
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    sum += found.getLong(1) ^ found.getLong(2);
                }
            }
            return sum;
        }
    }

    private long blocksRaw(int sensor) throws SQLException {
        try (var query =
                blocks.prepareStatement(
                        "SELECT h.bytes, c.bytes FROM head h JOIN col c ON c.key = ? + h.key")) {
            query.setLong(1, (long) sensor << HOUR_BITS);
            var sum = 0L;
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    var times = Times.of(found.getBytes(1));
                    var points = Column.points(found.getBytes(2), Measure.TEMPERATURE, times);
                    for (var i = 0; i < points.size(); i++) {
                        sum += points.wallMs()[i] ^ points.milli()[i];
                    }
                }
            }
            return sum;
        }
    }

    private long rowsBuckets(int sensor) throws SQLException {
        var firstMs = Kitchen.wallMs(0);
        try (var query =
                rows.prepareStatement(
                        "SELECT min(milli), max(milli) FROM reading WHERE sensor = ?"
                                + " GROUP BY (at_ms - ?) / ?")) {
            query.setInt(1, sensor);
            query.setLong(2, firstMs);
            query.setLong(3, hours * 3_600_000L / BUCKETS);
            var sum = 0L;
            try (var found = query.executeQuery()) {
                for (var i = 0; i < BUCKETS && found.next(); i++) {
                    sum += found.getLong(1) * 31 + found.getLong(2);
                }
            }
            return sum;
        }
    }

    private long blocksBuckets(int sensor) throws SQLException {
        var buckets = new Buckets(0, hours * 3_600_000L * NS_PER_MS, BUCKETS);
        try (var query =
                blocks.prepareStatement("SELECT bytes FROM summary WHERE key BETWEEN ? AND ?")) {
            query.setLong(1, (long) sensor << HOUR_BITS);
            query.setLong(2, ((sensor + 1L) << HOUR_BITS) - 1);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    buckets.add(Summary.of(found.getBytes(1)));
                }
            }
        }
        var sum = 0L;
        for (var i = 0; i < BUCKETS; i++) {
            sum += buckets.min(i) * 31 + buckets.max(i);
        }
        return sum;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        blocks.close();
    }
}
