package org.mingchu.gateway.judge;

import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a unit defrosts, learned from its own temperature. Immutable.
 *
 * @param low the coolest it was at each {@link Course#STEP} of its defrosts, in thousandths
 * @param high the warmest it was at each step, in thousandths
 * @param longestNs the longest of them, recovery included
 * @param shortestGapNs the shortest time from one to the next
 * @param longestGapNs the longest time from one to the next
 * @param minutesOfDay when in the day they begin, where that is always the same; else empty
 * @param alike how many of them are remembered
 * @param last when the latest of them began
 */
public record Habit(
        List<Long> low,
        List<Long> high,
        long longestNs,
        long shortestGapNs,
        long longestGapNs,
        List<Integer> minutesOfDay,
        int alike,
        Moment last) {
    /** Between two of one time of day, at most: a timer drifts, ice makes the start look later. */
    static final int SAME_TIME_MIN = 20;

    /** Two times of day lie at least so far apart, in minutes: no unit defrosts more often. */
    private static final int APART_MIN = 60;

    /** A time of day is known when it was kept on so many days. */
    private static final int DAYS = 3;

    /** Of irregular ones so many must be known before one can be missed. */
    private static final int MANY = 8;

    /** A timer may be early by so much. */
    private static final Duration EARLY = Duration.ofMinutes(10);

    /** So many in a hundred keep their times, or the unit has none; the rest are doors. */
    private static final long PUNCTUAL_PERCENT = 60;

    static final int DAY_MIN = 24 * 60;

    /** A rise may begin earlier or later than usual by so many steps: a door was open before. */
    private static final int SHIFT_STEPS = 3;

    /** How far outside everything seen it may be, in thousandths of a kelvin. */
    private static final long ROOM_MILLI = 2_500;

    public Habit {
        low = List.copyOf(low);
        high = List.copyOf(high);
        minutesOfDay = List.copyOf(minutesOfDay);
    }

    /** What turns warmings into a habit: how many, and in which zone the days are. */
    record Lore(int alike, ZoneId zone) {}

    /**
     * What most of the warmings have in common; empty when too few are alike. Doors and deliveries
     * warm a unit as well, but not so often in one and the same way.
     */
    static Optional<Habit> of(List<Warming> warmings, Lore lore) {
        var alike = List.<Warming>of();
        for (var one : warmings) {
            var others = warmings.stream().filter(one::alike).toList();
            if (others.size() > alike.size()) {
                alike = others;
            }
        }
        return alike.size() >= lore.alike()
                ? Optional.of(common(alike, warmings, lore.zone()).seenIn(warmings, lore.zone()))
                : Optional.empty();
    }

    private static Habit common(List<Warming> alike, List<Warming> all, ZoneId zone) {
        var low = new ArrayList<Long>();
        var high = new ArrayList<Long>();
        var steps = alike.stream().mapToInt(one -> one.curve().size()).max().orElse(0);
        for (var i = 0; i < steps; i++) {
            var step = i;
            var values =
                    alike.stream()
                            .filter(one -> one.curve().size() > step)
                            .mapToLong(one -> one.curve().get(step))
                            .summaryStatistics();
            low.add(values.getMin());
            high.add(values.getMax());
        }
        var gaps = gapsNs(alike);
        return new Habit(
                low,
                high,
                alike.stream().mapToLong(Warming::lengthNs).max().orElse(0),
                gaps.isEmpty() ? 0 : gaps.getFirst(),
                gaps.isEmpty() ? 0 : gaps.getLast(),
                minutesOfDay(alike, all, zone),
                alike.size(),
                alike.getLast().begun());
    }

    /** Also a defrost with an open door in it has been one, where the time tells. */
    private Habit seenIn(List<Warming> warmings, ZoneId zone) {
        return warmings.reversed().stream()
                .filter(one -> trusted(one.begun()) && within(one, zone))
                .map(Warming::begun)
                .findFirst()
                .map(this::lastAt)
                .orElse(this);
    }

    private Habit lastAt(Moment begun) {
        return new Habit(
                low, high, longestNs, shortestGapNs, longestGapNs, minutesOfDay, alike, begun);
    }

    /** Whether a warming lies over one of the times. */
    boolean within(Warming warming, ZoneId zone) {
        return minutesOfDay.stream().anyMatch(warming.spans(zone));
    }

    /** In ascending order; what lies between two boots without a clock is not known. */
    private static List<Long> gapsNs(List<Warming> alike) {
        var gaps = new ArrayList<Long>();
        for (var i = 1; i < alike.size(); i++) {
            betweenNs(alike.get(i - 1).begun(), alike.get(i).begun()).ifPresent(gaps::add);
        }
        return gaps.stream().sorted().toList();
    }

    /** The time between two moments, as far as it is known, in nanoseconds. */
    static Optional<Long> betweenNs(Moment from, Moment to) {
        if (from.boot().equals(to.boot())) {
            return Optional.of(to.upNs() - from.upNs());
        }
        return trusted(from) && trusted(to) && to.wallMs() >= from.wallMs()
                ? Optional.of(Duration.ofMillis(to.wallMs() - from.wallMs()).toNanos())
                : Optional.empty();
    }

    private static boolean trusted(Moment moment) {
        return moment.clock() != ClockState.UNSYNCED;
    }

    /**
     * When in the day they begin. All warmings count for a time: a door that was open before makes
     * a defrost look unlike the others, but it still comes at its time, most days.
     */
    private static List<Integer> minutesOfDay(List<Warming> alike, List<Warming> all, ZoneId zone) {
        var begun =
                all.stream()
                        .filter(one -> one.riseNs() >= Course.RISE.toNanos())
                        .map(Warming::begun)
                        .filter(Habit::trusted)
                        .toList();
        var left = new ArrayList<>(begun.stream().map(at -> minuteOfDay(at, zone)).toList());
        var enough = Math.max(DAYS, days(begun) / 2);
        var times = new ArrayList<Integer>();
        for (var group = largest(left); group.size() >= enough; group = largest(left)) {
            var from = group.getFirst();
            times.add(group.get(group.size() / 2) % DAY_MIN);
            left.removeIf(
                    minute -> Math.floorMod(minute - from + APART_MIN, DAY_MIN) <= 2 * APART_MIN);
        }
        var sorted = times.stream().sorted().toList();
        var punctual = alike.stream().filter(one -> sorted.stream().anyMatch(one.spans(zone)));
        return punctual.count() * 100 >= alike.size() * PUNCTUAL_PERCENT ? sorted : List.of();
    }

    /** Most minutes of the day that lie together, in order; those after midnight count on. */
    private static List<Integer> largest(List<Integer> minutes) {
        var largest = List.<Integer>of();
        for (int from : minutes) {
            var group =
                    minutes.stream()
                            .map(minute -> from + Math.floorMod(minute - from, DAY_MIN))
                            .filter(minute -> minute - from <= SAME_TIME_MIN)
                            .sorted()
                            .toList();
            if (group.size() > largest.size()) {
                largest = group;
            }
        }
        return largest;
    }

    private static int days(List<Moment> moments) {
        if (moments.isEmpty()) {
            return 0;
        }
        var ms = moments.getLast().wallMs() - moments.getFirst().wallMs();
        return (int) Duration.ofMillis(ms).toDays() + 1;
    }

    static int minuteOfDay(Moment moment, ZoneId zone) {
        var time = Instant.ofEpochMilli(moment.wallMs()).atZone(zone).toLocalTime();
        return time.toSecondOfDay() / 60;
    }

    /** Irregular ones come by running time: a second one soon after the first is none. */
    boolean mayBegin(Moment now) {
        return betweenNs(last, now).map(gap -> gap >= shortestGapNs / 2).orElse(true);
    }

    /** Whether they come at their times: then the time tells them, whatever the shape. */
    boolean punctual() {
        return !minutesOfDay.isEmpty();
    }

    /** When they may begin. */
    List<LocalTime> earliest() {
        return minutesOfDay.stream()
                .map(minute -> LocalTime.MIDNIGHT.plusMinutes(minute).minus(EARLY))
                .toList();
    }

    /** How long one may last from there, recovery included: a quarter more than any so far. */
    long windowNs() {
        return longestNs + longestNs / 4 + (punctual() ? EARLY.toNanos() : 0);
    }

    /** After so long without one something is wrong. */
    long overdueNs(int percent) {
        var gapNs = punctual() ? widestGapNs() : alike >= MANY ? longestGapNs : 0;
        return gapNs == 0 ? Bound.NEVER_NS : gapNs / 100 * percent;
    }

    /** Between one time of day and the next. */
    private long widestGapNs() {
        var widestMin = 0;
        for (var i = 0; i < minutesOfDay.size(); i++) {
            var next = minutesOfDay.get((i + 1) % minutesOfDay.size());
            var gapMin = Math.floorMod(next - minutesOfDay.get(i) - 1, DAY_MIN) + 1;
            widestMin = Math.max(widestMin, gapMin);
        }
        return Duration.ofMinutes(widestMin).toNanos();
    }

    /** Whether a rise that is so warm after so long may be one of these defrosts. */
    boolean covers(long sinceNs, long milli) {
        var step = (int) Math.min(Integer.MAX_VALUE, sinceNs / Course.STEP.toNanos());
        var from = Math.max(0, step - SHIFT_STEPS);
        var to = Math.min(low.size(), step + SHIFT_STEPS + 1);
        if (from >= to) {
            return false;
        }
        var lowest = low.subList(from, to).stream().mapToLong(l -> l).min().orElseThrow();
        var highest = high.subList(from, to).stream().mapToLong(h -> h).max().orElseThrow();
        return milli >= lowest - ROOM_MILLI && milli <= highest + ROOM_MILLI;
    }
}
