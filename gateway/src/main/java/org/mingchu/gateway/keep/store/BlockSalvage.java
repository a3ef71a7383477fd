package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.pack.Blob;
import org.mingchu.gateway.keep.pack.Block;
import org.mingchu.gateway.keep.pack.Head;
import org.mingchu.gateway.keep.pack.Summary;
import org.mingchu.gateway.keep.store.Shape.Kind;
import org.mingchu.gateway.keep.store.Shape.Search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The sound blocks of a damaged journal, and how far the platforms were. Looking through the file
 * remembers where each part is; a block whose head and columns are there is given back, and its
 * summaries are made anew. Nothing is written. One thread.
 */
public final class BlockSalvage implements AutoCloseable {
    /** Parts remembered, 100 bytes each: a year of 16 sensors has 300,000. */
    private static final int PARTS_MAX = 1 << 20;

    private static final Shape BLOCKS =
            new Shape(
                    List.of(Kind.NULL, Kind.INTEGER, Kind.INTEGER, Kind.BLOB, Kind.BLOB),
                    Search.EVERYWHERE);
    private static final Shape STRIPS = new Shape(List.of(Kind.NULL, Kind.BLOB), Search.EVERYWHERE);
    private static final List<Shape> SHAPES = List.of(BLOCKS, STRIPS);

    private final Carver carver;
    private final Map<Key, Parts> blocks =
            new TreeMap<>(Comparator.comparing(Key::epoch).thenComparingLong(Key::firstSeq));
    private final Map<Batch.Slot, byte[]> deliveries = new LinkedHashMap<>();
    private int parts;
    private Optional<CarvedRow> last = Optional.empty();

    private record Key(String epoch, long firstSeq) {
        static Key of(Blob blob) {
            return new Key(blob.epoch(), blob.firstSeq());
        }
    }

    /** Where the parts of a block are. */
    private static final class Parts {
        private Optional<Long> head = Optional.empty();
        private final Map<String, Long> columns = new LinkedHashMap<>();
        private final List<Long> summaries = new ArrayList<>();
    }

    private BlockSalvage(Carver carver) {
        this.carver = carver;
        carver.carve(SHAPES, this::take);
    }

    /**
     * Looks through a damaged journal; either file may be missing.
     *
     * @throws JournalException when a file is there and may not be read
     */
    public static BlockSalvage of(Path database, Path log) {
        var carver = Carver.open(database, log);
        try {
            return new BlockSalvage(carver);
        } catch (RuntimeException e) {
            carver.close();
            throw e;
        }
    }

    /** Who takes what was found, by epoch and time. */
    public interface Taker {
        /** A whole block. */
        void block(String epoch, Block block);

        /** A summary whose block is not whole, or was dropped long ago. */
        void summary(String epoch, Summary summary);
    }

    /** The epochs that blocks were found of. */
    public Set<String> epochs() {
        return blocks.keySet().stream().map(Key::epoch).collect(Collectors.toSet());
    }

    /** Gives all blocks, and the summaries that are left alone. */
    public void each(Taker taker) {
        blocks.forEach((key, found) -> {
            var block = block(key, found);
            if (block.isPresent()) {
                taker.block(key.epoch(), block.get());
            } else {
                summaries(key, found).forEach(s -> taker.summary(key.epoch(), s));
            }
        });
    }

    /** How far the platforms were, by the numbers the epochs had. */
    public void eachDelivery(Consumer<Map.Entry<Batch.Slot, byte[]>> taker) {
        deliveries.entrySet().forEach(taker);
    }

    @Override
    public void close() {
        carver.close();
    }

    private boolean take(CarvedRow row) {
        if (row.shape().equals(STRIPS)) {
            var delivery = Deliveries.read(row.blob(1));
            if (delivery.isPresent()) {
                takeDelivery(delivery.get(), row.standing());
                return true;
            }
        }
        // Where one frame of a row is damaged, the sound ones count, and other views may give more.
        return each(row, (frame, _) -> remember(frame, row.place()));
    }

    private static boolean each(CarvedRow row, Blob.Taker taker) {
        if (row.shape().equals(STRIPS)) {
            return Blob.each(row.blob(1), taker);
        }
        var headIsSound = Blob.each(row.blob(3), taker);
        return Blob.each(row.blob(4), taker) && headIsSound;
    }

    /** An older copy may say less, never more: of two, the surer one. */
    private void takeDelivery(Deliveries.Cell cell, Standing standing) {
        if (standing != Standing.LEFTOVER || !deliveries.containsKey(cell.slot())) {
            deliveries.put(cell.slot(), cell.progress());
        }
    }

    private void remember(Blob blob, long place) {
        if (parts++ >= PARTS_MAX) {
            return;
        }
        var found = blocks.computeIfAbsent(Key.of(blob), _ -> new Parts());
        // The surest come first.
        switch (blob.sort()) {
            case HEAD -> found.head = found.head.or(() -> Optional.of(place));
            case COLUMN -> found.columns.putIfAbsent(blob.subject(), place);
            case SUMMARY -> found.summaries.add(place);
        }
    }

    /** One of each curve, the surest. */
    private List<Summary> summaries(Key key, Parts found) {
        var summaries = new LinkedHashMap<String, Summary>();
        for (var place : found.summaries) {
            for (var part : parts(place, key, Blob.Sort.SUMMARY).values()) {
                summary(part).ifPresent(s -> summaries.putIfAbsent(curve(s), s));
            }
        }
        return List.copyOf(summaries.values());
    }

    private static String curve(Summary summary) {
        return summary.measure() + " " + summary.subject();
    }

    /** Empty when a later program wrote it. */
    private static Optional<Summary> summary(byte[] bytes) {
        try {
            return Optional.of(Summary.of(bytes));
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    private Optional<Block> block(Key key, Parts found) {
        var head =
                found.head.flatMap(
                        place -> parts(place, key, Blob.Sort.HEAD).values().stream().findFirst());
        if (head.isEmpty()) {
            return Optional.empty();
        }
        try {
            var opened = Head.of(head.get());
            var columns = new LinkedHashMap<String, byte[]>();
            for (var subject : opened.subjects()) {
                Optional.ofNullable(found.columns.get(subject))
                        .flatMap(place ->
                                Optional.ofNullable(
                                        parts(place, key, Blob.Sort.COLUMN).get(subject)))
                        .ifPresent(bytes -> columns.put(subject, bytes));
            }
            Block.entries(opened, columns.values());
            return Optional.of(Block.of(opened, columns));
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    /** What a place holds of a block, by subject; a head has the empty one. */
    private Map<String, byte[]> parts(long place, Key key, Blob.Sort sort) {
        var parts = new LinkedHashMap<String, byte[]>();
        again(place)
                .ifPresent(row ->
                        each(
                                row,
                                (frame, bytes) -> {
                                    if (frame.sort() == sort && key.equals(Key.of(frame))) {
                                        parts.put(frame.subject(), bytes);
                                    }
                                }));
        return parts;
    }

    /** The parts of a block mostly lie in one row. */
    private Optional<CarvedRow> again(long place) {
        if (last.filter(row -> row.place() == place).isEmpty()) {
            last = carver.again(place, SHAPES);
        }
        return last;
    }
}
