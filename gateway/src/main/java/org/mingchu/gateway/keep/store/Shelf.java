package org.mingchu.gateway.keep.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.Codes;
import org.mingchu.gateway.keep.pack.Blob;
import org.mingchu.gateway.keep.pack.Block;
import org.mingchu.gateway.keep.pack.Head;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.keep.pack.Summary;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * The packed rounds. A block is one row, because it is written and dropped as one, and rows of a
 * few hundred bytes would leave a fifth of each page empty; its summaries lie by curve ({@link
 * Strips}), because a chart of a month asks for those of one. One thread.
 */
final class Shelf {
    static final List<String> TABLES =
            List.of(
                    Subjects.TABLE,
                    "CREATE TABLE blocks(pos INTEGER PRIMARY KEY, last INTEGER NOT NULL,"
                            + " rounds INTEGER NOT NULL, head BLOB NOT NULL,"
                            + " columns BLOB NOT NULL)",
                    Strips.TABLE,
                    "CREATE TABLE hours(pos INTEGER PRIMARY KEY, last INTEGER NOT NULL,"
                            + " boot TEXT NOT NULL, from_ns INTEGER NOT NULL,"
                            + " to_ns INTEGER NOT NULL, from_ms INTEGER NOT NULL,"
                            + " to_ms INTEGER NOT NULL, from_clock INTEGER NOT NULL,"
                            + " to_clock INTEGER NOT NULL, from_error_ms INTEGER NOT NULL,"
                            + " to_error_ms INTEGER NOT NULL, row_check INTEGER NOT NULL)");

    private final Database database;
    private final Strips strips;

    /** The block that was opened last: rows are asked for one after the other. */
    private Optional<Opened> opened = Optional.empty();

    /** By position: only one block stays laid out, so the same is found again and again. */
    private final SequencedMap<Long, Lost> damaged = new LinkedHashMap<>();

    Shelf(Database database) {
        this.database = database;
        strips = new Strips(database, new Subjects(database));
    }

    /** Rounds of a block that does not open. */
    record Lost(long fromPos, long lastPos, long rounds, String why) {}

    /** A block whose entries are laid out. */
    private static final class Opened {
        private final long pos;
        private final List<Row> rows;

        Opened(long pos, List<Row> rows) {
            this.pos = pos;
            this.rows = rows;
        }
    }

    void put(BlockRow row) throws SQLException {
        opened = Optional.empty(); // it may say that there is no block yet
        var block = row.block();
        var columns = new ByteArrayOutputStream();
        block.columns().values().forEach(columns::writeBytes);
        var insert = database.prepare("INSERT OR REPLACE INTO blocks VALUES (?, ?, ?, ?, ?)");
        insert.setLong(1, row.pos());
        insert.setLong(2, row.last());
        insert.setInt(3, block.head().rounds());
        insert.setBytes(4, block.head().bytes());
        insert.setBytes(5, columns.toByteArray());
        insert.executeUpdate();
        for (var summary : block.summaries()) {
            strips.put(Pos.epochNo(row.pos()), summary);
        }
        putHour(row);
    }

