package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.Codes;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads rows wherever they stand, in the table, in the ring or in blocks, as if they stood in one
 * place. One thread at a time.
 */
final class Rows {
    private static final String FROM = "SELECT pos, lane, bytes, leaf_check FROM entries WHERE ";
    private static final String ORDERED = "pos >= ? AND pos < ? ORDER BY pos LIMIT ?";
    private static final String ALL = FROM + ORDERED;
    private static final String OF_LANE = FROM + "lane = ? AND " + ORDERED;

    static final String BEFORE_IN_LANE =
            "SELECT pos FROM entries WHERE lane = ? AND pos >= ? AND pos < ?"
                    + " ORDER BY pos DESC LIMIT 1";

    private static final String NTH_BEFORE =
            "SELECT pos FROM entries WHERE lane = ? AND pos >= ? AND pos < ?"
                    + " ORDER BY pos DESC LIMIT 1 OFFSET ?";

    static final String COUNT_IN_LANE =
            "SELECT count(*) FROM entries WHERE lane = ? AND pos >= ? AND pos < ?";

    private static final String SUM = "SELECT count(*) || ' ' || coalesce(sum(pos - ?), 0) FROM ";
    private static final String SUMMED = " WHERE lane = ? AND pos >= ? AND pos < ?";

    private final Database database;
    private final Ring ring;
    private final Shelf shelf;

    Rows(Database database, Ring ring, Shelf shelf) {
        this.database = database;
        this.ring = ring;
        this.shelf = shelf;
    }

    /** Of all lanes from {@code fromPos} to before {@code endPos}, ascending. */
    List<Row> rows(long fromPos, long endPos, int max) throws SQLException {
        return withRounds(loose(fromPos, endPos, max), fromPos, endPos, max);
    }

    /** The same of one lane. */
    List<Row> rows(Lane lane, long fromPos, long endPos, int max) throws SQLException {
        var rows = loose(lane, fromPos, endPos, max);
        return lane == Lane.READING ? withRounds(rows, fromPos, endPos, max) : rows;
    }

    /** Rounds that are in no block, of which there are none before {@code fromPos}. */
    List<Row> unpacked(long fromPos, long endPos, int max) throws SQLException {
        return merged(
                loose(Lane.READING, fromPos, endPos, max), ring.rows(fromPos, endPos, max), max);
    }

    /** The last of a lane that stands in the table; 0 if there is none. */
    long lastLoose(Lane lane) throws SQLException {
        var query = database.prepare(BEFORE_IN_LANE);
        query.setInt(1, Codes.of(lane));
        query.setLong(2, 0);
        query.setLong(3, Long.MAX_VALUE);
        return Database.number(query);
    }

    /**
     * Whether the index of lanes tells the same of a range as the table does: one page of it that a
     * disk has lost would hide alarms from whoever asks for them.
     */
    boolean isIndexed(long fromPos, long endPos) throws SQLException {
        for (var lane : Lane.values()) {
            if (!sum(SUM + "entries INDEXED BY lanes" + SUMMED, lane, fromPos, endPos)
                    .equals(sum(SUM + "entries NOT INDEXED" + SUMMED, lane, fromPos, endPos))) {
                return false;
            }
        }
        return true;
    }

    private String sum(String sql, Lane lane, long fromPos, long endPos) throws SQLException {
        var query = database.prepare(sql);
        query.setLong(1, fromPos);
        query.setInt(2, Codes.of(lane));
        query.setLong(3, fromPos);
        query.setLong(4, endPos);
        try (var found = query.executeQuery()) {
            return found.next() ? String.valueOf(found.getString(1)) : "";
        }
    }

    /** Those of the table alone. */
    List<Row> loose(long fromPos, long endPos, int max) throws SQLException {
        return found(database.prepare(ALL), 1, fromPos, endPos, max);
    }

    /** The same of one lane. */
    List<Row> loose(Lane lane, long fromPos, long endPos, int max) throws SQLException {
        var query = database.prepare(OF_LANE);
        query.setInt(1, Codes.of(lane));
        return found(query, 2, fromPos, endPos, max);
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

    /**
     * SQLite seeks the first and goes on to the last, whatever stands between them: a row out of
     * its place is a page out of its place, which a disk shows that has lost a write.
     */
    private List<Row> found(PreparedStatement query, int at, long fromPos, long endPos, int max)
            throws SQLException {
        query.setLong(at, fromPos);
        query.setLong(at + 1, endPos);
        query.setInt(at + 2, max);
        var rows = new ArrayList<Row>();
        var least = fromPos;
        try (var found = query.executeQuery()) {
            while (found.next()) {
                var row = row(found);
                if (row.pos() < least || row.pos() >= endPos) {
                    throw new JournalException(
                            "%s is damaged: a row stands at %d, where none before %d can be"
                                    .formatted(database.name(), row.pos(), least),
                            JournalException.Kind.DAMAGED);
                }
                least = row.pos() + 1;
                rows.add(row);
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

    /** The highest position of the lane in a range; 0 if there is none. */
    long before(Lane lane, long fromPos, long pos) throws SQLException {
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
    }

    /**
     * Where the last {@code count} of a lane before {@code pos} begin; 0 when there are fewer. Not
     * of the reading lane: most of that is packed.
     */
    long lastBefore(Lane lane, long fromPos, long pos, int count) throws SQLException {
        var query = database.prepare(NTH_BEFORE);
        query.setInt(1, Codes.of(lane));
        query.setLong(2, fromPos);
        query.setLong(3, pos);
        query.setInt(4, count - 1);
        return Database.number(query);
    }

    /** The highest position of any lane before {@code pos}; 0 if there is none. */
    long before(long pos) throws SQLException {
        var query = database.prepare("SELECT max(pos) FROM entries WHERE pos < ?");
        query.setLong(1, pos);
        var row = Math.max(Database.number(query), ring.before(0, pos));
        return Math.max(row, shelf.before(0, pos));
    }

    /** How many of a lane stand in a range. */
    long count(Lane lane, long fromPos, long endPos) throws SQLException {
        var query = database.prepare(COUNT_IN_LANE);
        query.setInt(1, Codes.of(lane));
        query.setLong(2, fromPos);
        query.setLong(3, endPos);
        var count = Database.number(query);
        return lane == Lane.READING
                ? count + ring.count(fromPos, endPos) + shelf.count(fromPos, endPos)
                : count;
    }
}
