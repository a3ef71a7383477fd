package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Answers.Said;
import org.mingchu.gateway.keep.Answers.Side;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/** Answers are those of whoever adds up all entries by hand. */
class HistoryTest {
    private static final String FRIDGE = "fridge-1-air";
    private static final Curve CURVE = new Curve(FRIDGE, Measure.TEMPERATURE);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);
    private static final long BEGIN_MS = TODAY.atStartOfDay(ZONE).toInstant().toEpochMilli();
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final long PERIOD_MS = PERIOD.toMillis();
    private static final Limits COLD = Limits.between(0, 8_000);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final List<Entry> kept = new ArrayList<>();

    @Test
    void a_warm_fridge_shows_25_minutes_and_a_pulled_plug_shows_40_minutes_of_nothing() {
        try (var journal = Journal.inMemory(new Random(1), at(0))) {
            for (var i = 0; i < 8 * 120; i++) {
                var minute = i / 2;
                var warm = minute >= 60 && minute < 85;
                if (minute < 200 || minute >= 240) {
                    keep(journal, at(i * PERIOD_MS), measured(warm ? 9_000 + i : 4_000));
                }
                if (i % 60 == 0) {
                    journal.commit();
                    journal.tend(at(i * PERIOD_MS));
                }
            }
            journal.commit();
            var history = journal.history(PERIOD);
            var window = new Window(BEGIN_MS, BEGIN_MS + 8 * HOUR_MS);
            var found = history.excursions(CURVE, COLD, window);
            assertThat(found.excursions())
                    .containsExactly(
                            new Answers.Excursion(
                                    Side.ABOVE,
                                    BEGIN_MS + HOUR_MS,
                                    BEGIN_MS + 85 * 60_000,
                                    9_000 + 169));
            assertThat(found.holes())
                    .containsExactly(new Window(BEGIN_MS + 200 * 60_000, BEGIN_MS + 240 * 60_000));
            var sample = history.sample(CURVE, COLD, window);
            assertThat(sample.aboveMs()).isEqualTo(25 * 60_000);
            assertThat(sample.belowMs()).isZero();
            assertThat(sample.worstHole()).contains(found.holes().getFirst());
            assertThat(sample.byMinutes()).isFalse();
            var day = history.completeness(CURVE, TODAY, ZONE);
            assertThat(day.expected()).isEqualTo(8 * 120);
            assertThat(day.received()).isEqualTo(8 * 120 - 80);
            assertThat(day.absent()).isEqualTo(80);
            assertThat(day.basisPoints()).isEqualTo(9_166);

            thin(journal);
            var thinned = history.sample(CURVE, COLD, window);
            assertThat(thinned.byMinutes()).isTrue();
            assertThat(thinned.figures()).isEqualTo(sample.figures());
            assertThat(thinned.aboveMs()).isCloseTo(25 * 60_000, within(60_000L));
            assertThat(thinned.worstHole().orElseThrow().lengthMs())
                    .isCloseTo(40 * 60_000, within(60_000L));
            var readings = history.range(FRIDGE, window);
            assertThat(readings.said()).isEmpty();
            assertThat(readings.byMinutes()).hasSize(8);
        }
    }

    @Test
    void silence_has_reasons_and_the_last_value_has_an_age() {
        try (var journal = Journal.inMemory(new Random(1), at(0))) {
            for (var i = 0; i < 300; i++) {
                keep(
                        journal,
                        at(i * PERIOD_MS),
                        i < 200
                                ? measured(4_000)
                                : new Reading.Silent(FRIDGE, Fault.DISCONNECTED, "pulled"));
                journal.commit();
                journal.tend(at(i * PERIOD_MS));
            }
            var history = journal.history(PERIOD);
            var day = history.completeness(CURVE, TODAY, ZONE);
            assertThat(day.faults()).isEqualTo(Map.of(Fault.DISCONNECTED, 100L));
            assertThat(day.received()).isEqualTo(200);
            assertThat(day.absent()).isZero();
            var last = history.last(FRIDGE, at(300 * PERIOD_MS)).orElseThrow();
            assertThat(last.ageMs()).isEqualTo(101 * PERIOD_MS);
            assertThat(last.errorMs()).isZero();
            var later = new Moment("b", 0, BEGIN_MS + HOUR_MS * 9, ClockState.SYNCED, 20);
            var old = history.last(FRIDGE, later).orElseThrow();
            assertThat(old.ageMs()).isEqualTo(9 * HOUR_MS - 199 * PERIOD_MS);
            assertThat(old.errorMs()).isBetween(40L, 1_000L);
            assertThat(history.last("nobody", later)).isEmpty();
        }
    }

    @Test
    void any_record_answers_as_a_list_of_all_its_entries_would() {
        for (var seed = 0L; seed < Proof.pick(8, 12, 600); seed++) {
            kept.clear();
            check(new Random(seed), "seed " + seed);
        }
    }

    private void check(Random chance, String seed) {
        try (var journal = Journal.inMemory(chance, at(0))) {
            kept.addAll(journal.read(1, 1));
            film(journal, chance);
            var history = journal.history(PERIOD);
            var chronology = chronology();
            for (var i = 0; i < 6; i++) {
                var from = BEGIN_MS + chance.nextLong(20 * HOUR_MS) - HOUR_MS;
                var window = new Window(from, from + 1 + chance.nextLong(12 * HOUR_MS));
                var naive = naive(chronology, window);
                assertThat(history.range(FRIDGE, window).said()).as(seed).isEqualTo(naive);
                sameSums(history, window, values(naive), seed);
                sameBuckets(history, window, 1 + chance.nextInt(40), seed);
            }
        }
    }

    /** Boots with clocks of all kinds, jitter, faults, holes, epochs, other entries between. */
    private void film(Journal journal, Random chance) {
        var wallMs = BEGIN_MS;
        for (var boot = 0; boot < 4; boot++) {
            var synced = chance.nextInt(3) > 0;
            var aheadMs = synced ? 0 : chance.nextLong(HOUR_MS);
            var upMs = chance.nextLong(60_000);
            var milli = 4_000L;
            for (var i = chance.nextInt(500); i >= 0; i--) {
                var state = synced ? ClockState.SYNCED : ClockState.UNSYNCED;
                var error = synced ? 20 : Moment.ERROR_UNKNOWN_MS;
                var at =
                        new Moment(
                                "boot-" + boot, upMs * 1_000_000, wallMs - aheadMs, state, error);
                milli += chance.nextInt(801) - 400;
                Reading reading =
                        chance.nextInt(15) == 0
                                ? new Reading.Silent(FRIDGE, Fault.CRC, "")
                                : measured(milli);
                keep(journal, at, reading);
                if (chance.nextInt(50) == 0) {
                    journal.commit();
                    journal.tend(at);
                    if (!synced) {
                        aheadMs = 0;
                        synced = true;
                        kept.addAll(
                                journal.append(
                                        at, List.of(new Fact.ClockSet(state, aheadMs, error))));
                    }
                }
                var stepMs = PERIOD_MS + chance.nextInt(200);
                stepMs += chance.nextInt(60) == 0 ? chance.nextLong(HOUR_MS) : 0;
                upMs += stepMs;
                wallMs += stepMs;
            }
            journal.commit();
            if (chance.nextInt(4) == 0) {
                var at = kept.getLast().at();
                journal.beginEpoch(Causes.PLATFORM_AHEAD, at);
                kept.addAll(journal.read(1, 1));
            }
            wallMs += chance.nextLong(2 * HOUR_MS);
        }
    }

    /** As the almanac reads it: without the rounds. */
    private Chronology chronology() {
        var chronology = new Chronology(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        kept.stream().filter(e -> !(e.fact() instanceof Fact.Round)).forEach(chronology::add);
        return chronology;
    }

    private List<Said> naive(Chronology chronology, Window window) {
        var said = new ArrayList<Said>();
        for (var entry : kept) {
            if (entry.fact() instanceof Fact.Round(var readings)) {
                var when = chronology.corrected(entry.at());
                if (window.has(when.wallMs())) {
                    said.add(
                            new Said(
                                    entry.epoch(),
                                    entry.seq(),
                                    entry.at(),
                                    when,
                                    readings.getFirst()));
                }
            }
        }
        return said;
    }

    private static List<Said> values(List<Said> said) {
        return said.stream().filter(s -> s.reading() instanceof Reading.Measured).toList();
    }

    /** Where the clock is even the walk counts by boot time: a value may be off by a second. */
    private void sameSums(History history, Window window, List<Said> values, String seed) {
        var aboveMs = 0L;
        var holes = values.isEmpty() ? 1 : 0;
        for (var i = 0; i < values.size(); i++) {
            var ms = values.get(i).when().wallMs();
            var next = i + 1 < values.size() ? values.get(i + 1).when().wallMs() : window.toMs();
            var stands = next - ms > 2 * PERIOD_MS ? PERIOD_MS : next - ms;
            if (i + 1 == values.size()) {
                stands = Math.min(PERIOD_MS, next - ms);
            }
            aboveMs += milli(values.get(i)) > 8_000 ? stands : 0;
            holes += next - ms > 2 * PERIOD_MS ? 1 : 0;
        }
        var sample = history.sample(CURVE, COLD, window);
        var monotone = isMonotone(values);
        if (monotone) {
            assertThat(sample.aboveMs()).as(seed).isCloseTo(aboveMs, within(20_000L));
            assertThat(sample.holes().size()).as(seed).isBetween(holes - 1, holes + 2);
        }
        var count = sample.figures().map(Answers.Figures::count).orElse(0L);
        assertThat(count).as(seed).isCloseTo((long) values.size(), within(2L));
        if (count == values.size() && count > 0) {
            assertThat(sample.figures().orElseThrow().max())
                    .as(seed)
                    .isEqualTo(values.stream().mapToLong(HistoryTest::milli).max().orElse(0));
        }
    }

    private static boolean isMonotone(List<Said> values) {
        for (var i = 1; i < values.size(); i++) {
            if (values.get(i).when().wallMs() < values.get(i - 1).when().wallMs()) {
                return false;
            }
        }
        return true;
    }

    private void sameBuckets(History history, Window window, int n, String seed) {
        var chart = history.buckets(CURVE, window, n).buckets();
        var sum = LongStream.range(0, n).map(i -> chart.count((int) i)).sum();
        var slackMs = 61_000; // a minute counts where it began
        var inside = values(naive(chronology(), narrowed(window, slackMs)));
        var outside =
                values(
                        naive(
                                chronology(),
                                new Window(window.fromMs() - slackMs, window.toMs() + slackMs)));
        assertThat(sum).as(seed).isBetween((long) inside.size(), (long) outside.size());
        for (var i = 0; i < n; i++) {
            if (chart.count(i) > 0) {
                assertThat(chart.min(i)).as(seed).isLessThanOrEqualTo(chart.max(i));
            }
        }
        var max = LongStream.range(0, n).filter(i -> chart.count((int) i) > 0);
        var top = max.map(i -> chart.max((int) i)).max().orElse(Long.MIN_VALUE);
        assertThat(top)
                .as(seed)
                .isBetween(
                        inside.stream().mapToLong(HistoryTest::milli).max().orElse(Long.MIN_VALUE),
                        outside.stream().mapToLong(HistoryTest::milli).max().orElse(top));
    }

    private static Window narrowed(Window window, long byMs) {
        return window.lengthMs() > 2 * byMs
                ? new Window(window.fromMs() + byMs, window.toMs() - byMs)
                : new Window(0, 1);
    }

    private void thin(Journal journal) {
        journal.allow(new Allowance(Duration.ofDays(1), 0, List.of(), List.of()));
        var later = Duration.ofDays(30).toMillis();
        for (var i = 0; i < 20; i++) {
            var now = at(later + i * 60_000L);
            keep(journal, now, new Reading.Silent("other", Fault.SILENT, ""));
            journal.commit();
            journal.tend(now);
            journal.append(now, journal.findings());
            journal.commit();
        }
    }

    private void keep(Journal journal, Moment at, Reading reading) {
        kept.addAll(journal.append(at, List.of(new Fact.Round(List.of(reading)))));
    }

    private static long milli(Said said) {
        return Measure.milli(said.reading()).orElseThrow();
    }

    private static Reading measured(long milli) {
        return new Reading.Measured(FRIDGE, Quantity.TEMPERATURE, milli, milli, 0, Set.of());
    }

    private static Moment at(long ms) {
        return new Moment("a", ms * 1_000_000, BEGIN_MS + ms, ClockState.SYNCED, 20);
    }
}
