package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.Answers.Excursion;
import org.mingchu.gateway.keep.Answers.Side;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Adds up the pieces of a curve. A value stands until the next one, if that comes within two
 * periods; else for one period, and what follows is a hole. Nothing is interpolated. One thread.
 */
final class Tally implements Walk.Pieces {
    private final Window window;
    private final long periodMs;
    private final Outside below;
    private final Outside above;
    private final List<Window> holes = new ArrayList<>();
    private Optional<Walk.Piece> last = Optional.empty();
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private boolean byMinutes;

    /** One side of the limits. */
    private static final class Outside {
        private final Side side;
        private final List<Excursion> excursions = new ArrayList<>();
        private boolean open;
        private long fromMs;
        private long peak;

        Outside(Side side) {
            this.side = side;
        }

        void take(boolean outside, long atMs, long value) {
            if (!outside) {
                end(atMs);
                return;
            }
            if (!open) {
                open = true;
                fromMs = atMs;
                peak = value;
            }
            peak = side == Side.ABOVE ? Math.max(peak, value) : Math.min(peak, value);
        }

        void end(long atMs) {
            if (open && atMs > fromMs) {
                excursions.add(new Excursion(side, fromMs, atMs, peak));
            }
            open = false;
        }
    }

    private final Limits limits;

    Tally(Window window, long periodMs, Limits limits) {
        this.window = window;
        this.periodMs = periodMs;
        this.limits = limits;
        this.below = new Outside(Side.BELOW);
        this.above = new Outside(Side.ABOVE);
    }

    @Override
    public void values(long[] ms, long[] milli, int from, int end) {
        for (var i = from; i < end; i++) {
            take(Walk.Piece.of(ms[i], milli[i]));
        }
    }

    @Override
    public void minute(Walk.Piece minute) {
        take(minute);
    }

    private void take(Walk.Piece piece) {
        var before = last;
        if (before.isEmpty()) {
            if (piece.fromMs() - window.fromMs() > piece.stepMs(periodMs)) {
                holes.add(new Window(window.fromMs(), piece.fromMs()));
            }
        } else {
            until(piece.fromMs(), before.get());
        }
        below.take(
                limits.low().isPresent() && piece.min() < limits.low().getAsLong(),
                piece.fromMs(),
                piece.min());
        above.take(
                limits.high().isPresent() && piece.max() > limits.high().getAsLong(),
                piece.fromMs(),
                piece.max());
        count += piece.count();
        sum += piece.sum();
        min = Math.min(min, piece.min());
        max = Math.max(max, piece.max());
        byMinutes |= piece.minute();
        last = Optional.of(piece);
    }

    /** A hole between the last piece and this moment ends what was outside. */
    private void until(long ms, Walk.Piece before) {
        var stepMs = before.stepMs(periodMs);
        if (ms - before.fromMs() > 2 * stepMs) {
            var end = before.fromMs() + stepMs;
            holes.add(new Window(end, ms));
            below.end(end);
            above.end(end);
        }
    }

    /** No more pieces come. */
    Tally end() {
        if (last.isEmpty()) {
            holes.add(window);
            return this;
        }
        until(window.toMs(), last.get());
        var end = Math.min(window.toMs(), last.get().fromMs() + last.get().stepMs(periodMs));
        below.end(end);
        above.end(end);
        return this;
    }

    Answers.Excursions excursions() {
        var all = new ArrayList<>(below.excursions);
        all.addAll(above.excursions);
        all.sort(Comparator.comparingLong(Excursion::fromMs));
        return new Answers.Excursions(all, holes, byMinutes);
    }

    Answers.Sample sample() {
        var excursions = excursions();
        return new Answers.Sample(
                count == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Answers.Figures(count, min, max, Math.floorDiv(sum, count))),
                excursions.totalMs(Side.BELOW),
                excursions.totalMs(Side.ABOVE),
                holes,
                holes.stream().max(Comparator.comparingLong(Window::lengthMs)),
                byMinutes);
    }

    long count() {
        return count;
    }
}
