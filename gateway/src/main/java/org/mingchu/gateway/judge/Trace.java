package org.mingchu.gateway.judge;

import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The course of one temperature, as far as the judge remembers it. Temperatures in thousandths of a
 * degree Celsius, where not said otherwise. Immutable.
 *
 * @param now where it stands; empty when it has not been heard since the record began
 * @param warmings the latest rises that came back by themselves, oldest first
 * @param habit what these have in common, once that is enough to be its defrosts
 */
public record Trace(Optional<Now> now, List<Warming> warmings, Optional<Habit> habit) {
    /** Of a sensor nobody has heard yet. */
    static final Trace NOTHING = new Trace(Optional.empty(), List.of(), Optional.empty());

    /** A week of six defrosts a day, and some doors between them. */
    static final int WARMINGS_MAX = 48;

    static final long HOUR_NS = 3_600_000_000_000L;

    public Trace {
        warmings = List.copyOf(warmings);
    }

    /**
     * Where it stands.
     *
     * @param at when the latest value was taken
     * @param milli the latest value
     * @param since since when the value is the very same
     * @param watchedNs how long it has been watched in all, holes left out
     * @param meanMicro what it is like in calm times, in millionths
     * @param productMicro what the food is like, as far as the air tells, in millionths
     * @param swing which way it goes
     * @param usual what it does while nothing happens
     * @param recent values of the last minutes, one each {@link Course#STEP}, newest last
     * @param swell the rise above its usual band that is under way
     * @param ended the rise that has just ended and may be one of its habits
     * @param excusedUntil until when a warm reading is taken for a defrost
     * @param effort how hard it works for its cold
     */
    public record Now(
            Moment at,
            long milli,
            Moment since,
            long watchedNs,
            long meanMicro,
            long productMicro,
            Swing swing,
            Usual usual,
            List<Long> recent,
            Optional<Swell> swell,
            Optional<Warming> ended,
            Optional<Moment> excusedUntil,
            Effort effort) {
        public Now {
            recent = List.copyOf(recent);
        }

        /** Until when a warm reading is excused, as {@code upNs} of a boot; 0 when it is not. */
        long excusedUntilNs(String boot) {
            return excusedUntil
                    .filter(until -> until.boot().equals(boot))
                    .map(Moment::upNs)
                    .orElse(0L);
        }

        /** Other food is in the unit now: it is as cold as the air. */
        Now withFreshFood() {
            return new Now(
                    at,
                    milli,
                    since,
                    watchedNs,
                    meanMicro,
                    milli * 1_000,
                    swing,
                    usual,
                    recent,
                    swell,
                    ended,
                    excusedUntil,
                    effort);
        }

        Now withoutEnded() {
            return new Now(
                    at,
                    milli,
                    since,
                    watchedNs,
                    meanMicro,
                    productMicro,
                    swing,
                    usual,
                    recent,
                    swell,
                    Optional.empty(),
                    excusedUntil,
                    effort);
        }
    }

    /**
     * Up or down, since when. It turns when it has gone back by {@link Course#TURN_MILLI}.
     *
     * @param turnMilli where it turned last
     * @param turnedAt when that was
     * @param farMilli how far it has come since
     * @param farAt when that was
     * @param steepAt when it last rose faster than it does by itself; at the turn if it has not
     */
    public record Swing(
            boolean rising,
            long turnMilli,
            Moment turnedAt,
            long farMilli,
            Moment farAt,
            Moment steepAt) {}

    /** One of its usual ups: how long, from where, and where it ended. */
    public record Rise(long ns, long fromMilli, long peakMilli) {
        /** In thousandths of a kelvin an hour: finer than any probe, and whole. */
        long slope() {
            return ns <= 0 ? 0 : (peakMilli - fromMilli) * HOUR_NS / ns;
        }
    }

