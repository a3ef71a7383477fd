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
 * remembers where each part is; a block whose every part is there is given back. Nothing is
 * written. One thread.
 */
public final class BlockSalvage implements AutoCloseable {
    /** Parts remembered, 100 bytes each: a year of 16 sensors has 300,000. */
    private static final int PARTS_MAX = 1 << 20;

    private static final Shape HEADS =
            new Shape(List.of(Kind.NULL, Kind.INTEGER, Kind.INTEGER, Kind.BLOB), Search.EVERYWHERE);
    private static final Shape BLOBS = new Shape(List.of(Kind.NULL, Kind.BLOB), Search.EVERYWHERE);
    private static final List<Shape> SHAPES = List.of(HEADS, BLOBS);

    private final Carver carver;
    private final Map<Key, Parts> blocks =
            new TreeMap<>(Comparator.comparing(Key::epoch).thenComparingLong(Key::firstSeq));
    private final Map<Batch.Slot, byte[]> deliveries = new LinkedHashMap<>();
    private int parts;

    private record Key(String epoch, long firstSeq) {}

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
            var summaries = summaries(found);
            var block = block(found, summaries);
            if (block.isPresent()) {
                taker.block(key.epoch(), block.get());
            } else {
                summaries.forEach(summary -> taker.summary(key.epoch(), summary));
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
        var blob = row.shape().equals(HEADS) ? row.blob(3) : row.blob(1);
        var delivery = Deliveries.read(blob);
        if (delivery.isPresent()) {
            takeDelivery(delivery.get(), row.standing());
            return true;
        }
        var found = Blob.at(blob, 0).filter(b -> b.length() == blob.length);
        found.filter(_ -> parts++ < PARTS_MAX).ifPresent(b -> remember(b, row.place()));
        return found.isPresent();
    }

    /** An older copy may say less, never more: of two, the surer one. */
    private void takeDelivery(Deliveries.Cell cell, Standing standing) {
        if (standing != Standing.LEFTOVER || !deliveries.containsKey(cell.slot())) {
            deliveries.put(cell.slot(), cell.progress());
        }
    }

    private void remember(Blob blob, long place) {
        var found =
                blocks.computeIfAbsent(new Key(blob.epoch(), blob.firstSeq()), _ -> new Parts());
        switch (blob.sort()) {
            case HEAD -> found.head = Optional.of(place);
            case COLUMN -> found.columns.put(blob.subject(), place);
            case SUMMARY -> found.summaries.add(place);
        }
    }

    private List<Summary> summaries(Parts found) {
        var summaries = new ArrayList<Summary>();
        for (var place : found.summaries) {
            again(place).flatMap(BlockSalvage::summary).ifPresent(summaries::add);
        }
        return summaries;
    }

    /** Empty when a later program wrote it. */
    private static Optional<Summary> summary(byte[] bytes) {
        try {
            return Optional.of(Summary.of(bytes));
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    private Optional<Block> block(Parts found, List<Summary> summaries) {
        var head = found.head.flatMap(this::again);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        try {
            var opened = Head.of(head.get());
            var columns = new LinkedHashMap<String, byte[]>();
            for (var subject : opened.subjects()) {
                Optional.ofNullable(found.columns.get(subject))
                        .flatMap(this::again)
                        .ifPresent(bytes -> columns.put(subject, bytes));
            }
            Block.entries(opened, columns.values());
            return Optional.of(new Block(opened, columns, summaries));
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> again(long place) {
        return carver.again(place, SHAPES)
                .map(row -> row.shape().equals(HEADS) ? row.blob(3) : row.blob(1));
    }
}
