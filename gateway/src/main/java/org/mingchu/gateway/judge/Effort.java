package org.mingchu.gateway.judge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How hard a unit works for its cold, day by day: a leak of refrigerant or a worn seal shows there
 * long before the air warms. Immutable.
 *
 * @param spanNs how long the present quarter of a day has lasted
 * @param calmNs how much of it was calm: no defrost, no open door
 * @param coolNs how much of that it went down
 * @param warmth thousandths of a degree times milliseconds, in calm times
 * @param quarters how many quarters of the present day are over
 * @param best the least effort of them
 * @param days the days before, oldest first
 */
public record Effort(
        long spanNs,
        long calmNs,
        long coolNs,
        long warmth,
        int quarters,
        Optional<Day> best,
        List<Day> days) {
    static final Effort NOTHING = new Effort(0, 0, 0, 0, 0, Optional.empty(), List.of());

    private static final Duration QUARTER = Duration.ofHours(6);

    private static final int QUARTERS = 4;

    /** Four weeks: summer comes more slowly than that, a leak does not. */
    private static final int DAYS_MAX = 28;

    /** What it was like before: a week at least. */
    private static final int BEFORE = 7;

    /** What it is like now: one delivery does not count, two days of it do. */
    private static final int NOW = 2;

    /** Less than so much more running, in thousandths of the time, is chance. */
    private static final int LEAST = 50;

    /**
     * A unit set colder runs more, and nothing is wrong with it: so much colder, in thousandths.
     */
    private static final long COLDER_MILLI = 500;

    public Effort {
        days = List.copyOf(days);
    }

    /**
     * The quarter of a day in which it had the least to do: at night, with nobody there.
     *
     * @param coolPermille how much of the time it went down
     * @param meanMilli what it was like, in thousandths of a degree
     */
    public record Day(int coolPermille, long meanMilli) {}

    /** What the days before were like, and what the last ones are. */
    record Change(Day before, Day now, boolean steady) {
        /** Whether it runs so many percent longer for the same cold. */
        boolean harder(int percent) {
            return now.coolPermille() * 100L >= before.coolPermille() * (100L + percent)
                    && now.coolPermille() >= before.coolPermille() + LEAST
                    && now.meanMilli() >= before.meanMilli() - COLDER_MILLI;
        }

        /** Whether it has grown warmer by so much, day after day and not in one step. */
        boolean warmer(long milli) {
            return steady && now.meanMilli() - before.meanMilli() >= milli;
        }
    }

    Effort after(long stepNs, long milli, boolean calm, boolean cools) {
        var next =
                calm
                        ? new Effort(
                                spanNs + stepNs,
                                calmNs + stepNs,
                                coolNs + (cools ? stepNs : 0),
                                warmth + milli * (stepNs / 1_000_000),
                                quarters,
                                best,
                                days)
                        : new Effort(spanNs + stepNs, calmNs, coolNs, warmth, quarters, best, days);
        return next.spanNs < QUARTER.toNanos() ? next : next.quarterOver();
    }

    private Effort quarterOver() {
        var least = best;
        if (calmNs * 2 >= spanNs) {
            var day = new Day((int) (coolNs * 1000 / calmNs), warmth / (calmNs / 1_000_000));
            least =
                    best.filter(b -> b.coolPermille() <= day.coolPermille())
                            .or(() -> Optional.of(day));
        }
        if (quarters + 1 < QUARTERS) {
            return new Effort(0, 0, 0, 0, quarters + 1, least, days);
        }
        var all = new ArrayList<>(days);
        least.ifPresent(all::add);
        var kept = all.subList(Math.max(0, all.size() - DAYS_MAX), all.size());
        return new Effort(0, 0, 0, 0, 0, Optional.empty(), kept);
    }

    /** Empty while too few days are known. */
    Optional<Change> change() {
        if (days.size() < BEFORE + NOW) {
            return Optional.empty();
        }
        var before = days.subList(0, Math.max(BEFORE, days.size() / 2));
        var now = days.subList(days.size() - NOW, days.size());
        return Optional.of(new Change(middle(before), least(now), steady()));
    }

    private static Day least(List<Day> days) {
        return new Day(
                days.stream().mapToInt(Day::coolPermille).min().orElse(0),
                days.stream().mapToLong(Day::meanMilli).min().orElse(0));
    }

    /** Whether no single day brought more than half of what the last ones brought together. */
    private boolean steady() {
        var latest = days.subList(days.size() - BEFORE - 1, days.size());
        var widest = 0L;
        for (var i = 1; i < latest.size(); i++) {
            widest = Math.max(widest, latest.get(i).meanMilli() - latest.get(i - 1).meanMilli());
        }
        return widest * 2 <= latest.getLast().meanMilli() - latest.getFirst().meanMilli();
    }

    private static Day middle(List<Day> days) {
        return new Day((int) middle(days, Day::coolPermille), middle(days, Day::meanMilli));
    }

    private static long middle(List<Day> days, ToLongFunction<Day> what) {
        return days.stream().mapToLong(what).sorted().skip(days.size() / 2).findFirst().orElse(0);
    }
}
