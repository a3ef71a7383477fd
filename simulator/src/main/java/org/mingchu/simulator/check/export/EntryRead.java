package org.mingchu.simulator.check.export;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Of one journal entry, what the judgement needs. Immutable.
 *
 * @param kind -1 when the entry is of a later version
 * @param boot empty when the entry is of a later version
 * @param body the body as read
 * @param leafHex its hash in the tree
 */
record EntryRead(
        String epoch,
        long seq,
        long kind,
        Optional<String> boot,
        long keptNs,
        Optional<Object> body,
        String leafHex) {
    private static final int BYTES_MAX = 1 << 20;
    private static final long EPOCH_BEGAN = 1;
    private static final long GAP = 11;

    /**
     * Entries that are lost, and why.
     *
     * @param lane as it is written; empty where none is named
     * @param count how many of the range
     */
    record Gap(String epoch, long from, long to, String cause, String lane, long count) {
        /** Every one of the range. */
        Gap(String epoch, long from, long to, String cause) {
            this(epoch, from, to, cause, "", to - from + 1);
        }

        boolean speaksOf(long seq) {
            return from <= seq && seq <= to;
        }

        boolean isWhole() {
            return count >= to - from + 1;
        }
    }

    /**
     * Reads an entry.
     *
     * @throws Cbor.Malformed when it is not one
     */
    static EntryRead of(byte[] bytes) throws Cbor.Malformed {
        if (bytes.length > BYTES_MAX) {
            throw new Cbor.Malformed("larger than 1 MiB");
        }
        if (!(Cbor.one(bytes) instanceof Map<?, ?> map)) {
            throw new Cbor.Malformed("no map");
        }
        if (!(map.get(0L) instanceof Long version && version >= 0)) {
            throw new Cbor.Malformed("no version");
        }
        if (!(map.get(1L) instanceof byte[] epoch && epoch.length == 8)
                || !(map.get(2L) instanceof Long seq && seq >= 1)) {
            throw new Cbor.Malformed("no epoch or no seq");
        }
        var name = HexFormat.of().formatHex(epoch);
        var leaf = HexFormat.of().formatHex(Tree.leafOf(bytes));
        if (version != 1) {
            return new EntryRead(name, seq, -1, Optional.empty(), 0, Optional.empty(), leaf);
        }
        if (!(map.get(3L) instanceof Long kind && kind >= 0)
                || !(map.get(6L) instanceof Long keptNs)) {
            throw new Cbor.Malformed("no kind or no time");
        }
        return new EntryRead(
                name,
                seq,
                kind,
                Optional.of(boot(map.get(5L))),
                keptNs,
                Optional.ofNullable(map.get(10L)),
                leaf);
    }

    private static String boot(@Nullable Object boot) throws Cbor.Malformed {
        return switch (boot) {
            case byte[] id when id.length == 16 -> HexFormat.of().formatHex(id);
            case String text -> "text " + text;
            case null, default -> throw new Cbor.Malformed("no boot");
        };
    }

    byte[] leaf() {
        return HexFormat.of().parseHex(leafHex);
    }

    boolean isEpochBegan() {
        return kind == EPOCH_BEGAN;
    }

    /** The epoch before, as an {@code EpochBegan} names it. */
    Optional<String> previous() {
        return body.filter(Map.class::isInstance)
                .flatMap(b -> Optional.ofNullable(((Map<?, ?>) b).get(0L)))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** What it says to be lost; empty when it is no gap, or one that says nothing. */
    Optional<Gap> gap() {
        if (kind != GAP
                || !(body.orElse("") instanceof Map<?, ?> map)
                || !(map.get(0L) instanceof byte[] of && of.length == 8)
                || !(map.get(2L) instanceof List<?> range && range.size() >= 2)
                || !(range.get(0) instanceof Long from && range.get(1) instanceof Long to)) {
            return Optional.empty();
        }
        var cause = map.get(4L) instanceof String word ? word : "";
        var lane = map.get(1L) instanceof Long number ? number.toString() : "";
        var count = map.get(3L) instanceof Long number ? number : 0;
        return Optional.of(new Gap(HexFormat.of().formatHex(of), from, to, cause, lane, count));
    }
}
