package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.store.Carver.Carved;
import org.mingchu.gateway.keep.store.Shape.Kind;
import org.mingchu.gateway.keep.store.Shape.Search;

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
    /** Epochs told apart; a journal begins a new one when something went badly wrong. */
    private static final int MAX_EPOCHS = 4096;

    /** Blocks of 64 entries remembered, 134 MB: 40 years of rounds every ten seconds. */
    private static final int MAX_BLOCKS = 1 << 18;

    /** {@code entries(pos INTEGER PRIMARY KEY, lane, bytes, leaf_check)}. */
    private static final Shape ENTRIES =
            new Shape(List.of(Kind.NULL, Kind.INTEGER, Kind.BLOB, Kind.INTEGER), Search.EVERYWHERE);

    /** {@code ring(slot INTEGER PRIMARY KEY, cell)}. */
    private static final Shape RING = new Shape(List.of(Kind.NULL, Kind.BLOB), Search.EVERYWHERE);

    private static final int LANES = 3;

    private final Carver carver;
    private final List<Table> tables = new ArrayList<>();
    private final List<Shape> shapes;
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
        tables.add(new Table(RING, Salvage::ofRing));
        tables.addAll(others);
        shapes = new ArrayList<>(tables.stream().map(Table::shape).distinct().toList());
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
        List<byte[]> entries(CarvedRow row);
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

    private boolean take(CarvedRow row) {
        var taken = false;
        for (var table = 0; table < tables.size(); table++) {
            if (tables.get(table).shape().equals(row.shape())) {
                taken |= take(row, tables.get(table));
            }
        }
        return taken;
    }

    private boolean take(CarvedRow row, Table table) {
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

    private void remember(EntryHead head, CarvedRow row, int number) {
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
        if (row.rowId() > 0 && Pos.epochNo(row.rowId()) > 0) {
            epoch.numbered(Pos.epochNo(row.rowId()));
        }
    }

    /** A key that contradicts the entry was damaged, or set by somebody. */
    private static Standing standing(EntryHead head, CarvedRow row) {
        var keyed = row.shape().equals(ENTRIES) && row.rowId() != CarvedRow.NO_ROW_ID;
        return keyed && Pos.seq(row.rowId()) != head.seq() ? Standing.LEFTOVER : row.standing();
    }

    /** The entry of a plain row, when its check holds. */
    private static List<byte[]> entry(CarvedRow row) {
        var bytes = row.blob(2);
        var lane = row.integer(1);
        if (lane < 0 || lane >= LANES || bytes.length > EntryCodec.MAX_BYTES) {
            return List.of();
        }
        return EntryCodec.check(EntryCodec.leaf(bytes)) == (int) row.integer(3)
                ? List.of(bytes)
                : List.of();
    }

    /** The entry of a cell of the ring, when its check holds. */
    private static List<byte[]> ofRing(CarvedRow row) {
        return Ring.row(row.blob(1))
                .filter(found -> EntryCodec.check(EntryCodec.leaf(found.bytes())) == found.check())
                .map(found -> List.of(found.bytes()))
                .orElse(List.of());
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

    private List<byte[]> opened(CarvedRow row) {
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
