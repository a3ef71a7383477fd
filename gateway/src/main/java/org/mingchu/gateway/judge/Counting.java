package org.mingchu.gateway.judge;

import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.FoodClock.Count;
import org.mingchu.gateway.judge.FoodClock.Span;
import org.mingchu.gateway.judge.FoodClock.Unseen;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds up time beyond a limit. A value counts until the next one, if that comes in time; what lies
 * in a hole counts for nothing and is told. Pure.
 */
final class Counting {
    /**
     * A day of openings. Beyond it the two oldest are taken as one, which lets them count longer.
     */
    private static final int SPANS_MAX = 96;

    private Counting() {}

    /**
     * How a clock counts.
     *
     * @param buffers whether its probe may tell later what nobody heard
     */
    record How(
            long freshNs,
            Optional<Long> windowNs,
            Optional<Condition.Rest> rest,
            boolean buffers) {}

    /** A value, when it was taken, and whether the time from there on counts. */
    record Value(long milli, Moment at, boolean counts) {}

    static Count begin(Moment at) {
        return new Count(at, false, 0, 0, Unseen.NOTHING, List.of(), List.of());
    }

    static Count after(Count was, Value value, How how) {
        var gap = Habit.betweenNs(was.at(), value.at());
        if (gap.isPresent() && gap.get() < 0) {
            return Holes.filled(was, value, how);
        }
        var seen =
                was.at().boot().equals(value.at().boot())
                        && gap.orElse(Long.MAX_VALUE) <= how.freshNs();
        var ownNs = was.ownNs() + gap.orElse(0L);
        var coldNs = coldNs(was, value, how, seen ? gap.orElse(0L) : 0);
        if (how.rest().isPresent() && coldNs >= how.rest().get().time().toNanos()) {
            return new Count(
                    value.at(), false, ownNs, coldNs, Unseen.NOTHING, List.of(), List.of());
        }
        var spans =
                seen && was.counting() ? counted(was.spans(), ownNs, gap.orElse(0L)) : was.spans();
        return new Count(
                value.at(),
                value.counts(),
                ownNs,
                coldNs,
                seen ? was.unseen() : was.unseen().with(gap),
                kept(spans, ownNs, how),
                seen ? was.holes() : Holes.opened(was, gap, how));
    }

    /** How long it has been as cold as a unit out of use; a hole begins it anew. */
    private static long coldNs(Count was, Value value, How how, long seenNs) {
        if (how.rest().isEmpty() || value.milli() >= how.rest().get().belowMilli()) {
            return 0;
        }
        var restNs = how.rest().get().time().toNanos();
        if (was.coldNs() >= restNs) {
            return was.coldNs();
        }
        // One that has only just become cold has been cold for no time yet: never less than 1 ns,
        // so that it is told from one that is warm.
        return was.coldNs() == 0 || seenNs == 0 ? 1 : was.coldNs() + seenNs;
    }

    private static List<Span> counted(List<Span> was, long ownNs, long ns) {
        var spans = new ArrayList<>(was);
        if (!spans.isEmpty() && spans.getLast().endNs() == ownNs - ns) {
            spans.add(new Span(ownNs, spans.removeLast().ns() + ns));
        } else {
            spans.add(new Span(ownNs, ns));
        }
        return spans;
    }

    static List<Span> kept(List<Span> was, long ownNs, How how) {
        var spans = new ArrayList<>(was);
        how.windowNs().ifPresent(window -> spans.removeIf(s -> s.endNs() <= ownNs - window));
        var max = how.windowNs().isPresent() ? SPANS_MAX : 1;
        while (spans.size() > max) {
            var oldest = spans.removeFirst();
            var next = spans.removeFirst();
            spans.addFirst(new Span(next.endNs(), oldest.ns() + next.ns()));
        }
        return spans;
    }

    /** What is counted now, in the window where there is one. */
    static long sumNs(Count count, Optional<Long> windowNs) {
        var fromNs = windowNs.map(window -> count.ownNs() - window);
        return count.spans().stream()
                .mapToLong(
                        s -> fromNs.map(from -> Math.min(s.ns(), s.endNs() - from)).orElse(s.ns()))
                .sum();
    }

    /** Whether the latest value has ended time that counts. */
    static boolean justCounted(Count count) {
        return !count.spans().isEmpty() && count.spans().getLast().endNs() == count.ownNs();
    }

    /** It counts anew from a moment on; what nobody has seen stays unseen. */
    static Count anew(Count was, Moment at) {
        return new Count(at, false, 0, 0, was.unseen(), List.of(), List.of());
    }

    /** Whether it remembers nothing that matters. */
    static boolean isNothing(Count count) {
        return !count.counting() && count.coldNs() == 0 && count.spans().isEmpty();
    }
}
