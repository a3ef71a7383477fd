package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What warmings have in common, and when that is enough to be a unit's defrosts. */
class HabitTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Habit.Lore LORE = new Habit.Lore(3, SHANGHAI);
    private static final long MINUTE_NS = 60_000_000_000L;

    private final List<Warming> warmings = new ArrayList<>();

    /** A defrost: up by ten kelvin in two thirds of its time, then down. */
    private static Warming warming(long minute, long lengthMin, long peakMilli, ClockState clock) {
        var begun = new Moment("b", minute * MINUTE_NS, Ward.MONDAY_MS + minute * 60_000, clock, 5);
        var riseMin = lengthMin * 2 / 3;
        var curve = new ArrayList<Long>();
        for (var at = 0; at <= lengthMin; at += 2) {
            var share =
                    at <= riseMin ? (double) at / riseMin : 1 - (at - riseMin) / (riseMin / 2.0);
            curve.add(Math.round(-16_000 + (peakMilli + 16_000) * share));
        }
        return new Warming(begun, lengthMin * MINUTE_NS, riseMin * MINUTE_NS, peakMilli, curve);
    }

    private HabitTest comes(int day, int minuteOfDay) {
        warmings.add(warming(day * 1440L + minuteOfDay, 27, -5_000, ClockState.SYNCED));
        return this;
    }

    private Habit habit() {
        return Habit.of(warmings, LORE).orElseThrow();
    }

    @Test
    void three_a_day_are_found_within_ten_minutes_though_doors_lie_between() {
        var chance = new Random(5);
        for (var day = 0; day < 7; day++) {
            for (var minute : List.of(120, 600, 1080)) {
                comes(day, minute + chance.nextInt(8));
                var door = day * 1440L + minute + 60 + chance.nextInt(200);
                warmings.add(warming(door, 9, -11_000, ClockState.SYNCED));
            }
        }
        var found = habit().minutesOfDay();

        assertThat(found).hasSize(3);
        assertThat(found.get(0)).isBetween(110, 130);
        assertThat(found.get(1)).isBetween(590, 610);
        assertThat(found.get(2)).isBetween(1070, 1090);
    }

    @Test
    void an_open_door_in_a_defrost_makes_it_warmer_and_longer_and_it_still_keeps_its_time() {
        for (var day = 0; day < 7; day++) {
            comes(day, 120).comes(day, 1080);
            warmings.add(warming(day * 1440L + 598, 45, 1_000, ClockState.SYNCED));
        }
        assertThat(habit().minutesOfDay()).containsExactly(120, 598, 1080);
    }

    @Test
    void a_minute_earlier_or_later_than_the_day_before_is_another_day() {
        var evenings = List.of(1083, 1082, 1082, 1083, 1082, 1083, 1082);
        for (var day = 0; day < 7; day++) {
            comes(day, 120).comes(day, evenings.get(day));
        }
        assertThat(habit().minutesOfDay()).containsExactly(120, 1082);
    }

    @Test
    void at_midnight_a_time_is_one_time() {
        for (var day = 0; day < 7; day++) {
            comes(day, 1435 + 3 * (day % 4)).comes(day, 720);
        }
        assertThat(habit().minutesOfDay()).hasSize(2).contains(720);
    }

    @Test
    void three_at_one_hour_in_five_days_are_chance() {
        // found by chance: an upright freezer with a defrost every 22 to 48 hours
        comes(2, 62).comes(2, 1400).comes(4, 65).comes(6, 60);

        assertThat(habit().punctual()).isFalse();
        assertThat(habit().overdueNs(150)).isEqualTo(Bound.NEVER_NS);
    }

    @Test
    void irregular_ones_are_known_by_three_and_missed_from_eight_on() {
        for (var n = 0; n < 8; n++) {
            assertThat(Habit.of(warmings, LORE).isPresent()).isEqualTo(n >= 3);
            comes(0, n * 1_700 + n % 3 * 200);
        }
        assertThat(habit().punctual()).isFalse();
        assertThat(habit().overdueNs(150)).isEqualTo(1_900 * MINUTE_NS / 100 * 150);
    }

    @Test
    void thick_ice_takes_half_as_long_again() {
        for (var n = 0; n < 4; n++) {
            warmings.add(warming(n * 1_700L, 60 + 10L * n, 8_000, ClockState.SYNCED));
        }
        var halfAgain = warming(9_000, 100, 9_000, ClockState.SYNCED);
        var curve = halfAgain.curve();
        for (var i = 0; i < curve.size(); i++) {
            assertThat(habit().covers(i * Course.STEP.toNanos(), curve.get(i), false)).isTrue();
        }
    }

    @Test
    void a_machine_that_stands_does_not_look_like_a_defrost() {
        comes(0, 10).comes(1, 500).comes(2, 100).comes(3, 900);

        for (var minute = 34; minute < 120; minute += 2) {
            var slowly = -16_000 + minute * 100;
            assertThat(habit().covers(minute * MINUTE_NS, slowly, true)).isFalse();
        }
        assertThat(habit().covers(90 * MINUTE_NS, -9_000, false)).isFalse();
    }

    @Test
    void a_timer_set_anew_is_noticed_after_three_and_known_after_four_days() {
        for (var day = 0; day < 10; day++) {
            comes(day, 120).comes(day, 600).comes(day, 1080);
        }
        comes(10, 300).comes(10, 780).comes(10, 1260);
        assertThat(habit().punctual()).isFalse();

        comes(11, 300).comes(11, 780).comes(11, 1260);
        comes(12, 300).comes(12, 780).comes(12, 1260);
        comes(13, 300).comes(13, 780).comes(13, 1260);
        assertThat(habit().minutesOfDay()).contains(300, 780, 1260);
    }

    @Test
    void a_timer_knows_no_summer_time() {
        // Clocks in Berlin go forward on 2026-03-29, day 27.
        for (var day = 23; day < 30; day++) {
            comes(day, 120).comes(day, 840);
        }
        var berlin = Habit.of(warmings, new Habit.Lore(3, ZoneId.of("Europe/Berlin")));

        assertThat(berlin.orElseThrow().minutesOfDay()).containsExactly(420, 1140);
    }

    @Test
    void without_a_clock_there_is_no_time_of_day() {
        for (var day = 0; day < 7; day++) {
            warmings.add(warming(day * 1440L + 120, 27, -5_000, ClockState.UNSYNCED));
        }
        assertThat(habit().punctual()).isFalse();
    }

    @Test
    void doors_do_not_drive_defrosts_out_of_the_memory() {
        var trace = Trace.NOTHING;
        for (var day = 0; day < 10; day++) {
            for (var minute : List.of(120, 600, 1080)) {
                trace = trace.learned(dayMinute(day, minute, 27, -5_000), LORE);
                for (var door = 1; day > 6 && door <= 4; door++) {
                    trace = trace.learned(dayMinute(day, minute + 60 * door, 8, -11_000), LORE);
                }
            }
        }
        assertThat(trace.warmings()).hasSize(Trace.WARMINGS_MAX);
        assertThat(trace.warmings().stream().filter(w -> w.peakMilli() == -5_000).count())
                .isGreaterThan(24);
    }

    @Test
    void a_defrost_at_its_time_is_not_driven_out_though_one_with_doors_made_it_look_cool() {
        var trace = Trace.NOTHING;
        for (var day = 0; day < 12; day++) {
            for (var minute : List.of(120, 600, 1080)) {
                // in the morning people come and go, and once it was warm until late
                var busy = minute == 600 && day == 3;
                var peak = minute == 600 ? -3_000 : minute == 120 ? -5_000 : -7_000;
                trace = trace.learned(dayMinute(day, minute, busy ? 44 : 27, peak), LORE);
                for (var door = 1; day > 6 && door <= 2; door++) {
                    trace = trace.learned(dayMinute(day, minute + 90 * door, 8, -11_000), LORE);
                }
            }
        }
        assertThat(trace.habit().orElseThrow().minutesOfDay()).containsExactly(120, 600, 1080);
        assertThat(trace.warmings().stream().filter(w -> w.peakMilli() == -7_000).count())
                .isGreaterThanOrEqualTo(8);
    }

    // ---- when one is due --------------------------------------------------------------------

    private static List<Integer> due(Integer... minutesOfDay) {
        var curve = List.of(-10_000L);
        return new Habit(
                        curve,
                        curve,
                        0,
                        0,
                        0,
                        List.of(minutesOfDay),
                        9,
                        new Moment("b", 0, 0, ClockState.SYNCED, 5))
                .dueMinutesOfDay();
    }

    @Test
    void one_is_due_at_its_times() {
        assertThat(due(600)).containsExactly(600);
        assertThat(due(0, 480, 960)).containsExactly(0, 480, 960);
        assertThat(due()).isEmpty();
    }

    @Test
    void where_a_gap_is_a_multiple_of_the_shortest_one_is_due_within_it() {
        assertThat(due(608, 1089)).containsExactly(608, 1089, (1089 + 959 / 2) % 1440);
        assertThat(due(60, 300, 540)).containsExactlyInAnyOrder(60, 300, 540, 780, 1020, 1260);
    }

    @Test
    void where_it_is_none_or_one_of_more_than_four_nobody_knows_of_another() {
        assertThat(due(600, 950)).containsExactly(600, 950);
        assertThat(due(60, 300)).containsExactly(60, 300);
    }

    private static Warming dayMinute(int day, int minute, long lengthMin, long peakMilli) {
        return warming(day * 1440L + minute, lengthMin, peakMilli, ClockState.SYNCED);
    }

    @Test
    void the_window_has_room_for_a_quarter_more_or_some_doors() {
        comes(0, 10).comes(1, 500).comes(2, 100);
        assertThat(habit().windowNs()).isEqualTo(Duration.ofMinutes(27 + 15).toNanos());
    }

    // ---- what is in common ------------------------------------------------------------------

    @Test
    void doors_between_irregular_ones_are_none_of_them() {
        comes(0, 10).comes(1, 500).comes(2, 100).comes(3, 900);
        for (var day = 0; day < 4; day++) {
            warmings.add(warming(day * 1440L + 1200, 9, -13_500, ClockState.SYNCED));
        }
        assertThat(habit().alike()).isEqualTo(4);
        assertThat(habit().longestNs()).isEqualTo(27 * MINUTE_NS);
        assertThat(habit().high()).doesNotContain(-13_500L);
    }

    @Test
    void the_shortest_and_the_longest_time_between_two_are_known() {
        comes(0, 0).comes(0, 1_700).comes(0, 3_200).comes(0, 5_200);

        assertThat(habit().shortestGapNs()).isEqualTo(1_500 * MINUTE_NS);
        assertThat(habit().longestGapNs()).isEqualTo(2_000 * MINUTE_NS);
    }

    @Test
    void each_in_a_boot_of_its_own_without_a_clock_nothing_is_known_between_them() {
        for (var boot = 0; boot < 3; boot++) {
            var one = warming(boot, 27, -5_000, ClockState.UNSYNCED);
            var begun = new Moment("b" + boot, 0, 0, ClockState.UNSYNCED, 5);
            warmings.add(
                    new Warming(begun, one.lengthNs(), one.riseNs(), one.peakMilli(), one.curve()));
        }
        assertThat(habit().shortestGapNs()).isZero();
        assertThat(habit().longestGapNs()).isZero();
        assertThat(habit().mayBegin(new Moment("c", 0, 0, ClockState.UNSYNCED, 5))).isTrue();
    }

    @Test
    void two_boots_of_one_wall_clock_minute_lie_no_time_apart_and_one_that_went_back_is_unknown() {
        var from = new Moment("b", 7, Ward.MONDAY_MS, ClockState.SYNCED, 5);
        var same = new Moment("c", 0, Ward.MONDAY_MS, ClockState.SYNCED, 5);
        var back = new Moment("c", 0, Ward.MONDAY_MS - 1, ClockState.SYNCED, 5);

        assertThat(Habit.betweenNs(from, same)).hasValue(0L);
        assertThat(Habit.betweenNs(from, back)).isEmpty();
    }

    @Test
    void the_latest_of_them_may_have_had_an_open_door_in_it_where_the_time_tells() {
        for (var day = 0; day < 7; day++) {
            comes(day, 120).comes(day, 1080);
        }
        warmings.add(warming(7 * 1440L + 120, 70, 6_000, ClockState.SYNCED));
        var withDoor = warmings.getLast().begun();
        assertThat(habit().last()).isEqualTo(withDoor);

        warmings.add(warming(7 * 1440L + 400, 27, -1_000, ClockState.SYNCED));
        assertThat(habit().last()).as("not at its times").isEqualTo(withDoor);
        warmings.add(warming(7 * 1440L + 1080, 70, 6_000, ClockState.UNSYNCED));
        assertThat(habit().last()).as("nobody knows its time").isEqualTo(withDoor);
    }

    @Test
    void between_two_times_of_day_lies_the_widest_gap() {
        for (var day = 0; day < 7; day++) {
            comes(day, 600).comes(day, 1080);
        }
        assertThat(habit().overdueNs(100)).isEqualTo(960 * MINUTE_NS);
        assertThat(habit().within(warming(610, 27, -5_000, ClockState.SYNCED), SHANGHAI)).isTrue();
        assertThat(habit().within(warming(720, 27, -5_000, ClockState.SYNCED), SHANGHAI)).isFalse();
    }

    @Test
    void once_a_day_is_a_day_apart() {
        for (var day = 0; day < 7; day++) {
            comes(day, 600);
        }
        assertThat(habit().overdueNs(150)).isEqualTo(36 * 60 * MINUTE_NS);
    }

    // ---- times of day -----------------------------------------------------------------------

    @Test
    void a_door_at_the_same_time_every_day_is_no_defrost() {
        for (var day = 0; day < 7; day++) {
            comes(day, 120);
            warmings.add(warming(day * 1440L + 700, 9, -11_000, ClockState.SYNCED));
            comes(day, 1080);
        }
        assertThat(habit().minutesOfDay()).containsExactly(120, 1080);
    }

    @Test
    void a_time_is_kept_on_five_of_seven_days_and_not_on_four() {
        for (var day = 0; day < 7; day++) {
            comes(day, 120);
            if (day != 2 && day != 4) {
                comes(day, 600);
            }
            if (day % 2 == 0) {
                comes(day, 1080);
            }
        }
        assertThat(habit().minutesOfDay()).containsExactly(120, 600);
    }

    @Test
    void a_time_that_was_kept_and_is_not_any_more_is_none() {
        for (var day = 0; day < 14; day++) {
            comes(day, 120);
            if (day < 7 || day == 8 || day == 10 || day == 13) {
                comes(day, 600);
            }
        }
        assertThat(habit().minutesOfDay()).containsExactly(120);
    }

    @Test
    void what_is_older_than_a_fortnight_does_not_count() {
        for (var day = 0; day < 8; day++) {
            comes(day, 590);
        }
        for (var day = 22; day < 29; day++) {
            comes(day, 600);
        }
        assertThat(habit().minutesOfDay()).containsExactly(600);
    }

    @Test
    void three_that_begin_at_a_time_are_enough_where_another_lay_over_it() {
        comes(0, 600).comes(1, 600).comes(2, 600);
        assertThat(habit().punctual()).isFalse();

        warmings.add(warming(3 * 1440L + 570, 45, -4_000, ClockState.SYNCED));
        assertThat(habit().minutesOfDay()).containsExactly(600);
    }

    // ---- shapes -----------------------------------------------------------------------------

    /** Up from -20 to 0 degrees in twenty minutes and down again, each time the very same. */
    private static Habit triangle() {
        var curve = new ArrayList<Long>();
        for (var step = 0; step <= 20; step++) {
            curve.add(-20_000L + 2_000L * Math.min(step, 20 - step));
        }
        var last = new Moment("b", 0, Ward.MONDAY_MS, ClockState.SYNCED, 5);
        return new Habit(curve, curve, 40 * MINUTE_NS, 0, 0, List.of(), 9, last);
    }

    private static boolean covers(int minute, double degrees, boolean warmest) {
        return triangle().covers(minute * MINUTE_NS, Math.round(degrees * 1000), warmest);
    }

    @Test
    void a_rise_may_be_a_quarter_of_its_height_outside_everything_seen_at_that_time() {
        // Six steps: from two thirds to half again, and three more, is up to the top.
        assertThat(covers(12, 5, false)).isTrue();
        assertThat(covers(12, 5.001, false)).isFalse();
        assertThat(covers(12, -23, false)).isTrue();
        assertThat(covers(12, -23.001, false)).isFalse();
    }

    @Test
    void at_its_beginning_it_is_no_warmer_than_three_steps_later() {
        assertThat(covers(0, -14 + 5, true)).isTrue();
        assertThat(covers(0, -14 + 5.001, true)).isFalse();
        assertThat(covers(4, -8 + 5, true)).isTrue();
        assertThat(covers(4, -8 + 5.001, true)).isFalse();
    }

    @Test
    void slow_as_it_may_be_it_is_over_at_last() {
        assertThat(covers(60, -14 + 5, false)).isTrue();
        assertThat(covers(60, -14 + 5.001, false)).isFalse();
        assertThat(covers(70, -20, false)).isTrue();
        assertThat(covers(72, -20, false)).isFalse();
    }

    @Test
    void what_has_only_risen_must_be_on_its_way_up_still() {
        assertThat(covers(40, -5, true)).isTrue();
        assertThat(covers(40, -5.001, true)).isFalse();
        assertThat(covers(40, -20, false)).isTrue();
        assertThat(covers(42, 0, true)).isFalse();
    }

    @Test
    void what_is_much_shorter_or_cooler_does_not_resemble_it() {
        // the coolest of all at its warmest is 0 degrees, the longest takes 40 minutes
        assertThat(triangle().resembles(warming(0, 10, -2_500, ClockState.SYNCED))).isTrue();
        assertThat(triangle().resembles(warming(0, 9, -2_500, ClockState.SYNCED))).isFalse();
        assertThat(triangle().resembles(warming(0, 10, -2_501, ClockState.SYNCED))).isFalse();
    }
}
