package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.Codes;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.keep.store.Batch.Slot;
import org.sqlite.SQLiteConnection;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The seam below the journal: rows of bytes in SQLite, written all or none. It knows nothing of
 * what the bytes mean. {@link FileStore} and {@link MemoryStore} open it. One thread at a time;
 * every method throws {@link JournalException} when the file fails.
 */
public final class Store implements AutoCloseable {
    /** Marks the file as ours for {@code file(1)} and for people: "Ming". */
    private static final int APPLICATION_ID = 0x4d69_6e67;

    /** Counts the shapes of the tables. */
    private static final int SHAPE = 3;

    /** Rounds stand in the ring and in blocks, so that the index on lanes grows with the rest. */
    private static final List<String> TABLES =
            List.of(
                    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
                    "CREATE TABLE epochs(no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
                            + " binding TEXT NOT NULL)",
                    "CREATE TABLE entries(pos INTEGER PRIMARY KEY, lane INTEGER NOT NULL,"
                            + " bytes BLOB NOT NULL, leaf_check INTEGER NOT NULL)",
                    "CREATE INDEX lanes ON entries(lane)",
                    "CREATE TABLE ring(slot INTEGER PRIMARY KEY, cell BLOB NOT NULL)",
                    "CREATE TABLE nodes(epoch INTEGER NOT NULL, level INTEGER NOT NULL,"
                            + " place INTEGER NOT NULL, hash BLOB NOT NULL,"
                            + " PRIMARY KEY (epoch, level, place)) WITHOUT ROWID",
                    "CREATE TABLE snapshot(id INTEGER PRIMARY KEY CHECK (id = 1), state BLOB NOT NULL)",
                    Deliveries.TABLE,
                    Shelf.TABLES.get(0),
                    Shelf.TABLES.get(1),
                    Shelf.TABLES.get(2),
                    Shelf.TABLES.get(3),
                    Ring.FILL,
                    "PRAGMA application_id = " + APPLICATION_ID,
                    "PRAGMA user_version = " + SHAPE);

    private static final String FROM = "SELECT pos, lane, bytes, leaf_check FROM entries WHERE ";
    private static final String ORDERED = "pos >= ? AND pos < ? ORDER BY pos LIMIT ?";
    private static final String ALL = FROM + ORDERED;
    private static final String OF_LANE = FROM + "lane = ? AND " + ORDERED;

    static final String BEFORE_IN_LANE =
            "SELECT pos FROM entries WHERE lane = ? AND pos >= ? AND pos < ?"
                    + " ORDER BY pos DESC LIMIT 1";

    static final String COUNT_IN_LANE =
            "SELECT count(*) FROM entries WHERE lane = ? AND pos >= ? AND pos < ?";

    private final Database database;
    private final Ring ring;
    private final Shelf shelf;
    private final Deliveries deliveries;
    private final Force force;

    /** A commit was written and may not be on the disk: the log must begin anew before the next. */
    private boolean suspect;

    private long lastPos;

    /** The name of the note that holds {@link #packed}. */
    private static final String PACKED = "packed";

    /** Makes what is written stay through a power cut. */
    interface Force extends AutoCloseable {
        void run() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** In memory there is nothing to force. */
    static final Force NO_FORCE =
            new Force() {
                @Override
                public void run() {}

                @Override
                public void close() {}
            };

    /** Takes the connection over, and makes the tables in a new database. */
    Store(SQLiteConnection connection, String name, Force force) throws SQLException {
        database = new Database(connection, name);
        ring = new Ring(database);
        shelf = new Shelf(database);
        deliveries = new Deliveries(database);
        this.force = force;
        settle();
        deliveries.load();
        ring.load();
        ring.release(0, packed() + 1);
        lastPos = before(Long.MAX_VALUE);
    }

    /** For messages: the file, or {@code memory}. */
    public String name() {
        return database.name();
    }

