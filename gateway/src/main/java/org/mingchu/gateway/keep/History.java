package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Answers.Said;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.pack.Buckets;
import org.mingchu.gateway.keep.pack.Column;
import org.mingchu.gateway.keep.pack.Head;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.keep.store.Hour;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Questions about what was measured, over all boots and epochs of the record, on the corrected wall
 * clock. Committed entries only. Nothing is interpolated: a hole stays a hole and is told. Any
 * thread; each question holds the journal's lock, a month of raw readings for some tenths of a
 * second.
 */
public final class History {
    /** Most readings in one answer: a month of one sensor at 10 s. */
    public static final int READINGS_MAX = 300_000;

    /** How far back a last value is looked for, in packed hours. */
    static final int LAST_HOURS_MAX = 24 * 7;

    /** Buckets narrower than this are made of values where there are any. */
    private static final long FINE_MS = Duration.ofMinutes(2).toMillis();

    private static final long NS_PER_MS = 1_000_000;

    private final Journal journal;
    private final long periodMs;
    private final Duration lateness;

    /** Under the journal's lock. */
    private final Map<Curve, LateHours> late = new HashMap<>();

    /**
     * @param period how often each sensor is asked
     * @param lateness how long after it was taken a value may have come: a probe that buffers is
     *     looked for so far behind a window, and what it told late stands at its own time
     */
    History(Journal journal, Duration period, Duration lateness) {
        this.journal = journal;
        this.periodMs = period.toMillis();
        this.lateness = lateness;
    }

    private Walk walk(Store store, Almanac almanac, Curve curve, Window window) {
        return new Walk(store, almanac, curve, window, late(curve));
    }

    private Optional<LateHours> late(Curve curve) {
        return lateness.isZero()
                ? Optional.empty()
                : Optional.of(late.computeIfAbsent(curve, c -> new LateHours(c, lateness)));
    }

    /** What a sensor or camera said in a window, values and faults, ascending. */
    public Answers.Readings range(String subject, Window window) {
        return journal.asked((store, almanac) -> {
            var said = new ArrayList<Said>();
            var byMinutes = new ArrayList<Window>();
            var curve = new Curve(subject, Measure.NONE);
            for (var dated : walk(store, almanac, curve, window).hours()) {
                if (said.size() > READINGS_MAX) {
                    break;
                }
                if (dated.hour().whole()) {
                    add(said(store, almanac, dated.hour(), subject), window, said);
                } else {
                    byMinutes.addAll(byMinutes(dated, curve, window));
                }
            }
            add(unpacked(store, almanac, subject), window, said);
            if (!lateness.isZero()) {
                said.sort(Comparator.comparingLong(s -> s.when().wallMs()));
            }
            var whole = said.size() <= READINGS_MAX;
            return new Answers.Readings(
                    whole ? said : said.subList(0, READINGS_MAX), byMinutes, whole);
        });
    }

    private void add(List<Said> more, Window window, List<Said> to) {
        more.stream()
                .map(said -> lateness.isZero() ? said : atItsOwnTime(said))
                .filter(said -> window.has(said.when().wallMs()))
                .forEach(to::add);
    }

    /** Stretches of a thinned hour, of which only minutes are there. */
    private List<Window> byMinutes(Almanac.Dated dated, Curve curve, Window window) {
        var when = dated.when();
        var stretches = new ArrayList<Window>();
        if (when.fromMs() < window.toMs() && when.toMs() >= window.fromMs() - Almanac.APART_MS) {
            stretches.add(new Window(when.fromMs(), when.toMs() + 1));
        }
        late(curve).flatMap(l -> l.within(dated, window)).ifPresent(stretches::add);
        return stretches;
    }

    /**
     * What a sensor said of the time before a moment, the oldest first. What was told in a boot of
     * which nobody knows when it was is left out.
     */
    public List<Answers.Earlier> before(String subject, Moment now, Duration time) {
        return journal.asked((_, almanac) -> {
            var here = almanac.chronology().corrected(now).wallMs();
            // Where the clock is corrected, this boot's moments may lie a little further back.
            var slackMs = Almanac.APART_MS;
            var window = new Window(here - time.toMillis() - slackMs, here + slackMs);
            return range(subject, window).said().stream()
                    .filter(said -> said.at().boot().equals(now.boot()) || said.when().bounded())
                    .map(said -> new Answers.Earlier(agoMs(said, now, here), said.reading()))
                    .filter(one -> one.agoMs() >= 0 && one.agoMs() <= time.toMillis())
                    .sorted(Comparator.comparingLong(Answers.Earlier::agoMs).reversed())
                    .toList();
        });
    }

    private static long agoMs(Said said, Moment now, long hereMs) {
        return said.at().boot().equals(now.boot())
                ? TimeUnit.NANOSECONDS.toMillis(
                        now.upNs() - said.at().upNs() + ageNs(said.reading()))
                : hereMs - said.when().wallMs();
    }

