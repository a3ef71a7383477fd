package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Defrost;
import org.mingchu.gateway.judge.Trace.Swell;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Until when a warm reading is taken for a defrost, in minutes of a day. The learned unit defrosts
 * for 27 minutes, so that its window is 42 minutes long.
 */
class ExcuseTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final int WINDOW_MIN = 27 + 15;

    private static Moment at(long minute) {
        return at(minute, ClockState.SYNCED);
    }

    private static Moment at(long minute, ClockState clock) {
        return new Moment("boot-1", minute * MINUTE_NS, Ward.MONDAY_MS + minute * 60_000, clock, 5);
    }

    private static Optional<Long> minute(Optional<Moment> moment) {
        return moment.map(m -> m.upNs() / MINUTE_NS);
    }

    // ---- by the site's schedule -------------------------------------------------------------

    private static Excuse scheduled(int longestMin, LocalTime... starts) {
        var defrost = new Defrost.Scheduled(List.of(starts), Duration.ofMinutes(longestMin));
        return new Excuse(Optional.of(defrost), Duration.ofMinutes(60), SHANGHAI);
    }

    private static Optional<Long> until(Excuse excuse, Moment at, Optional<Moment> had) {
        return minute(excuse.until(Optional.empty(), Optional.empty(), false, had, at));
    }

    private static Optional<Long> until(Excuse excuse, Moment at) {
        return until(excuse, at, Optional.empty());
    }

    @Test
    void a_scheduled_defrost_is_excused_from_its_start_with_half_an_hour_to_recover() {
        var excuse = scheduled(20, LocalTime.of(2, 0), LocalTime.of(10, 0));

        assertThat(until(excuse, at(599))).isEmpty();
        assertThat(until(excuse, at(600))).hasValue(650L);
        assertThat(until(excuse, at(649))).hasValue(650L);
        assertThat(until(excuse, at(650))).isEmpty();
        assertThat(until(excuse, at(120))).hasValue(170L);
    }

    @Test
    void no_scheduled_one_is_excused_for_longer_than_the_pack_allows() {
        assertThat(until(scheduled(50, LocalTime.of(10, 0)), at(600))).hasValue(660L);
    }

    @Test
    void one_before_midnight_goes_on_after_it() {
        assertThat(until(scheduled(20, LocalTime.of(23, 50)), at(1440 + 20))).hasValue(1480L);
    }

    @Test
    void without_a_clock_nobody_knows_when_one_is_due_and_what_was_excused_stays() {
        var excuse = scheduled(20, LocalTime.of(10, 0));
        var now = at(610, ClockState.UNSYNCED);

        assertThat(until(excuse, now)).isEmpty();
        assertThat(until(excuse, now, Optional.of(at(650)))).hasValue(650L);
    }

    // ---- by learned times -------------------------------------------------------------------

    private static final Excuse LEARNED =
            new Excuse(Optional.empty(), Duration.ofMinutes(60), SHANGHAI);

    private static Habit habit(long longestMin, List<Integer> minutesOfDay) {
        return new Habit(
                List.of(-15_000L, -10_000L),
                List.of(-14_000L, -5_000L),
                longestMin * MINUTE_NS,
                600 * MINUTE_NS,
                600 * MINUTE_NS,
                minutesOfDay,
                9,
                at(0));
    }

    private static Swell rise(long begunMin, long doorMin, long strangeMin) {
        return new Swell(
                at(begunMin),
                -5_000,
                at(begunMin),
                List.of(),
                doorMin * MINUTE_NS,
                strangeMin * MINUTE_NS);
    }

    private static Optional<Long> atTen(long begunMin, Moment now) {
        return atTen(begunMin, now, false, Optional.empty());
    }

    private static Optional<Long> atTen(
            long begunMin, Moment now, boolean begins, Optional<Moment> had) {
        var habit = Optional.of(habit(27, List.of(600)));
        var rise = Optional.of(rise(begunMin, 9, 9));
        return minute(LEARNED.until(habit, rise, begins, had, now));
    }

    @Test
    void what_begins_at_its_time_of_day_is_a_defrost_whatever_doors_do_to_its_shape() {
        assertThat(atTen(605, at(605))).hasValue(605L + WINDOW_MIN);
    }

    @Test
    void its_timer_may_be_ten_minutes_early_and_ice_twenty_late() {
        assertThat(atTen(589, at(589))).isEmpty();
        assertThat(atTen(590, at(590))).hasValue(600L + WINDOW_MIN);
        assertThat(atTen(620, at(620))).hasValue(620L + WINDOW_MIN);
        assertThat(atTen(621, at(621))).isEmpty();
    }

    @Test
    void what_was_warm_before_its_time_has_no_more_time_than_a_defrost() {
        assertThat(atTen(540, at(610))).hasValue(600L + WINDOW_MIN);
    }

    @Test
    void an_excuse_is_given_once_and_never_prolonged() {
        assertThat(atTen(605, at(615), false, Optional.of(at(630)))).hasValue(630L);
        assertThat(atTen(615, at(615), true, Optional.of(at(630)))).hasValue(615L + WINDOW_MIN);
    }

    @Test
    void without_a_clock_no_time_of_day_excuses_anything() {
        assertThat(atTen(605, at(605, ClockState.UNSYNCED))).isEmpty();
    }

    @Test
    void a_unit_that_does_not_rise_or_has_no_habit_is_excused_nothing() {
        var had = Optional.of(at(630));
        var habit = Optional.of(habit(27, List.of(600)));
        assertThat(LEARNED.until(habit, Optional.empty(), false, had, at(605))).isEmpty();
        assertThat(
                        LEARNED.until(
                                Optional.empty(),
                                Optional.of(rise(605, 0, 0)),
                                false,
                                had,
                                at(605)))
                .isEmpty();
    }

    @Test
    void a_defrost_is_awaited_at_its_times_before_it_warms() {
        var habit = habit(27, List.of(600));
        assertThat(LEARNED.awaits(habit, at(589))).isFalse();
        assertThat(LEARNED.awaits(habit, at(590))).isTrue();
        assertThat(LEARNED.awaits(habit, at(620))).isTrue();
        assertThat(LEARNED.awaits(habit, at(621))).isFalse();
        assertThat(LEARNED.awaits(habit, at(600, ClockState.UNSYNCED))).isFalse();
        assertThat(LEARNED.awaits(habit(27, List.of()), at(600))).isFalse();
    }

    // ---- by shape ---------------------------------------------------------------------------

    private static Optional<Long> byShape(
            long longestMin, Swell rise, boolean begins, Optional<Moment> had, Moment at) {
        return minute(
                LEARNED.until(
                        Optional.of(habit(longestMin, List.of())),
                        Optional.of(rise),
                        begins,
                        had,
                        at));
    }

    @Test
    void an_irregular_defrost_is_known_as_it_begins_if_the_last_lies_long_enough_back() {
        var none = Optional.<Moment>empty();
        assertThat(byShape(27, rise(300, 0, 0), true, none, at(300))).hasValue(300L + WINDOW_MIN);
        assertThat(byShape(27, rise(299, 0, 0), true, none, at(299)))
                .as("half the shortest time between two is 300 minutes")
                .isEmpty();
    }

    @Test
    void what_goes_on_keeps_what_it_was_given_and_gets_no_more() {
        var none = Optional.<Moment>empty();
        assertThat(byShape(27, rise(300, 0, 0), false, none, at(310))).isEmpty();
        assertThat(byShape(27, rise(300, 0, 0), false, Optional.of(at(342)), at(310)))
                .hasValue(342L);
    }

    @Test
    void a_strange_shape_or_an_open_door_of_more_than_two_minutes_loses_it() {
        var had = Optional.of(at(342));
        assertThat(byShape(27, rise(300, 2, 2), false, had, at(310))).hasValue(342L);
        assertThat(byShape(27, rise(300, 3, 0), false, had, at(310))).isEmpty();
        assertThat(byShape(27, rise(300, 0, 3), false, had, at(310))).isEmpty();
    }

    @Test
    void no_learned_one_is_excused_for_longer_than_the_pack_allows() {
        assertThat(byShape(80, rise(400, 0, 0), true, Optional.empty(), at(400))).hasValue(460L);
    }
}