    /** The epochs of this file, oldest first; none before the first entry. */
    public List<EpochRow> epochs() {
        return database.trying(
                "read",
                () -> {
                    var epochs = new ArrayList<EpochRow>();
                    var query = database.prepare("SELECT no, id, binding FROM epochs ORDER BY no");
                    try (var found = query.executeQuery()) {
                        while (found.next()) {
                            epochs.add(
                                    new EpochRow(
                                            found.getInt(1),
                                            found.getString(2),
                                            found.getString(3)));
                        }
                    }
                    return epochs;
                });
    }

    /** A small fact about the file itself, written by {@link Batch#note}. */
    public Optional<String> note(String name) {
        return database.trying(
                "read",
                () -> {
                    var query = database.prepare("SELECT value FROM meta WHERE name = ?");
                    query.setString(1, name);
                    try (var found = query.executeQuery()) {
                        return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
                    }
                });
    }

    /** The answer to a question of one line and one column. */
    public Optional<String> ask(String question) {
        return database.trying("read", () -> database.ask(question));
    }

    /**
     * Writes all of it or nothing; when it returns, no power cut takes it away. When it throws, the
     * caller writes the same positions again or leaves them.
     */
    public void write(Batch batch) {
        try {
            database.trying(
                    "write",
                    () -> {
                        beginLogAnew();
                        database.prepare("BEGIN IMMEDIATE").execute();
                        try {
                            eraseWhatMayBeLeft();
                            put(batch);
                            database.prepare("COMMIT").execute();
                        } catch (SQLException e) {
                            rollBack(e);
                            throw e;
                        }
                        return batch;
                    });
            suspect = true;
            force.run();
            suspect = false;
        } catch (IOException e) {
            ring.release(lastPos + 1, Long.MAX_VALUE);
            throw new JournalException(
                    "cannot write "
                            + name()
                            + ": the disk did not confirm ("
                            + e.getMessage()
                            + "); see that it is sound",
                    e);
        } catch (JournalException e) {
            ring.release(lastPos + 1, Long.MAX_VALUE);
            shelf.forget();
            throw e;
        }
        if (!batch.rows().isEmpty()) {
            lastPos = batch.rows().getLast().pos();
        }
        batch.shelved().ifPresent(rounds -> ring.release(0, rounds.toPos() + 1));
    }

    /**
     * After a failed force the kernel may call the pages clean that never reached the disk, and a
     * later force would not bring them there: commits behind them in the log would be lost with
     * them. So the log is copied into the database and begun anew.
     */
    private void beginLogAnew() throws SQLException {
        if (suspect && !database.ask("PRAGMA wal_checkpoint(RESTART)").equals(Optional.of("0"))) {
            throw new SQLException("the log cannot be begun anew");
        }
    }

    private void eraseWhatMayBeLeft() throws SQLException {
        if (suspect) {
            var erase = database.prepare("DELETE FROM entries WHERE pos > ?");
            erase.setLong(1, lastPos);
            erase.executeUpdate();
            ring.eraseFrom(lastPos + 1);
        }
    }

    private void put(Batch batch) throws SQLException {
        // First, so that on a full disk the rest finds room in what goes.
        for (var dropped : batch.dropped()) {
            shelf.drop(dropped);
        }
        if (batch.epoch().isPresent()) {
            put(batch.epoch().get());
        }
        for (var row : batch.rows()) {
            put(row);
        }
        for (var node : batch.nodes()) {
            put(node);
        }
        if (batch.shelved().isPresent()) {
            shelve(batch.shelved().get());
        }
        for (var block : batch.restored()) {
            shelf.put(block);
        }
        for (var summary : batch.summaries().entrySet()) {
            shelf.putAlone(summary.getValue(), summary.getKey());
        }
        if (batch.snapshot().isPresent()) {
            var snapshot = database.prepare("INSERT OR REPLACE INTO snapshot VALUES (1, ?)");
            snapshot.setBytes(1, batch.snapshot().get());
            snapshot.executeUpdate();
        }
        for (var progress : batch.progress().entrySet()) {
            deliveries.put(progress.getKey(), progress.getValue());
        }
        for (var note : batch.notes().entrySet()) {
            put(note.getKey(), note.getValue());
        }
    }

