package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Condition;
import org.mingchu.config.Quantity;
import org.mingchu.config.UnitKind;
import org.mingchu.gateway.judge.Trace.Now;
import org.mingchu.gateway.judge.Trace.Rise;
import org.mingchu.gateway.judge.Trace.Swell;
import org.mingchu.gateway.judge.Trace.Swing;
import org.mingchu.gateway.judge.Trace.Usual;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is said of a unit before its limit is passed. */
class ForesightTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final OptionalLong LIMIT = OptionalLong.of(-12_000);
    private static final Condition.NotCooling NOT_COOLING =
            new Condition.NotCooling("freezer-high", Duration.ofMinutes(60));

    /** Minute 12,960: nine days; it is 12:00 in Shanghai. */
    private static final long NOW_MIN = 9 * 1440 + 720;

    /**
     * A freezer that was known for nine days when its machine stopped: for an hour it has warmed by
     * 0.1 kelvin a minute, far beyond its pauses of twenty minutes up to -18 degrees.
     */
    private static final class Freezer {
        long watchedMin = 9 * 1440;
        boolean rising = true;
        long risingMin = 60;
        long steepMinAgo = 60;
        long beyondMin = -1;
        long milli = -14_000;
        long leftBandMilli = -14_000;
        long peakMilli = -14_000;
        long productMicro = -18_000_000;
        long sameMin;
        List<Long> recent =
                List.of(
                        -16_000L, -15_800L, -15_600L, -15_400L, -15_200L, -15_000L, -14_800L,
                        -14_600L, -14_400L, -14_200L, -14_000L);
        Usual usual = pauses();
        Optional<Moment> excusedUntil = Optional.empty();
        Optional<Habit> habit = Optional.empty();
        Effort effort = Effort.NOTHING;
        Course course = course("1m");

        private static Usual pauses() {
            return Usual.of(Collections.nCopies(16, new Rise(20 * MINUTE_NS, -20_000, -18_000)));
        }

        Word says(Condition.OfCourse when) {
            return says(when, LIMIT);
        }

        Word says(Condition.OfCourse when, OptionalLong limit) {
            return Foresight.says(
                    when, course, new Trace(Optional.of(now()), List.of(), habit), limit);
        }

        private Swell swell() {
            var begun = at(NOW_MIN - beyondMin);
            return new Swell(begun, peakMilli, at(NOW_MIN), List.of(leftBandMilli), 0, 0);
        }

        Now now() {
            var turned = at(NOW_MIN - risingMin);
            return new Now(
                    at(NOW_MIN),
                    milli,
                    at(NOW_MIN - sameMin),
                    watchedMin * MINUTE_NS,
                    -19_000_000,
                    productMicro,
                    new Swing(
                            rising, -20_000, turned, milli, at(NOW_MIN), at(NOW_MIN - steepMinAgo)),
                    usual,
                    recent,
                    beyondMin < 0 ? Optional.empty() : Optional.of(swell()),
                    Optional.empty(),
                    excusedUntil,
                    effort);
        }
    }

    private final Freezer freezer = new Freezer();

    private static Moment at(long minute) {
        return new Moment(
                "boot-1",
                minute * MINUTE_NS,
                Ward.MONDAY_MS + minute * 60_000,
                ClockState.SYNCED,
                5);
    }

    private static Course course(String period) {
        var air = Plans.sensor("air", Quantity.TEMPERATURE, Optional.of(Plans.time(period)));
        var unit = Plans.unit("frost-1", UnitKind.FREEZER, air);
        return Course.of(Plans.plan(List.of(), List.of(unit), 0), unit, air).orElseThrow();
    }

    // ---- a unit that does not cool --------------------------------------------------------

    @Test
    void a_unit_that_warms_for_longer_than_it_ever_does_and_beyond_does_not_cool() {
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
    }

    @Test
    void one_that_falls_cools() {
        freezer.rising = false;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.GONE);
    }

    /** Half an hour ago it left its band at -17; a door is shut, and for 20 min it is level. */
    private void staysUp() {
        freezer.rising = false;
        freezer.leftBandMilli = -17_000;
        freezer.beyondMin = 30;
        freezer.recent = Collections.nCopies(11, freezer.milli);
    }

    @Test
    void one_that_stays_up_there_with_its_door_shut_does_not_cool_either() {
        staysUp();
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
        freezer.steepMinAgo = 29;
        assertThat(freezer.says(NOT_COOLING)).as("a door, or a heater").isEqualTo(Word.NEITHER);
    }

    @Test
    void a_machine_that_brings_it_down_by_more_than_a_fifth_of_a_kelvin_in_twenty_minutes_runs() {
        staysUp();
        freezer.recent = Collections.nCopies(11, freezer.milli + 200);
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
        freezer.recent = Collections.nCopies(11, freezer.milli + 201);
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.GONE);
    }

    @Test
    void nor_does_one_stay_up_that_turns_down_between_and_rises_again() {
        staysUp();
        freezer.recent =
                List.of(
                        -14_300L, -14_200L, -14_100L, -14_000L, -14_200L, -14_400L, -14_300L,
                        -14_200L, -14_100L, -14_050L, -14_000L);
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.GONE);
    }

    @Test
    void the_time_left_is_the_sooner_of_what_the_last_minutes_and_the_whole_rise_say() {
        staysUp();
        assertThat(Foresight.leftNs(freezer.now(), -12_000)).hasValue(20 * MINUTE_NS);
        freezer.recent = new Freezer().recent;
        assertThat(Foresight.leftNs(freezer.now(), -12_000)).hasValue(20 * MINUTE_NS);
        freezer.beyondMin = 60;
        assertThat(Foresight.leftNs(freezer.now(), -12_000)).hasValue(20 * MINUTE_NS);
    }

    @Test
    void one_that_has_come_back_by_half_has_been_cooled() {
        staysUp();
        freezer.peakMilli = -11_000;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
        freezer.peakMilli = -10_999;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.GONE);
    }

    @Test
    void it_must_have_been_beyond_its_band_for_all_of_them() {
        staysUp();
        freezer.beyondMin = 19;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.GONE);
        freezer.beyondMin = 20;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
        freezer.recent = Collections.nCopies(10, freezer.milli);
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.GONE);
    }

    @Test
    void one_that_stays_up_passes_the_limit_as_fast_as_it_has_warmed_since_it_left_its_band() {
        staysUp();
        // 3 kelvin in 30 minutes, 2 kelvin left
        assertThat(freezer.says(new Condition.NotCooling("r", Duration.ofMinutes(20))))
                .isEqualTo(Word.SHOWS);
        assertThat(freezer.says(new Condition.NotCooling("r", Duration.ofMinutes(19))))
                .isEqualTo(Word.NEITHER);
        freezer.leftBandMilli = freezer.milli;
        assertThat(freezer.says(NOT_COOLING)).as("not at all").isEqualTo(Word.NEITHER);
        freezer.milli = -12_000;
        freezer.recent = Collections.nCopies(11, freezer.milli);
        assertThat(freezer.says(NOT_COOLING)).as("it is there").isEqualTo(Word.SHOWS);
    }

    @Test
    void it_must_have_risen_a_quarter_longer_than_its_longest_pause_and_as_long_as_a_door_takes() {
        freezer.risingMin = 20 + 5 + 3;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.NEITHER);
        freezer.risingMin++;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
    }

    @Test
    void it_must_be_beyond_where_it_ever_turns() {
        freezer.milli = -17_000;
        freezer.recent = List.of(-20_000L, -17_000L);
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.NEITHER);
        freezer.milli++;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
    }

    @Test
    void it_must_be_known_for_a_week() {
        freezer.watchedMin = 7 * 1440 - 1;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.NEITHER);
        freezer.watchedMin++;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
    }

    @Test
    void nothing_is_foretold_of_a_unit_whose_pauses_nobody_knows_or_that_is_sampled_coarsely() {
        freezer.usual = Usual.NOTHING;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.NEITHER);

        var coarse = new Freezer();
        coarse.course = course("121s");
        assertThat(coarse.says(NOT_COOLING)).isEqualTo(Word.NEITHER);
        coarse.course = course("120s");
        assertThat(coarse.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
    }

    @Test
    void what_was_steep_in_the_last_half_hour_may_be_a_heater() {
        freezer.steepMinAgo = 29;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.NEITHER);
        freezer.steepMinAgo = 30;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
    }

    @Test
    void who_has_shown_no_defrost_for_a_fortnight_has_no_heater() {
        freezer.steepMinAgo = 10;
        freezer.watchedMin = 14 * 1440 - 1;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.NEITHER);
        freezer.watchedMin++;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
        freezer.habit = Optional.of(habit(List.of()));
        assertThat(freezer.says(NOT_COOLING)).as("irregular ones").isEqualTo(Word.NEITHER);
    }

    @Test
    void where_the_times_of_its_heater_are_known_steep_is_a_door_for_ten_minutes() {
        freezer.habit = Optional.of(habit(List.of(120, 1080)));
        freezer.steepMinAgo = 9;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.NEITHER);
        freezer.steepMinAgo = 10;
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
    }

    @Test
    void a_defrost_that_runs_or_is_due_is_waited_for() {
        freezer.excusedUntil = Optional.of(at(NOW_MIN + 1));
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.NEITHER);
        freezer.excusedUntil = Optional.of(at(NOW_MIN));
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.SHOWS);
        freezer.habit = Optional.of(habit(List.of(725)));
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.NEITHER);
    }

    @Test
    void it_is_said_when_the_limit_will_be_passed_soon() {
        // 2 kelvin left at 0.1 kelvin a minute
        assertThat(freezer.says(new Condition.NotCooling("r", Duration.ofMinutes(20))))
                .isEqualTo(Word.SHOWS);
        assertThat(freezer.says(new Condition.NotCooling("r", Duration.ofMinutes(19))))
                .isEqualTo(Word.NEITHER);
    }

    @Test
    void one_that_is_flat_for_twenty_minutes_will_never_pass_it() {
        freezer.recent = Collections.nCopies(11, freezer.milli);
        assertThat(freezer.says(NOT_COOLING)).isEqualTo(Word.NEITHER);
    }

    @Test
    void without_the_rule_it_foretells_there_is_nothing_to_say() {
        assertThat(freezer.says(NOT_COOLING, OptionalLong.empty())).isEqualTo(Word.NOTHING);
    }

    @Test
    void nothing_is_known_of_a_unit_nobody_has_heard() {
        assertThat(Foresight.says(NOT_COOLING, freezer.course, Trace.NOTHING, LIMIT))
                .isEqualTo(Word.MUTE);
    }

    // ---- when it will be passed -----------------------------------------------------------

    @Test
    void the_time_left_is_told_from_the_last_twenty_minutes() {
        assertThat(Foresight.untilNs(freezer.now(), -12_000)).hasValue(20 * MINUTE_NS);
        assertThat(Foresight.untilNs(freezer.now(), -13_000)).hasValue(10 * MINUTE_NS);
    }

    @Test
    void no_time_is_left_at_the_limit() {
        assertThat(Foresight.untilNs(freezer.now(), -14_000)).hasValue(0);
        assertThat(Foresight.untilNs(freezer.now(), -15_000)).hasValue(0);
    }

    @Test
    void one_value_or_one_that_has_not_risen_tells_no_time() {
        freezer.recent = List.of(-15_000L);
        assertThat(Foresight.untilNs(freezer.now(), -12_000)).isEmpty();
        freezer.recent = List.of(-14_000L, -14_500L);
        assertThat(Foresight.untilNs(freezer.now(), -12_000)).isEmpty();
    }

    // ---- the food -------------------------------------------------------------------------

    @Test
    void the_food_is_beyond_its_limit_and_good_again_below_the_deadband() {
        var rule = new Condition.ProductAbove(8_000, 500);
        freezer.productMicro = 8_000_001;
        assertThat(freezer.says(rule)).isEqualTo(Word.SHOWS);
        freezer.productMicro = 8_000_000;
        assertThat(freezer.says(rule)).isEqualTo(Word.NEITHER);
        freezer.productMicro = 7_500_001;
        assertThat(freezer.says(rule)).isEqualTo(Word.NEITHER);
        freezer.productMicro = 7_500_000;
        assertThat(freezer.says(rule)).isEqualTo(Word.GONE);
    }

    // ---- the sensor -----------------------------------------------------------------------

    @Test
    void a_value_that_is_the_very_same_for_six_hours_is_stuck() {
        var rule = new Condition.Stuck(Duration.ofHours(6));
        freezer.sameMin = 6 * 60 - 1;
        assertThat(freezer.says(rule)).isEqualTo(Word.GONE);
        freezer.sameMin = 6 * 60;
        assertThat(freezer.says(rule)).isEqualTo(Word.SHOWS);
    }

    // ---- a door that is left open -----------------------------------------------------------

    private static final Condition.LeftOpen LEFT_OPEN =
            new Condition.LeftOpen(Duration.ofMinutes(2));

    private Word leftOpen(long beyondMin, long steepMinAgo) {
        freezer.beyondMin = beyondMin;
        freezer.steepMinAgo = steepMinAgo;
        return freezer.says(LEFT_OPEN);
    }

    @Test
    void what_goes_on_warming_two_minutes_beyond_its_band_as_behind_a_door_has_one_open() {
        assertThat(leftOpen(1, 0)).isEqualTo(Word.NEITHER);
        assertThat(leftOpen(2, 0)).isEqualTo(Word.SHOWS);
    }

    @Test
    void it_flattens_while_the_door_stays_open() {
        assertThat(leftOpen(20, 20)).isEqualTo(Word.SHOWS);
    }

    @Test
    void what_left_its_band_slowly_has_no_door_open() {
        assertThat(leftOpen(20, 21)).isEqualTo(Word.NEITHER);
    }

    @Test
    void once_it_falls_or_is_within_its_band_the_door_is_shut() {
        assertThat(leftOpen(-1, 0)).isEqualTo(Word.GONE);
        freezer.rising = false;
        assertThat(leftOpen(5, 1)).isEqualTo(Word.GONE);
    }

    @Test
    void sampled_coarsely_no_door_can_be_told() {
        freezer.course = course("15m");
        assertThat(leftOpen(30, 0)).isEqualTo(Word.NEITHER);
    }

    // ---- maintenance ----------------------------------------------------------------------

    private static Habit habit(List<Integer> minutesOfDay) {
        return new Habit(
                List.of(-10_000L), List.of(-5_000L), 0, 0, 0, minutesOfDay, 9, at(NOW_MIN - 720));
    }

    @Test
    void a_defrost_is_overdue_after_half_again_its_interval() {
        var rule = new Condition.DefrostOverdue(150);
        // The last began at midnight, twelve hours ago.
        freezer.habit = Optional.of(habit(List.of(0, 480, 960)));
        assertThat(freezer.says(rule)).isEqualTo(Word.GONE);
        assertThat(freezer.says(new Condition.DefrostOverdue(149))).isEqualTo(Word.SHOWS);
    }

    @Test
    void no_defrost_is_missed_of_a_unit_that_has_none() {
        assertThat(freezer.says(new Condition.DefrostOverdue(150))).isEqualTo(Word.GONE);
    }

    @Test
    void no_defrost_is_missed_when_nobody_knows_how_long_ago_the_last_one_was() {
        var last = new Moment("boot-0", 0, 0, ClockState.UNSYNCED, 0);
        freezer.habit =
                Optional.of(
                        new Habit(
                                List.of(-10_000L), List.of(-5_000L), 0, 0, 0, List.of(0), 9, last));
        assertThat(freezer.says(new Condition.DefrostOverdue(150))).isEqualTo(Word.GONE);
    }

    /** Seven days as the first, then days as the others. */
    private Word drift(Effort.Day before, Effort.Day... then) {
        var days = new ArrayList<>(Collections.nCopies(7, before));
        days.addAll(List.of(then));
        freezer.effort = new Effort(0, 0, 0, 0, 0, Optional.empty(), days);
        return freezer.says(new Condition.Drift(2_000, 24));
    }

    private static Effort.Day day(int permille, long milli) {
        return new Effort.Day(permille, milli);
    }

    @Test
    void a_unit_that_runs_a_quarter_longer_for_the_same_cold_drifts() {
        var well = day(400, -19_000);
        assertThat(drift(well, day(496, -19_000), day(500, -19_000))).isEqualTo(Word.SHOWS);
        assertThat(drift(well, day(495, -19_000), day(500, -19_000))).isEqualTo(Word.NEITHER);
        assertThat(drift(well, day(450, -19_000), day(500, -19_000))).isEqualTo(Word.NEITHER);
        assertThat(drift(well, day(449, -19_000), day(500, -19_000))).isEqualTo(Word.GONE);
    }

    @Test
    void one_that_was_set_half_a_kelvin_colder_has_to() {
        var well = day(400, -19_000);
        assertThat(drift(well, day(600, -19_500), day(600, -19_500))).isEqualTo(Word.SHOWS);
        assertThat(drift(well, day(600, -19_501), day(600, -19_501))).isEqualTo(Word.GONE);
    }

    @Test
    void a_few_minutes_more_of_hardly_any_are_chance() {
        assertThat(drift(day(100, -19_000), day(149, -19_000), day(149, -19_000)))
                .isEqualTo(Word.GONE);
        assertThat(drift(day(100, -19_000), day(150, -19_000), day(150, -19_000)))
                .isEqualTo(Word.SHOWS);
    }

    @Test
    void a_unit_that_grows_warmer_day_by_day_drifts() {
        var well = day(400, -19_000);
        assertThat(drift(well, day(400, -18_000), day(400, -17_000), day(400, -16_999)))
                .isEqualTo(Word.SHOWS);
        assertThat(drift(well, day(400, -18_000), day(400, -17_001), day(400, -17_000)))
                .as("two kelvin are asked for; half of it is neither good nor bad")
                .isEqualTo(Word.NEITHER);
        assertThat(drift(well, day(400, -18_100), day(400, -18_001), day(400, -17_200)))
                .isEqualTo(Word.GONE);
    }

    @Test
    void one_that_has_grown_warmer_in_one_step_was_set_warmer() {
        assertThat(drift(day(400, -19_000), day(400, -16_000), day(400, -16_000)))
                .isEqualTo(Word.GONE);
    }
}
