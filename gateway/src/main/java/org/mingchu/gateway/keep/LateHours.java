package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.pack.Column;
import org.mingchu.gateway.keep.pack.LateMinutes;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.keep.pack.Minutes;
import org.mingchu.gateway.keep.pack.Summary;
import org.mingchu.gateway.keep.store.Hour;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which packed hours hold values of one curve that a probe had buffered, and when those were so:
 * whoever asks for a day of last week must also look into an hour of today. Summaries say it; an
 * older program's do not, and its hours are read once. What was read is remembered, about 100 bytes
 * an hour. Under the journal's lock.
 */
final class LateHours {
    private final Curve curve;
    private final long latenessMs;
    private final Map<Hour, Span> known = new HashMap<>();

    /** From the earliest late value to after the latest, boot time in nanoseconds. */
    private record Span(long fromNs, long endNs) {
        static final Span NOTHING = new Span(0, 0);

        boolean isNothing() {
            return fromNs == endNs;
        }

        Span and(long otherFromNs, long otherEndNs) {
            return isNothing()
                    ? new Span(otherFromNs, otherEndNs)
                    : new Span(Math.min(fromNs, otherFromNs), Math.max(endNs, otherEndNs));
        }
    }

    /**
     * @param curve of {@link Measure#NONE}: whatever its subject measures
     * @param lateness how long after it was taken a value may have come
     */
    LateHours(Curve curve, Duration lateness) {
        this.curve = curve;
        this.latenessMs = lateness.toMillis();
    }

    /** How far behind its arrival a value may stand, milliseconds. */
    long latenessMs() {
        return latenessMs;
    }

    /** The hours with late values that were so in a window, in the journal's order. */
    List<Almanac.Dated> of(Store store, Almanac almanac, Window window) {
        var hours = almanac.hours(new Window(window.fromMs(), window.toMs() + latenessMs).range());
        learn(store, hours);
        return hours.stream().filter(dated -> within(dated, window).isPresent()).toList();
    }

    /** Whether the hour holds any; it must have been asked about. */
    boolean has(Hour hour) {
        return !known.getOrDefault(hour, Span.NOTHING).isNothing();
    }

    /** The part of a window in which late values of an hour were so. */
    Optional<Window> within(Almanac.Dated dated, Window window) {
        var span = known.getOrDefault(dated.hour(), Span.NOTHING);
        if (span.isNothing()) {
            return Optional.empty();
        }
        // Where the clock was set in the midst of the hour, its ends do not say all.
        var slackMs = Walk.clock(dated).even() ? 1 : Almanac.APART_MS;
        var clock = Walk.clock(dated);
        var from = Math.max(window.fromMs(), clock.ms(span.fromNs) - slackMs);
        var end = Math.min(window.toMs(), clock.ms(span.endNs) + slackMs);
        return from < end ? Optional.of(new Window(from, end)) : Optional.empty();
    }

    private void learn(Store store, List<Almanac.Dated> hours) {
        var strange =
                hours.stream()
                        .map(Almanac.Dated::hour)
                        .filter(hour -> !known.containsKey(hour))
                        .sorted(Comparator.comparingLong(Hour::pos))
                        .toList();
        if (strange.isEmpty()) {
            return;
        }
        var said =
                measures()
                        .map(measure ->
                                store.summaries(
                                        curve.subject(),
                                        measure,
                                        strange.getFirst().pos(),
                                        strange.getLast().pos() + 1))
                        .toList();
        for (var hour : strange) {
            var summaries =
                    said.stream().flatMap(s -> Optional.ofNullable(s.get(hour.pos())).stream());
            known.put(hour, span(store, hour, summaries.toList()));
        }
    }

    private Stream<Measure> measures() {
        return curve.measure() == Measure.NONE
                ? Stream.of(Measure.values()).filter(measure -> measure != Measure.NONE)
                : Stream.of(curve.measure());
    }

    private Span span(Store store, Hour hour, List<byte[]> summaries) {
        var span = Span.NOTHING;
        for (var bytes : summaries) {
            var late = late(bytes);
            if (late.isEmpty()) {
                return hour.whole() ? span(store, hour) : span;
            }
            var minutes = late.get();
            if (minutes.size() > 0) {
                span = span.and(minutes.fromNs(0), minutes.fromNs(minutes.size() - 1) + Minutes.NS);
            }
        }
        return span;
    }

    /** Empty when the summary does not know, or cannot be read. */
    static Optional<LateMinutes> late(byte[] summary) {
        try {
            return Summary.of(summary).late();
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Optional.empty();
        }
    }

    /** By the readings themselves. A damaged block is told by whoever reads its entries. */
    private Span span(Store store, Hour hour) {
        var packed = store.packed(curve.subject(), hour.pos(), hour.pos() + 1).get(hour.pos());
        var span = Span.NOTHING;
        if (packed == null) {
            return span;
        }
        try {
            for (var reading : Column.of(packed.column()).readings()) {
                if (reading.behindNs() > 0) {
                    span = span.and(earliestNs(hour, reading), latestNs(hour, reading));
                }
            }
            return span;
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            return Span.NOTHING;
        }
    }

    private static long earliestNs(Hour hour, Reading late) {
        return hour.from().upNs() - late.behindNs();
    }

    private static long latestNs(Hour hour, Reading late) {
        return hour.to().upNs() - late.behindNs() + 1;
    }
}
