package org.mingchu.simulator.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One lane of one epoch: what has come, by number and by arrival. One thread. */
final class LaneBook {
    /** Entries kept whole; of older ones number, chain and fingerprint stay. */
    static final int KEPT_MAX = 100_000;

    private final NavigableMap<Long, Link> links = new TreeMap<>();
    private final Deque<SeenEntry> arrived = new ArrayDeque<>();

    /** What stays of every entry. */
    private record Link(long prev, long fingerprint) {}

    /** What an entry is to those that came before it. */
    enum Novelty {
        NEW,
        SAME_AGAIN,
        CONTRADICTION
    }

    Novelty add(SeenEntry entry) {
        var link = new Link(entry.prev(), fingerprint(entry.text()));
        var before = links.putIfAbsent(entry.seq(), link);
        if (before != null) {
            return before.equals(link) ? Novelty.SAME_AGAIN : Novelty.CONTRADICTION;
        }
        if (arrived.size() == KEPT_MAX) {
            arrived.remove();
        }
        arrived.add(entry);
        return Novelty.NEW;
    }

    boolean has(long seq) {
        return links.containsKey(seq);
    }

    int size() {
        return links.size();
    }

    long last() {
        return links.isEmpty() ? 0 : links.lastKey();
    }

    List<SeenEntry> inOrderOfArrival() {
        return List.copyOf(arrived);
    }

    Stream<SeenEntry> arrived() {
        return arrived.stream();
    }

    /** Holes as pairs of first and last, leaving out what {@code bridged} explains. */
    List<long[]> holes(java.util.function.LongPredicate bridged) {
        var holes = new ArrayList<long[]>();
        var last = 0L;
        for (var link : links.entrySet()) {
            var prev = link.getValue().prev();
            if (prev > last && !bridged.test(prev)) {
                holes.add(new long[] {last + 1, prev});
            }
            last = link.getKey();
        }
        return holes;
    }

    /** Entries whose prev jumps over one that has come, or does not point back. */
    List<String> brokenLinks() {
        var broken = new ArrayList<String>();
        var last = 0L;
        for (var link : links.entrySet()) {
            var prev = link.getValue().prev();
            var startsAnew = prev == 0;
            if (prev >= link.getKey() || (prev < last && !startsAnew)) {
                broken.add(
                        "seq %d says prev %d, but %d came in between"
                                .formatted(link.getKey(), prev, last));
            }
            last = link.getKey();
        }
        return broken;
    }

    private static long fingerprint(String text) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return java.nio.ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
