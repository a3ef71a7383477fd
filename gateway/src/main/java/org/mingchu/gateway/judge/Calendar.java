package org.mingchu.gateway.judge;

import org.mingchu.config.Hours;
import org.mingchu.config.Site;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * On which days the kitchen cooks, and when somebody comes back, by the site's clock. Immutable.
 */
record Calendar(Optional<Hours> hours, ZoneId zone) {
    /** Nobody plans further: what is closed for longer has no day on which it opens. */
    private static final int DAYS = 100;

    static Calendar of(Site site) {
        return new Calendar(site.hours(), site.timeZone());
    }

    /** Whether anything is cooked on a day; always where the site says no hours. */
    boolean cooks(LocalDate day) {
        return hours.isEmpty() || (!closed(day) && weekday(day));
    }

    private boolean closed(LocalDate day) {
        return hours.stream()
                .flatMap(h -> h.closures().stream())
                .anyMatch(c -> !day.isBefore(c.from()) && !day.isAfter(c.to()));
    }

    private boolean weekday(LocalDate day) {
        var weekly = hours.orElseThrow().weekly();
        return weekly.isEmpty()
                || weekly.stream().anyMatch(o -> o.days().contains(day.getDayOfWeek()));
    }

    /**
     * When the kitchen opens again after a closure, as {@code upNs} of the boot of {@code now}: a
     * closure begins when the kitchen shuts on the last day before it. 0 when it is none, and while
     * nobody knows what time it is. One of more than a hundred days has no end, and is none.
     */
    long reopensNs(Moment now) {
        if (hours.isEmpty() || now.clock() == ClockState.UNSYNCED) {
            return 0;
        }
        var local = LocalDateTime.ofInstant(Instant.ofEpochMilli(now.wallMs()), zone);
        if (within(local)) {
            return 0;
        }
        var today = local.toLocalDate();
        var opens =
                Stream.iterate(today, day -> day.plusDays(1))
                        .limit(DAYS)
                        .filter(this::cooks)
                        .flatMap(this::opens)
                        .filter(at -> at.isAfter(local))
                        .findFirst();
        return opens.filter(
                        at -> lastOpened(local).datesUntil(at.toLocalDate()).anyMatch(this::closed))
                .map(at -> now.upNs() + Duration.between(local, at).toNanos())
                .orElse(0L);
    }

    /** The last day on which it has opened. */
    private LocalDate lastOpened(LocalDateTime now) {
        var today = now.toLocalDate();
        return Stream.iterate(today, day -> day.minusDays(1))
                .limit(DAYS)
                .filter(this::cooks)
                .filter(day -> opens(day).anyMatch(at -> !at.isAfter(now)))
                .findFirst()
                .orElse(today.minusDays(DAYS));
    }

    /** Whether the kitchen is open at a time; where only closures are said, it is on other days. */
    private boolean within(LocalDateTime at) {
        var day = at.toLocalDate();
        var weekly = hours.orElseThrow().weekly();
        return cooks(day)
                && (weekly.isEmpty()
                        || weekly.stream()
                                .filter(o -> o.days().contains(day.getDayOfWeek()))
                                .anyMatch(o ->
                                        !at.toLocalTime().isBefore(o.from())
                                                && at.toLocalTime().isBefore(o.to())));
    }

    /** When it opens on a day, in order; at midnight where no hours are said. */
    private Stream<LocalDateTime> opens(LocalDate day) {
        var weekly = hours.orElseThrow().weekly();
        return weekly.isEmpty()
                ? Stream.of(day.atStartOfDay())
                : weekly.stream()
                        .filter(o -> o.days().contains(day.getDayOfWeek()))
                        .map(o -> day.atTime(o.from()))
                        .sorted();
    }
}