    /** The block takes the place of its rows; those of the same time that it left out are kept. */
    private void shelve(Batch.Shelved rounds) throws SQLException {
        if (rounds.block().isPresent()) {
            shelf.put(rounds.block().get());
        }
        var delete =
                database.prepare("DELETE FROM entries WHERE lane = ? AND pos > ? AND pos <= ?");
        delete.setInt(1, Codes.of(Lane.READING));
        delete.setLong(2, packed());
        delete.setLong(3, rounds.toPos());
        delete.executeUpdate();
        for (var row : rounds.leftOut()) {
            insert(row);
        }
        put(PACKED, Long.toString(rounds.toPos()));
    }

    private void put(String note, String value) throws SQLException {
        var meta = database.prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)");
        meta.setString(1, note);
        meta.setString(2, value);
        meta.executeUpdate();
    }

    private void put(EpochRow epoch) throws SQLException {
        var insert = database.prepare("INSERT OR REPLACE INTO epochs VALUES (?, ?, ?)");
        insert.setInt(1, epoch.no());
        insert.setString(2, epoch.id());
        insert.setString(3, epoch.binding());
        insert.executeUpdate();
    }

    private void put(Row row) throws SQLException {
        if (ring.fits(row)) {
            ring.put(row);
        } else {
            insert(row);
        }
    }

    private void insert(Row row) throws SQLException {
        var entry = database.prepare("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)");
        entry.setLong(1, row.pos());
        entry.setInt(2, Codes.of(row.lane()));
        entry.setBytes(3, row.bytes());
        entry.setInt(4, row.check());
        entry.executeUpdate();
    }

    private void put(NodeRow node) throws SQLException {
        var insert = database.prepare("INSERT OR REPLACE INTO nodes VALUES (?, ?, ?, ?)");
        insert.setInt(1, node.epochNo());
        insert.setInt(2, node.level());
        insert.setLong(3, node.index());
        insert.setBytes(4, node.hash());
        insert.executeUpdate();
    }

    private void rollBack(SQLException cause) {
        try {
            database.run(List.of("ROLLBACK"));
        } catch (SQLException e) {
            // After a full disk or an I/O error SQLite has often rolled back by itself already.
            cause.addSuppressed(e);
        }
    }

    /** Rows from {@code fromPos} to before {@code endPos}, ascending, of all lanes. */
    public List<Row> rows(long fromPos, long endPos, int max) {
        return database.trying(
                "read",
                () ->
                        withRounds(
                                rows(database.prepare(ALL), 1, fromPos, endPos, max),
                                fromPos,
                                endPos,
                                max));
    }

    /** Rows of one lane from {@code fromPos} to before {@code endPos}, ascending. */
    public List<Row> rows(Lane lane, long fromPos, long endPos, int max) {
        return database.trying(
                "read",
                () -> {
                    var query = database.prepare(OF_LANE);
                    query.setInt(1, Codes.of(lane));
                    var rows = rows(query, 2, fromPos, endPos, max);
                    return lane == Lane.READING ? withRounds(rows, fromPos, endPos, max) : rows;
                });
    }

    /** The rows of the table with those of the ring and of blocks between them. */
    private List<Row> withRounds(List<Row> rows, long fromPos, long endPos, int max)
            throws SQLException {
        var packed = merged(rows, shelf.rows(fromPos, endPos, max), max);
        return merged(packed, ring.rows(fromPos, endPos, max), max);
    }

    private static List<Row> merged(List<Row> rows, List<Row> more, int max) {
        if (more.isEmpty()) {
            return rows;
        }
        rows.addAll(more);
        rows.sort(Comparator.comparingLong(Row::pos));
        return rows.size() <= max ? rows : rows.subList(0, max);
    }

