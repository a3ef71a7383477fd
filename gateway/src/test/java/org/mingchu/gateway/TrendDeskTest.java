package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.config.Attention;
import org.mingchu.config.Plan;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.AlarmId;
import org.mingchu.gateway.judge.AlarmState;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.Diary;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Window;
import org.mingchu.gateway.show.Trend;
import org.mingchu.gateway.show.TrendSpan;
import org.mingchu.gateway.show.Trends;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;

/**
 * Trends of 31 days of a fridge that is at 4 °C, with one reading at 23 °C, one hour at 9.5 °C, 40
 * minutes of silence and a day without the gateway.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrendDeskTest {
    private static final long BEGIN_MS = 1_795_305_600_000L;
    private static final long PERIOD_MS = 60_000;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final long END_MS = BEGIN_MS + 31 * DAY_MS;

    private final Plan plan = Film.plan();
    private final String unit = plan.site().units().getFirst().id();
    private final String air = plan.site().units().getFirst().sensors().getFirst().id();
    private final Journal journal = Journal.inMemory(new Random(1), at(BEGIN_MS));
    private final Librarian librarian = new Librarian();
    private final TrendDesk desk =
            new TrendDesk(plan, journal, () -> at(END_MS), librarian, new Diary(journal));

    @BeforeAll
    void a_month_goes_by() {
        for (var ms = BEGIN_MS; ms < END_MS; ms += PERIOD_MS) {
            var day = (ms - BEGIN_MS) / DAY_MS;
            var minute = (ms - BEGIN_MS) / 60_000 % (24 * 60);
            if (day == 12) {
                continue; // the gateway was off
            }
            if (day == 30) {
                lastDay(ms, minute);
            }
            journal.append(at(ms), List.of(new Fact.Round(List.of(reading(day, minute)))));
            if (minute % 60 == 0) {
                journal.commit();
                journal.tend(at(ms));
            }
        }
        journal.commit();
    }

    @AfterAll
    void close() {
        librarian.close();
        journal.close();
    }

    private Reading reading(long day, long minute) {
        if (day == 30 && minute >= 300 && minute < 340) {
            return new Reading.Silent(air, Fault.DISCONNECTED, "");
        }
        var spike = day == 20 && minute == 700;
        var warm = day == 30 && minute >= 600 && minute < 660;
        var milli = spike ? 23_000 : warm ? 9_500 : 4_000;
        return new Reading.Measured(air, Quantity.TEMPERATURE, milli, milli, 0, Set.of());
    }

    private void lastDay(long ms, long minute) {
        switch (Math.toIntExact(minute)) {
            case 610 -> keep(ms, raised("chilled-high", minute(600)));
            case 660 ->
                    keep(
                            ms,
                            alarm(
                                    "chilled-high",
                                    AlarmChange.RETURNED,
                                    AlarmState.UNACK_RETURNED,
                                    minute(600)));
            case 800 -> keep(ms, done(Doing.CLEANING, 45 * 60_000));
            case 830 -> keep(ms, done(Doing.IN_USE, 0));
            case 1_410 -> keep(ms, raised("chilled-low", minute(1_400)));
            default -> {}
        }
    }

    private void keep(long ms, Fact fact) {
        journal.append(at(ms), List.of(fact));
    }

    private Fact raised(String rule, long sinceMs) {
        return alarm(rule, AlarmChange.RAISED, AlarmState.UNACK_ACTIVE, sinceMs);
    }

    private Fact done(Doing doing, long forMs) {
        return new Fact.Done(
                unit,
                doing,
                forMs,
                0,
                "周清",
                Optional.empty(),
                new Person("p-03", Role.STAFF, Strength.TAP));
    }

    @Test
    void a_spike_of_one_reading_keeps_its_height_in_a_month() {
        var points = curve(TrendSpan.MONTH).points();
        var step = step(TrendSpan.MONTH, BEGIN_MS + 20 * DAY_MS + 700 * 60_000);
        assertThat(points.max(step)).isEqualTo(23_000);
        assertThat(points.min(step)).isEqualTo(4_000);
        assertThat(points.mean(step)).isBetween(4_300L, 4_330L);
        assertThat(points.max(step - 1)).isEqualTo(4_000);
    }

    @Test
    void a_day_without_the_gateway_is_a_gap_and_no_line() {
        var curve = curve(TrendSpan.MONTH);
        var first = step(TrendSpan.MONTH, BEGIN_MS + 12 * DAY_MS);
        for (var step = first; step < first + 24; step++) {
            assertThat(curve.points().has(step)).as("step " + step).isFalse();
        }
        assertThat(curve.points().has(first - 1)).isTrue();
        assertThat(curve.points().has(first + 24)).isTrue();
        assertThat(curve.holes())
                .anySatisfy(hole -> {
                    assertThat(hole.fromMs()).isEqualTo(BEGIN_MS + 12 * DAY_MS);
                    assertThat(hole.toMs()).isEqualTo(BEGIN_MS + 13 * DAY_MS);
                });
    }

    /** A gap shorter than a step would else be drawn as if nothing had been missing. */
    @Test
    void a_hole_is_told_to_the_reading_also_where_a_step_is_longer() {
        assertThat(curve(TrendSpan.MONTH).holes())
                .contains(new Trend.Hole(minute(300), minute(340)));
    }

    @ParameterizedTest
    @EnumSource(TrendSpan.class)
    void the_sums_are_those_that_the_record_itself_tells(TrendSpan span) {
        var curve = curve(span);
        var questions = new Curves(journal, () -> at(END_MS), Kitchen.of(plan));
        var asked = questions.curve(air).orElseThrow();
        var sample =
                questions
                        .history(air)
                        .sample(
                                asked,
                                ShownLimits.of(plan, air),
                                new Window(trend(span).fromMs(), END_MS + 1));
        assertThat(curve.aboveMs()).isEqualTo(sample.aboveMs()).isEqualTo(aboveMs(span));
        assertThat(curve.figures().orElseThrow().mean())
                .isEqualTo(sample.figures().orElseThrow().mean());
        assertThat(curve.missing())
                .isEqualTo(
                        new Trend.Missing(
                                sample.holes().size(),
                                sample.holes().stream().mapToLong(Window::lengthMs).sum()));
    }

    /** A probe that comes and goes each ten seconds for a month: 260,000 holes. */
    @Test
    void holes_that_nobody_could_tell_apart_are_drawn_as_one_so_an_answer_has_one_size() {
        var stepMs = TrendSpan.MONTH.stepMs();
        var holes =
                LongStream.range(0, 259_200)
                        .mapToObj(i -> new Window(i * 10_000 + 1_000, i * 10_000 + 9_000))
                        .toList();
        assertThat(TrendDesk.drawn(holes, TrendSpan.MONTH))
                .containsExactly(new Trend.Hole(1_000, 259_199 * 10_000L + 9_000));
        var apart =
                List.of(
                        new Window(0, 1_000),
                        new Window(stepMs / 2 + 1_000, stepMs),
                        new Window(stepMs + stepMs / 2 - 1, 2 * stepMs));
        assertThat(TrendDesk.drawn(apart, TrendSpan.MONTH))
                .containsExactly(
                        new Trend.Hole(0, 1_000), new Trend.Hole(stepMs / 2 + 1_000, 2 * stepMs));
    }

    /** One hour, and in a month also one reading, which stands for its period. */
    private static long aboveMs(TrendSpan span) {
        return span == TrendSpan.MONTH ? HOUR_MS + PERIOD_MS : HOUR_MS;
    }

    @Test
    void what_somebody_did_lies_where_it_was_and_ends_when_it_was_said_to() {
        assertThat(trend(TrendSpan.DAY).happened())
                .filteredOn(one -> one.kind().equals("cleaning"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.fromMs()).isEqualTo(minute(800));
                    assertThat(one.toMs()).hasValue(minute(830));
                });
    }

    @Test
    void an_alarm_lies_from_when_its_condition_began_until_it_had_gone() {
        var alarms =
                trend(TrendSpan.DAY).happened().stream()
                        .filter(one -> one.kind().equals("alarm"))
                        .toList();
        assertThat(alarms)
                .containsExactly(
                        new Trend.Happening(
                                "alarm",
                                Optional.of(new State.Key(air, "chilled-high")),
                                minute(600),
                                OptionalLong.of(minute(660))),
                        new Trend.Happening(
                                "alarm",
                                Optional.of(new State.Key(air, "chilled-low")),
                                minute(1_400),
                                OptionalLong.empty()));
    }

    private Fact alarm(String rule, AlarmChange change, AlarmState state, long sinceMs) {
        return new Fact.Alarm(
                new AlarmEvent(
                        AlarmId.of(journal.epoch(), air, rule, sinceMs),
                        air,
                        Optional.of(unit),
                        rule,
                        "cn-catering",
                        "1.8.0",
                        false,
                        Optional.empty(),
                        Priority.P2,
                        Attention.SITE,
                        change,
                        state,
                        OptionalLong.of(9_500),
                        OptionalLong.of(8_000),
                        Optional.of("Cel"),
                        at(sinceMs),
                        new SeqRange(1, 2),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty()));
    }

    /** Of the last day. */
    private static long minute(long minute) {
        return BEGIN_MS + 30 * DAY_MS + minute * 60_000;
    }

    @Test
    void nobody_is_told_of_a_unit_that_is_not_there_and_a_crowd_is_told_to_come_again()
            throws InterruptedException {
        assertThat(desk.of("fridge-9", TrendSpan.DAY)).isInstanceOf(Trends.Answer.Unknown.class);
        var busy = new CountDownLatch(1);
        var going = new CountDownLatch(8);
        var askers = new ArrayList<Thread>();
        for (var i = 0; i < 8; i++) {
            askers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                going.countDown();
                                librarian.ask(() -> waitFor(busy));
                            }));
        }
        going.await();
        var crowd = desk.of(unit, TrendSpan.DAY);
        while (!(crowd instanceof Trends.Answer.Busy)) {
            Thread.onSpinWait(); // the last of them may not have taken its place yet
            crowd = desk.of(unit, TrendSpan.DAY);
        }
        busy.countDown();
        // Their places are free again, for whoever asks next.
        for (var asker : askers) {
            asker.join();
        }
        assertThat(crowd).isInstanceOf(Trends.Answer.Busy.class);
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Trend.Curve curve(TrendSpan span) {
        return trend(span).curves().getFirst();
    }

    private Trend trend(TrendSpan span) {
        return ((Trends.Answer.Drawn) desk.of(unit, span)).trend();
    }

    private int step(TrendSpan span, long ms) {
        return Math.toIntExact((ms - trend(span).fromMs()) / span.stepMs());
    }

    private static Moment at(long ms) {
        return new Moment("a", (ms - BEGIN_MS) * 1_000_000, ms, ClockState.SYNCED, 20);
    }
}
