package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.entry.Codes;

import java.sql.SQLException;

/**
 * Puts what one commit writes into the tables; the transaction around it is the caller's. One
 * thread at a time.
 */
final class BatchWriter {
    private final Database database;
    private final Notes notes;
    private final Ring ring;
    private final Shelf shelf;
    private final Deliveries deliveries;
    private final Nodes nodes;

    BatchWriter(
            Database database,
            Notes notes,
            Ring ring,
            Shelf shelf,
            Deliveries deliveries,
            Nodes nodes) {
        this.database = database;
        this.notes = notes;
        this.ring = ring;
        this.shelf = shelf;
        this.deliveries = deliveries;
        this.nodes = nodes;
    }

    /** Takes away what a commit may have left that nobody was promised. */
    void eraseFrom(long pos) throws SQLException {
        var erase = database.prepare("DELETE FROM entries WHERE pos >= ?");
        erase.setLong(1, pos);
        erase.executeUpdate();
        ring.eraseFrom(pos);
    }

    void put(Batch batch) throws SQLException {
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
            nodes.put(node);
        }
        putBlocks(batch);
        if (batch.snapshot().isPresent()) {
            put(batch.snapshot().get());
        }
        for (var progress : batch.progress().entrySet()) {
            deliveries.put(progress.getKey(), progress.getValue());
        }
        for (var note : batch.notes().entrySet()) {
            notes.put(note.getKey(), note.getValue());
        }
    }

    private void putBlocks(Batch batch) throws SQLException {
        if (batch.shelved().isPresent()) {
            shelve(batch.shelved().get());
        }
        for (var block : batch.restored()) {
            shelf.put(block);
        }
        for (var summary : batch.summaries().entrySet()) {
            shelf.putAlone(summary.getValue(), summary.getKey());
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
        delete.setLong(2, notes.packed());
        delete.setLong(3, rounds.toPos());
        delete.executeUpdate();
        for (var row : rounds.leftOut()) {
            insert(row);
        }
        notes.putPacked(rounds.toPos());
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

    private void put(byte[] snapshot) throws SQLException {
        var insert = database.prepare("INSERT OR REPLACE INTO snapshot VALUES (1, ?)");
        insert.setBytes(1, Sealed.of(snapshot));
        insert.executeUpdate();
    }
}
