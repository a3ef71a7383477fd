package org.mingchu.gateway.keep.store;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The hashes of subtrees that are kept: one small row for each 256 entries, with a check of its own
 * and the epoch's name, so that a salvage may believe one. What was thinned is proven by nothing
 * else. One thread.
 */
final class Nodes {
    static final String TABLE = "CREATE TABLE nodes(id INTEGER PRIMARY KEY, cell BLOB NOT NULL)";

    /** "MJn" and the version, 1. */
    private static final int MAGIC = 0x4d4a6e01;

    private static final int HEAD = Integer.BYTES + Long.BYTES + 1 + Long.BYTES;
    private static final int INDEX_BITS = Pos.SEQ_BITS + 1;
    private static final int LEVEL_BITS = 6;

    private final Database database;

    Nodes(Database database) {
        this.database = database;
    }

    /** A row as a salvage finds it. */
    static final class Cell {
        private final String epoch;
        private final int level;
        private final long index;
        private final byte[] hash;

        Cell(String epoch, int level, long index, byte[] hash) {
            this.epoch = epoch;
            this.level = level;
            this.index = index;
            this.hash = hash;
        }

        String epoch() {
            return epoch;
        }

        NodeRow row(int epochNo) {
            return new NodeRow(epochNo, level, index, hash);
        }

        private boolean isAt(int wantedLevel, long wantedIndex) {
            return level == wantedLevel && index == wantedIndex;
        }
    }

    void put(NodeRow node) throws SQLException {
        var put = database.prepare("INSERT OR REPLACE INTO nodes VALUES (?, ?)");
        put.setLong(1, id(node.epochNo(), node.level(), node.index()));
        put.setBytes(2, cell(node, epoch(node.epochNo())));
        put.executeUpdate();
    }

    /** The hash, if it is kept and sound. */
    Optional<byte[]> hash(int epochNo, int level, long index) throws SQLException {
        var query = database.prepare("SELECT cell FROM nodes WHERE id = ?");
        query.setLong(1, id(epochNo, level, index));
        return Database.blob(query)
                .flatMap(Nodes::read)
                .filter(cell -> cell.isAt(level, index))
                .map(cell -> cell.hash);
    }

    private long epoch(int no) throws SQLException {
        var query = database.prepare("SELECT id FROM epochs WHERE no = ?");
        query.setInt(1, no);
        try (var found = query.executeQuery()) {
            return found.next() ? HexFormat.fromHexDigitsToLong(found.getString(1)) : 0;
        }
    }

    private static long id(int epochNo, int level, long index) {
        return ((long) epochNo << LEVEL_BITS | level) << INDEX_BITS | index;
    }

    private static byte[] cell(NodeRow node, long epoch) {
        var out = ByteBuffer.allocate(HEAD + node.hash().length + Integer.BYTES);
        out.putInt(MAGIC).putLong(epoch).put((byte) node.level()).putLong(node.index());
        return out.put(node.hash()).putInt(crc(out.array())).array();
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
        var epoch = HexFormat.of().toHexDigits(in.getLong());
        var level = in.get();
        var index = in.getLong();
        var hash = new byte[in.remaining() - Integer.BYTES];
        in.get(hash);
        return Optional.of(new Cell(epoch, level, index, hash));
    }

    /** Over all but the check itself. */
    private static int crc(byte[] cell) {
        var crc = new CRC32C();
        crc.update(cell, 0, cell.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
