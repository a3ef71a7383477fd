package org.mingchu.gateway.keep.store;

import org.jspecify.annotations.Nullable;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.entry.Codes;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The latest rounds, in rows that were made once with their full size and are written over. A new
 * row would take a new page: that page, its parent and page 1 would all go to the card for one
 * round. Writing over a row of the same size touches its own page only. Rounds leave the ring when
 * they are packed; nothing has to be deleted for that. One thread.
 */
final class Ring {
    /** Rows: two hours and three quarters of rounds at 10 s. */
    static final int SLOTS = 1000;

    /** The largest entry that fits, in bytes; one cell fills one page of 1 KiB. */
    static final int ENTRY_MAX = 960;

    private static final int HEAD = Long.BYTES + 1 + Short.BYTES + Integer.BYTES;

    /** Makes the rows when the tables are made. */
    static final String FILL =
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < "
                    + (SLOTS - 1)
                    + ") INSERT INTO ring SELECT i, zeroblob("
                    + (HEAD + ENTRY_MAX)
                    + ") FROM n";

    private final Database database;
    private final NavigableMap<Long, Integer> slotByPos = new TreeMap<>();
    private final BitSet taken = new BitSet(SLOTS);

    Ring(Database database) {
        this.database = database;
    }

    /**
     * Finds out which slot holds what. A disk that has lost a write may show another page of the
     * ring in its place: a slot that is not where it was made proves that.
     */
    void load() throws SQLException {
        slotByPos.clear();
        taken.clear();
        var all = database.prepare("SELECT slot, substr(cell, 1, 8) FROM ring ORDER BY slot");
        var expected = 0;
        try (var found = all.executeQuery()) {
            while (found.next()) {
                var slot = found.getLong(1);
                if (slot != expected || slot >= SLOTS) {
                    throw damaged("slot " + slot + " stands where " + expected + " was made");
                }
                var pos = pos(found.getBytes(2));
                if (pos > 0) {
                    take(pos, expected);
                }
                expected++;
            }
        }
        if (expected < SLOTS) {
            throw damaged("slot " + expected + " is gone");
        }
    }

    private JournalException damaged(String why) {
        return new JournalException(
                database.name() + " is damaged: in the ring of rounds " + why,
                JournalException.Kind.DAMAGED);
    }

    /** 0 where none stands, also in a damaged cell. */
    private static long pos(byte @Nullable [] start) {
        return start == null || start.length < Long.BYTES ? 0 : ByteBuffer.wrap(start).getLong();
    }

    boolean fits(Row row) {
        return row.lane() == Lane.READING
                && row.bytes().length <= ENTRY_MAX
                && (slotByPos.size() < SLOTS || slotByPos.containsKey(row.pos()));
    }

    void put(Row row) throws SQLException {
        var slot = slotByPos.containsKey(row.pos()) ? slotByPos.get(row.pos()) : freeSlot();
        write(slot, cell(row));
        take(row.pos(), slot);
    }

    private void take(long pos, int slot) {
        slotByPos.put(pos, slot);
        taken.set(slot);
    }

    /** The free slot after the newest: neighbours in time are neighbours on the card. */
    private int freeSlot() {
        var newest = slotByPos.isEmpty() ? -1 : slotByPos.lastEntry().getValue();
        var slot = taken.nextClearBit(newest + 1);
        return slot < SLOTS ? slot : taken.nextClearBit(0);
    }

    private void write(int slot, byte[] cell) throws SQLException {
        var update = database.prepare("UPDATE ring SET cell = ? WHERE slot = ?");
        update.setBytes(1, cell);
        update.setInt(2, slot);
        if (update.executeUpdate() != 1) {
            throw damaged("slot " + slot + " is gone");
        }
    }

