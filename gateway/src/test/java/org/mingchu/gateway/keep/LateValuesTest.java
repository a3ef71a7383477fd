package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Answers.Excursion;
import org.mingchu.gateway.keep.Answers.Said;
import org.mingchu.gateway.keep.Answers.Side;
import org.mingchu.gateway.keep.pack.Measure;
import org.mingchu.gateway.keep.pack.OldSummaries;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;
import org.sqlite.JDBC;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a probe had buffered stands at its own time in every answer, be it in the last hour, packed
 * or thinned: a probe out of reach for three days tells 432 values in one go.
 */
class LateValuesTest {
    private static final String BOX = "box-1";
    private static final Curve CURVE = new Curve(BOX, Measure.TEMPERATURE);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 11, 2);
    private static final long BEGIN_MS = FIRST_DAY.atStartOfDay(ZONE).toInstant().toEpochMilli();
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final long PERIOD_MS = PERIOD.toMillis();
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final Limits COLD = Limits.between(0, 8_000);

    /** The first and the fifth day are heard at once, the days between come at {@link #CAME_MS}. */
    private static final long CAME_MS = 4 * DAY_MS + 3 * HOUR_MS;

    private static final Window SECOND_DAY = new Window(BEGIN_MS + DAY_MS, BEGIN_MS + 2 * DAY_MS);
    private static final Window ALL = new Window(BEGIN_MS, BEGIN_MS + 5 * DAY_MS);

    @TempDir private Path folder;
    private Journal journal;

    @BeforeEach
    void five_days_go_by() {
        journal = Journal.open(folder, new Random(1), at(0));
        for (var ms = 0L; ms < 5 * DAY_MS; ms += PERIOD_MS) {
            if (ms < DAY_MS || ms >= 4 * DAY_MS) {
                keep(ms, value(milli(ms), 0));
            }
            if (ms == CAME_MS) {
                for (var taken = DAY_MS; taken < 4 * DAY_MS; taken += PERIOD_MS) {
                    keep(ms, value(milli(taken), ms - taken, Flag.BACKFILLED));
                }
            }
            if (ms < CAME_MS || ms > CAME_MS) {
                journal.commit();
                journal.tend(at(ms));
            }
        }
    }

    @AfterEach
    void close() {
        journal.close();
    }

    /** Warm for 50 minutes from 10 o'clock of the second day on, else 4 ℃. */
    private static long milli(long ms) {
        var warm = ms - DAY_MS - 10 * HOUR_MS;
        return warm >= 0 && warm < 5 * PERIOD_MS ? 12_000 : 4_000;
    }

    @Test
    void packed_values_stand_at_their_own_time_in_every_answer() {
        everyAnswer();
        int hours = journal.asked((_, almanac) -> almanac.hours().size());
        assertThat(hours).isGreaterThan(40);
    }

    @Test
    void so_they_do_after_the_program_has_been_started_anew() {
        journal.close();
        journal = Journal.open(folder, new Random(1), at(5 * DAY_MS));
        everyAnswer();
    }

    /** Summaries of an older program count late values at their round: the block itself is read. */
    @Test
    void so_they_do_where_an_older_program_packed_them() throws SQLException {
        journal.close();
        try (var database =
                JDBC.createConnection(
                        "jdbc:sqlite:" + folder.resolve(FileStore.FILE), new Properties())) {
            assertThat(OldSummaries.into(database)).isPositive();
        }
        journal = Journal.open(folder, new Random(1), at(5 * DAY_MS));
        everyAnswer();
    }

    private void everyAnswer() {
        var history = journal.history(PERIOD, Reading.LATE_MAX);
        assertThat(history.range(BOX, SECOND_DAY).said())
                .hasSize(144)
                .extracting(said -> said.when().wallMs())
                .containsExactlyElementsOf(times(SECOND_DAY));

        var found = history.excursions(CURVE, COLD, ALL);
        assertThat(found.excursions()).containsExactly(warm());
        assertThat(found.holes()).isEmpty();

        var sample = history.sample(CURVE, COLD, SECOND_DAY);
        assertThat(sample.figures().orElseThrow().count()).isEqualTo(144);
        assertThat(sample.figures().orElseThrow().max()).isEqualTo(12_000);
        assertThat(sample.aboveMs()).isEqualTo(5 * PERIOD_MS);
        var fifth = history.sample(CURVE, COLD, new Window(BEGIN_MS + 4 * DAY_MS, ALL.toMs()));
        assertThat(fifth.figures().orElseThrow().count()).isEqualTo(144);
        assertThat(fifth.figures().orElseThrow().max()).isEqualTo(4_000);

        for (var day = 0; day < 5; day++) {
            var complete = history.completeness(CURVE, FIRST_DAY.plusDays(day), ZONE);
            assertThat(complete.received()).as("day %d", day).isEqualTo(144);
            assertThat(complete.absent()).as("day %d", day).isZero();
        }

        var line = history.line(CURVE, ALL);
        assertThat(line.size()).isEqualTo(5 * 144);
        for (var i = 0; i < line.size(); i++) {
            assertThat(line.ms(i)).isEqualTo(BEGIN_MS + i * PERIOD_MS);
            assertThat(line.milli(i)).isEqualTo(milli(i * PERIOD_MS));
        }

        for (var buckets : List.of(5, 5 * 24)) {
            var chart = history.buckets(CURVE, ALL, buckets).buckets();
            for (var i = 0; i < buckets; i++) {
                assertThat(chart.count(i)).isEqualTo(5 * 144 / buckets);
            }
            assertThat(chart.max((24 + 10) * buckets / (5 * 24))).isEqualTo(12_000);
        }
        var last = history.last(BOX, at(5 * DAY_MS)).orElseThrow();
        assertThat(last.ageMs()).isEqualTo(PERIOD_MS);
    }

    @Test
    void thinned_to_minutes_they_still_stand_at_their_own_time() throws Exception {
        thin();
        var history = journal.history(PERIOD, Reading.LATE_MAX);
        var readings = history.range(BOX, SECOND_DAY);
        assertThat(readings.said()).isEmpty();
        assertThat(readings.byMinutes()).isNotEmpty();

        var found = history.excursions(CURVE, COLD, ALL);
        assertThat(found.excursions()).containsExactly(warm());
        assertThat(found.holes()).isEmpty();
        assertThat(found.byMinutes()).isTrue();

        var minutes = new ArrayList<Extract.Minute>();
        new Extract(journal, CURVE, PERIOD, Reading.LATE_MAX)
                .into(
                        new Extract.Sink() {
                            @Override
                            public void said(Said said) {
                                throw new AssertionError("thinned, yet there: " + said);
                            }

                            @Override
                            public void minute(Extract.Minute minute) {
                                minutes.add(minute);
                            }
                        },
                        ALL);
        assertThat(minutes).extracting(Extract.Minute::ms).containsExactlyElementsOf(times(ALL));
        assertThat(minutes)
                .extracting(Extract.Minute::mean)
                .containsExactlyElementsOf(
                        times(ALL).stream().map(ms -> milli(ms - BEGIN_MS)).toList());
    }

    @Test
    void while_they_wait_to_be_packed_they_stand_at_their_own_time_and_hide_no_newer_value() {
        var now = 5 * DAY_MS;
        keep(now, value(4_000, 0));
        keep(now, value(30_000, 2 * HOUR_MS + 60_000, Flag.BACKFILLED));
        journal.commit();
        var history = journal.history(PERIOD, Reading.LATE_MAX);
        assertThat(history.last(BOX, at(now)).orElseThrow().ageMs()).isZero();
        assertThat(new Roll(journal).newest().get(BOX)).isEqualTo(value(4_000, 0));
        var own = BEGIN_MS + now - 2 * HOUR_MS - 60_000;
        assertThat(history.excursions(CURVE, COLD, new Window(own - HOUR_MS, own + HOUR_MS)))
                .satisfies(found ->
                        assertThat(found.excursions())
                                .containsExactly(
                                        new Excursion(Side.ABOVE, own, own + 60_000, 30_000)));
    }

    /** A clock that is a year wrong has no say: nobody buffers for so long. */
    @Test
    void an_age_that_no_buffer_has_is_not_believed() {
        var now = 5 * DAY_MS;
        keep(now, value(30_000, Reading.LATE_MAX.toMillis() + 1, Flag.BACKFILLED));
        journal.commit();
        var said =
                journal.history(PERIOD, Reading.LATE_MAX)
                        .range(BOX, new Window(BEGIN_MS + now, BEGIN_MS + now + 1))
                        .said();
        assertThat(said).hasSize(1);
    }

    @Test
    void whatever_comes_late_a_curve_is_the_list_of_its_values_by_their_own_time() {
        for (var seed = 0L; seed < Proof.pick(6, 20, 400); seed++) {
            check(new Random(seed), "seed " + seed);
        }
    }

    private static void check(Random chance, String seed) {
        var expected = new ArrayList<long[]>();
        try (var record = Journal.inMemory(chance, at(0))) {
            var ms = 0L;
            for (var i = chance.nextInt(1500); i >= 0; i--) {
                ms += chance.nextInt(50) == 0 ? chance.nextLong(DAY_MS) : chance.nextLong(300_000);
                var burst = chance.nextInt(20) == 0 ? chance.nextInt(60) : 0;
                for (var late = burst; late >= 0; late--) {
                    var ageMs = late == 0 ? 0 : chance.nextLong(5 * DAY_MS);
                    var milli = chance.nextLong(20_000);
                    record.append(
                            at(ms),
                            List.of(
                                    new Fact.Round(
                                            List.of(
                                                    ageMs == 0
                                                            ? value(milli, 0)
                                                            : value(
                                                                    milli,
                                                                    ageMs,
                                                                    Flag.BACKFILLED)))));
                    expected.add(new long[] {BEGIN_MS + ms - ageMs, milli});
                }
                record.commit();
                record.tend(at(ms));
            }
            expected.sort(Comparator.comparingLong((long[] one) -> one[0]));
            for (var i = 0; i < 4; i++) {
                var from = BEGIN_MS + chance.nextLong(ms + 2 * DAY_MS) - 3 * DAY_MS;
                var window = new Window(from, from + 1 + chance.nextLong(6 * DAY_MS));
                same(record, window, expected.stream().filter(o -> window.has(o[0])), seed);
            }
        }
    }

    private static void same(Journal record, Window window, Stream<long[]> values, String seed) {
        var expected = values.toList();
        var history = record.history(PERIOD, Reading.LATE_MAX);
        var line = history.line(CURVE, window);
        var drawn = new ArrayList<List<Long>>();
        for (var i = 0; i < line.size(); i++) {
            drawn.add(List.of(line.ms(i), line.milli(i)));
        }
        var wanted = expected.stream().map(o -> List.of(o[0], o[1])).toList();
        assertThat(drawn).as(seed).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(drawn).as(seed).isSortedAccordingTo(Comparator.comparing(List::getFirst));
        assertThat(history.range(BOX, window).said())
                .as(seed)
                .extracting(said -> said.when().wallMs())
                .containsExactlyElementsOf(expected.stream().map(o -> o[0]).toList());
        var buckets = history.buckets(CURVE, window, 1).buckets();
        assertThat(buckets.count(0)).as(seed).isCloseTo(expected.size(), within(3L));
    }

    private static Excursion warm() {
        var from = BEGIN_MS + DAY_MS + 10 * HOUR_MS;
        return new Excursion(Side.ABOVE, from, from + 5 * PERIOD_MS, 12_000);
    }

    private static List<Long> times(Window window) {
        return Stream.iterate(window.fromMs(), ms -> ms < window.toMs(), ms -> ms + PERIOD_MS)
                .toList();
    }

    private void thin() {
        journal.allow(new Allowance(Duration.ofDays(1), 0, List.of(), List.of()));
        for (var i = 0; i < 20; i++) {
            var ms = 30 * DAY_MS + i * 60_000L;
            journal.append(
                    at(ms),
                    List.of(new Fact.Round(List.of(new Reading.Silent("x", Fault.SILENT, "")))));
            journal.commit();
            journal.tend(at(ms));
            journal.append(at(ms), journal.findings());
            journal.commit();
        }
    }

    private void keep(long ms, Reading reading) {
        journal.append(at(ms), List.of(new Fact.Round(List.of(reading))));
    }

    private static Reading value(long milli, long ageMs, Flag... flags) {
        return new Reading.Measured(
                BOX, Quantity.TEMPERATURE, milli, milli, ageMs * 1_000_000, Set.of(flags));
    }

    private static Moment at(long ms) {
        return new Moment("a", ms * 1_000_000, BEGIN_MS + ms, ClockState.SYNCED, 20);
    }
}
