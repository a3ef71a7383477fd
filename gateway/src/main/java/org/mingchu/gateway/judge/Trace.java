package org.mingchu.gateway.judge;

import org.mingchu.sensors.Moment;

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

    /** A week of three defrosts a day, and some doors between them. */
    static final int WARMINGS_MAX = 32;

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
            Optional<Moment> excusedUntil) {
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
                    excusedUntil);
        }
    }

    /**
     * Up or down, since when. It turns when it has gone back by {@link Course#TURN_MILLI}.
     *
     * @param turnMilli where it turned last
     * @param turnedAt when that was
     * @param farMilli how far it has come since
     * @param farAt when that was
     */
    public record Swing(
            boolean rising, long turnMilli, Moment turnedAt, long farMilli, Moment farAt) {}

    /** One of its usual ups: how long, and where it ended. */
    public record Rise(long ns, long peakMilli) {}

    /**
     * What a unit does while nothing happens.
     *
     * @param rises its latest ups within the band, newest last
     * @param ceilingMilli where they end, with room; {@link #UNKNOWN} while too few are known
     * @param longNs longer than nearly all of them, in nanoseconds
     */
    public record Usual(List<Rise> rises, long ceilingMilli, long longNs) {
        /** Nothing is usual yet. */
        public static final long UNKNOWN = Long.MIN_VALUE;

        static final Usual NOTHING = of(List.of());

        /** One to two days of a compressor. */
        private static final int RISES_MAX = 64;

        /** So many ups say what is usual. */
        private static final int KNOWN = 16;

        /** Above its usual ups, in thousandths of a kelvin. */
        private static final long ROOM_MILLI = 1_000;

        public Usual {
            rises = List.copyOf(rises);
        }

        /** What these ups say. */
        public static Usual of(List<Rise> rises) {
            if (rises.size() < KNOWN) {
                return new Usual(rises, UNKNOWN, 0);
            }
            var peaks = rises.stream().mapToLong(Rise::peakMilli).sorted().toArray();
            var lengths = rises.stream().mapToLong(Rise::ns).sorted().toArray();
            var high = peaks[peaks.length * 3 / 4];
            var spread = high - peaks[peaks.length / 4];
            return new Usual(
                    rises,
                    high + spread + ROOM_MILLI,
                    lengths[lengths.length - 1 - lengths.length / 20]);
        }

        boolean known() {
            return ceilingMilli != UNKNOWN;
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

    Trace at(Now where) {
        return new Trace(Optional.of(where), warmings, habit);
    }

    /** One more warming is remembered, the oldest perhaps forgotten. */
    Trace learned(Warming warming, Habit.Lore lore) {
        var all = new ArrayList<>(warmings);
        all.add(warming);
        var latest = all.subList(Math.max(0, all.size() - WARMINGS_MAX), all.size());
        return new Trace(now.map(Now::withoutEnded), latest, Habit.of(latest, lore));
    }
}
