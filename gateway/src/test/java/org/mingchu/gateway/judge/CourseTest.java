package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Defrost;
import org.mingchu.config.Quantity;
import org.mingchu.config.SensorPlan;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.gateway.judge.State.Heard;
import org.mingchu.gateway.judge.Trace.Now;
import org.mingchu.gateway.judge.Trace.Swing;
import org.mingchu.gateway.judge.Trace.Usual;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is remembered of one temperature, value by value, once a minute. Minute 0 is midnight. */
class CourseTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final SensorPlan AIR = air("1m");
    private static final SensorPlan DOOR = Plans.sensor("door", Quantity.DOOR);

    private Course course = course(AIR, Optional.empty());
    private Trace trace = Trace.NOTHING;
    private final Map<String, Heard> heard = new HashMap<>();
    private String boot = "boot-1";
    private long bootedMin = -600;
    private ClockState clock = ClockState.SYNCED;
    private long minute;

    private static SensorPlan air(String period) {
        return Plans.sensor("air", Quantity.TEMPERATURE, Optional.of(Plans.time(period)));
    }

    private static Course course(SensorPlan air, Optional<Defrost> defrost) {
        var unit =
                new Unit(
                        "cold-1",
                        "cold-1",
                        UnitKind.CHILLED,
                        Optional.empty(),
                        Optional.empty(),
                        defrost,
                        List.of(air, DOOR),
                        List.of());
        return Course.of(Plans.plan(List.of(), List.of(unit), 0), unit, air).orElseThrow();
    }

    private static Optional<Defrost> at(int hour, Duration longest) {
        return Optional.of(new Defrost.Scheduled(List.of(LocalTime.of(hour, 0)), longest));
    }

    private Moment moment() {
        return new Moment(
                boot, (minute - bootedMin) * MINUTE_NS, Ward.MONDAY_MS + minute * 60_000, clock, 5);
    }

    private static Reading.Measured value(double degrees, long ageNs) {
        var milli = Math.round(degrees * 1000);
        return new Reading.Measured("air", Quantity.TEMPERATURE, milli, milli, ageNs, Set.of());
    }

    /** The next values, a minute apart. */
    private CourseTest shows(double... degrees) {
        for (var value : degrees) {
            minute++;
            var word = value(value, 0);
            heard.put(
                    "air", new Heard(word, moment(), 1, Optional.of(word), Optional.of(moment())));
            trace = course.after(trace, word, moment(), heard);
        }
        return this;
    }

    private CourseTest stays(double degrees, int minutes) {
        for (var i = 0; i < minutes; i++) {
            shows(degrees);
        }
        return this;
    }

    /** In a straight line, a value each minute. */
    private CourseTest goes(double from, double to, int minutes) {
        for (var i = 1; i <= minutes; i++) {
            shows(from + (to - from) * i / minutes);
        }
        return this;
    }

    /** A compressor: ten minutes from 4 up to 5 degrees, ten minutes down again. */
    private CourseTest pauses(int times) {
        for (var i = 0; i < times; i++) {
            goes(4, 5, 10).goes(5, 4, 10);
        }
        return this;
    }

    private CourseTest hole(int minutes) {
        minute += minutes - 1;
        return this;
    }

    /** The power fails for so long; the hole is as long as that. */
    private CourseTest cut(int minutes, ClockState after) {
        hole(minutes);
        boot = "boot-2";
        bootedMin = minute - 1;
        clock = after;
        return this;
    }

    private CourseTest door(long milli) {
        var word = new Reading.Measured("door", Quantity.DOOR, milli, milli, 0, Set.of());
        return heard(word);
    }

    private CourseTest heard(Reading word) {
        heard.put("door", new Heard(word, moment(), 1, Optional.of(word), Optional.of(moment())));
        return this;
    }

    private Now now() {
        return trace.now().orElseThrow();
    }

    private long minuteOf(Moment moment) {
        return moment.upNs() / MINUTE_NS + bootedMin;
    }

    // ---- what is followed -----------------------------------------------------------------

    @Test
    void only_a_temperature_has_a_course() {
        var unit = Plans.fridgeUnit();
        assertThat(Course.of(Plans.fridge(), unit, DOOR)).isEmpty();
        assertThat(Course.of(Plans.fridge(), unit, AIR)).isPresent();
    }

    @Test
    void a_value_that_is_not_newer_changes_nothing() {
        shows(4, 5);
        var was = trace;
        minute--;
        assertThat(shows(9).trace).isSameAs(was);
        minute--;
        assertThat(shows(9).trace).isSameAs(was);
    }

    @Test
    void a_value_counts_from_when_it_was_taken() {
        shows(4);
        minute += 2;
        trace = course.after(trace, value(5, MINUTE_NS), moment(), heard);
        assertThat(minuteOf(now().at())).isEqualTo(minute - 1);
        assertThat(now().watchedNs()).isEqualTo(MINUTE_NS);
    }

    @Test
    void the_very_same_value_is_the_same_since_it_first_came() {
        shows(4).stays(5, 40);
        assertThat(minuteOf(now().since())).isEqualTo(2);
        assertThat(minuteOf(shows(5.0625).now().since())).isEqualTo(minute);
    }

    @Test
    void what_a_unit_is_like_changes_two_thirds_within_six_hours() {
        stays(5, 24 * 60).stays(7, 6 * 60);
        assertThat(now().meanMicro()).isCloseTo(6_264_000L, within(3_000L));
    }

    @Test
    void at_first_it_is_like_what_there_is_and_not_like_its_first_value() {
        shows(9).stays(5, 60);
        assertThat(now().meanMicro()).isCloseTo(5_000_000L, within(150_000L));
    }

    @Test
    void what_is_above_the_band_moves_it_no_more_than_its_end() {
        stays(5, 24 * 60).stays(15, 60);
        assertThat(now().meanMicro()).isCloseTo(5_416_000L, within(5_000L));
    }

    @Test
    void the_food_of_a_unit_just_heard_is_as_cold_as_its_air() {
        assertThat(shows(4).now().productMicro()).isEqualTo(4_000_000);
        assertThat(now().meanMicro()).isEqualTo(4_000_000);
    }

    @Test
    void the_food_follows_the_air_with_its_time_constant() {
        stays(0, 10).stays(10, 90);
        assertThat(now().productMicro()).isCloseTo(6_321_000L, within(1_000L));
    }

    // ---- up and down ----------------------------------------------------------------------

    @Test
    void it_turns_when_it_has_gone_back_by_more_than_a_probe_trembles() {
        shows(4, 5, 4.7);
        assertThat(now().swing().rising()).isTrue();
        assertThat(minuteOf(now().swing().farAt())).isEqualTo(2);

        shows(4.6);
        assertThat(now().swing())
                .extracting(Swing::rising, Swing::turnMilli, Swing::farMilli)
                .containsExactly(false, 5_000L, 4_600L);
        assertThat(minuteOf(now().swing().turnedAt())).isEqualTo(2);

        shows(4.9);
        assertThat(now().swing().rising()).isFalse();
        shows(5);
        assertThat(now().swing())
                .extracting(Swing::rising, Swing::turnMilli, Swing::farMilli)
                .containsExactly(true, 4_600L, 5_000L);
        assertThat(minuteOf(now().swing().turnedAt())).isEqualTo(4);
    }

    @Test
    void it_has_come_as_far_as_its_latest_furthest_value() {
        shows(4, 5, 5);
        assertThat(minuteOf(now().swing().farAt())).isEqualTo(3);
        shows(4.5, 4, 4);
        assertThat(now().swing().farMilli()).isEqualTo(4_000);
        assertThat(minuteOf(now().swing().farAt())).isEqualTo(6);
    }

    @Test
    void sixteen_ups_and_downs_are_usual_and_one_is_as_long_as_from_turn_to_turn() {
        pauses(15).goes(4, 5, 10).goes(5, 4.7, 3);
        assertThat(now().usual().known()).isFalse();

        var usual = shows(4.6).now().usual();
        assertThat(usual.known()).isTrue();
        assertThat(usual.rises()).hasSize(16);
        assertThat(usual.rises().getLast()).isEqualTo(new Trace.Rise(10 * MINUTE_NS, 4_000, 5_000));
    }

    @Test
    void a_rise_beyond_the_band_is_none_of_the_usual_ups() {
        pauses(17);
        var usual = now().usual();
        goes(4, 14, 10).goes(14, 5.5, 9);

        assertThat(now().usual()).isEqualTo(usual);
    }

    @Test
    void so_steep_is_a_door_or_a_heater() {
        pauses(17).goes(4, 4.5, 5);
        // Twice what its pauses do in four minutes, and what a probe trembles: 1.1 kelvin.
        assertThat(minuteOf(shows(5.3).now().swing().steepAt())).isLessThan(minute - 1);
        assertThat(minuteOf(shows(5.6).now().swing().steepAt())).isEqualTo(minute);
        assertThat(minuteOf(stays(5.6, 9).now().swing().steepAt()))
                .as("it stays where it is: the last four minutes count")
                .isBetween(minute - 9, minute - 6);
    }

    @Test
    void of_the_last_twenty_minutes_one_value_in_two_is_kept() {
        goes(4, 7, 60);
        assertThat(now().recent()).hasSize(11);
        assertThat(now().recent().getLast() - now().recent().getFirst())
                .as("0.05 kelvin a minute")
                .isEqualTo(1_000);
    }

    // ---- above the band -------------------------------------------------------------------

    @Test
    void before_its_ups_are_known_the_band_ends_two_and_a_half_kelvin_above_the_mean() {
        stays(5, 600).shows(7.5);
        assertThat(now().swell()).isEmpty();
        assertThat(shows(7.6).now().swell()).isPresent();
    }

    @Test
    void when_they_are_known_it_ends_a_kelvin_above_them() {
        for (var i = 0; i < 17; i++) {
            goes(4, 6.5, 10).goes(6.5, 4, 10);
        }
        assertThat(shows(7.5).now().swell()).isEmpty();
        assertThat(shows(7.6).now().swell()).isPresent();
    }

    @Test
    void it_ends_a_kelvin_and_a_half_above_the_mean_at_least() {
        pauses(17).stays(5.5, 24 * 60);
        assertThat(shows(6.9).now().swell()).isEmpty();
        assertThat(shows(7.2).now().swell()).isPresent();
    }

    @Test
    void a_rise_that_came_back_by_itself_is_told_with_its_shape() {
        pauses(17);
        var from = minute;
        goes(4, 14, 10).goes(14, 7, 7);
        assertThat(now().ended()).isEmpty();
        assertThat(shows(6).now().swell()).isEmpty();

        var warming = now().ended().orElseThrow();
        assertThat(minuteOf(warming.begun())).isEqualTo(from + 3);
        assertThat(warming.lengthNs()).isEqualTo(15 * MINUTE_NS);
        assertThat(warming.riseNs()).isEqualTo(7 * MINUTE_NS);
        assertThat(warming.peakMilli()).isEqualTo(14_000);
        assertThat(warming.curve())
                .containsExactly(
                        7_000L, 9_000L, 11_000L, 13_000L, 13_000L, 11_000L, 9_000L, 7_000L);
    }

    @Test
    void what_warms_for_less_than_four_minutes_is_a_door() {
        pauses(17).shows(7, 8, 9, 10).goes(10, 5, 10);
        assertThat(now().ended()).isEmpty();

        pauses(3).shows(7, 8, 9, 10, 11).goes(11, 5, 10);
        assertThat(now().ended()).isPresent();
    }

    @Test
    void what_warms_with_the_door_open_for_more_than_two_minutes_is_a_door() {
        pauses(17).shows(7).door(1).shows(8, 9, 10).door(0).goes(10, 14, 8).goes(14, 5, 8);
        assertThat(now().ended()).isEmpty();

        pauses(3).shows(7).door(1).shows(8, 9).door(0).goes(9, 14, 8).goes(14, 5, 8);
        assertThat(now().ended()).isPresent();
    }

    @Test
    void a_contact_that_is_silent_or_was_heard_before_the_boot_holds_nothing_open() {
        heard(new Reading.Silent("door", Fault.SILENT, ""));
        pauses(17).goes(4, 14, 10).goes(14, 5, 8);
        assertThat(now().ended()).isPresent();

        door(1).cut(1, ClockState.SYNCED).pauses(17).goes(4, 15, 10).goes(15, 5, 8);
        assertThat(now().ended().orElseThrow().peakMilli()).isEqualTo(15_000);
    }

    @Test
    void what_lasts_longer_than_two_hours_is_no_defrost() {
        pauses(17).goes(4, 14, 10).stays(14, 105).goes(14, 5, 9);
        assertThat(now().ended().orElseThrow().lengthNs()).isEqualTo(120 * MINUTE_NS);

        trace = trace.at(now().withoutEnded());
        pauses(3).goes(4, 14, 10).stays(14, 106).goes(14, 5, 9);
        assertThat(now().swell()).isEmpty();
        assertThat(now().ended()).isEmpty();
    }

    @Test
    void sampled_each_quarter_of_an_hour_nothing_is_told_from_shapes() {
        course = course(air("15m"), Optional.empty());
        pauses(17).goes(4, 14, 10).goes(14, 5, 8);
        assertThat(now().ended()).isEmpty();
    }

    @Test
    void after_six_hours_above_its_band_a_unit_has_been_set_warmer() {
        pauses(17).stays(12, 6 * 60 + 1);
        assertThat(now().swell()).isPresent();

        shows(12);
        assertThat(now().swell()).isEmpty();
        assertThat(now().meanMicro()).isEqualTo(12_000_000);
        assertThat(now().usual()).isEqualTo(Usual.NOTHING);
        assertThat(stays(12, 5).now().swell()).isEmpty();
    }

    // ---- holes ----------------------------------------------------------------------------

    @Test
    void a_hole_of_five_minutes_breaks_nothing() {
        pauses(17).goes(4, 14, 10).hole(5).shows(14);
        assertThat(minuteOf(now().swing().turnedAt())).isEqualTo(minute - 15);
        assertThat(now().watchedNs()).isEqualTo((minute - 1) * MINUTE_NS);
    }

    @Test
    void a_longer_one_begins_everything_anew_but_what_is_usual() {
        pauses(17);
        var was = now();
        hole(6).shows(4.2);

        assertThat(now().swing())
                .isEqualTo(new Swing(true, 4_200, now().at(), 4_200, now().at(), now().at()));
        assertThat(now().recent()).containsExactly(4_200L);
        assertThat(now().watchedNs()).isEqualTo(was.watchedNs());
        assertThat(now().usual()).isEqualTo(was.usual());
        assertThat(now().meanMicro()).isEqualTo(was.meanMicro());
        assertThat(now().effort()).isEqualTo(was.effort());
        assertThat(now().since()).isEqualTo(now().at());
        assertThat(hole(6).shows(4.2).now().since()).isNotEqualTo(now().at());
    }

    @Test
    void a_rise_that_is_still_there_half_an_hour_later_is_the_same() {
        pauses(17).goes(4, 14, 10);
        var begun = now().swell().orElseThrow().begun();
        hole(30).shows(12);

        var rise = now().swell().orElseThrow();
        assertThat(rise.begun()).isEqualTo(begun);
        assertThat(rise.peakMilli()).isEqualTo(14_000);
        assertThat(minuteOf(rise.peakAt())).isEqualTo(minute - 30);
        // 7 9 11 13 so far, then in a straight line from 14 down to 12 over 15 steps
        assertThat(rise.curve()).hasSize(1 + 37 / 2);
        assertThat(rise.curve().subList(4, 19)).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(rise.curve().getLast()).isEqualTo(12_000);
    }

    @Test
    void one_that_is_gone_or_lies_farther_back_is_over() {
        pauses(17).goes(4, 14, 10);
        var was = trace;
        assertThat(hole(31).shows(12).now().swell()).isEmpty();

        trace = was;
        minute -= 31;
        assertThat(hole(20).shows(5).now().swell()).isEmpty();
        assertThat(now().ended()).as("nobody saw it come back").isEmpty();
    }

    @Test
    void it_is_the_same_across_a_power_cut_whose_length_a_clock_tells() {
        pauses(17).goes(4, 14, 10);
        cut(20, ClockState.SYNCED).shows(15);

        var rise = now().swell().orElseThrow();
        assertThat(rise.begun().boot()).isEqualTo("boot-2");
        assertThat(minuteOf(rise.begun())).isEqualTo(minute - 27);
        assertThat(rise.peakMilli()).isEqualTo(15_000);
        assertThat(rise.peakAt()).isEqualTo(now().at());
    }

    @Test
    void without_a_clock_nobody_knows_whether_it_is_the_same() {
        pauses(17).goes(4, 14, 10);
        assertThat(cut(20, ClockState.UNSYNCED).shows(12).now().swell()).isEmpty();
    }

    @Test
    void the_food_goes_on_warming_in_a_hole_and_is_at_the_worst_when_nobody_knows_how_long() {
        stays(0, 10).hole(90).shows(10);
        assertThat(now().productMicro()).isCloseTo(6_321_000L, within(1_000L));

        cut(20, ClockState.UNSYNCED).shows(8);
        assertThat(now().productMicro()).isEqualTo(8_000_000);
        cut(20, ClockState.UNSYNCED).shows(2);
        assertThat(now().productMicro()).as("it may have been shorter").isGreaterThan(2_000_000);
    }

    // ---- defrosts -------------------------------------------------------------------------

    @Test
    void a_rise_at_a_time_of_the_schedule_is_excused_until_its_window_ends() {
        course = course(AIR, at(6, Duration.ofMinutes(20)));
        pauses(17).stays(4, 360 - 340 + 5);
        assertThat(minuteOf(now().excusedUntil().orElseThrow())).isEqualTo(360 + 20 + 30);
        assertThat(course.awaitsDefrost(trace, now())).isTrue();

        stays(4, 60);
        assertThat(course.awaitsDefrost(trace, now())).isFalse();
    }

    @Test
    void an_excuse_goes_through_a_hole_with_its_rise() {
        course = course(AIR, at(6, Duration.ofMinutes(20)));
        pauses(17).stays(4, 360 - 340).goes(4, 14, 10);
        cut(20, ClockState.HOLDOVER).shows(14);

        assertThat(now().excusedUntil().orElseThrow().boot()).isEqualTo("boot-2");
        assertThat(minuteOf(now().excusedUntil().orElseThrow())).isEqualTo(410);
    }

    @Test
    void defrosts_are_known_by_schedule_when_it_is_sampled_each_minute() {
        assertThat(course.knowsDefrosts(trace)).isFalse();
        var schedule = at(6, Duration.ofMinutes(20));
        assertThat(course(AIR, schedule).knowsDefrosts(trace)).isTrue();
        assertThat(course(air("61s"), schedule).knowsDefrosts(trace)).isFalse();
    }

    @Test
    void defrosts_are_known_when_they_have_come_at_their_times_and_shapes_do_not_tell_them() {
        var week = Optional.of(watched(Duration.ofDays(7)));
        var punctual = new Trace(week, List.of(), Optional.of(habit(List.of(360))));
        var irregular = new Trace(week, List.of(), Optional.of(habit(List.of())));

        assertThat(course.knowsDefrosts(punctual)).isTrue();
        assertThat(course.knowsDefrosts(irregular)).isFalse();
    }

    @Test
    void in_the_first_week_a_defrost_may_not_have_been_seen_yet() {
        var young = Optional.of(watched(Duration.ofDays(7).minusNanos(1)));
        var punctual = new Trace(young, List.of(), Optional.of(habit(List.of(360))));

        assertThat(course.knowsDefrosts(punctual)).isFalse();
    }

    /** A quiet unit that has been watched for so long. */
    private Trace.Now watched(Duration time) {
        shows(4);
        var now = trace.now().orElseThrow();
        return new Trace.Now(
                now.at(),
                now.milli(),
                now.since(),
                time.toNanos(),
                now.meanMicro(),
                now.productMicro(),
                now.swing(),
                now.usual(),
                now.recent(),
                now.swell(),
                now.ended(),
                now.excusedUntil(),
                now.effort());
    }

    @Test
    void at_its_time_of_day_a_defrost_is_awaited_before_it_warms() {
        minute = 364;
        trace = new Trace(Optional.empty(), List.of(), Optional.of(habit(List.of(360))));
        shows(4);
        assertThat(course.awaitsDefrost(trace, now())).isTrue();
        hole(30).shows(4);
        assertThat(course.awaitsDefrost(trace, now())).isFalse();
    }

    private static Habit habit(List<Integer> minutesOfDay) {
        var last = new Moment("boot-1", 0, Ward.MONDAY_MS, ClockState.SYNCED, 5);
        return new Habit(
                List.of(7_000L), List.of(14_000L), 20 * MINUTE_NS, 0, 0, minutesOfDay, 9, last);
    }

    private CourseTest knows(Habit habit) {
        trace = new Trace(trace.now(), List.of(), Optional.of(habit));
        return this;
    }

    /** Up by a kelvin a minute from 7 degrees for ten minutes, and down again, a month ago. */
    private static Habit irregular() {
        var last = new Moment("boot-0", 0, 0, ClockState.SYNCED, 5);
        var curve =
                List.of(
                        7_000L, 9_000L, 11_000L, 13_000L, 15_000L, 17_000L, 15_000L, 13_000L,
                        11_000L, 9_000L, 7_000L);
        return new Habit(curve, curve, 27 * MINUTE_NS, 0, 0, List.of(), 9, last);
    }

    @Test
    void a_rise_of_a_unit_with_irregular_defrosts_is_excused_as_long_as_one_may_take() {
        pauses(17).knows(irregular()).shows(7);
        assertThat(now().excusedUntil().map(this::minuteOf)).hasValue(minute + 27 + 15);

        goes(7, 17, 10);
        assertThat(now().swell().orElseThrow().strangeNs()).isZero();
        assertThat(now().excusedUntil().map(this::minuteOf)).hasValue(minute - 10 + 27 + 15);
    }

    @Test
    void it_is_excused_no_more_when_it_has_looked_like_none_for_more_than_two_minutes() {
        pauses(17).knows(irregular()).shows(7, 25, 25);
        assertThat(now().swell().orElseThrow().strangeNs()).isEqualTo(2 * MINUTE_NS);
        assertThat(now().excusedUntil()).isPresent();
        assertThat(shows(25).now().excusedUntil()).isEmpty();
        assertThat(shows(9).now().swell().orElseThrow().strangeNs())
                .as("what fits again takes nothing back")
                .isEqualTo(3 * MINUTE_NS);
    }

    @Test
    void one_that_has_not_begun_to_fall_when_they_do_is_unlike_them() {
        pauses(17).knows(irregular()).goes(6, 15, 9).stays(15, 22);
        assertThat(now().swell().orElseThrow().strangeNs()).isPositive();
    }

    @Test
    void one_that_has_begun_to_fall_may_be_slow() {
        pauses(17).knows(irregular()).goes(6, 15, 9).stays(14.5, 22);
        assertThat(now().swell().orElseThrow().strangeNs()).isZero();
    }

    @Test
    void with_the_door_open_for_more_than_two_minutes_it_is_a_door() {
        pauses(17).knows(irregular()).shows(7).door(1).shows(8, 9);
        assertThat(now().excusedUntil()).isPresent();
        assertThat(shows(10).now().excusedUntil()).isEmpty();
    }

    @Test
    void sampled_coarsely_a_shape_excuses_nothing() {
        course = course(air("15m"), Optional.empty());
        assertThat(pauses(17).knows(irregular()).shows(7).now().excusedUntil()).isEmpty();
    }

    @Test
    void where_the_time_tells_a_defrost_with_an_open_door_in_it_was_one_all_the_same() {
        pauses(18).knows(habit(List.of(360))).shows(7).door(1).goes(8, 14, 7).goes(14, 5, 8);
        assertThat(now().ended()).isPresent();

        trace = trace.at(now().withoutEnded());
        pauses(5).shows(7).goes(8, 14, 7).goes(14, 5, 8);
        assertThat(now().swell()).isEmpty();
        assertThat(now().ended()).as("not at its time").isEmpty();
    }

    /** The same machine with a timer that goes off at six. */
    private static Habit atSix() {
        var habit = irregular();
        return new Habit(
                habit.low(), habit.high(), habit.longestNs(), 0, 0, List.of(360), 9, habit.last());
    }

    @Test
    void what_goes_on_rising_at_its_time_unlike_all_others_is_excused_no_more() {
        pauses(18).knows(atSix()).goes(6, 58, 26);
        assertThat(now().swell().orElseThrow().strangeNs()).isEqualTo(20 * MINUTE_NS);
        assertThat(now().excusedUntil().map(this::minuteOf)).hasValue(361L + 27 + 15);

        shows(60);
        assertThat(now().excusedUntil().map(this::minuteOf)).hasValue(minute);
        shows(62);
        assertThat(now().excusedUntil().map(this::minuteOf)).as("over").hasValue(minute - 1);
    }

    @Test
    void doors_that_are_shut_again_and_again_may_make_it_unlike_all_others() {
        pauses(18).knows(atSix()).goes(6, 22, 8).goes(21, 20, 22);
        assertThat(now().swell().orElseThrow().strangeNs()).isGreaterThan(20 * MINUTE_NS);
        assertThat(now().excusedUntil().map(this::minuteOf)).hasValue(361L + 27 + 15);
    }

    @Test
    void what_was_excused_in_another_boot_is_over_unless_its_rise_is_bridged() {
        course = course(AIR, at(6, Duration.ofMinutes(20)));
        pauses(18).shows(4);
        assertThat(now().excusedUntil()).isPresent();
        cut(10, ClockState.UNSYNCED).shows(4, 4);
        assertThat(now().excusedUntil()).isEmpty();
    }

    // ---- coming back ----------------------------------------------------------------------

    @Test
    void it_does_not_come_back_when_it_has_risen_beyond_its_band_for_nine_minutes() {
        pauses(17).goes(4, 14, 10);
        var begun = now().swell().orElseThrow().begun();
        assertThat(Course.notComingBackNs(now())).isEqualTo(begun.upNs() + 9 * MINUTE_NS);
    }

    @Test
    void it_does_not_come_back_when_it_has_fallen_no_further_for_nine_minutes() {
        pauses(17).goes(4, 14, 10).goes(14, 10, 4);
        var far = now().at();
        stays(10.1, 5);
        assertThat(Course.notComingBackNs(now())).isEqualTo(far.upNs() + 9 * MINUTE_NS);
    }

    @Test
    void within_its_band_it_counts_from_where_it_turned() {
        pauses(17).goes(4, 5, 10);
        assertThat(Course.notComingBackNs(now()))
                .isEqualTo(now().at().upNs() - 10 * MINUTE_NS + 9 * MINUTE_NS);
    }
}
