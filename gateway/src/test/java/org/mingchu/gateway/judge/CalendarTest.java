package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Hours;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a closed kitchen opens again; 2026-03-02 is a Monday, its closure is from the 4th to the
 * 9th.
 */
class CalendarTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final long UP_NS = Duration.ofHours(5).toNanos();

    private static final Hours.Opening MORNINGS =
            new Hours.Opening(
                    Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY),
                    LocalTime.of(6, 0),
                    LocalTime.of(10, 0));

    private static final Hours.Opening NOONS =
            new Hours.Opening(MORNINGS.days(), LocalTime.of(11, 0), LocalTime.of(14, 0));

    private static final Hours.Closure HOLIDAY =
            new Hours.Closure(LocalDate.of(2026, 3, 4), LocalDate.of(2026, 3, 9), "holiday");

    private static final Calendar WEEK = calendar(List.of(MORNINGS, NOONS), HOLIDAY);

    private static Calendar calendar(List<Hours.Opening> weekly, Hours.Closure... closures) {
        return new Calendar(Optional.of(new Hours(weekly, List.of(closures))), SHANGHAI);
    }

    private static Moment at(String local, ClockState clock) {
        var wall = LocalDateTime.parse(local).atZone(SHANGHAI).toInstant().toEpochMilli();
        return new Moment("boot-1", UP_NS, wall, clock, 5);
    }

    /** After how long it opens again; empty when it is in no closure. */
    private static Optional<Duration> opensAfter(Calendar calendar, String local) {
        var ns = calendar.reopensNs(at(local, ClockState.SYNCED));
        return ns == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(ns - UP_NS));
    }

    @Test
    void a_closure_begins_when_the_kitchen_shuts_on_the_day_before() {
        assertThat(opensAfter(WEEK, "2026-03-03T13:59")).isEmpty();
        assertThat(opensAfter(WEEK, "2026-03-03T14:00")).contains(Duration.ofHours(7 * 24 - 8));
    }

    @Test
    void it_ends_when_the_kitchen_opens_on_a_day_on_which_it_cooks() {
        // the 10th is a Tuesday
        assertThat(opensAfter(WEEK, "2026-03-10T05:59")).contains(Duration.ofMinutes(1));
        assertThat(opensAfter(WEEK, "2026-03-10T06:00")).isEmpty();
    }

    @Test
    void after_the_first_day_of_work_it_is_no_closure_any_more() {
        assertThat(opensAfter(WEEK, "2026-03-10T10:30")).isEmpty();
        assertThat(opensAfter(WEEK, "2026-03-10T14:00")).isEmpty();
        assertThat(opensAfter(WEEK, "2026-03-11T05:00")).isEmpty();
    }

    @Test
    void a_night_a_weekend_and_a_break_at_noon_are_no_closures() {
        assertThat(opensAfter(WEEK, "2026-03-02T20:00")).isEmpty();
        assertThat(opensAfter(WEEK, "2026-03-02T10:30")).isEmpty();
        assertThat(opensAfter(WEEK, "2026-03-14T12:00")).isEmpty();
    }

    @Test
    void on_a_day_without_work_before_a_closure_it_has_begun() {
        var later = new Hours.Closure(LocalDate.of(2026, 3, 9), LocalDate.of(2026, 3, 10), "later");
        var calendar = calendar(List.of(MORNINGS), later);

        // Friday: the next day on which it cooks would be the Monday, which is closed
        assertThat(opensAfter(calendar, "2026-03-06T12:00"))
                .contains(Duration.ofHours(4 * 24 + 18));
    }

    @Test
    void where_only_closures_are_said_they_are_whole_days() {
        var calendar = calendar(List.of(), HOLIDAY);

        assertThat(opensAfter(calendar, "2026-03-03T23:59")).isEmpty();
        assertThat(opensAfter(calendar, "2026-03-04T00:00")).contains(Duration.ofDays(6));
        assertThat(opensAfter(calendar, "2026-03-10T00:00")).isEmpty();
    }

    @Test
    void who_says_no_hours_has_no_closures() {
        var calendar = new Calendar(Optional.empty(), SHANGHAI);

        assertThat(opensAfter(calendar, "2026-03-04T12:00")).isEmpty();
        assertThat(calendar.cooks(LocalDate.of(2026, 3, 4))).isTrue();
    }

    @Test
    void without_a_clock_nobody_knows() {
        assertThat(WEEK.reopensNs(at("2026-03-04T12:00", ClockState.UNSYNCED))).isZero();
        assertThat(WEEK.reopensNs(at("2026-03-04T12:00", ClockState.SYNCED))).isPositive();
    }

    @Test
    void what_never_opens_again_has_no_end() {
        var forEver = new Hours.Closure(LocalDate.of(2026, 3, 4), LocalDate.of(2030, 1, 1), "ever");
        assertThat(opensAfter(calendar(List.of(MORNINGS), forEver), "2026-03-04T12:00")).isEmpty();
    }
}
