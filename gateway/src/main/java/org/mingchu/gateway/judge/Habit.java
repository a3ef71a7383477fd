package org.mingchu.gateway.judge;

import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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

    /** Of irregular ones so many must be known before one can be missed. */
    private static final int MANY = 8;

    /** So much longer a defrost takes when people open the door in it. */
    private static final Duration DOORS = Duration.ofMinutes(15);

    /** A timer may be early by so much. */
    static final Duration EARLY = Duration.ofMinutes(10);

    static final int DAY_MIN = 24 * 60;

    /** More in one gap would fit by chance. */
    private static final int PARTS_MAX = 4;

    /** A rise may begin earlier or later than usual by so many steps: a door was open before. */
    private static final int SHIFT_STEPS = 3;

    /** How far outside everything seen it may be at least, in thousandths of a kelvin. */
    private static final long ROOM_MILLI = 2_500;

    /** Or so much of how high they rise: a quarter. */
    private static final long ROOM_PART = 4;

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
        var closely = of(warmings, lore, Warming.LITTLE);
        return closely.filter(Habit::punctual).or(() -> of(warmings, lore, Warming.MUCH));
    }

    private static Optional<Habit> of(List<Warming> warmings, Lore lore, long fifths) {
        var alike = List.<Warming>of();
        var most = 0L;
        // What was warm for hours may have hidden a defrost, and is none.
        var brief = warmings.stream().filter(w -> w.lengthNs() <= Course.CURVE.toNanos()).toList();
        for (var one : brief) {
            var others = brief.stream().filter(other -> one.alike(other, fifths)).toList();
            // Doors are more, but defrosts are warmer.
            var rose = others.stream().mapToLong(Warming::roseMilli).sum();
            if (rose > most) {
                alike = others;
                most = rose;
            }
        }
        return alike.size() >= lore.alike()
                ? Optional.of(
                        common(alike, warmings, lore.zone()).seenIn(warmings, alike, lore.zone()))
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
                TimesOfDay.of(alike, all, zone),
                alike.size(),
                alike.getLast().begun());
    }

    /**
     * Also a defrost with an open door in it has been one, where the time tells: it is no cooler
     * for that, and no shorter. An open door alone is both, or over before one was due.
     */
    private Habit seenIn(List<Warming> warmings, List<Warming> alike, ZoneId zone) {
        var coolest = alike.stream().mapToLong(Warming::peakMilli).min().orElse(0) - ROOM_MILLI;
        var shortestNs = alike.stream().mapToLong(Warming::lengthNs).min().orElse(0) / 2;
        return warmings.reversed().stream()
                .filter(one -> trusted(one.begun()))
                .filter(one ->
                        minutesOfDay.stream().anyMatch(one.spans(zone, (int) EARLY.toMinutes())))
                .filter(one -> one.peakMilli() >= coolest && one.lengthNs() >= shortestNs)
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

    static boolean trusted(Moment moment) {
        return moment.clock() != ClockState.UNSYNCED;
    }

    /** Irregular ones come by running time: a second one soon after the first is none. */
    boolean mayBegin(Moment now) {
        return betweenNs(last, now).map(gap -> gap >= shortestGapNs / 2).orElse(true);
    }

    /**
     * When one may be due, in minutes of the day: at its times, and where a wider gap between two
     * of them has room for some at the shortest distance. A timer turns evenly, and in a cold night
     * a defrost hardly warms the air.
     */
    List<Integer> dueMinutesOfDay() {
        var due = new ArrayList<>(minutesOfDay);
        var shortest = IntStream.range(0, minutesOfDay.size()).map(this::gapMin).min().orElse(0);
        for (var i = 0; i < minutesOfDay.size(); i++) {
            var parts = (gapMin(i) + shortest / 2) / shortest;
            if (parts > PARTS_MAX || Math.abs(gapMin(i) - parts * shortest) > SAME_TIME_MIN) {
                continue;
            }
            for (var part = 1; part < parts; part++) {
                due.add((minutesOfDay.get(i) + gapMin(i) * part / parts) % DAY_MIN);
            }
        }
        return due;
    }

    /** Whether they come at their times: then the time tells them, whatever the shape. */
    boolean punctual() {
        return !minutesOfDay.isEmpty();
    }

    /** How long one may last, recovery included: a quarter more than any so far, or some doors. */
    long windowNs() {
        return longestNs + Math.max(longestNs / 4, DOORS.toNanos());
    }

    /** After so long without one something is wrong. */
    long overdueNs(int percent) {
        var gapNs = punctual() ? widestGapNs() : alike >= MANY ? longestGapNs : 0;
        return gapNs == 0 ? Bound.NEVER_NS : gapNs / 100 * percent;
    }

    /** Between one time of day and the next. */
    private long widestGapNs() {
        var widestMin = IntStream.range(0, minutesOfDay.size()).map(this::gapMin).max().orElse(0);
        return Duration.ofMinutes(widestMin).toNanos();
    }

    /** From one of the times to the next; a whole day where there is but one. */
    private int gapMin(int from) {
        var next = minutesOfDay.get((from + 1) % minutesOfDay.size());
        return Math.floorMod(next - minutesOfDay.get(from) - 1, DAY_MIN) + 1;
    }

    /**
     * Whether a rise that is so warm after so long may be one of these defrosts. Ice is not always
     * as thick: it may go half again as fast or as slowly as any before.
     *
     * @param warmest whether it has not been warmer since it began: then it cannot be on its way
     *     back
     */
    boolean covers(long sinceNs, long milli, boolean warmest) {
        var step = sinceNs / Course.STEP.toNanos();
        var from = (int) Math.max(0, step * 2 / 3 - SHIFT_STEPS);
        var end = warmest ? high.indexOf(most(0, high.size())) + 1 : low.size();
        var to = (int) Math.min(end, step * 3 / 2 + SHIFT_STEPS + 1);
        if (from >= to) {
            return false;
        }
        var room = Math.max(ROOM_MILLI, (most(0, high.size()) - low.getFirst()) / ROOM_PART);
        return milli >= least(from, to) - room && milli <= most(from, to) + room;
    }

    private long least(int from, int to) {
        return low.subList(from, to).stream().mapToLong(l -> l).min().orElseThrow();
    }

    private long most(int from, int to) {
        return high.subList(from, to).stream().mapToLong(h -> h).max().orElseThrow();
    }

    /** Whether a warming may be one of these defrosts: as warm, and not much shorter. */
    boolean resembles(Warming one) {
        var coolest = low.stream().mapToLong(l -> l).max().orElse(0);
        return one.lengthNs() * 4 >= longestNs && one.peakMilli() >= coolest - ROOM_MILLI;
    }
}
