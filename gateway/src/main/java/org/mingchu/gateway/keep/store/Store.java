package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.keep.store.Batch.Slot;
import org.sqlite.SQLiteConnection;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The seam below the journal: rows of bytes in SQLite, written all or none. It knows nothing of
 * what the bytes mean. {@link FileStore} and {@link MemoryStore} open it. One thread at a time;
 * every method throws {@link JournalException} when the file fails.
 */
public final class Store implements AutoCloseable {
    private final Database database;
    private final Notes notes;
    private final Ring ring;
    private final Shelf shelf;
    private final Deliveries deliveries;
    private final Nodes nodes;
    private final Rows rows;
    private final BatchWriter writer;
    private final Force force;

    /** A commit was written and may not be on the disk: the log must begin anew before the next. */
    private boolean suspect;

    private long lastPos;

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
        notes = new Notes(database);
        ring = new Ring(database);
        shelf = new Shelf(database);
        deliveries = new Deliveries(database);
        nodes = new Nodes(database);
        rows = new Rows(database, ring, shelf);
        writer = new BatchWriter(database, notes, ring, shelf, deliveries, nodes);
        this.force = force;
        if (Tables.settle(database)) {
            forceTables();
        }
        deliveries.load();
        ring.load();
        releasePacked();
        lastPos = before(Long.MAX_VALUE);
    }

    /** What the note says beyond the blocks and the rows that were left out would lose rounds. */
    private void releasePacked() throws SQLException {
        var packed = packed();
        var proven = Math.max(shelf.lastPacked(), rows.lastLoose(Lane.READING));
        if (packed > proven) {
            throw new JournalException(
                    name()
                            + " is damaged: rounds are said to be packed up to "
                            + packed
                            + ", but there are none behind "
                            + proven,
                    JournalException.Kind.DAMAGED);
        }
        ring.release(0, packed + 1);
    }

    /** Like every commit, before the next one: no two may break in one power cut. */
    private void forceTables() {
        try {
            force.run();
        } catch (IOException e) {
            throw new JournalException("cannot make the tables of " + name() + ": " + e, e);
        }
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
                                            known("id", Optional.ofNullable(found.getString(2))),
                                            known(
                                                    "binding",
                                                    Optional.ofNullable(found.getString(3)))));
                        }
                    }
                    return epochs;
                });
    }

    /** No row was ever written without: a page that a disk has lost may show one all the same. */
    private String known(String column, Optional<String> value) {
        return value.orElseThrow(() ->
                new JournalException(
                        name() + " is damaged: an epoch without " + column,
                        JournalException.Kind.DAMAGED));
    }

    /** A small fact about the file itself, written by {@link Batch#note}. */
    public Optional<String> note(String name) {
        return notes.note(name);
    }

    /**
     * The same, read; empty when there is none, or an empty one.
     *
     * @throws JournalException as damage, when it says nothing
     */
    public <T> Optional<T> note(String name, Function<String, T> reader) {
        try {
            return note(name).filter(note -> !note.isEmpty()).map(reader);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new JournalException(
                    "%s is damaged: its note \"%s\" says nothing (%s)".formatted(name(), name, e),
                    JournalException.Kind.DAMAGED);
        }
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
                            if (suspect) {
                                writer.eraseFrom(lastPos + 1);
                            }
                            writer.put(batch);
                            database.prepare("COMMIT").execute();
                        } catch (SQLException | RuntimeException e) {
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
            shelf.forget();
            // Before anything is written over them, the next commit brings the block to the disk.
            batch.shelved().ifPresent(rounds -> ring.release(0, rounds.toPos() + 1));
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

    private void rollBack(Exception cause) {
        try {
            database.run(List.of("ROLLBACK"));
        } catch (SQLException e) {
            // After a full disk or an I/O error SQLite has often rolled back by itself already.
            cause.addSuppressed(e);
        }
    }

    /** Rows from {@code fromPos} to before {@code endPos}, ascending, of all lanes. */
    public List<Row> rows(long fromPos, long endPos, int max) {
        return database.trying("read", () -> rows.rows(fromPos, endPos, max));
    }

    /** Rows of one lane from {@code fromPos} to before {@code endPos}, ascending. */
    public List<Row> rows(Lane lane, long fromPos, long endPos, int max) {
        return database.trying("read", () -> rows.rows(lane, fromPos, endPos, max));
    }

    /**
     * The highest position of the lane before {@code pos} and not before {@code fromPos}; 0 if
     * there is none.
     */
    public long before(Lane lane, long fromPos, long pos) {
        return database.trying("read", () -> rows.before(lane, fromPos, pos));
    }

    /** Where the last {@code count} of a lane of single rows begin; 0 when there are fewer. */
    public long lastBefore(Lane lane, long fromPos, long pos, int count) {
        return database.trying("read", () -> rows.lastBefore(lane, fromPos, pos, count));
    }

    /** Whether a lane shows what stands from {@code fromPos} to before {@code endPos}. */
    public boolean isIndexed(long fromPos, long endPos) {
        return database.trying("read", () -> rows.isIndexed(fromPos, endPos));
    }

    /** The highest position of any lane before {@code pos}; 0 if there is none. */
    public long before(long pos) {
        return database.trying("read", () -> rows.before(pos));
    }

    /** Up to here rounds are packed, or looked at and left as rows; 0 when none are. */
    public long packed() {
        return notes.packed();
    }

    /** Rows of the reading lane that are not packed yet, oldest first. */
    public List<Row> unpacked(int max) {
        return unpacked(0, max);
    }

    /** The same from a position on. */
    public List<Row> unpacked(long fromPos, int max) {
        return database.trying(
                "read", () -> rows.unpacked(Math.max(fromPos, packed() + 1), lastPos + 1, max));
    }

    /** Rounds of a block that was found not to open. */
    public record Lost(long fromPos, long lastPos, long rounds, String why) {}

    /** Blocks that were found damaged since this was asked last. */
    public List<Lost> damaged() {
        return shelf.damaged().stream()
                .map(lost -> new Lost(lost.fromPos(), lost.lastPos(), lost.rounds(), lost.why()))
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

    /** What the blocks that begin between two positions say of one subject, where it is sound. */
    public SequencedMap<Long, Packed> packed(String subject, long fromPos, long endPos) {
        return database.trying("read", () -> shelf.packed(subject, fromPos, endPos));
    }

    /**
     * The summaries of a curve of the blocks that begin between two positions, ascending, each
     * under the position of its block; a damaged one is not sorted out.
     */
    public SequencedMap<Long, byte[]> summaries(
            String subject, Measure measure, long fromPos, long endPos) {
        return database.trying("read", () -> shelf.summaries(subject, measure, fromPos, endPos));
    }

    /** Rows from {@code fromPos} on that stand in no block and not in the ring, ascending. */
    public List<Row> loose(long fromPos, int max) {
        return database.trying("read", () -> rows.loose(fromPos, Long.MAX_VALUE, max));
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
        return database.trying("read", () -> rows.count(lane, fromPos, endPos));
    }

    /** The hash of a perfect subtree, if it is kept. */
    public Optional<byte[]> node(int epochNo, int level, long index) {
        return database.trying("read", () -> nodes.hash(epochNo, level, index));
    }

    /** The last one; empty when its check does not hold: it is made again of the entries. */
    public Optional<byte[]> snapshot() {
        return database.trying(
                        "read", () -> Database.blob(database.prepare("SELECT state FROM snapshot")))
                .flatMap(Sealed::open);
    }

    public Optional<byte[]> progress(Slot slot) {
        return database.trying("read", () -> deliveries.progress(slot));
    }

    /** How far every platform is in every lane of every epoch. */
    public Map<Slot, byte[]> progress() {
        return database.trying("read", deliveries::all);
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
}
