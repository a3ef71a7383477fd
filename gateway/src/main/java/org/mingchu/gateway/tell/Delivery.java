package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;

import java.util.TreeMap;

/**
 * What a platform has of one lane: a floor and ranges above it. Between two neighbours of a lane
 * lie entries of other lanes only, so an entry covers everything after the one before it;
 * neighbours therefore join into one range however far apart their numbers are. One thread.
 */
final class Delivery {
    private final TreeMap<Long, Long> above = new TreeMap<>();
    private long floor;
    private long changes;

    Delivery(Progress progress) {
        floor = progress.floor();
        progress.above().forEach(range -> above.put(range.from(), range.to()));
    }

    boolean has(long seq) {
        return seq <= floor || endOf(seq) >= seq;
    }

    /** Whether everything from {@code from} to {@code to} is there. */
    boolean hasAll(long from, long to) {
        return to <= floor || endOf(Math.max(from, floor + 1)) >= to;
    }

    /** The first number from {@code seq} on that is not there. */
    long missingFrom(long seq) {
        var from = Math.max(seq, floor + 1);
        return Math.max(from, endOf(from) + 1);
    }

    /** Takes an entry as delivered, or a run of neighbours: all from after {@code prev} on. */
    void add(long prev, long last) {
        if (hasAll(prev + 1, last)) {
            return;
        }
        changes++;
        join(prev + 1, last);
        var first = above.firstEntry();
        if (first.getKey() <= floor + 1) {
            floor = Math.max(floor, first.getValue());
            above.pollFirstEntry();
        }
    }

    /** How often it has changed. */
    long changes() {
        return changes;
    }

    Progress progress() {
        return new Progress(
                floor,
                above.entrySet().stream()
                        .map(range -> new SeqRange(range.getKey(), range.getValue()))
                        .toList());
    }

    private long endOf(long seq) {
        var range = above.floorEntry(seq);
        return range == null ? 0 : range.getValue();
    }

    private void join(long from, long to) {
        var start = from;
        var end = to;
        for (var near = above.floorEntry(end + 1);
                near != null && near.getValue() >= start - 1;
                near = above.floorEntry(end + 1)) {
            start = Math.min(start, near.getKey());
            end = Math.max(end, near.getValue());
            above.remove(near.getKey());
        }
        above.put(start, end);
    }
}
