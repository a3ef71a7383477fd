package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Lane;
import org.sqlite.SQLiteConnection;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The seam below the journal: rows of bytes in SQLite, written all or none. It knows nothing of
 * what the bytes mean. {@link FileStore} and {@link MemoryStore} open it. One thread at a time;
 * every method throws {@link JournalException} when the file fails.
 */
final class Store implements AutoCloseable {
    /** Marks the file as ours for {@code file(1)} and for people: "Ming". */
    private static final int APPLICATION_ID = 0x4d69_6e67;

    /** Counts the shapes of the tables. */
    private static final int SHAPE = 1;

    /**
     * Readings are nearly all of the entries, so the index leaves their lane (number 1) out: no
     * commit of a round touches it.
     */
    private static final List<String> TABLES =
            List.of(
                    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
                    "CREATE TABLE entries("
                            + "seq INTEGER PRIMARY KEY, lane INTEGER NOT NULL, bytes BLOB NOT NULL)",
                    "CREATE INDEX small_lanes ON entries(lane) WHERE lane <> 1",
                    "CREATE TABLE snapshot(id INTEGER PRIMARY KEY CHECK (id = 1), state BLOB NOT NULL)",
                    "CREATE TABLE delivery(platform TEXT NOT NULL, lane INTEGER NOT NULL,"
                            + " progress BLOB NOT NULL, PRIMARY KEY (platform, lane)) WITHOUT ROWID",
                    "PRAGMA application_id = " + APPLICATION_ID,
                    "PRAGMA user_version = " + SHAPE);

    private static final String FROM = "SELECT seq, lane, bytes FROM entries WHERE ";
    private static final String ALL = FROM + "seq >= ? ORDER BY seq LIMIT ?";
    private static final String READINGS = FROM + "lane = 1 AND seq >= ? ORDER BY seq LIMIT ?";
    private static final String SMALL =
            FROM + "lane <> 1 AND lane = ? AND seq >= ? ORDER BY seq LIMIT ?";

    /** Goes backwards from seq and stops soon: between two rounds stand few other entries. */
    static final String BEFORE_READING =
            "SELECT seq FROM entries WHERE lane = 1 AND seq < ? ORDER BY seq DESC LIMIT 1";

    static final String BEFORE_SMALL =
            "SELECT seq FROM entries WHERE lane <> 1 AND lane = ? AND seq < ?"
                    + " ORDER BY seq DESC LIMIT 1";

    static final String COUNT_SMALL =
            "SELECT count(*) FROM entries WHERE lane <> 1 AND lane = ? AND seq >= ?";

    private final SQLiteConnection connection;
    private final String name;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** Takes the connection over, and makes the tables in a new database. */
    Store(SQLiteConnection connection, String name) throws SQLException {
        this.connection = connection;
        this.name = name;
        settle();
    }

    /** For messages: the file, or {@code memory}. */
    String name() {
        return name;
    }

    /** The epoch, absent before the first entry. */
    Optional<String> epoch() {
        return ask("SELECT value FROM meta WHERE name = 'epoch'");
    }

    /** The answer to a question of one line and one column. */
    Optional<String> ask(String question) {
        return trying(
                "read",
                () -> {
                    try (var statement = connection.createStatement();
                            var found = statement.executeQuery(question)) {
                        return found.next()
                                ? Optional.ofNullable(found.getString(1))
                                : Optional.empty();
                    }
                });
    }

    /** Writes all of it or nothing; when it returns, no power cut takes it away. */
    void write(Batch batch) {
        trying(
                "write",
                () -> {
                    prepare("BEGIN IMMEDIATE").execute();
                    try {
                        put(batch);
                        prepare("COMMIT").execute();
                    } catch (SQLException e) {
                        rollBack(e);
                        throw e;
                    }
                    return batch;
                });
    }

    private void put(Batch batch) throws SQLException {
        if (batch.epoch().isPresent()) {
            var meta = prepare("INSERT INTO meta VALUES ('epoch', ?)");
            meta.setString(1, batch.epoch().get());
            meta.executeUpdate();
        }
        for (var row : batch.rows()) {
            put(row);
        }
        if (batch.snapshot().isPresent()) {
            var snapshot = prepare("INSERT OR REPLACE INTO snapshot VALUES (1, ?)");
            snapshot.setBytes(1, batch.snapshot().get());
            snapshot.executeUpdate();
        }
        for (var progress : batch.progress().entrySet()) {
            put(progress.getKey(), progress.getValue());
        }
    }

    private void put(Row row) throws SQLException {
        var entry = prepare("INSERT INTO entries VALUES (?, ?, ?)");
        entry.setLong(1, row.seq());
        entry.setInt(2, Codes.of(row.lane()));
        entry.setBytes(3, row.bytes());
        entry.executeUpdate();
    }

    private void put(Slot slot, byte[] progress) throws SQLException {
        var delivery = prepare("INSERT OR REPLACE INTO delivery VALUES (?, ?, ?)");
        delivery.setString(1, slot.platform());
        delivery.setInt(2, Codes.of(slot.lane()));
        delivery.setBytes(3, progress);
        delivery.executeUpdate();
    }

    private void rollBack(SQLException cause) {
        try (var statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // After a full disk or an I/O error SQLite has often rolled back by itself already.
            cause.addSuppressed(e);
        }
    }