    /**
     * What a unit does while nothing happens.
     *
     * @param rises its latest ups within the band, newest last
     * @param ceilingMilli where they end, with room; {@link #UNKNOWN} while too few are known
     * @param longNs longer than nearly all of them, in nanoseconds
     * @param slope how steep most of them are, in thousandths of a kelvin an hour
     */
    public record Usual(List<Rise> rises, long ceilingMilli, long longNs, long slope) {
        /** Nothing is usual yet. */
        public static final long UNKNOWN = Long.MIN_VALUE;

        static final Usual NOTHING = of(List.of());

        /** One to two days of a compressor. */
        private static final int RISES_MAX = 64;

        /** So many ups say what is usual. */
        private static final int KNOWN = 16;

        /** Over so long a slope is measured at most. */
        private static final Duration STEEP = Course.STEP.plus(Course.STEP);

        private static final long STEEP_TIMES = 2;

        /** What a probe that trembles may add to a slope, in thousandths of a kelvin. */
        private static final long TREMBLE_MILLI = 300;

        /** Above its usual ups, in thousandths of a kelvin. */
        private static final long ROOM_MILLI = 1_000;

        public Usual {
            rises = List.copyOf(rises);
        }

        /** What these ups say. */
        public static Usual of(List<Rise> rises) {
            if (rises.size() < KNOWN) {
                return new Usual(rises, UNKNOWN, 0, 0);
            }
            var peaks = rises.stream().mapToLong(Rise::peakMilli).sorted().toArray();
            var lengths = rises.stream().mapToLong(Rise::ns).sorted().toArray();
            var slopes = rises.stream().mapToLong(Rise::slope).sorted().toArray();
            var high = peaks[peaks.length * 3 / 4];
            var spread = high - peaks[peaks.length / 4];
            return new Usual(
                    rises,
                    high + spread + ROOM_MILLI,
                    lengths[lengths.length - 1 - lengths.length / 20],
                    slopes[slopes.length / 2]);
        }

        boolean known() {
            return ceilingMilli != UNKNOWN;
        }

        /** Whether so much within two to four minutes is a heater or a door: no pause does it. */
        boolean steep(long roseMilli) {
            var usualMilli = slope * STEEP.toNanos() / HOUR_NS;
            return known() && roseMilli > STEEP_TIMES * usualMilli + TREMBLE_MILLI;
        }

        Usual with(Rise rise) {
            var all = new ArrayList<>(rises);
            all.add(rise);
            return of(all.subList(Math.max(0, all.size() - RISES_MAX), all.size()));
        }
    }

    /**
     * A rise above the usual band, under way.
     *
     * @param curve one value each {@link Course#STEP} from its beginning
     * @param doorNs how much of it the door stood open
     * @param strangeNs how much of it was unlike the unit's defrosts
     */
    public record Swell(
            Moment begun,
            long peakMilli,
            Moment peakAt,
            List<Long> curve,
            long doorNs,
            long strangeNs) {
        public Swell {
            curve = List.copyOf(curve);
        }
    }

    Trace withFreshFood() {
        return new Trace(now.map(Now::withFreshFood), warmings, habit);
    }

    Trace at(Now where) {
        return new Trace(Optional.of(where), warmings, habit);
    }

    /** One more warming is remembered, another perhaps forgotten. */
    Trace learned(Warming warming, Habit.Lore lore) {
        var all = new ArrayList<>(warmings);
        all.add(warming);
        if (all.size() > WARMINGS_MAX) {
            all.remove(leastWorth(all, lore.zone()));
        }
        return new Trace(now.map(Now::withoutEnded), all, Habit.of(all, lore));
    }

    /** Doors are many and defrosts are few: of the older half, the first that is no defrost. */
    private int leastWorth(List<Warming> all, ZoneId zone) {
        for (var i = 0; i < all.size() / 2; i++) {
            var one = all.get(i);
            if (habit.isPresent()
                    && !habit.get().resembles(one)
                    && !habit.get().within(one, zone)) {
                return i;
            }
        }
        return 0;
    }
}
