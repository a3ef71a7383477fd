package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.pack.Column;
import org.mingchu.gateway.keep.pack.Head;
import org.mingchu.gateway.keep.pack.LateMinutes;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.keep.pack.Minutes;
import org.mingchu.gateway.keep.pack.Points;
import org.mingchu.gateway.keep.pack.Summary;
import org.mingchu.gateway.keep.pack.Times;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Goes once through what is known of one curve in a window: values where they are there, minutes
 * where they were thinned. In the journal's order, or, where a probe may have told late, each at
 * its own time: a day is put in order at once, so a year takes no more memory. One thread.
 */
final class Walk {
    /** Within a block the clock is taken as even when its ends are off by less, milliseconds. */
    static final long EVEN_MS = 1_000;

    private static final long NS_PER_MS = 1_000_000;

    /** Blocks fetched at once: a query for each would take longer than what it brings. */
    private static final int BLOCKS_AT_ONCE = 24;

    /** What is put in order at once. */
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

    private final Store store;
    private final Almanac almanac;
    private final Curve curve;
    private final Window window;
    private final Optional<LateHours> late;

    /**
     * @param late where late values are; empty for a sensor that is asked, which has none
     */
    Walk(Store store, Almanac almanac, Curve curve, Window window, Optional<LateHours> late) {
        this.store = store;
        this.almanac = almanac;
        this.curve = curve;
        this.window = window;
        this.late = late;
    }

    /** One value, or what a minute of values was. Immutable. */
    record Piece(long fromMs, long min, long max, long sum, long count, boolean minute) {
        static Piece of(long fromMs, long milli) {
            return new Piece(fromMs, milli, milli, milli, 1, false);
        }

        /** How long it speaks for at least. */
        long stepMs(long periodMs) {
            return minute ? Math.max(MINUTE_MS, periodMs) : periodMs;
        }
    }

    /** Takes the pieces. */
    interface Pieces {
        /**
         * Values side by side, ascending, between two indexes: a month has 260,000 of them, and an
         * object for each would take longer than all the rest.
         */
        void values(long[] ms, long[] milli, int from, int end);

        /** What a minute of values was. */
        void minute(Piece minute);
    }

    void pieces(Pieces to) {
        if (late.isEmpty()) {
            packedPieces(to);
            unpackedPieces(to);
            return;
        }
        var unpacked = new InTime();
        unpackedPieces(unpacked);
        unpacked.ordered();
        for (var day : days(late.get().latenessMs())) {
            var pieces = new InTime();
            new Walk(store, almanac, curve, day, late).packedPieces(pieces);
            unpacked.values(day, pieces);
            pieces.give(to);
        }
    }

    /** The window day by day; what lies before the record, and after it, goes with a day. */
    private List<Window> days(long latenessMs) {
        var looked = new Window(window.fromMs(), window.toMs() + latenessMs);
        var hours = almanac.hours(looked.range());
        var begins = hours.stream().mapToLong(h -> h.when().fromMs()).min().orElse(window.toMs());
        var ends = hours.stream().mapToLong(h -> h.when().toMs()).max().orElse(window.toMs());
        var days = new ArrayList<Window>();
        for (var from = window.fromMs(); from < window.toMs(); from = days.getLast().toMs()) {
            var end = Math.max(from, Math.min(begins - latenessMs, window.toMs())) + DAY_MS;
            days.add(new Window(from, from > ends ? window.toMs() : Math.min(window.toMs(), end)));
        }
        return days;
    }

    private void packedPieces(Pieces to) {
        var hours = hours();
        for (var from = 0; from < hours.size(); from += BLOCKS_AT_ONCE) {
            var some = hours.subList(from, Math.min(hours.size(), from + BLOCKS_AT_ONCE));
            var packed =
                    store.packed(
                            curve.subject(),
                            some.getFirst().hour().pos(),
                            some.getLast().hour().pos() + 1);
            for (var dated : some) {
                var hour = dated.hour();
                if (hour.whole()) {
                    Optional.ofNullable(packed.get(hour.pos()))
                            .ifPresent(p -> values(dated, p, to));
                } else {
                    minutes(dated, to);
                }
            }
        }
    }

    /** The pieces of what no block holds. */
    void unpackedPieces(Pieces to) {
        var values = new Values();
        for (var entry : almanac.recent(store, curve.subject())) {
            var readings = ((Fact.Round) entry.fact()).readings();
            values.add(almanac.chronology().corrected(entry.at()).wallMs(), readings);
        }
        values.give(to);
    }

    /**
     * Values whose moments are corrected one by one: those that follow each other go on together.
     */
    private final class Values {
        private static final int FIRST = 512;
        private long[] ms = new long[FIRST];
        private long[] milli = new long[FIRST];
        private int size;

        void add(long atMs, List<Reading> readings) {
            for (var reading : readings) {
                var measure = Measure.of(reading);
                var ms = late.isEmpty() ? atMs : atMs - behindMs(reading);
                if (window.has(ms) && measure.isPresent() && measure.get() == curve.measure()) {
                    add(ms, Measure.milli(reading).orElseThrow());
                }
            }
        }

        private void add(long atMs, long value) {
            if (size == ms.length) {
                ms = Arrays.copyOf(ms, 2 * size);
                milli = Arrays.copyOf(milli, 2 * size);
            }
            ms[size] = atMs;
            milli[size++] = value;
        }