    /** Rows from {@code fromPos} to before {@code endPos}, ascending. */
    List<Row> rows(long fromPos, long endPos, int max) throws SQLException {
        var rows = new ArrayList<Row>();
        var wanted = slotByPos.subMap(fromPos, endPos).entrySet().stream().limit(max).toList();
        for (var from = 0; from < wanted.size(); ) {
            var end = from + 1;
            while (end < wanted.size() && slot(wanted, end) == slot(wanted, end - 1) + 1) {
                end++;
            }
            read(wanted.subList(from, end), rows);
            from = end;
        }
        return rows;
    }

    private static int slot(List<Map.Entry<Long, Integer>> wanted, int i) {
        return wanted.get(i).getValue();
    }

    /** Neighbours in one go: an hour row by row would take longer than a chart of a month. */
    private void read(List<Map.Entry<Long, Integer>> neighbours, List<Row> rows)
            throws SQLException {
        var query =
                database.prepare("SELECT cell FROM ring WHERE slot BETWEEN ? AND ? ORDER BY slot");
        query.setInt(1, slot(neighbours, 0));
        query.setInt(2, slot(neighbours, neighbours.size() - 1));
        var expected = neighbours.iterator();
        try (var found = query.executeQuery()) {
            while (found.next() && expected.hasNext()) {
                add(found.getBytes(1), expected.next(), rows);
            }
        }
        if (expected.hasNext()) {
            throw damaged("slot " + expected.next().getValue() + " is gone");
        }
    }

    /** A cell that makes no sense is a round that is missing; another round's is another page. */
    private void add(byte @Nullable [] cell, Map.Entry<Long, Integer> expected, List<Row> rows) {
        var row = Optional.ofNullable(cell).flatMap(Ring::row);
        if (row.isPresent()) {
            if (row.get().pos() != expected.getKey()) {
                throw damaged(
                        "slot %d holds %d instead of %d"
                                .formatted(
                                        expected.getValue(), row.get().pos(), expected.getKey()));
            }
            rows.add(row.get());
        }
    }

    /** The position before {@code pos} and not before {@code fromPos}; 0 if there is none. */
    long before(long fromPos, long pos) {
        var lower = slotByPos.lowerKey(pos);
        return lower == null || lower < fromPos ? 0 : lower;
    }

    /** How many slots are taken, in hundredths. */
    int fill() {
        return slotByPos.size() * 100 / SLOTS;
    }

    int count(long fromPos, long endPos) {
        return slotByPos.subMap(fromPos, endPos).size();
    }

    /** They are kept elsewhere: their slots may be written over. Nothing is written now. */
    void release(long fromPos, long endPos) {
        var released = slotByPos.subMap(fromPos, endPos);
        released.values().forEach(taken::clear);
        released.clear();
    }

    /** Empties the slots of what a refused commit may have left from {@code pos} on. */
    void eraseFrom(long pos) throws SQLException {
        var erase =
                database.prepare(
                        "UPDATE ring SET cell = zeroblob("
                                + (HEAD + ENTRY_MAX)
                                + ") WHERE substr(cell, 1, 8) >= ?");
        erase.setBytes(1, ByteBuffer.allocate(Long.BYTES).putLong(pos).array());
        erase.executeUpdate();
    }

    static byte[] cell(Row row) {
        return ByteBuffer.allocate(HEAD + ENTRY_MAX)
                .putLong(row.pos())
                .put((byte) Codes.of(row.lane()))
                .putShort((short) row.bytes().length)
                .putInt(row.check())
                .put(row.bytes())
                .array();
    }

    /** What stands in a cell; empty when nothing sensible does. */
    static Optional<Row> row(byte[] cell) {
        if (cell.length != HEAD + ENTRY_MAX) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(cell);
        var pos = in.getLong();
        var lane = in.get();
        var size = in.getShort();
        var check = in.getInt();
        if (pos <= 0 || lane != Codes.of(Lane.READING) || size <= 0 || size > ENTRY_MAX) {
            return Optional.empty();
        }
        var bytes = new byte[size];
        in.get(bytes);
        return Optional.of(new Row(pos, Lane.READING, bytes, check));
    }
}
