package org.mingchu.gateway.judge;

import org.mingchu.sensors.Moment;

import java.util.List;
import java.util.Optional;

/**
 * What one rule that counts time has counted so far. Only what a probe has seen is counted; what it
 * has not is told beside it. Temperatures in thousandths of a degree Celsius, times in nanoseconds.
 * Immutable.
 */
public sealed interface FoodClock {
    /**
     * Time added up.
     *
     * @param at when the latest value was taken
     * @param counting whether that value counts until the next one
     * @param ownNs this clock's own time: holes count as far as their length is known
     * @param coldNs how long the unit has been as cold as one out of use
     * @param unseen what no probe has seen since it began to count
     * @param spans what was counted, oldest first
     * @param holes what a probe that has buffered it may still tell, oldest first
     */
    record Count(
            Moment at,
            boolean counting,
            long ownNs,
            long coldNs,
            Unseen unseen,
            List<Span> spans,
            List<Hole> holes)
            implements FoodClock {
        public Count {
            spans = List.copyOf(spans);
            holes = List.copyOf(holes);
        }
    }

    /**
     * Time that no probe has told of yet.
     *
     * @param from the latest value before it
     * @param fromNs that moment, in the clock's own time
     * @param ns its length
     * @param counting whether the value before it counts until the next one
     */
    record Hole(Moment from, long fromNs, long ns, boolean counting) {
        long endNs() {
            return fromNs + ns;
        }
    }

    /** So much, up to a point of the clock's own time. */
    record Span(long endNs, long ns) {}

    /**
     * Holes in what the probe has seen.
     *
     * @param ns their length, as far as it is known
     * @param lost how many are of a length nobody knows
     */
    record Unseen(long ns, long lost) {
        static final Unseen NOTHING = new Unseen(0, 0);

        boolean isNothing() {
            return equals(NOTHING);
        }

        /** So much of a hole has been told later. */
        Unseen without(long toldNs) {
            return new Unseen(Math.max(0, ns - toldNs), lost);
        }

        /** One more hole. */
        Unseen with(Optional<Long> length) {
            return length.isPresent()
                    ? new Unseen(ns + length.get(), lost)
                    : new Unseen(ns, lost + 1);
        }
    }

    /**
     * A batch that cools.
     *
     * @param ownNs since it was last at the temperature from which it counts
     * @param leg 0 before, 1 and 2 on the way, 3 when it is cold in time
     * @param legNs when the leg began, in its own time
     * @param failed whether it has missed a time
     * @param late whether it will, as it goes
     * @param curve points of this leg, oldest first
     */
    record Cool(
            Moment at,
            long ownNs,
            long leg,
            long legNs,
            boolean failed,
            boolean late,
            Unseen unseen,
            List<Point> curve)
            implements FoodClock {
        public Cool {
            curve = List.copyOf(curve);
        }
    }

    /** A temperature, at a point of the clock's own time. */
    record Point(long ns, long milli) {}

    /**
     * A disinfection unit.
     *
     * @param going the cycle that runs
     * @param ended the cycle that has just ended and is not in the record yet
     * @param passedAt when the latest one that passed has ended
     * @param failed whether the latest one has failed
     */
    record Run(
            Optional<Going> going, Optional<Cycle> ended, Optional<Moment> passedAt, boolean failed)
            implements FoodClock {
        static final Run NOTHING =
                new Run(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /**
     * A cycle that runs.
     *
     * @param at when the latest value was taken
     * @param hold its present time at heat; nothing while it is not
     * @param best its longest
     */
    record Going(
            Moment begun,
            Moment at,
            Optional<Hold> hold,
            Optional<Hold> best,
            long maxMilli,
            Unseen unseen) {}

    /** So long at heat without a break, and the coolest of it. */
    record Hold(long ns, long minMilli) {}

    /**
     * A cycle that is over.
     *
     * @param heldNs its longest time at heat without a break
     * @param minMilli the coolest of that time; the hottest of all when there was none
     * @param maxMilli the hottest of all
     */
    record Cycle(
            Moment begun,
            long lengthNs,
            long heldNs,
            long minMilli,
            long maxMilli,
            Unseen unseen,
            boolean passed) {}

    /**
     * The latest values of a probe that must not leap.
     *
     * @param leapedAt when it did
     */
    record Still(List<Taken> recent, Optional<Moment> leapedAt) implements FoodClock {
        static final Still NOTHING = new Still(List.of(), Optional.empty());

        public Still {
            recent = List.copyOf(recent);
        }
    }

    /** A value and when it was taken. */
    record Taken(Moment at, long milli) {}
}
