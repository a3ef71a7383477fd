package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.entry.Codes;
import org.mingchu.gateway.keep.store.Batch.Row;
import org.mingchu.gateway.keep.store.Batch.Slot;
import org.sqlite.SQLiteConnection;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The seam below the journal: rows of bytes in SQLite, written all or none. It knows nothing of
 * what the bytes mean. {@link FileStore} and {@link MemoryStore} open it. One thread at a time;
 * every method throws {@link JournalException} when the file fails.
 */
public final class Store implements AutoCloseable {
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
    public static final String BEFORE_READING =
            "SELECT seq FROM entries WHERE lane = 1 AND seq < ? ORDER BY seq DESC LIMIT 1";

    public static final String BEFORE_SMALL =
            "SELECT seq FROM entries WHERE lane <> 1 AND lane = ? AND seq < ?"
                    + " ORDER BY seq DESC LIMIT 1";

    public static final String COUNT_SMALL =
            "SELECT count(*) FROM entries WHERE lane <> 1 AND lane = ? AND seq >= ?";

    private final Database database;

    /** Takes the connection over, and makes the tables in a new database. */
    public Store(SQLiteConnection connection, String name) throws SQLException {
        database = new Database(connection, name);
        settle();
    }

    /** For messages: the file, or {@code memory}. */
    public String name() {
        return database.name();
    }

    /** The epoch, absent before the first entry. */
    public Optional<String> epoch() {
        return ask("SELECT value FROM meta WHERE name = 'epoch'");
    }

    /** The answer to a question of one line and one column. */
    public Optional<String> ask(String question) {
        return database.trying("read", () -> database.ask(question));
    }

    /** Writes all of it or nothing; when it returns, no power cut takes it away. */
    public void write(Batch batch) {
        database.trying(
                "write",
                () -> {
                    database.prepare("BEGIN IMMEDIATE").execute();
                    try {
                        put(batch);
                        database.prepare("COMMIT").execute();
                    } catch (SQLException e) {
                        rollBack(e);
                        throw e;
                    }
                    return batch;
                });
    }

    private void put(Batch batch) throws SQLException {
        if (batch.epoch().isPresent()) {
            var meta = database.prepare("INSERT INTO meta VALUES ('epoch', ?)");
            meta.setString(1, batch.epoch().get());
            meta.executeUpdate();
        }
        for (var row : batch.rows()) {
            put(row);
        }
        if (batch.snapshot().isPresent()) {
            var snapshot = database.prepare("INSERT OR REPLACE INTO snapshot VALUES (1, ?)");
            snapshot.setBytes(1, batch.snapshot().get());
            snapshot.executeUpdate();
        }
        for (var progress : batch.progress().entrySet()) {
            put(progress.getKey(), progress.getValue());
        }
    }

    private void put(Row row) throws SQLException {
        var entry = database.prepare("INSERT INTO entries VALUES (?, ?, ?)");
        entry.setLong(1, row.seq());
        entry.setInt(2, Codes.of(row.lane()));
        entry.setBytes(3, row.bytes());
        entry.executeUpdate();
    }

    private void put(Slot slot, byte[] progress) throws SQLException {
        var delivery = database.prepare("INSERT OR REPLACE INTO delivery VALUES (?, ?, ?)");
        delivery.setString(1, slot.platform());
        delivery.setInt(2, Codes.of(slot.lane()));
        delivery.setBytes(3, progress);
        delivery.executeUpdate();
    }

    private void rollBack(SQLException cause) {
        try {
            database.run(List.of("ROLLBACK"));
        } catch (SQLException e) {
            // After a full disk or an I/O error SQLite has often rolled back by itself already.
            cause.addSuppressed(e);
        }
    }

    /** Rows from {@code fromSeq} on, ascending. */
    public List<Row> rows(long fromSeq, int max) {
        return database.trying("read", () -> rows(database.prepare(ALL), 1, fromSeq, max));
    }

    /** Rows of one lane from {@code fromSeq} on, ascending. */
    public List<Row> rows(Lane lane, long fromSeq, int max) {
        return database.trying(
                "read",
                () -> {
                    if (lane == Lane.READING) {
                        return rows(database.prepare(READINGS), 1, fromSeq, max);
                    }
                    var small = database.prepare(SMALL);
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
    public long before(Lane lane, long seq) {
        return database.trying(
                "read",
                () -> {
                    if (lane == Lane.READING) {
                        var reading = database.prepare(BEFORE_READING);
                        reading.setLong(1, seq);
                        return Database.number(reading);
                    }
                    var small = database.prepare(BEFORE_SMALL);
                    small.setInt(1, Codes.of(lane));
                    small.setLong(2, seq);
                    return Database.number(small);
                });
    }

    /** The highest seq; 0 if there is none. */
    public long lastSeq() {
        return database.trying(
                "read",
                () ->
                        Database.number(
                                database.prepare("SELECT coalesce(max(seq), 0) FROM entries")));
    }

    /** Rows from {@code fromSeq} on in a lane other than that of the readings. */
    public long countSmall(Lane lane, long fromSeq) {
        return database.trying(
                "read",
                () -> {
                    var count = database.prepare(COUNT_SMALL);
                    count.setInt(1, Codes.of(lane));
                    count.setLong(2, fromSeq);
                    return Database.number(count);
                });
    }

    public Optional<byte[]> snapshot() {
        return database.trying(
                "read", () -> Database.blob(database.prepare("SELECT state FROM snapshot")));
    }

    public Optional<byte[]> progress(Slot slot) {
        return database.trying(
                "read",
                () -> {
                    var query =
                            database.prepare(
                                    "SELECT progress FROM delivery WHERE platform = ? AND lane = ?");
                    query.setString(1, slot.platform());
                    query.setInt(2, Codes.of(slot.lane()));
                    return Database.blob(query);
                });
    }

    /** All that is written, as one SQLite database in rollback mode, which memory can open. */
    public byte[] image() {
        return database.trying(
                "read",
                () -> {
                    var image = database.serialize();
                    // The file format's version numbers: 2 asks for a WAL, which memory has not.
                    image[18] = 1;
                    image[19] = 1;
                    return image;
                });
    }

    @Override
    public void close() {
        database.close();
    }

    private void settle() throws SQLException {
        var shape = Database.number(database.prepare("PRAGMA user_version"));
        if (shape > SHAPE) {
            throw new JournalException(
                    name()
                            + ": written by a later mingchu (tables "
                            + shape
                            + ", this program knows "
                            + SHAPE
                            + "); install that version again");
        }
        if (shape == SHAPE) {
            return;
        }
        database.run(List.of("BEGIN IMMEDIATE"));
        database.run(TABLES);
        database.run(List.of("COMMIT"));
    }
}
