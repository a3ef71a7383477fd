package org.mingchu.gateway.judge;

import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * At which times of day a unit defrosts, if it does so by a timer. Such a timer knows no summer
 * time, so the times are those of the zone's standard offset. Pure.
 */
final class TimesOfDay {
    /** Two times of day lie at least so far apart, in minutes: no unit defrosts more often. */
    private static final int APART_MIN = 60;

    /** A time is known when it was kept on so many days: three may be chance. */
    private static final int DAYS = 4;

    /** With so many of them beginning just then. */
    private static final int STARTS = 3;

    /** And on so many in a hundred of the days since it was first kept. */
    private static final long KEPT_PERCENT = 70;

    /** So many in a hundred come at the times, or the unit has none; the rest are doors. */
    private static final long PUNCTUAL_PERCENT = 40;

    /** Somebody has set the timer anew when of so many latest none comes at its time. */
    private static final int LATEST = 3;

    /** What is older does not count: timers are set anew. */
    private static final Duration FORTNIGHT = Duration.ofDays(14);

    /** Whether a time is kept is asked of the latest days. */
    private static final long LATEST_DAYS = 7;

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    private static final long APART_MS = Duration.ofMinutes(APART_MIN).toMillis();

    private TimesOfDay() {}

    /** Minutes of the day in ascending order; empty when it keeps none. */
    static List<Integer> of(List<Warming> alike, List<Warming> all, ZoneId zone) {
        var trusted = all.stream().filter(one -> Habit.trusted(one.begun())).toList();
        if (trusted.isEmpty() || alike.isEmpty()) {
            return List.of();
        }
        var lastMs = trusted.getLast().begun().wallMs();
        var left =
                new ArrayList<>(
                        trusted.stream()
                                .filter(atLeastLike(alike))
                                .filter(one ->
                                        lastMs - one.begun().wallMs() <= FORTNIGHT.toMillis())
                                .toList());
        var times = new ArrayList<Integer>();
        for (var group = largest(left, zone); group.size() >= STARTS; group = largest(left, zone)) {
            if (kept(group, trusted, lastMs, zone)) {
                times.add(minuteOfDay(group.get(group.size() / 2).begun(), zone));
            }
            var first = minuteOfDay(group.getFirst().begun(), zone);
            left.removeIf(one -> near(minuteOfDay(one.begun(), zone), first));
        }
        return punctual(alike, times.stream().sorted().toList(), lastMs, zone);
    }

    /** An open door makes a defrost warmer and longer, never cooler and much shorter. */
    private static Predicate<Warming> atLeastLike(List<Warming> alike) {
        var peaks = alike.stream().mapToLong(Warming::peakMilli).sorted().toArray();
        var lengths = alike.stream().mapToLong(Warming::lengthNs).sorted().toArray();
        var peakMilli = peaks[peaks.length / 4] - Warming.PEAK_MILLI;
        var lengthNs = lengths[lengths.length / 4] / 5 * 3;
        return one -> one.peakMilli() >= peakMilli && one.lengthNs() >= lengthNs;
    }

    private static boolean near(int minute, int first) {
        return Math.floorMod(minute - first + APART_MIN, Habit.DAY_MIN) <= 2 * APART_MIN;
    }

    /** A door that was open before makes one begin earlier: it is there all the same. */
    private static boolean kept(List<Warming> group, List<Warming> all, long lastMs, ZoneId zone) {
        var minute = minuteOfDay(group.get(group.size() / 2).begun(), zone);
        var firstMs = group.stream().mapToLong(one -> one.begun().wallMs()).min().orElse(lastMs);
        var lastDay = (lastMs - firstMs + APART_MS) / DAY_MS;
        var span = Math.min(LATEST_DAYS, lastDay + 1);
        var days =
                all.stream()
                        .filter(one -> one.spans(zone).test(minute))
                        .map(one -> dayAfter(firstMs, one))
                        .filter(day -> day > lastDay - span)
                        .collect(Collectors.toSet());
        return days.size() >= DAYS && days.size() * 100L >= span * KEPT_PERCENT;
    }

    /** How many days later; one that begins a little earlier in the day is of that day as well. */
    private static long dayAfter(long firstMs, Warming one) {
        return Math.floorDiv(one.begun().wallMs() - firstMs + DAY_MS / 2, DAY_MS);
    }

    private static List<Integer> punctual(
            List<Warming> alike, List<Integer> times, long lastMs, ZoneId zone) {
        var recent =
                alike.stream()
                        .filter(one -> lastMs - one.begun().wallMs() <= DAYS * DAY_MS)
                        .toList();
        var kept =
                recent.stream()
                        .filter(one -> times.stream().anyMatch(one.spans(zone)))
                        .collect(Collectors.toSet());
        var latest = recent.subList(Math.max(0, recent.size() - LATEST), recent.size());
        return kept.size() * 100L >= recent.size() * PUNCTUAL_PERCENT
                        && latest.stream().anyMatch(kept::contains)
                ? times
                : List.of();
    }

    /** Most that lie together, in order of their time; those after midnight count on. */
    private static List<Warming> largest(List<Warming> some, ZoneId zone) {
        var largest = List.<Warming>of();
        for (var one : some) {
            var from = minuteOfDay(one.begun(), zone);
            var group = new ArrayList<Warming>();
            for (var other : some) {
                if (after(other, from, zone) <= Habit.SAME_TIME_MIN) {
                    group.add(other);
                }
            }
            if (group.size() > largest.size()) {
                group.sort((a, b) -> after(a, from, zone) - after(b, from, zone));
                largest = group;
            }
        }
        return largest;
    }

    private static int after(Warming one, int fromMin, ZoneId zone) {
        return Math.floorMod(minuteOfDay(one.begun(), zone) - fromMin, Habit.DAY_MIN);
    }

    static int minuteOfDay(Moment moment, ZoneId zone) {
        return (int) (msOfDay(moment, zone) / 60_000);
    }

    /** Milliseconds since midnight by a clock that knows no summer time. */
    static long msOfDay(Moment moment, ZoneId zone) {
        var instant = Instant.ofEpochMilli(moment.wallMs());
        var offset = zone.getRules().getStandardOffset(instant);
        return Math.floorMod(moment.wallMs() + offset.getTotalSeconds() * 1_000L, DAY_MS);
    }
}
