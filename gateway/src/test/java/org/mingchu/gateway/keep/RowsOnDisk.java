package org.mingchu.gateway.keep;

import static java.util.Objects.requireNonNull;

import org.mingchu.gateway.keep.Image.Harm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the rows of {@code entries} lie in an unharmed image, found by searching for their bytes
 * and not by reading the file format: who is to be found again after a given harm. Positions count
 * through the database and go on in the log.
 */
final class RowsOnDisk {
    private static final int PAGE = 1024;
    private static final int FRAME = 24 + PAGE;
    private static final int PREFIX = 24;

    private final byte[] bytes;
    private final int databaseBytes;
    private final Map<String, Map<Long, List<Copy>>> rows = new TreeMap<>();

    /** A whole row in one page; or all that a row in several pages is made of. */
    private record Copy(List<Harm> pieces, boolean whole) {
        boolean untouched(List<Harm> harms) {
            return pieces.stream()
                    .noneMatch(p -> harms.stream().anyMatch(h -> h.touches(p.from(), p.to())));
        }
    }

    RowsOnDisk(Image image, Map<String, Map<Long, byte[]>> entries) {
        databaseBytes = image.database().length;
        bytes = Arrays.copyOf(image.database(), image.size());
        System.arraycopy(image.log(), 0, bytes, databaseBytes, image.log().length);
        var starts = starts(entries);
        var tails = pageTails();
        entries.forEach((epoch, ofEpoch) ->
                ofEpoch.forEach((seq, entry) ->
                        rows.computeIfAbsent(epoch, _ -> new TreeMap<>())
                                .put(seq, copies(entry, starts, tails))));
    }

    /** Whether some copy of the entry's row is as it was. */
    boolean untouched(String epoch, long seq, List<Harm> harms) {
        var copies = requireNonNull(requireNonNull(rows.get(epoch)).get(seq));
        var anyWhole = copies.stream().anyMatch(c -> c.whole() && c.untouched(harms));
        var inPieces = copies.stream().filter(c -> !c.whole()).toList();
        return anyWhole
                || (!inPieces.isEmpty() && inPieces.stream().allMatch(c -> c.untouched(harms)));
    }

    /**
     * Where the first bytes of entries stand; epoch and seq in them make them unlike each other.
     */
    private Map<ByteBuffer, List<Integer>> starts(Map<String, Map<Long, byte[]>> entries) {
        Map<ByteBuffer, List<Integer>> starts = new HashMap<>();
        entries.values()
                .forEach(e -> e.values().forEach(b -> starts.put(prefix(b, 0), new ArrayList<>())));
        for (var at = 0; at + PREFIX <= bytes.length; at++) {
            var found =
                    bytes[at + 1] == 0 && bytes[at + 2] == 1 ? starts.get(prefix(bytes, at)) : null;
            if (found != null) {
                found.add(at);
            }
        }
        return starts;
    }

    private static ByteBuffer prefix(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes, at, PREFIX).slice();
    }

    /** Where pages begin, by the two bytes behind the pointer to the next one. */
    private Map<Integer, List<Integer>> pageTails() {
        Map<Integer, List<Integer>> tails = new HashMap<>();
        for (var at = 0; at + PAGE <= databaseBytes; at += PAGE) {
            tails.computeIfAbsent(key(bytes, at + 4), _ -> new ArrayList<>()).add(at);
        }
        for (var at = databaseBytes + 32 + 24; at + PAGE <= bytes.length; at += FRAME) {
            tails.computeIfAbsent(key(bytes, at + 4), _ -> new ArrayList<>()).add(at);
        }
        return tails;
    }

    private static int key(byte[] bytes, int at) {
        return bytes[at];
    }

    private List<Copy> copies(
            byte[] entry,
            Map<ByteBuffer, List<Integer>> starts,
            Map<Integer, List<Integer>> tails) {
        var copies = new ArrayList<Copy>();
        for (var at : requireNonNull(starts.get(prefix(entry, 0)))) {
            copy(entry, at, tails).ifPresent(copies::add);
        }
        return copies;
    }

    /** The row is head, lane, entry, check; SQLite's rule says how much of it stays in the page. */
    private Optional<Copy> copy(byte[] entry, int at, Map<Integer, List<Integer>> tails) {
        var head = headBefore(entry, at);
        if (head < 0) {
            return Optional.empty(); // an entry within another one
        }
        var row = at - head + entry.length + checkBytes(head);
        var local = row;
        if (row > PAGE - 35) {
            var least = (PAGE - 12) * 32 / 255 - 23;
            var rest = least + (row - least) % (PAGE - 4);
            local = rest <= PAGE - 35 ? rest : least;
        }
        var inPage = Math.min(entry.length, local - (at - head));
        if (!Arrays.equals(bytes, at, at + inPage, entry, 0, inPage)) {
            return Optional.empty();
        }
        if (local == row) {
            return Optional.of(new Copy(List.of(new Harm(head, head + row)), true));
        }
        var pieces = new ArrayList<Harm>();
        pieces.add(new Harm(head, head + local + 4));
        for (var from = inPage; from < entry.length; from += PAGE - 4) {
            pieces.addAll(pagesWith(entry, from, tails));
        }
        return Optional.of(new Copy(pieces, false));
    }

    private List<Harm> pagesWith(byte[] entry, int from, Map<Integer, List<Integer>> tails) {
        var to = Math.min(entry.length, from + PAGE - 4);
        return tails.getOrDefault(key(entry, from), List.of()).stream()
                .filter(p -> Arrays.equals(bytes, p + 4, p + 4 + to - from, entry, from, to))
                .map(p -> new Harm(p < databaseBytes ? p : p - 24, p + PAGE))
                .toList();
    }

    /** Where the row's head stands before the entry's first byte; -1 when there is none. */
    private int headBefore(byte[] entry, int at) {
        var type = 12 + 2 * entry.length;
        var typeBytes = type < 128 ? 1 : type < 16_384 ? 2 : 3;
        for (var laneBytes = 0; laneBytes <= 1; laneBytes++) {
            var headBytes = 4 + typeBytes;
            var head = at - laneBytes - headBytes;
            if (head >= 0
                    && bytes[head] == headBytes
                    && bytes[head + 1] == 0
                    && bytes[head + 2] == (laneBytes == 1 ? 1 : bytes[head + 2] == 8 ? 8 : 9)) {
                return head;
            }
        }
        return -1;
    }

    /** How long the check is that the last serial type of the head stands for. */
    private int checkBytes(int head) {
        return switch (bytes[head + bytes[head] - 1]) {
            case 1 -> 1;
            case 2 -> 2;
            case 3 -> 3;
            case 4 -> 4;
            case 5 -> 6;
            default -> 0;
        };
    }
}
