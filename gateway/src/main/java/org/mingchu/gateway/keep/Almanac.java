package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.store.Hour;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the record says of its own time: when each packed hour was, what is held, at which sizes the
 * trees were signed. Read once from the entries other than rounds, then only what is new. Memory:
 * about 200 bytes for each packed hour, and what {@link Recent} keeps. One thread.
 */
final class Almanac {
    /** No entry is older: when the first program that keeps such a record was made. */
    private static final long EARLIEST_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private static final int PAGE_ROWS = 512;

    /** How far what happened in an hour may lie outside of its ends. */
    static final long APART_MS = Duration.ofHours(1).toMillis();

    private final Chronology chronology = new Chronology(EARLIEST_MS);
    private final Holds holds = new Holds();
    private final List<Hour> hours = new ArrayList<>();
    private final TreeMap<Integer, TreeSet<Long>> signedSizes = new TreeMap<>();
    private final Recent recent = new Recent();
    private long nextPos;

    /** The same hours on the corrected clock, as long as nothing new is known of it. */
    private final List<Dated> dated = new ArrayList<>();

    /** An hour and when it was, as well as is known. */
    record Dated(Hour hour, Holds.Range when) {}

    /**
     * Takes in what was committed since.
     *
     * @param endPos after the last committed entry
     * @param maxRows looked at at most, so that nobody waits long
     * @return whether that was all
     */
    boolean catchUp(Store store, long endPos, int maxRows) {
        var left = maxRows;
        for (var page = newHours(store); !page.isEmpty(); page = newHours(store)) {
            hours.addAll(page);
            left -= PAGE_ROWS;
            if (left <= 0) {
                return false;
            }
        }
        for (; left > 0; left -= PAGE_ROWS) {
            var page = store.loose(nextPos, PAGE_ROWS);
            for (var row : page) {
                if (row.pos() >= endPos) {
                    return true;
                }
                decode(row).ifPresent(entry -> take(entry, Pos.epochNo(row.pos())));
                nextPos = row.pos() + 1;
            }
            if (page.size() < PAGE_ROWS) {
                return true;
            }
        }
        return false;
    }

    private List<Hour> newHours(Store store) {
        return store.hours(hours.isEmpty() ? 0 : hours.getLast().pos() + 1, PAGE_ROWS);
    }

    /** Readings say nothing here, and what cannot be read is told by whoever asks for it. */
    private static Optional<Entry> decode(Row row) {
        try {
            return row.lane() == Lane.READING || !row.isSound()
                    ? Optional.empty()
                    : Optional.of(EntryCodec.decode(row.bytes()));
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    private void take(Entry entry, int epochNo) {
        chronology.add(entry);
        dated.clear();
        holds.take(entry.fact());
        if (entry.fact() instanceof Fact.Checkpointed(var note)) {
            signedSizes.computeIfAbsent(epochNo, _ -> new TreeSet<>()).add(size(note));
        }
    }

    /** The second line of a checkpoint; 0 when it is none of ours. */
    private static long size(String note) {
        var lines = note.split("\n", 3);
        return lines.length == 3 && lines[1].matches("\\d{1,12}") ? Long.parseLong(lines[1]) : 0;
    }

    /** Sizes at which an epoch's tree was signed, above one and below another. */
    Collection<Long> signedBetween(int epochNo, long above, long below) {
        var sizes = signedSizes.get(epochNo);
        return sizes == null ? List.of() : sizes.subSet(above, false, below, false);
    }

    /** See {@link Recent#of}. */
    List<Entry> recent(Store store, String subject) {
        return recent.of(store, subject);
    }

    Chronology chronology() {
        return chronology;
    }

    Holds holds() {
        return holds;
    }

    /** Every packed hour, in the journal's order. */
    List<Hour> hours() {
        return Collections.unmodifiableList(hours);
    }

    /** When the hour was, as well as is known. */
    Holds.Range when(Hour hour) {
        var from = chronology.corrected(hour.from()).wallMs();
        return new Holds.Range(from, Math.max(from, chronology.corrected(hour.to()).wallMs()));
    }

    /**
     * The hours that have a moment in common with a range, as well as is known, and those next to
     * it: where a clock was set in the midst of an hour, its ends do not say all.
     */
    List<Dated> hours(Holds.Range range) {
        var wide = new Holds.Range(range.fromMs() - APART_MS, range.toMs() + APART_MS);
        while (dated.size() < hours.size()) {
            var hour = hours.get(dated.size());
            dated.add(new Dated(hour, when(hour)));
        }
        return dated.stream().filter(hour -> hour.when().meets(wide)).toList();
    }

    /** When the hour can have been: wider than {@link #when} by all that is not known. */
    Holds.Range atMost(Hour hour) {
        var from = chronology.corrected(hour.from());
        var to = chronology.corrected(hour.to());
        return new Holds.Range(
                from.bounded() ? from.wallMs() - from.errorMs() : from.notBeforeMs(),
                to.bounded() ? to.wallMs() + to.errorMs() : Long.MAX_VALUE);
    }

    /**
     * How long ago the hour ended at least, in milliseconds. A clock that nobody set may say
     * anything of now; what is proven is that it is not earlier.
     */
    long agoMs(Hour hour, Moment now) {
        var then = chronology.corrected(hour.to());
        var at = chronology.corrected(now);
        if (at.bounded()) {
            return at.wallMs() - at.errorMs() - latestMs(then);
        }
        // Neither has a bound above: what is proven of both grows with the boots between them.
        return at.notBeforeMs() - (then.bounded() ? latestMs(then) : then.notBeforeMs());
    }

    private static long latestMs(Corrected moment) {
        return moment.wallMs() + (moment.bounded() ? moment.errorMs() : 0);
    }

    /** The rounds of these hours are no longer there. */
    void dropped(Collection<Long> positions) {
        var gone = new HashSet<>(positions);
        dated.clear();
        hours.replaceAll(
                h -> gone.contains(h.pos()) ? new Hour(h.pos(), h.last(), h.from(), h.to(), 0) : h);
    }
}
