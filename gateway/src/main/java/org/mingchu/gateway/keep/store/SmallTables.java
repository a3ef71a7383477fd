package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.keep.store.Shape.Kind;
import org.mingchu.gateway.keep.store.Shape.Search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of {@code meta} and {@code delivery} in a damaged journal, the surest of each key. They
 * have no check, so only what a page points to is looked at, and only what has the right kinds and
 * a likely size is kept. One thread.
 */
public final class SmallTables {
    /** Rows of one table that are kept; ours have a dozen. */
    private static final int MAX_ROWS = 1000;

    private static final int MAX_NAME_CHARS = 200;
    private static final int MAX_VALUE_CHARS = 4096;
    private static final int MAX_PROGRESS_BYTES = 1 << 16;
    private static final int LANES = 3;

    private static final Shape META = new Shape(List.of(Kind.TEXT, Kind.TEXT), Search.CELLS);
    private static final Shape DELIVERY =
            new Shape(List.of(Kind.TEXT, Kind.INTEGER, Kind.BLOB), Search.CELLS);

    static final List<Shape> SHAPES = List.of(META, DELIVERY);

    private final Map<String, Kept> meta = new TreeMap<>();
    private final Map<String, Delivery> deliveries = new TreeMap<>();

    SmallTables() {}

    private record Kept(String value, Standing standing) {}

    /** A row of {@code delivery}. */
    public static final class Delivery {
        private final String platform;
        private final int lane;
        private final byte[] progress;
        private final Standing standing;

        Delivery(String platform, int lane, byte[] progress, Standing standing) {
            this.platform = platform;
            this.lane = lane;
            this.progress = progress;
            this.standing = standing;
        }

        public String platform() {
            return platform;
        }

        /** The number of the lane. */
        public int lane() {
            return lane;
        }

        public byte[] progress() {
            return progress;
        }

        public Standing standing() {
            return standing;
        }
    }

    boolean take(Row row) {
        if (row.shape().equals(META)) {
            return takeMeta(row);
        }
        return row.shape().equals(DELIVERY) && takeDelivery(row);
    }

    Map<String, String> meta() {
        var values = new HashMap<String, String>();
        meta.forEach((name, kept) -> values.put(name, kept.value()));
        return Map.copyOf(values);
    }

    List<Delivery> deliveries() {
        return List.copyOf(deliveries.values());
    }

    private boolean takeMeta(Row row) {
        var name = row.text(0).filter(t -> likely(t, MAX_NAME_CHARS));
        var value = row.text(1).filter(t -> likely(t, MAX_VALUE_CHARS));
        if (name.isEmpty() || value.isEmpty()) {
            return false;
        }
        var kept = new Kept(value.get(), row.standing());
        if (meta.containsKey(name.get()) || meta.size() < MAX_ROWS) {
            meta.merge(
                    name.get(), kept, (a, b) -> b.standing().compareTo(a.standing()) < 0 ? b : a);
        }
        return true;
    }

    private boolean takeDelivery(Row row) {
        var platform = row.text(0).filter(t -> likely(t, MAX_NAME_CHARS));
        var lane = row.integer(1);
        var progress = row.blob(2);
        if (platform.isEmpty()
                || lane < 0
                || lane >= LANES
                || progress.length > MAX_PROGRESS_BYTES) {
            return false;
        }
        var delivery = new Delivery(platform.get(), (int) lane, progress, row.standing());
        var key = platform.get() + '/' + lane;
        if (deliveries.containsKey(key) || deliveries.size() < MAX_ROWS) {
            deliveries.merge(
                    key, delivery, (a, b) -> b.standing().compareTo(a.standing()) < 0 ? b : a);
        }
        return true;
    }

    /** Text as people and programs write it. */
    private static boolean likely(String text, int mostChars) {
        return !text.isEmpty()
                && text.length() <= mostChars
                && text.chars().noneMatch(Character::isISOControl);
    }
}