    /** Rows from {@code fromSeq} on, ascending. */
    List<Row> rows(long fromSeq, int max) {
        return trying("read", () -> rows(prepare(ALL), 1, fromSeq, max));
    }

    /** Rows of one lane from {@code fromSeq} on, ascending. */
    List<Row> rows(Lane lane, long fromSeq, int max) {
        return trying(
                "read",
                () -> {
                    if (lane == Lane.READING) {
                        return rows(prepare(READINGS), 1, fromSeq, max);
                    }
                    var small = prepare(SMALL);
                    small.setInt(1, Codes.of(lane));
                    return rows(small, 2, fromSeq, max);
                });
    }

    private static List<Row> rows(PreparedStatement query, int at, long fromSeq, int max)
            throws SQLException {
        query.setLong(at, fromSeq);
        query.setInt(at + 1, max);
        var rows = new ArrayList<Row>();
        try (var found = query.executeQuery()) {
            while (found.next()) {
                rows.add(row(found));
            }
        }
        return rows;
    }

    private static Row row(ResultSet found) throws SQLException {
        var lane = Codes.numbered(Lane.values(), Codes::of, found.getInt(2));
        return new Row(found.getLong(1), lane, found.getBytes(3));
    }

    /** The highest seq below {@code seq} in the lane; 0 if there is none. */
    long before(Lane lane, long seq) {
        return trying(
                "read",
                () -> {
                    if (lane == Lane.READING) {
                        var reading = prepare(BEFORE_READING);
                        reading.setLong(1, seq);
                        return number(reading);
                    }
                    var small = prepare(BEFORE_SMALL);
                    small.setInt(1, Codes.of(lane));
                    small.setLong(2, seq);
                    return number(small);
                });
    }

    /** The highest seq; 0 if there is none. */
    long lastSeq() {
        return trying("read", () -> number(prepare("SELECT coalesce(max(seq), 0) FROM entries")));
    }

    /** Rows from {@code fromSeq} on in a lane other than that of the readings. */
    long countSmall(Lane lane, long fromSeq) {
        return trying(
                "read",
                () -> {
                    var count = prepare(COUNT_SMALL);
                    count.setInt(1, Codes.of(lane));
                    count.setLong(2, fromSeq);
                    return number(count);
                });
    }

    private static long number(PreparedStatement query) throws SQLException {
        try (var found = query.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    Optional<byte[]> snapshot() {
        return trying("read", () -> blob(prepare("SELECT state FROM snapshot")));
    }

    Optional<byte[]> progress(Slot slot) {
        return trying(
                "read",
                () -> {
                    var query =
                            prepare(
                                    "SELECT progress FROM delivery WHERE platform = ? AND lane = ?");
                    query.setString(1, slot.platform());
                    query.setInt(2, Codes.of(slot.lane()));
                    return blob(query);
                });
    }

    private static Optional<byte[]> blob(PreparedStatement query) throws SQLException {
        try (var found = query.executeQuery()) {
            return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
        }
    }

    /** All that is written, as one SQLite database in rollback mode, which memory can open. */
    byte[] image() {
        return trying(
                "read",
                () -> {
                    var image = connection.serialize("main");
                    // The file format's version numbers: 2 asks for a WAL, which memory has not.
                    image[18] = 1;
                    image[19] = 1;
                    return image;
                });
    }

    @Override
    public void close() {
        trying(
                "close",
                () -> {
                    connection.close();
                    return name;
                });
    }

    private void settle() throws SQLException {
        var shape = number(prepare("PRAGMA user_version"));
        if (shape > SHAPE) {
            throw new JournalException(
                    name
                            + ": written by a later mingchu (tables "
                            + shape
                            + ", this program knows "
                            + SHAPE
                            + "); install that version again");
        }
        if (shape == SHAPE) {
            return;
        }
        try (var statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (var table : TABLES) {
                statement.execute(table);
            }
            statement.execute("COMMIT");
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    private <T> T trying(String what, Sql<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            forgetStatements(e);
            throw failed(name, what, e);
        }
    }

    /** After a full disk or an I/O error the driver leaves statements behind that only fail. */
    private void forgetStatements(SQLException cause) {
        for (var statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
        prepared.clear();
    }

    /** Says which file failed, how, and what to do. */
    static JournalException failed(String name, String what, SQLException cause) {
        return new JournalException(
                "cannot "
                        + what
                        + " "
                        + name
                        + ": "
                        + cause.getMessage()
                        + "; see that the disk has room, is sound, and that the folder is ours",
                cause);
    }

    /** A piece of work on the connection. */
    @FunctionalInterface
    private interface Sql<T> {
        T run() throws SQLException;
    }

    /** One entry as it is stored. */
    static final class Row {
        private final long seq;
        private final Lane lane;
        private final byte[] bytes;

        Row(long seq, Lane lane, byte[] bytes) {
            this.seq = seq;
            this.lane = lane;
            this.bytes = bytes;
        }

        long seq() {
            return seq;
        }

        Lane lane() {
            return lane;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** Whose delivery, in which lane. */
    record Slot(String platform, Lane lane) {}

    /**
     * What one commit writes.
     *
     * @param epoch given once, with the first entry
     */
    record Batch(
            Optional<String> epoch,
            List<Row> rows,
            Optional<byte[]> snapshot,
            Map<Slot, byte[]> progress) {}
}
