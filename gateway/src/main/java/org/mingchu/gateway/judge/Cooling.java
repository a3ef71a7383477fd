package org.mingchu.gateway.judge;

import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.FoodClock.Cool;
import org.mingchu.gateway.judge.FoodClock.Point;
import org.mingchu.gateway.judge.FoodClock.Unseen;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.List;

/**
 * Follows a batch as it cools. Both times count from the moment it was last at the temperature from
 * which it counts: who is quick in the first leg has more time for the second, as the clauses have
 * it. Pure.
 */
final class Cooling {
    /** The legs. */
    static final long BEFORE = 0;

    private static final long FIRST = 1;
    private static final long SECOND = 2;
    static final long COLD = 3;

    /** So many points of a leg are kept: the fit needs its middle. */
    private static final int POINTS = 16;

    private Cooling() {}

    static Cool begin(Moment at) {
        return new Cool(at, 0, BEFORE, 0, false, false, Unseen.NOTHING, List.of());
    }

    static Cool after(Cool was, Condition.Cooling rule, long milli, Moment at, long freshNs) {
        var gap = Habit.betweenNs(was.at(), at);
        // Cold from the first value on it has cooled nothing: the probe was not in it yet.
        var cold = was.leg() == COLD && (was.ownNs() > 0 || milli < rule.fromMilli());
        if (was.failed() || cold || (gap.isPresent() && gap.get() < 0)) {
            return was;
        }
        var seen = was.at().boot().equals(at.boot()) && gap.orElse(Long.MAX_VALUE) <= freshNs;
        var unseen = seen ? was.unseen() : was.unseen().with(gap);
        if (milli >= rule.fromMilli() || was.curve().isEmpty()) {
            var leg = milli >= rule.fromMilli() ? BEFORE : FIRST;
            var here = List.of(new Point(0, milli));
            return legs(new Cool(at, 0, leg, 0, false, false, unseen, here), rule, milli);
        }
        var ownNs = was.ownNs() + gap.orElse(0L);
        var leg = Math.max(was.leg(), FIRST);
        var curve = curve(was.curve(), ownNs, milli, rule);
        var now = new Cool(at, ownNs, leg, was.legNs(), false, false, unseen, curve);
        return legs(now, rule, milli);
    }

    /** Whether it is on its way down, has missed no time and is not foretold to. */
    static boolean inTime(Cool now) {
        var onItsWay = now.leg() == FIRST || (now.leg() == SECOND && wasWarm(now));
        return onItsWay && !now.failed() && !now.late();
    }

    /** What was never above where the first leg ends does not cool: it stands about. */
    private static boolean wasWarm(Cool now) {
        return now.legNs() > 0;
    }

    /** Whether it has come down in time. */
    static boolean isCold(Cool now) {
        return now.leg() == COLD && !now.failed();
    }

    /** Whether it has just come through in time. */
    static boolean hasPassed(FoodClock was, FoodClock now) {
        return was instanceof Cool before
                && now instanceof Cool after
                && before.leg() == SECOND
                && wasWarm(before)
                && isCold(after);
    }

    private static List<Point> curve(
            List<Point> was, long ownNs, long milli, Condition.Cooling rule) {
        var stepNs = Math.max(rule.first().in().toNanos(), rule.then().in().toNanos()) / POINTS;
        if (ownNs - was.getLast().ns() < stepNs) {
            return was;
        }
        var longer = new ArrayList<>(was);
        longer.add(new Point(ownNs, milli));
        return longer;
    }

    /** Leg by leg: one value may have ended both. */
    private static Cool legs(Cool now, Condition.Cooling rule, long milli) {
        if (now.leg() == BEFORE || now.leg() == COLD) {
            return now;
        }
        var leg = now.leg() == FIRST ? rule.first() : rule.then();
        var dueNs = dueNs(now.leg(), rule);
        if (milli > leg.toMilli()) {
            var late =
                    rule.foretoldPercent().isPresent()
                            && misses(now, milli, leg, dueNs, rule.foretoldPercent().getAsInt());
            return at(now, now.leg(), now.legNs(), now.ownNs() >= dueNs, late, now.curve());
        }
        if (now.ownNs() > dueNs) {
            // It is cold, and nobody can say since when: not proven in time.
            return at(now, now.leg(), now.legNs(), true, false, now.curve());
        }
        var next = now.leg() + 1;
        var here = List.of(new Point(now.ownNs(), milli));
        return legs(at(now, next, now.ownNs(), false, false, here), rule, milli);
    }

    private static long dueNs(long leg, Condition.Cooling rule) {
        var firstNs = rule.first().in().toNanos();
        return leg == FIRST ? firstNs : firstNs + rule.then().in().toNanos();
    }

    private static Cool at(
            Cool now, long leg, long legNs, boolean failed, boolean late, List<Point> curve) {
        return new Cool(now.at(), now.ownNs(), leg, legNs, failed, late, now.unseen(), curve);
    }

    private static boolean misses(
            Cool now, long milli, Condition.Leg leg, long dueNs, int percent) {
        var goneNs = now.ownNs() - now.legNs();
        if (goneNs <= 0 || goneNs < (dueNs - now.legNs()) / 100.0 * percent) {
            return false;
        }
        return foretold(now, milli, dueNs) > leg.toMilli();
    }

    /**
     * What it will be at a time of its own, in thousandths of a degree Celsius. Food cools ever
     * more slowly, by Newton's law, toward an air nobody has told us: a straight line would promise
     * too much. So a falling exponential is laid through the beginning, the middle and the end of
     * what was seen of this leg; where that does not flatten, a straight line through its second
     * half.
     */
    private static double foretold(Cool now, long milli, long dueNs) {
        var halfNs = (now.ownNs() - now.legNs()) / 2.0;
        var begun = (double) now.curve().getFirst().milli();
        var middle = milliAt(now, milli, now.legNs() + halfNs);
        var before = middle - begun;
        var lately = milli - middle;
        var steps = (dueNs - now.ownNs()) / halfNs;
        if (lately >= 0) {
            return milli;
        }
        if (before >= 0 || lately <= before) {
            return milli + lately * steps;
        }
        var ratio = lately / before;
        var end = begun + before / (1 - ratio);
        return end + (milli - end) * StrictMath.pow(ratio, steps);
    }

    /** Between two points a straight line. */
    private static double milliAt(Cool now, long milli, double ns) {
        var from = now.curve().getFirst();
        for (var to : now.curve()) {
            if (to.ns() >= ns) {
                return between(from, to, ns);
            }
            from = to;
        }
        return between(from, new Point(now.ownNs(), milli), ns);
    }

    private static double between(Point from, Point to, double ns) {
        return to.ns() == from.ns()
                ? to.milli()
                : from.milli()
                        + (to.milli() - from.milli()) * (ns - from.ns()) / (to.ns() - from.ns());
    }
}