    private static List<Row> rows(
            PreparedStatement query, int at, long fromPos, long endPos, int max)
            throws SQLException {
        query.setLong(at, fromPos);
        query.setLong(at + 1, endPos);
        query.setInt(at + 2, max);
        var rows = new ArrayList<Row>();
        try (var found = query.executeQuery()) {
            while (found.next()) {
                rows.add(row(found));
            }
        }
        return rows;
    }

    /** A damaged row may hold anything; whoever reads it holds its bytes to its check. */
    private static Row row(ResultSet found) throws SQLException {
        var bytes = found.getBytes(3);
        return new Row(
                found.getLong(1),
                lane(found.getInt(2)),
                bytes == null ? new byte[0] : bytes,
                found.getInt(4));
    }

    private static Lane lane(int code) {
        try {
            return Codes.numbered(Lane.values(), Codes::of, code);
        } catch (Cbor.Unknown e) {
            return Lane.NONE;
        }
    }

    /**
     * The highest position of the lane before {@code pos} and not before {@code fromPos}; 0 if
     * there is none.
     */
    public long before(Lane lane, long fromPos, long pos) {
        return database.trying(
                "read",
                () -> {
                    var query = database.prepare(BEFORE_IN_LANE);
                    query.setInt(1, Codes.of(lane));
                    query.setLong(2, fromPos);
                    query.setLong(3, pos);
                    var before = Database.number(query);
                    if (lane != Lane.READING) {
                        return before;
                    }
                    var inRing = ring.before(fromPos, pos);
                    // What is in the ring is newer than what is packed.
                    return Math.max(before, inRing > 0 ? inRing : shelf.before(fromPos, pos));
                });
    }

    /** The highest position of any lane before {@code pos}; 0 if there is none. */
    public long before(long pos) {
        return database.trying(
                "read",
                () -> {
                    var query = database.prepare("SELECT max(pos) FROM entries WHERE pos < ?");
                    query.setLong(1, pos);
                    var row = Math.max(Database.number(query), ring.before(0, pos));
                    return Math.max(row, shelf.before(0, pos));
                });
    }

    /** Up to here rounds are packed, or looked at and left as rows; 0 when none are. */
    public long packed() {
        return note(PACKED).map(Long::parseLong).orElse(0L);
    }

    /** Rows of the reading lane that are not packed yet, oldest first. */
    public List<Row> unpacked(int max) {
        return database.trying(
                "read",
                () -> {
                    var fromPos = packed() + 1;
                    var query = database.prepare(OF_LANE);
                    query.setInt(1, Codes.of(Lane.READING));
                    return merged(
                            rows(query, 2, fromPos, Long.MAX_VALUE, max),
                            ring.rows(fromPos, Long.MAX_VALUE, max),
                            max);
                });
    }

    /** Rounds of a block that was found not to open. */
    public record Lost(long fromPos, long lastPos, String why) {}

    /** Blocks that were found damaged, each told once. */
    public List<Lost> damaged() {
        return shelf.damaged().stream()
                .map(lost -> new Lost(lost.fromPos(), lost.lastPos(), lost.why()))
                .toList();
    }

    /** The hours that were packed and begin from {@code fromPos} on, ascending. */
    public List<Hour> hours(long fromPos, int max) {
        return database.trying("read", () -> shelf.hours(fromPos, max));
    }

    /** What all subjects have in common in a block; empty when its rounds were dropped. */
    public Optional<byte[]> head(long pos) {
        return database.trying("read", () -> shelf.head(pos));
    }

    /** What a block says of one subject. */
    @SuppressWarnings("ArrayRecordComponent") // handed from room to room, never compared
    public record Packed(byte[] head, byte[] column) {}

    /** What a block says of one subject, if it is there and sound. */
    public Optional<Packed> packed(long pos, String subject) {
        return database.trying("read", () -> shelf.packed(pos, subject));
    }