    /** What a probe had buffered was not so when it came. */
    private static Said atItsOwnTime(Said said) {
        return new Said(
                said.epoch(),
                said.seq(),
                said.at(),
                taken(said.when(), said.reading()),
                said.reading());
    }

    /** When a reading that came then was taken. */
    static Corrected taken(Corrected came, Reading reading) {
        var behindMs = Walk.behindMs(reading);
        return new Corrected(
                came.wallMs() - behindMs,
                came.errorMs(),
                came.notBeforeMs() - behindMs,
                came.basis());
    }

    private static List<Said> said(Store store, Almanac almanac, Hour hour, String subject) {
        var packed = store.packed(subject, hour.pos(), hour.pos() + 1).get(hour.pos());
        if (packed == null) {
            return List.of();
        }
        try {
            var said = new ArrayList<Said>();
            var head = Head.of(packed.head());
            var column = Column.of(packed.column());
            var readings = column.readings();
            for (var i = 0; i < readings.size(); i++) {
                var round = column.round(i, head);
                var at = head.at(round);
                said.add(
                        new Said(
                                head.epoch(),
                                head.seq(round),
                                at,
                                almanac.chronology().corrected(at),
                                readings.get(i)));
            }
            return said;
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            // Whoever reads its entries finds the block damaged and has it told; here it is a hole.
            return List.of();
        }
    }

    private static List<Said> unpacked(Store store, Almanac almanac, String subject) {
        var said = new ArrayList<Said>();
        for (var entry : almanac.recent(store, subject)) {
            for (var reading : ((Fact.Round) entry.fact()).readings()) {
                said.add(said(entry, almanac, reading));
            }
        }
        return said;
    }

    private static Said said(Entry entry, Almanac almanac, Reading reading) {
        return new Said(
                entry.epoch(),
                entry.seq(),
                entry.at(),
                almanac.chronology().corrected(entry.at()),
                reading);
    }

    /** A curve as a line: every value that is there. */
    public Line line(Curve curve, Window window) {
        return journal.asked((store, almanac) -> {
            var pen = new Line.Pen(window.lengthMs() / periodMs + 1);
            walk(store, almanac, curve, window).pieces(pen);
            return pen.line();
        });
    }

    /** Least and greatest value of each of {@code n} equal parts of a window. */
    public Answers.Chart buckets(Curve curve, Window window, int n) {
        return journal.asked((store, almanac) -> {
            var buckets = new Buckets(window.fromMs() * NS_PER_MS, window.toMs() * NS_PER_MS, n);
            var walk = walk(store, almanac, curve, window);
            var hours = walk.hours();
            var clocks = hours.stream().map(Walk::clock).toList();
            var fine = window.lengthMs() / n < FINE_MS;
            var thinned = hours.stream().anyMatch(dated -> !dated.hour().whole());
            if (fine || walk.hasLate(hours) || !clocks.stream().allMatch(Walk.Clock::even)) {
                walk.pieces(into(buckets));
                return new Answers.Chart(window, buckets, thinned);
            }
            var summaries = walk.summaries(hours);
            var shifted = new ArrayList<Buckets.Shifted>();
            for (var i = 0; i < clocks.size(); i++) {
                var shiftNs = clocks.get(i).shiftNs();
                Optional.ofNullable(summaries.get(hours.get(i).hour().pos()))
                        .flatMap(Walk::summary)
                        .ifPresent(s -> shifted.add(new Buckets.Shifted(s, shiftNs)));
            }
            buckets.add(shifted);
            walk.unpackedPieces(into(buckets));
            return new Answers.Chart(window, buckets, thinned);
        });
    }

    private static Walk.Pieces into(Buckets buckets) {
        return new Walk.Pieces() {
            @Override
            public void values(long[] ms, long[] milli, int from, int end) {
                for (var i = from; i < end; i++) {
                    buckets.add(ms[i] * NS_PER_MS, 1, milli[i], milli[i]);
                }
            }

            @Override
            public void minute(Walk.Piece minute) {
                buckets.add(
                        minute.fromMs() * NS_PER_MS, minute.count(), minute.min(), minute.max());
            }
        };
    }

    /**
     * The last value of a sensor in the last days of the record; silence is none.
     *
     * @param now of the same clock as the record's
     */
    public Optional<Answers.Last> last(String subject, Moment now) {
        return journal.asked((store, almanac) -> {
            var value = last(store, almanac, subject);
            return value.map(said -> {
                if (said.at().boot().equals(now.boot())) {
                    var ageNs = now.upNs() - said.at().upNs() + ageNs(said.reading());
                    return new Answers.Last(said, TimeUnit.NANOSECONDS.toMillis(ageNs), 0);
                }
                var then = said.when();
                var here = almanac.chronology().corrected(now);
                var ageMs =
                        here.wallMs()
                                - then.wallMs()
                                + TimeUnit.NANOSECONDS.toMillis(ageNs(said.reading()));
                return new Answers.Last(
                        said,
                        Math.max(0, ageMs),
                        here.bounded() && then.bounded()
                                ? here.errorMs() + then.errorMs()
                                : Moment.ERROR_UNKNOWN_MS);
            });
        });
    }

