package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.pack.Block;
import org.mingchu.gateway.keep.pack.Packed;
import org.mingchu.gateway.keep.pack.Packer;
import org.mingchu.gateway.keep.store.Batch;
import org.mingchu.gateway.keep.store.BlockRow;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides when rounds are packed: when an hour of a boot is over, when the boot or the epoch is
 * another one, or when the ring gets full. One thread.
 */
final class Packing {
    /** Fill of the ring, in hundredths, from which an hour is not waited for. */
    private static final int FULL = 90;

    /** Rows taken at once: an hour of a round each second. */
    private static final int ROWS_MAX = 3_600;

    private final Packer packer = new Packer();

    /**
     * The oldest hour as a block, when it is over.
     *
     * @param last the moment of the newest entry
     */
    Optional<Batch> next(Store store, Optional<Moment> last) {
        var oldest = store.unpacked(1);
        if (oldest.isEmpty() || !over(oldest.getFirst(), store, last)) {
            return Optional.empty();
        }
        var rows = ofEpoch(store.unpacked(ROWS_MAX), oldest.getFirst());
        var batch = new Batch();
        batch.shelve(shelved(rows, packer.pack(sound(rows))));
        return Optional.of(batch);
    }

    /** A block has checks of its own, made of what it is given: damage would come out as sound. */
    private static List<byte[]> sound(List<Row> rows) {
        return rows.stream().filter(Row::isSound).map(Row::bytes).toList();
    }

    private static Batch.Shelved shelved(List<Row> rows, Packed packed) {
        var no = Pos.epochNo(rows.getFirst().pos());
        var block = packed.block().map(b -> new BlockRow(no, b));
        var to = block.map(BlockRow::last).orElse(rows.getLast().pos());
        var leftOut =
                rows.stream().filter(row -> row.pos() <= to && isLeftOut(row, packed)).toList();
        return new Batch.Shelved(to, block, leftOut);
    }

    private static boolean over(Row first, Store store, Optional<Moment> last) {
        if (store.ringFill() >= FULL) {
            return true;
        }
        var at = moment(first);
        if (at.isEmpty() || last.isEmpty() || !at.get().boot().equals(last.get().boot())) {
            return true;
        }
        return last.get().upNs() - at.get().upNs() >= Block.SPAN_NS_MAX;
    }

    private static Optional<Moment> moment(Row row) {
        try {
            return Optional.of(EntryCodec.decode(row.bytes())).map(Entry::at);
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    private static List<Row> ofEpoch(List<Row> rows, Row first) {
        return rows.stream().filter(r -> Pos.epochNo(r.pos()) == Pos.epochNo(first.pos())).toList();
    }

    private static boolean isLeftOut(Row row, Packed packed) {
        return !row.isSound()
                || packed.leftOut().stream().anyMatch(bytes -> Arrays.equals(bytes, row.bytes()));
    }
}
