package org.mingchu.gateway.keep.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.entry.Codes;
import org.mingchu.gateway.keep.store.Batch.Slot;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How far the platforms are: a few small rows, each with a check of its own, so that a salvage may
 * believe one. One that is lost costs sending again, one that claims too much would keep entries
 * from a platform for ever. One thread.
 */
final class Deliveries {
    static final String TABLE = "CREATE TABLE delivery(id INTEGER PRIMARY KEY, cell BLOB NOT NULL)";

    /** "MJd" and the version, 1. */
    private static final int MAGIC = 0x4d4a6401;

    private static final int HEAD = Integer.BYTES + Integer.BYTES + 1 + Short.BYTES;

    private final Database database;
    private final Map<Slot, Long> ids = new HashMap<>();
    private long lastId;

    Deliveries(Database database) {
        this.database = database;
    }

    /** A row as a salvage finds it. */
    static final class Cell {
        private final Slot slot;
        private final byte[] progress;

        Cell(Slot slot, byte[] progress) {
            this.slot = slot;
            this.progress = progress;
        }

        Slot slot() {
            return slot;
        }

        byte[] progress() {
            return progress;
        }
    }

    void load() throws SQLException {
        ids.clear();
        var all = database.prepare("SELECT id, cell FROM delivery ORDER BY id");
        try (var found = all.executeQuery()) {
            while (found.next()) {
                lastId = found.getLong(1);
                Optional.ofNullable(found.getBytes(2))
                        .flatMap(Deliveries::read)
                        .ifPresent(cell -> ids.put(cell.slot(), lastId));
            }
        }
    }

    void put(Slot slot, byte[] progress) throws SQLException {
        var known = ids.get(slot);
        if (known == null) {
            known = ++lastId;
            ids.put(slot, known);
        }
        var put = database.prepare("INSERT OR REPLACE INTO delivery VALUES (?, ?)");
        put.setLong(1, known);
        put.setBytes(2, cell(slot, progress));
        put.executeUpdate();
    }

    Optional<byte[]> progress(Slot slot) throws SQLException {
        var id = ids.get(slot);
        if (id == null) {
            return Optional.empty();
        }
        var query = database.prepare("SELECT cell FROM delivery WHERE id = ?");
        query.setLong(1, id);
        return Database.blob(query).flatMap(Deliveries::read).map(Cell::progress);
    }

    Map<Slot, byte[]> all() throws SQLException {
        var all = new HashMap<Slot, byte[]>();
        for (var slot : List.copyOf(ids.keySet())) {
            progress(slot).ifPresent(progress -> all.put(slot, progress));
        }
        return all;
    }

    private static byte[] cell(Slot slot, byte[] progress) {
        var platform = slot.platform().getBytes(UTF_8);
        var out = ByteBuffer.allocate(HEAD + platform.length + progress.length + Integer.BYTES);
        out.putInt(MAGIC).putInt(slot.epochNo()).put((byte) Codes.of(slot.lane()));
        out.putShort((short) platform.length).put(platform).put(progress);
        return out.putInt(crc(out.array())).array();
    }

    /** What a cell says; empty when its check does not hold. */
    static Optional<Cell> read(byte[] cell) {
        if (cell.length < HEAD + Integer.BYTES) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(cell);
        if (in.getInt() != MAGIC || in.getInt(cell.length - Integer.BYTES) != crc(cell)) {
            return Optional.empty();
        }
        var epochNo = in.getInt();
        var lane = Codes.numbered(Lane.values(), Codes::of, in.get());
        var platform = new byte[in.getShort()];
        in.get(platform);
        var progress = new byte[in.remaining() - Integer.BYTES];
        in.get(progress);
        return Optional.of(
                new Cell(new Slot(epochNo, new String(platform, UTF_8), lane), progress));
    }

    /** Over all but the check itself. */
    private static int crc(byte[] cell) {
        var crc = new CRC32C();
        crc.update(cell, 0, cell.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
