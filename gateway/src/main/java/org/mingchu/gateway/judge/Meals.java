package org.mingchu.gateway.judge;

import org.mingchu.config.Meal;
import org.mingchu.config.Site;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When meals are served, by the site's clock. Immutable. */
record Meals(List<Meal> meals, Calendar calendar) {
    /** Longer than any holiday: the meal before it is as good as none. */
    private static final int DAYS_BACK = 100;

    Meals {
        meals = meals.stream().sorted(Comparator.comparing(Meal::from)).toList();
    }

    static Meals of(Site site) {
        return new Meals(site.meals(), Calendar.of(site));
    }

    /**
     * How long ago the meal before the next one has ended, from {@code before} the next until that
     * is over; empty at all other times, and while nobody knows what time it is.
     */
    Optional<Duration> sinceLastMeal(Duration before, Moment now) {
        if (now.clock() == ClockState.UNSYNCED || meals.isEmpty()) {
            return Optional.empty();
        }
        var local = LocalDateTime.ofInstant(Instant.ofEpochMilli(now.wallMs()), calendar.zone());
        // A meal soon after midnight casts its shadow on the evening.
        return next(local.toLocalDate(), before, local)
                .or(() -> next(local.toLocalDate().plusDays(1), before, local))
                .map(at -> Duration.between(endBefore(at), local));
    }

    private Optional<LocalDateTime> next(LocalDate day, Duration before, LocalDateTime now) {
        if (!calendar.cooks(day)) {
            return Optional.empty();
        }
        return meals.stream()
                .filter(meal ->
                        !now.isBefore(day.atTime(meal.from()).minus(before))
                                && now.isBefore(day.atTime(meal.to())))
                .map(meal -> day.atTime(meal.from()))
                .findFirst();
    }

    /** When the meal before this one ended. */
    private LocalDateTime endBefore(LocalDateTime from) {
        for (var back = 0; back < DAYS_BACK; back++) {
            var day = from.toLocalDate().minusDays(back);
            var end =
                    meals.stream()
                            .map(meal -> day.atTime(meal.to()))
                            .filter(to -> !to.isAfter(from))
                            .max(Comparator.naturalOrder());
            if (end.isPresent() && calendar.cooks(day)) {
                return end.get();
            }
        }
        return from.minusDays(DAYS_BACK);
    }
}