        void give(Pieces to) {
            to.values(ms, milli, 0, size);
        }
    }

    /** How long before it came the reading was so, milliseconds. */
    static long behindMs(Reading reading) {
        return TimeUnit.NANOSECONDS.toMillis(reading.behindNs());
    }

    /** The packed hours that touch the window, and those in which something of it came late. */
    List<Almanac.Dated> hours() {
        var hours = almanac.hours(window.range());
        var later = late.map(l -> l.of(store, almanac, window)).orElseGet(List::of);
        return later.isEmpty()
                ? hours
                : Stream.concat(hours.stream(), later.stream())
                        .distinct()
                        .sorted(Comparator.comparingLong(dated -> dated.hour().pos()))
                        .toList();
    }

    /** Whether something in these hours came late. */
    boolean hasLate(List<Almanac.Dated> hours) {
        return late.isPresent() && hours.stream().anyMatch(h -> late.get().has(h.hour()));
    }

    /** What is known of the curve in these hours, by position; a damaged one is not sorted out. */
    Map<Long, byte[]> summaries(List<Almanac.Dated> hours) {
        return hours.isEmpty()
                ? Map.of()
                : store.summaries(
                        curve.subject(),
                        curve.measure(),
                        hours.getFirst().hour().pos(),
                        hours.getLast().hour().pos() + 1);
    }

    /**
     * The corrected wall clock of a block's rounds, by round or, where it is even, by boot time.
     */
    record Clock(boolean even, long shiftNs) {
        long ms(long keptNs) {
            var ns = keptNs + shiftNs;
            // the plain division is quicker, which a month of values feels
            return ns >= 0 ? ns / NS_PER_MS : Math.floorDiv(ns, NS_PER_MS);
        }
    }

    static Clock clock(Almanac.Dated dated) {
        var hour = dated.hour();
        var when = dated.when();
        var upMs = TimeUnit.NANOSECONDS.toMillis(hour.to().upNs() - hour.from().upNs());
        return new Clock(
                Math.abs(when.toMs() - when.fromMs() - upMs) < EVEN_MS,
                TimeUnit.MILLISECONDS.toNanos(when.fromMs()) - hour.from().upNs());
    }

    private void values(Almanac.Dated hour, Store.Packed packed, Pieces to) {
        try {
            var clock = clock(hour);
            if (clock.even()) {
                var keptNs = Times.keptNs(packed.head());
                if (late.isPresent() && late.get().has(hour.hour())) {
                    var told = Column.of(packed.column()).told(curve.measure(), keptNs);
                    evenValues(told.late(), clock, to);
                    evenValues(told.atOnce(), clock, to);
                } else {
                    evenValues(Column.points(packed.column(), curve.measure(), keptNs), clock, to);
                }
            } else {
                unevenValues(Head.of(packed.head()), Column.of(packed.column()), to);
            }
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            minutes(hour, to);
        }
    }

    private void evenValues(Points points, Clock clock, Pieces to) {
        var keptNs = points.keptNs();
        var ms = new long[keptNs.length];
        for (var i = 0; i < ms.length; i++) {
            ms[i] = clock.ms(keptNs[i]);
        }
        to.values(ms, points.milli(), first(ms, window.fromMs()), first(ms, window.toMs()));
    }

    /** The first of ascending moments that is not before another. */
    private static int first(long[] ms, long notBefore) {
        var from = 0;
        var end = ms.length;
        while (from < end) {
            var middle = (from + end) >>> 1;
            if (ms[middle] < notBefore) {
                from = middle + 1;
            } else {
                end = middle;
            }
        }
        return from;
    }

    private void unevenValues(Head head, Column column, Pieces to) {
        var values = new Values();
        for (var i = 0; i < column.readings().size(); i++) {
            var at = head.at(column.round(i, head));
            values.add(
                    almanac.chronology().corrected(at).wallMs(), List.of(column.readings().get(i)));
        }
        values.give(to);
    }

    /** Damaged minutes are a hole like any other. */
    private void minutes(Almanac.Dated dated, Pieces to) {
        var clock = clock(dated);
        for (var bytes : summaries(List.of(dated)).values()) {
            summary(bytes).ifPresent(s -> minutes(s, clock, to));
            if (late.isPresent() && late.get().has(dated.hour())) {
                LateHours.late(bytes).ifPresent(l -> lateMinutes(l, clock, to));
            }
        }
    }

    private void lateMinutes(LateMinutes minutes, Clock clock, Pieces to) {
        for (var i = 0; i < minutes.size(); i++) {
            minute(minutes.figures(), i, clock.ms(minutes.fromNs(i)), to);
        }
    }

    static Optional<Summary> summary(byte[] bytes) {
        try {
            return Optional.of(Summary.of(bytes));
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    private void minutes(Summary summary, Clock clock, Pieces to) {
        var minutes = summary.minutes();
        for (var i = 0; i < minutes.size(); i++) {
            var atNs = Math.max(summary.span().fromNs(), (minutes.first() + i) * Minutes.NS);
            minute(minutes, i, clock.ms(atNs), to);
        }
    }

    private void minute(Minutes minutes, int i, long ms, Pieces to) {
        if (minutes.count()[i] > 0 && window.has(ms)) {
            to.minute(
                    new Piece(
                            ms,
                            minutes.min()[i],
                            minutes.max()[i],
                            minutes.mean()[i] * minutes.count()[i],
                            minutes.count()[i],
                            true));
        }
    }
}