    /** When the block was: stays when its rounds are dropped, as its summaries do. */
    private void putHour(BlockRow row) throws SQLException {
        var head = row.block().head();
        var last = head.at(head.rounds() - 1);
        put(
                new Hour(row.pos(), row.last(), head.at(0), last, head.rounds()),
                "INSERT OR REPLACE INTO hours VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    /**
     * A summary whose block is gone. When even its hour is not known, the summary says when that
     * was; in which boot is lost.
     */
    void putAlone(int epochNo, Summary summary) throws SQLException {
        strips.put(epochNo, summary);
        var pos = Pos.of(epochNo, summary.firstSeq());
        var span = summary.span();
        var from =
                new Moment(
                        "",
                        span.fromNs(),
                        span.fromMs(),
                        ClockState.UNSYNCED,
                        Moment.ERROR_UNKNOWN_MS);
        put(
                new Hour(pos, pos, from, from.before(span.fromNs() - span.toNs()), 0),
                "INSERT OR IGNORE INTO hours VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    private void put(Hour hour, String sql) throws SQLException {
        var put = database.prepare(sql);
        put.setLong(1, hour.pos());
        put.setLong(2, hour.last());
        put.setString(3, hour.from().boot());
        put.setLong(4, hour.from().upNs());
        put.setLong(5, hour.to().upNs());
        put.setLong(6, hour.from().wallMs());
        put.setLong(7, hour.to().wallMs());
        put.setInt(8, Codes.of(hour.from().clock()));
        put.setInt(9, Codes.of(hour.to().clock()));
        put.setLong(10, hour.from().errorMs());
        put.setLong(11, hour.to().errorMs());
        put.setInt(12, check(hour));
        put.executeUpdate();
    }

    /** The hours that begin from {@code fromPos} on, ascending. */
    List<Hour> hours(long fromPos, int max) throws SQLException {
        var query =
                database.prepare(
                        "SELECT h.pos, h.last, h.boot, h.from_ns, h.to_ns, h.from_ms, h.to_ms,"
                                + " h.from_clock, h.to_clock, h.from_error_ms, h.to_error_ms,"
                                + " coalesce(b.rounds, 0), h.row_check"
                                + " FROM hours h LEFT JOIN blocks b ON b.pos = h.pos"
                                + " WHERE h.pos >= ? ORDER BY h.pos LIMIT ?");
        query.setLong(1, fromPos);
        query.setInt(2, max);
        var hours = new ArrayList<Hour>();
        try (var found = query.executeQuery()) {
            while (found.next()) {
                hours.add(hour(found));
            }
        }
        return hours;
    }

    private Hour hour(ResultSet found) throws SQLException {
        var hour =
                new Hour(
                        found.getLong(1),
                        found.getLong(2),
                        moment(found, 0),
                        moment(found, 1),
                        found.getInt(12));
        if (found.getInt(13) != check(hour)) {
            throw new JournalException(
                    database.name() + " is damaged: the hour at " + hour.pos() + " fails its check",
                    JournalException.Kind.DAMAGED);
        }
        return hour;
    }

    /** Over all but the rounds, which are dropped. */
    private static int check(Hour hour) {
        var crc = new CRC32C();
        crc.update((hour.pos() + " " + hour.last()).getBytes(UTF_8));
        for (var at : List.of(hour.from(), hour.to())) {
            var clock = Codes.of(at.clock());
            var words = " " + at.boot() + " " + at.upNs() + " " + at.wallMs() + " " + clock;
            crc.update((words + " " + at.errorMs()).getBytes(UTF_8));
        }
        return (int) crc.getValue();
    }

    /** The last position that was ever packed; 0 when none was. */
    long lastPacked() throws SQLException {
        return Database.number(
                database.prepare("SELECT last FROM hours ORDER BY pos DESC LIMIT 1"));
    }

    /** The first or the second of an hour. */
    private static Moment moment(ResultSet found, int which) throws SQLException {
        return new Moment(
                found.getString(3),
                found.getLong(4 + which),
                found.getLong(6 + which),
                Codes.numbered(ClockState.values(), Codes::of, found.getInt(8 + which)),
                found.getLong(10 + which));
    }

    /** The rounds from {@code fromPos} to before {@code endPos}, ascending, whole blocks undone. */
    List<Row> rows(long fromPos, long endPos, int max) throws SQLException {
        var rows = new ArrayList<Row>();
        for (var block : blocks(fromPos, endPos, max)) {
            for (var row : open(block)) {
                if (row.pos() >= fromPos && row.pos() < endPos) {
                    rows.add(row);
                }
            }
            if (rows.size() >= max) {
                break;
            }
        }
        return rows;
    }

    /** Blocks that hold rounds between two positions, ascending. */
    List<Long> blocks(long fromPos, long endPos, int max) throws SQLException {
        var positions = new ArrayList<Long>();
        var before = lastBlock(fromPos);
        var query =
                database.prepare(
                        "SELECT pos FROM blocks WHERE pos >= ? AND pos < ? AND last >= ?"
                                + " ORDER BY pos LIMIT ?");
        query.setLong(1, before.orElse(fromPos));
        query.setLong(2, endPos);
        query.setLong(3, fromPos);
        query.setInt(4, max);
        try (var found = query.executeQuery()) {
            while (found.next()) {
                positions.add(found.getLong(1));
            }
        }
        return positions;
    }

    /** The block that begins last at or before a position. */
    private OptionalLong lastBlock(long pos) throws SQLException {
        var query =
                database.prepare("SELECT pos FROM blocks WHERE pos <= ? ORDER BY pos DESC LIMIT 1");
        query.setLong(1, pos);
        try (var found = query.executeQuery()) {
            return found.next() ? OptionalLong.of(found.getLong(1)) : OptionalLong.empty();
        }
    }

    /** The rounds of a block; none when it is damaged, which its check tells. */
    private List<Row> open(long pos) throws SQLException {
        if (opened.isEmpty() || opened.get().pos != pos) {
            opened = Optional.of(new Opened(pos, laidOut(pos)));
        }
        return opened.get().rows;
    }

    private List<Row> laidOut(long pos) throws SQLException {
        var bytes = head(pos);
        if (bytes.isEmpty()) {
            return List.of();
        }
        try {
            var head = Head.of(bytes.get());
            var entries = Block.entries(head, columns(pos).map(Shelf::apart).orElse(List.of()));
            var rows = new ArrayList<Row>();
            for (var i = 0; i < entries.size(); i++) {
                rows.add(
                        new Row(
                                Pos.of(Pos.epochNo(pos), head.seq(i)),
                                Lane.READING,
                                entries.get(i),
                                head.check(i)));
            }
            return rows;
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            var why = String.valueOf(e.getMessage());
            damaged.put(pos, new Lost(pos, last(pos), rounds(pos), why));
            return List.of();
        }
    }

    /** Blocks that were found not to open since this was asked last. */
    List<Lost> damaged() {
        var told = List.copyOf(damaged.values());
        damaged.clear();
        return told;
    }

    Optional<byte[]> head(long pos) throws SQLException {
        var query = database.prepare("SELECT head FROM blocks WHERE pos = ?");
        query.setLong(1, pos);
        return Database.blob(query);
    }

    private Optional<byte[]> columns(long pos) throws SQLException {
        var query = database.prepare("SELECT columns FROM blocks WHERE pos = ?");
        query.setLong(1, pos);
        return Database.blob(query);
    }

    private static List<byte[]> apart(byte[] columns) {
        var apart = new ArrayList<byte[]>();
        Blob.each(columns, (_, column) -> apart.add(column));
        return apart;
    }

    /** See {@link Store#packed(String, long, long)}. */
    SequencedMap<Long, Store.Packed> packed(String subject, long fromPos, long endPos)
            throws SQLException {
        var query =
                database.prepare(
                        "SELECT pos, head, columns FROM blocks WHERE pos >= ? AND pos < ?"
                                + " ORDER BY pos");
        query.setLong(1, fromPos);
        query.setLong(2, endPos);
        var packed = new LinkedHashMap<Long, Store.Packed>();
        try (var found = query.executeQuery()) {
            while (found.next()) {
                var column = Blob.find(found.getBytes(3), subject);
                if (column.isPresent()) {
                    packed.put(found.getLong(1), new Store.Packed(found.getBytes(2), column.get()));
                }
            }
        }
        return packed;
    }

    /** See {@link Strips#between}. */
    SequencedMap<Long, byte[]> summaries(String subject, Measure measure, long fromPos, long endPos)
            throws SQLException {
        return strips.between(subject, measure, fromPos, endPos);
    }

    /**
     * The last round before a position and not before {@code fromPos}, still there or dropped; 0 if
     * there is none. Whoever got the next one was told of it, and is told the same again.
     */
    long before(long fromPos, long pos) throws SQLException {
        var query =
                database.prepare(
                        "SELECT pos, last FROM hours WHERE pos < ? ORDER BY pos DESC LIMIT 1");
        query.setLong(1, pos);
        var block = 0L;
        var inside = 0L;
        try (var found = query.executeQuery()) {
            if (found.next()) {
                block = found.getLong(1);
                inside = found.getLong(2) < pos ? found.getLong(2) : block;
            }
        }
        if (inside == block && block > 0) {
            for (var row : open(block)) {
                inside = row.pos() < pos ? row.pos() : inside;
            }
        }
        return inside < fromPos ? 0 : inside;
    }

    long count(long fromPos, long endPos) throws SQLException {
        var query =
                database.prepare(
                        "SELECT coalesce(sum(rounds), 0) FROM blocks WHERE pos >= ? AND last < ?");
        query.setLong(1, fromPos);
        query.setLong(2, endPos);
        return Database.number(query) + partly(fromPos, endPos);
    }

    /** Rounds of the at most two blocks that lie across a border. */
    private long partly(long fromPos, long endPos) throws SQLException {
        var across = new TreeSet<Long>();
        for (var border : List.of(fromPos, endPos)) {
            var block = lastBlock(border - 1);
            if (block.isPresent() && last(block.getAsLong()) >= border) {
                across.add(block.getAsLong());
            }
        }
        var count = 0L;
        for (var block : across) {
            count +=
                    open(block).stream()
                            .filter(r -> r.pos() >= fromPos && r.pos() < endPos)
                            .count();
        }
        return count;
    }

    private long last(long pos) throws SQLException {
        var query = database.prepare("SELECT last FROM blocks WHERE pos = ?");
        query.setLong(1, pos);
        return Database.number(query);
    }

    private long rounds(long pos) throws SQLException {
        var query = database.prepare("SELECT rounds FROM blocks WHERE pos = ?");
        query.setLong(1, pos);
        return Database.number(query);
    }

    /** Drops the rounds of a block; its summaries stay. */
    void drop(long pos) throws SQLException {
        var block = database.prepare("DELETE FROM blocks WHERE pos = ?");
        block.setLong(1, pos);
        block.executeUpdate();
        opened = Optional.empty();
    }

    /** After a refused commit: what is laid out may not be there. */
    void forget() {
        opened = Optional.empty();
    }
}