    /**
     * Goes back until a value was told at once: what a probe had buffered may be days older than
     * what stands before it.
     */
    private static Optional<Said> last(Store store, Almanac almanac, String subject) {
        var newest = lastValue(unpacked(store, almanac, subject), Optional.empty());
        var left = LAST_HOURS_MAX;
        for (var hour : almanac.hours().reversed()) {
            var endMs = almanac.when(hour).toMs();
            if (left-- == 0
                    || newest.filter(v -> v.reading().behindNs() == 0 || takenMs(v) > endMs)
                            .isPresent()) {
                break;
            }
            newest = lastValue(said(store, almanac, hour, subject), newest);
        }
        return newest;
    }

    /** The value that was so last, among some and one that came later than they. */
    private static Optional<Said> lastValue(List<Said> said, Optional<Said> later) {
        return Stream.concat(said.stream(), later.stream())
                .filter(s -> !(s.reading() instanceof Reading.Silent))
                .reduce((one, other) -> takenMs(other) >= takenMs(one) ? other : one);
    }

    private static long takenMs(Said said) {
        return said.when().wallMs() - Walk.behindMs(said.reading());
    }

    private static long ageNs(Reading reading) {
        return switch (reading) {
            case Reading.Measured m -> m.ageNs();
            case Reading.Seen s -> s.ageNs();
            case Reading.Silent _ -> 0;
        };
    }

    /** The minutes of a window whose readings were thinned. */
    List<Walk.Piece> minutes(Curve curve, Window window) {
        return journal.asked((store, almanac) -> {
            var minutes = new ArrayList<Walk.Piece>();
            walk(store, almanac, curve, window)
                    .pieces(
                            new Walk.Pieces() {
                                @Override
                                public void values(long[] ms, long[] milli, int from, int end) {
                                    // said by themselves
                                }

                                @Override
                                public void minute(Walk.Piece minute) {
                                    minutes.add(minute);
                                }
                            });
            return minutes;
        });
    }

    /** Each stretch of a window during which the values were outside. */
    public Answers.Excursions excursions(Curve curve, Limits limits, Window window) {
        return tally(curve, limits, window).excursions();
    }

    /** What happened to a sample, or to anything else, while it lay where the sensor is. */
    public Answers.Sample sample(Curve curve, Limits limits, Window window) {
        return tally(curve, limits, window).sample();
    }

    private Tally tally(Curve curve, Limits limits, Window window) {
        return journal.asked((store, almanac) -> {
            var tally = new Tally(window, periodMs, limits);
            walk(store, almanac, curve, window).pieces(tally);
            return tally.end();
        });
    }

    /**
     * How much of a day came, up to the last entry when it is not over.
     *
     * @param zone whose day it is; it may have 23 or 25 hours
     */
    public Answers.Completeness completeness(Curve curve, LocalDate day, ZoneId zone) {
        var from = day.atStartOfDay(zone).toInstant().toEpochMilli();
        var end = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        return journal.asked((store, almanac) -> {
            var newest =
                    journal.lastAt()
                            .map(at -> almanac.chronology().corrected(at).wallMs() + periodMs)
                            .orElse(end);
            var window = new Window(from, Math.clamp(newest, from + 1, end));
            var tally = new Tally(window, periodMs, Limits.NONE);
            var walk = walk(store, almanac, curve, window);
            walk.pieces(tally);
            var faults = new EnumMap<Fault, Long>(Fault.class);
            for (var dated : walk.hours()) {
                count(said(store, almanac, dated.hour(), curve.subject()), window, faults);
            }
            count(unpacked(store, almanac, curve.subject()), window, faults);
            var expected = window.lengthMs() / periodMs;
            var silent = faults.values().stream().mapToLong(Long::longValue).sum();
            return new Answers.Completeness(
                    window,
                    expected,
                    tally.count(),
                    faults,
                    Math.max(0, expected - tally.count() - silent));
        });
    }

    private static void count(Collection<Said> said, Window window, EnumMap<Fault, Long> faults) {
        for (var one : said) {
            if (one.reading() instanceof Reading.Silent silent && window.has(one.when().wallMs())) {
                faults.merge(silent.fault(), 1L, Long::sum);
            }
        }
    }

    /** What is held as evidence now. */
    public Collection<Fact.HoldPlaced> holds() {
        return journal.asked((_, almanac) ->
                almanac.holds().standing().stream().map(Holds.Standing::placed).toList());
    }
}
