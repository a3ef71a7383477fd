package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.store.Carver.Carved;
import org.mingchu.gateway.keep.store.Shape.Kind;
import org.mingchu.gateway.keep.store.Shape.Search;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The sound entries of a damaged journal, sorted out by epoch. Opening it looks through both files
 * once and remembers where each entry is (about 10 bytes of memory each); {@link #each} then reads
 * them again in order. Nothing is written. One thread.
 *
 * <p>An entry is sound when its leaf check holds and its bytes are an entry, of this program or of
 * a later one. The epoch and the seq in its bytes count; a row whose key says otherwise is a
 * leftover. Of two entries of one epoch and seq the one with the surer {@link Standing} is taken,
 * of equals the newest.
 */
public final class Salvage implements AutoCloseable {
    /** The key of a row is {@code epochNo << 40 | seq}. */
    private static final int SEQ_BITS = 40;

    /** Epochs told apart; a journal begins a new one when something went badly wrong. */
    private static final int MAX_EPOCHS = 4096;

    /** Blocks of 64 entries remembered, 134 MB: 40 years of rounds every ten seconds. */
    private static final int MAX_BLOCKS = 1 << 18;

    /** {@code entries(pos INTEGER PRIMARY KEY, lane, bytes, leaf_check)}. */
    private static final Shape ENTRIES =
            new Shape(List.of(Kind.NULL, Kind.INTEGER, Kind.BLOB, Kind.INTEGER), Search.EVERYWHERE);

    private static final int LANES = 3;

    private final Carver carver;
    private final List<Table> tables = new ArrayList<>();
    private final List<Shape> shapes;
    private final SmallTables small = new SmallTables();
    private final Map<String, SalvagedEpoch> epochs = new TreeMap<>();
    private final Carved carved;
    private int blocks;
    private long notRemembered;

    /** The row opened last; the entries of one block are asked for one after another. */
    private long openPlace = -1;

    private List<byte[]> open = List.of();

    private Salvage(Carver carver, Collection<Table> others) {
        this.carver = carver;
        tables.add(new Table(ENTRIES, Salvage::entry));
        tables.addAll(others);
        shapes = new ArrayList<>(tables.stream().map(Table::shape).distinct().toList());
        shapes.addAll(SmallTables.SHAPES);
        carved = carver.carve(shapes, this::take);
    }

    /**
     * A further table that holds entries, many in a row perhaps.
     *
     * @param opener gives the bytes of the entries of a row, at most 16,384; none when the row's
     *     own check does not hold. Must not throw, whatever the row holds.
     */
    public record Table(Shape shape, Opener opener) {}

    /** Takes entries out of a row. */
    @FunctionalInterface
    public interface Opener {
        List<byte[]> entries(Row row);
    }

    /** An entry that was found. */
    public static final class Found {
        private final String epoch;
        private final long seq;
        private final byte[] bytes;
        private final Standing standing;

        Found(String epoch, long seq, byte[] bytes, Standing standing) {
            this.epoch = epoch;
            this.seq = seq;
            this.bytes = bytes;
            this.standing = standing;
        }

        public String epoch() {
            return epoch;
        }

        public long seq() {
            return seq;
        }

        public byte[] bytes() {
            return bytes;
        }

        public Standing standing() {
            return standing;
        }
    }

    /**
     * Looks through a damaged journal; either file may be missing.
     *
     * @param others tables that hold entries beside {@code entries}
     * @throws JournalException when a file is there and may not be read
     */
    public static Salvage of(Path database, Path log, Collection<Table> others) {
        var carver = Carver.open(database, log);
        try {
            return new Salvage(carver, others);
        } catch (RuntimeException e) {
            carver.close();
            throw e;
        }
    }

    /** The epochs, in the order of their numbers in the database as far as those are known. */
    public List<SalvagedEpoch> epochs() {
        return epochs.values().stream().sorted(SalvagedEpoch.BY_NUMBER).toList();
    }

    /**
     * Reads the entries of an epoch again, ascending.
     *
     * @return how many; fewer than {@link SalvagedEpoch#count()} when the disk fails meanwhile
     */
    public long each(String epoch, Consumer<Found> consumer) {
        var known = epochs.get(epoch);
        if (known == null) {
            return 0;
        }
        var given = new long[1];
        known.index()
                .each(seq -> {
                    var found = again(epoch, seq, known.index().get(seq));
                    found.ifPresent(consumer);
                    given[0] += found.isPresent() ? 1 : 0;
                });
        return given[0];
    }

    /** The words of {@code meta}: typed and sized, but without a check of their own. */
    public Map<String, String> meta() {
        return small.meta();
    }

    /**
     * What {@code delivery} said. Believe a progress only if its bytes carry a check that holds, or
     * if its standing is PROVEN: one that claims too much would keep entries from the platform,
     * while one that is lost only costs sending again.
     */
    public List<SmallTables.Delivery> deliveries() {
        return small.deliveries();
    }

    /** What was looked through. */
    public Carved carved() {
        return carved;
    }

    /** Sound entries that stand so far apart, or in so many epochs, that no memory was left. */
    public long notRemembered() {
        return notRemembered;
    }

    @Override
    public void close() {
        carver.close();
    }

    private boolean take(Row row) {
        if (small.take(row)) {
            return true;
        }
        var taken = false;
        for (var table = 0; table < tables.size(); table++) {
            if (tables.get(table).shape().equals(row.shape())) {
                taken |= take(row, tables.get(table));
            }
        }
        return taken;
    }

    private boolean take(Row row, Table table) {
        var entries = table.opener().entries(row);
        var sound = false;
        for (var i = 0; i < Math.min(entries.size(), Spot.MOST); i++) {
            var head = EntryHead.of(entries.get(i));
            if (head.isPresent()) {
                remember(head.get(), row, i);
                sound = true;
            }
        }
        return sound;
    }

    private void remember(EntryHead head, Row row, int number) {
        if (!epochs.containsKey(head.epoch()) && epochs.size() == MAX_EPOCHS) {
            notRemembered++;
            return;
        }
        var epoch = epochs.computeIfAbsent(head.epoch(), SalvagedEpoch::new);
        if (epoch.index().grows(head.seq()) && blocks++ >= MAX_BLOCKS) {
            notRemembered++;
            return;
        }
        epoch.take(head, Spot.of(row.place(), number, standing(head, row)));
        if (row.rowId() > 0 && row.rowId() >>> SEQ_BITS > 0) {
            epoch.numbered(row.rowId() >>> SEQ_BITS);
        }
    }

    /** A key that contradicts the entry was damaged, or set by somebody. */
    private static Standing standing(EntryHead head, Row row) {
        var keyed = row.shape().equals(ENTRIES) && row.rowId() != Row.NO_ROW_ID;
        return keyed && (row.rowId() & ((1L << SEQ_BITS) - 1)) != head.seq()
                ? Standing.LEFTOVER
                : row.standing();
    }

    /** The entry of a plain row, when its check holds. */
    private static List<byte[]> entry(Row row) {
        var bytes = row.blob(2);
        var lane = row.integer(1);
        if (lane < 0 || lane >= LANES || bytes.length > EntryCodec.MAX_BYTES) {
            return List.of();
        }
        var check = ByteBuffer.wrap(EntryCodec.leaf(bytes)).getInt(0) & 0xffff_ffffL;
        return check == row.integer(3) ? List.of(bytes) : List.of();
    }

    private Optional<Found> again(String epoch, long seq, long spot) {
        var place = Spot.place(spot);
        if (place != openPlace) {
            open = carver.again(place, shapes).map(this::opened).orElse(List.of());
            openPlace = place;
        }
        if (Spot.number(spot) >= open.size()) {
            return Optional.empty();
        }
        var bytes = open.get(Spot.number(spot));
        return EntryHead.of(bytes)
                .filter(head -> head.epoch().equals(epoch) && head.seq() == seq)
                .map(_ -> new Found(epoch, seq, bytes, Spot.standing(spot)));
    }

    private List<byte[]> opened(Row row) {
        for (var table : tables) {
            if (table.shape().equals(row.shape())) {
                var entries = table.opener().entries(row);
                if (!entries.isEmpty()) {
                    return entries;
                }
            }
        }
        return List.of();
    }
}
