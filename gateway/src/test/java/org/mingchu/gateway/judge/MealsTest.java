package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Hours;
import org.mingchu.config.Meal;
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

/** How long ago the meal before the next one ended, from an hour before the next. */
class MealsTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Meal LUNCH = meal("lunch", "11:00", "13:00");
    private static final Meal SUPPER = meal("supper", "17:00", "19:00");

    private static final Hours WEEKDAYS = hours(Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY));

    private static Meal meal(String id, String from, String to) {
        return new Meal(id, id, LocalTime.parse(from), LocalTime.parse(to));
    }

    private static Hours hours(Set<DayOfWeek> days, Hours.Closure... closures) {
        var opening = new Hours.Opening(days, LocalTime.of(6, 0), LocalTime.of(20, 0));
        return new Hours(List.of(opening), List.of(closures));
    }

    private static Meals meals(Meal... meals) {
        return new Meals(List.of(meals), new Calendar(Optional.empty(), SHANGHAI));
    }

    private static Meals open(Hours hours, Meal... meals) {
        return new Meals(List.of(meals), new Calendar(Optional.of(hours), SHANGHAI));
    }

    private static Moment at(String local, ClockState clock) {
        var wall = LocalDateTime.parse(local).atZone(SHANGHAI).toInstant().toEpochMilli();
        return new Moment("boot-1", 0, wall, clock, 5);
    }

    /** In minutes; 2026-03-02 is a Monday. */
    private static Optional<Long> since(Meals meals, String local) {
        return meals.sinceLastMeal(HOUR, at(local, ClockState.SYNCED)).map(Duration::toMinutes);
    }

    @Test
    void it_is_asked_from_an_hour_before_a_meal_until_that_is_over() {
        var meals = meals(SUPPER, LUNCH);

        assertThat(since(meals, "2026-03-02T15:59")).isEmpty();
        assertThat(since(meals, "2026-03-02T16:00")).hasValue(180L);
        assertThat(since(meals, "2026-03-02T18:59")).hasValue(359L);
        assertThat(since(meals, "2026-03-02T19:00")).isEmpty();
    }

    @Test
    void before_the_first_meal_of_a_day_is_the_last_of_the_day_before() {
        assertThat(since(meals(LUNCH, SUPPER), "2026-03-02T10:30")).hasValue(15 * 60 + 30L);
    }

    @Test
    void a_meal_that_ends_as_the_next_begins_is_the_one_before_it() {
        var snack = meal("snack", "13:00", "14:00");
        assertThat(since(meals(LUNCH, snack), "2026-03-02T13:30")).hasValue(30L);
    }

    @Test
    void a_meal_soon_after_midnight_casts_its_shadow_on_the_evening() {
        var night = meal("night", "00:30", "02:00");
        assertThat(since(meals(night, LUNCH), "2026-03-02T23:29")).isEmpty();
        assertThat(since(meals(night, LUNCH), "2026-03-02T23:30")).hasValue(10 * 60 + 30L);
    }

    @Test
    void a_day_without_a_kitchen_has_no_meals_and_ended_none() {
        var meals = open(WEEKDAYS, LUNCH, SUPPER);

        assertThat(since(meals, "2026-03-03T10:30")).hasValue(15 * 60 + 30L);
        assertThat(since(meals, "2026-03-04T10:30")).as("a Wednesday").isEmpty();
        assertThat(since(meals, "2026-03-09T10:30"))
                .as("six days after the supper of Tuesday")
                .hasValue((5 * 24 + 15) * 60 + 30L);
    }

    @Test
    void both_ends_of_a_holiday_belong_to_it() {
        var holiday =
                new Hours.Closure(LocalDate.parse("2026-03-03"), LocalDate.parse("2026-03-05"), "");
        var meals = open(hours(Set.of(DayOfWeek.values()), holiday), LUNCH);

        assertThat(since(meals, "2026-03-03T10:30")).isEmpty();
        assertThat(since(meals, "2026-03-05T10:30")).isEmpty();
        assertThat(since(meals, "2026-03-06T10:30"))
                .as("the lunch of the 2nd")
                .hasValue((3 * 24 + 21) * 60 + 30L);
    }

    @Test
    void hours_without_opening_times_are_every_day() {
        var holiday =
                new Hours.Closure(LocalDate.parse("2026-03-03"), LocalDate.parse("2026-03-03"), "");
        var meals = open(new Hours(List.of(), List.of(holiday)), LUNCH);

        assertThat(since(meals, "2026-03-02T10:30")).isPresent();
        assertThat(since(meals, "2026-03-03T10:30")).isEmpty();
    }

    @Test
    void after_a_closure_of_months_the_meal_before_is_as_good_as_none() {
        var closed =
                new Hours.Closure(LocalDate.parse("2025-06-01"), LocalDate.parse("2026-03-01"), "");
        var meals = open(new Hours(List.of(), List.of(closed)), LUNCH);

        assertThat(since(meals, "2026-03-02T11:00")).hasValue(100 * 24 * 60L);
    }

    @Test
    void without_meals_or_a_clock_nothing_is_asked() {
        assertThat(since(meals(), "2026-03-02T11:00")).isEmpty();
        var unsure = at("2026-03-02T11:00", ClockState.UNSYNCED);
        assertThat(meals(LUNCH).sinceLastMeal(HOUR, unsure)).isEmpty();
        var rtc = at("2026-03-02T11:00", ClockState.RTC);
        assertThat(meals(LUNCH).sinceLastMeal(HOUR, rtc)).isPresent();
    }
}
