package org.mingchu.gateway.judge;

import org.mingchu.gateway.judge.Counting.How;
import org.mingchu.gateway.judge.Counting.Value;
import org.mingchu.gateway.judge.FoodClock.Count;
import org.mingchu.gateway.judge.FoodClock.Hole;
import org.mingchu.gateway.judge.FoodClock.Span;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Fills in what a probe had buffered while nobody heard it: a box on its way, a fridge behind a
 * dead router. Each late value takes a piece off the hole it lies in; what then lies between values
 * that follow each other in time counts as if it had been heard at once. Pure.
 */
final class Holes {
    /** A trip has few of them, and each costs a line in every snapshot. */
    private static final int HOLES_MAX = 8;

    private Holes() {}

    /** The holes with one more, if its length is known and somebody may fill it. */
    static List<Hole> opened(Count was, Optional<Long> ns, How how) {
        if (!how.buffers() || ns.isEmpty() || ns.get() <= 0) {
            return was.holes();
        }
        var holes = new ArrayList<>(was.holes());
        holes.add(new Hole(was.at(), was.ownNs(), ns.get(), was.counting()));
        return List.copyOf(holes.subList(Math.max(0, holes.size() - HOLES_MAX), holes.size()));
    }

    /** The count after a value that is older than its latest; the same when no hole misses it. */
    static Count filled(Count was, Value late, How how) {
        return was.holes().stream()
                .filter(hole -> isIn(hole, late.at()))
                .findFirst()
                .map(hole -> filled(was, hole, late, how))
                .orElse(was);
    }

    private static boolean isIn(Hole hole, Moment at) {
        return Habit.betweenNs(hole.from(), at).filter(ns -> ns >= 0 && ns < hole.ns()).isPresent();
    }

    private static Count filled(Count was, Hole hole, Value late, How how) {
        var beforeNs = Habit.betweenNs(hole.from(), late.at()).orElse(0L);
        var before = new Hole(hole.from(), hole.fromNs(), beforeNs, hole.counting());
        var after =
                new Hole(late.at(), hole.fromNs() + beforeNs, hole.ns() - beforeNs, late.counts());
        var holes = new ArrayList<>(was.holes());
        var spans = new ArrayList<>(was.spans());
        holes.remove(hole);
        var toldNs = 0L;
        for (var piece : List.of(before, after)) {
            if (piece.ns() > how.freshNs()) {
                holes.add(piece);
                continue;
            }
            toldNs += piece.ns();
            if (piece.counting() && piece.ns() > 0) {
                spans.add(new Span(piece.endNs(), piece.ns()));
            }
        }
        holes.sort(Comparator.comparingLong(Hole::fromNs));
        spans.sort(Comparator.comparingLong(Span::endNs));
        return new Count(
                was.at(),
                was.counting(),
                was.ownNs(),
                was.coldNs(),
                was.unseen().without(toldNs),
                Counting.kept(spans, was.ownNs(), how),
                newest(holes));
    }

    private static List<Hole> newest(List<Hole> holes) {
        return holes.subList(Math.max(0, holes.size() - HOLES_MAX), holes.size());
    }
}
