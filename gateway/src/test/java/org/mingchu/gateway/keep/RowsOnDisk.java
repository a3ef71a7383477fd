package org.mingchu.gateway.keep;

import static java.util.Objects.requireNonNull;

import org.mingchu.gateway.keep.pack.Head;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.gateway.keep.store.Pos;
import org.sqlite.JDBC;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * In which pages the entries of an unharmed journal lie: who is to be found again after a given
 * harm. SQLite itself says where its rows are (its table {@code dbstat}); nothing of the salvage is
 * asked. What a slot of the ring keeps of a round that was packed does not count.
 */
public final class RowsOnDisk {
    private static final int PAGE = FileStore.PAGE_BYTES;
    private static final int LOG_HEADER = 32;
    private static final int FRAME_HEADER = 24;

    private final byte[] database;
    private final byte[] log;

    /** Where the newest frame of a page begins in the log. */
    private final Map<Integer, Integer> frames = new HashMap<>();

    private final Map<Name, List<Piece>> places = new HashMap<>();

    private record Name(String epoch, long seq) {}

    /**
     * Bytes that must all be as they were.
     *
     * @param needed how long the file must be: a log must reach to the end of the piece's commit
     */
    private record Piece(boolean inLog, int from, int to, int needed) {}

    /** A row of a table: its leaf, then its overflow pages. */
    private record Row(List<Integer> pages) {}

    /**
     * @param scratch an empty folder, for a copy
     */
    public RowsOnDisk(byte[] database, byte[] log, Path scratch) throws IOException, SQLException {
        this.database = database;
        this.log = log;
        frames();
        var file = scratch.resolve("copy.db");
        Files.write(file, database);
        Files.write(scratch.resolve("copy.db-wal"), log);
        try (var copy = JDBC.createConnection("jdbc:sqlite:" + file, new Properties())) {
            var epochs = epochs(copy);
            var packed = packed(copy);
            locate(
                    copy,
                    "entries",
                    "SELECT pos FROM entries ORDER BY pos",
                    row -> {
                        var pos = row.getLong(1);
                        return List.of(name(epochs, pos));
                    });
            locate(
                    copy,
                    "ring",
                    "SELECT cell FROM ring ORDER BY slot",
                    row -> {
                        var pos = ByteBuffer.wrap(row.getBytes(1)).getLong();
                        return pos <= packed ? List.of() : List.of(name(epochs, pos));
                    });
            locate(
                    copy,
                    "blocks",
                    "SELECT head FROM blocks ORDER BY pos",
                    row -> {
                        var head = Head.of(row.getBytes(1));
                        var names = new ArrayList<Name>();
                        for (var i = 0; i < head.rounds(); i++) {
                            names.add(new Name(head.epoch(), head.seq(i)));
                        }
                        return names;
                    });
        }
    }

    /** Whether the row, or the block, with the entry is as it was. */
    public boolean untouched(String epoch, long seq, byte[] database, byte[] log) {
        return requireNonNull(places.get(new Name(epoch, seq)), () -> epoch + " " + seq).stream()
                .allMatch(piece -> same(piece, database, log));
    }

    /** How many entries lie in more than one page. */
    long spread() {
        return places.values().stream().filter(pieces -> pieces.size() > 1).count();
    }

    private boolean same(Piece piece, byte[] database, byte[] log) {
        var before = piece.inLog() ? this.log : this.database;
        var after = piece.inLog() ? log : database;
        return piece.needed() <= after.length
                && Arrays.equals(before, piece.from(), piece.to(), after, piece.from(), piece.to());
    }

    /** The log was copied after a commit: every frame of its present round counts. */
    private void frames() {
        var bytes = ByteBuffer.wrap(log);
        for (var at = LOG_HEADER;
                at + FRAME_HEADER + PAGE <= log.length
                        && bytes.getLong(at + 8) == bytes.getLong(16);
                at += FRAME_HEADER + PAGE) {
            frames.put(bytes.getInt(at), at);
        }
    }

    private static Map<Integer, String> epochs(Connection copy) throws SQLException {
        var epochs = new HashMap<Integer, String>();
        try (var query = copy.createStatement();
                var found = query.executeQuery("SELECT no, id FROM epochs")) {
            while (found.next()) {
                epochs.put(found.getInt(1), found.getString(2));
            }
        }
        return epochs;
    }

    /** Up to here rounds stand in blocks. */
    private static long packed(Connection copy) throws SQLException {
        try (var query = copy.createStatement();
                var found = query.executeQuery("SELECT value FROM meta WHERE name = 'packed'")) {
            // Behind its check.
            return found.next() ? Long.parseLong(found.getString(1).split(" ", 2)[1]) : 0;
        }
    }

    private static Name name(Map<Integer, String> epochs, long pos) {
        return new Name(requireNonNull(epochs.get(Pos.epochNo(pos))), Pos.seq(pos));
    }

    /** The entries of a row. */
    private interface Names {
        List<Name> of(ResultSet row) throws SQLException;
    }

    private void locate(Connection copy, String table, String sql, Names names)
            throws SQLException {
        var rows = rows(copy, table);
        try (var query = copy.createStatement();
                var found = query.executeQuery(sql)) {
            for (var i = 0; found.next(); i++) {
                var pieces = pieces(rows.get(i));
                names.of(found).forEach(name -> places.put(name, pieces));
            }
        }
    }

    /** In the order of their keys, which is that of the paths of their leaves. */
    private static List<Row> rows(Connection copy, String table) throws SQLException {
        var rows = new HashMap<String, List<Integer>>();
        var order = new ArrayList<Row>();
        try (var query =
                copy.prepareStatement(
                        "SELECT pagetype, path, pageno, ncell FROM dbstat WHERE name = ?"
                                + " ORDER BY pagetype = 'overflow', path")) {
            query.setString(1, table);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    var path = found.getString(2);
                    switch (found.getString(1)) {
                        case "leaf" -> {
                            for (var cell = 0; cell < found.getInt(4); cell++) {
                                var pages = new ArrayList<>(List.of(found.getInt(3)));
                                rows.put(path + "%03x".formatted(cell), pages);
                                order.add(new Row(pages));
                            }
                        }
                        case "overflow" ->
                                requireNonNull(rows.get(path.substring(0, path.indexOf('+'))))
                                        .add(found.getInt(3));
                        default -> {
                            // an inner page holds no row
                        }
                    }
                }
            }
        }
        return order;
    }

    private List<Piece> pieces(Row row) {
        var pieces = new ArrayList<Piece>();
        for (var page : row.pages()) {
            var frame = frames.get(page);
            if (frame == null) {
                pieces.add(new Piece(false, (page - 1) * PAGE, page * PAGE, page * PAGE));
            } else {
                // An overflow page is found by its number, which stands in the frame's head.
                var head = pieces.isEmpty() ? FRAME_HEADER : 0;
                var end = frame + FRAME_HEADER + PAGE;
                pieces.add(new Piece(true, frame + head, end, commitEnd(frame)));
            }
        }
        return pieces;
    }

    private int commitEnd(int frame) {
        var bytes = ByteBuffer.wrap(log);
        var at = frame;
        while (bytes.getInt(at + 4) == 0) {
            at += FRAME_HEADER + PAGE;
        }
        return at + FRAME_HEADER + PAGE;
    }
}