    /**
     * The summaries of a curve of the blocks that begin between two positions, ascending, each
     * under the position of its block. A damaged one is not among them.
     */
    public SequencedMap<Long, byte[]> summaries(
            String subject, Measure measure, long fromPos, long endPos) {
        return database.trying("read", () -> shelf.summaries(subject, measure, fromPos, endPos));
    }

    /** Rows from {@code fromPos} on that stand in no block and not in the ring, ascending. */
    public List<Row> loose(long fromPos, int max) {
        return database.trying(
                "read", () -> rows(database.prepare(ALL), 1, fromPos, Long.MAX_VALUE, max));
    }

    /** The same of the reading lane: rounds that could not be packed. */
    public List<Row> looseRounds(long fromPos, long endPos, int max) {
        return database.trying(
                "read",
                () -> {
                    var query = database.prepare(OF_LANE);
                    query.setInt(1, Codes.of(Lane.READING));
                    return rows(query, 2, fromPos, endPos, max);
                });
    }

    /** Rounds of the ring that are not packed, ascending. */
    public List<Row> ringRounds(long fromPos, long endPos) {
        return database.trying("read", () -> ring.rows(fromPos, endPos, Ring.SLOTS));
    }

    /** What the database's file holds, in bytes, without the pages that wait to be used again. */
    public long usedBytes() {
        return (pages("page_count") - pages("freelist_count")) * pages("page_size");
    }

    /** Pages inside the file that wait to be used again, in bytes. */
    public long freeBytes() {
        return pages("freelist_count") * pages("page_size");
    }

    private long pages(String pragma) {
        return ask("PRAGMA " + pragma).map(Long::parseLong).orElse(0L);
    }

    /** How many slots of the ring are taken, in hundredths. */
    public int ringFill() {
        return ring.fill();
    }

    /** Rows of a lane from {@code fromPos} to before {@code endPos}. */
    public long count(Lane lane, long fromPos, long endPos) {
        return database.trying(
                "read",
                () -> {
                    var query = database.prepare(COUNT_IN_LANE);
                    query.setInt(1, Codes.of(lane));
                    query.setLong(2, fromPos);
                    query.setLong(3, endPos);
                    var count = Database.number(query);
                    return lane == Lane.READING
                            ? count + ring.count(fromPos, endPos) + shelf.count(fromPos, endPos)
                            : count;
                });
    }

    /** The hash of a perfect subtree, if it is kept. */
    public Optional<byte[]> node(int epochNo, int level, long index) {
        return database.trying(
                "read",
                () -> {
                    var query =
                            database.prepare(
                                    "SELECT hash FROM nodes"
                                            + " WHERE epoch = ? AND level = ? AND place = ?");
                    query.setInt(1, epochNo);
                    query.setInt(2, level);
                    query.setLong(3, index);
                    return Database.blob(query);
                });
    }

    public Optional<byte[]> snapshot() {
        return database.trying(
                "read", () -> Database.blob(database.prepare("SELECT state FROM snapshot")));
    }

    public Optional<byte[]> progress(Slot slot) {
        return database.trying("read", () -> deliveries.progress(slot));
    }

    /** Copies the log into the database, so that the log can be begun anew. */
    public void checkpoint() {
        ask("PRAGMA wal_checkpoint(RESTART)");
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
        try (force;
                database) {
            ring.release(0, Long.MAX_VALUE);
        } catch (IOException e) {
            throw new JournalException("cannot close " + name() + ": " + e, e);
        }
    }

    private void settle() throws SQLException {
        var shape = Database.number(database.prepare("PRAGMA user_version"));
        if (shape == SHAPE) {
            return;
        }
        if (shape != 0) {
            throw new JournalException(
                    name()
                            + ": written by another mingchu (tables "
                            + shape
                            + ", this program knows "
                            + SHAPE
                            + "); install that version again");
        }
        database.run(List.of("BEGIN IMMEDIATE"));
        database.run(TABLES);
        database.run(List.of("COMMIT"));
    }
}
