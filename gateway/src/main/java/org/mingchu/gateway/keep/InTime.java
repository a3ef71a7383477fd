package org.mingchu.gateway.keep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Brings the pieces of a stretch into the order in which they were so: what a probe had buffered
 * comes days after its neighbours. Holds them all, so the stretch must be short. One thread.
 */
final class InTime implements Walk.Pieces {
    private static final int FIRST = 512;

    private long[] ms = new long[FIRST];
    private long[] milli = new long[FIRST];
    private int size;
    private boolean ascends = true;
    private final List<Walk.Piece> minutes = new ArrayList<>();

    @Override
    public void values(long[] moreMs, long[] moreMilli, int from, int end) {
        for (var i = from; i < end; i++) {
            if (size == ms.length) {
                ms = Arrays.copyOf(ms, 2 * size);
                milli = Arrays.copyOf(milli, 2 * size);
            }
            ascends &= size == 0 || ms[size - 1] <= moreMs[i];
            ms[size] = moreMs[i];
            milli[size++] = moreMilli[i];
        }
    }

    @Override
    public void minute(Walk.Piece minute) {
        minutes.add(minute);
    }

    /** Hands on the values of a window; they must be in order. */
    void values(Window window, Walk.Pieces to) {
        to.values(ms, milli, first(window.fromMs()), first(window.toMs()));
    }

    /** The first that is not before a moment. */
    private int first(long notBefore) {
        var at = Arrays.binarySearch(ms, 0, size, notBefore);
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && ms[at - 1] == notBefore) {
            at--;
        }
        return at;
    }

    /** Values of one moment stay in the order in which they came. */
    InTime ordered() {
        if (!ascends) {
            var order =
                    IntStream.range(0, size)
                            .boxed()
                            .sorted(Comparator.comparingLong(i -> ms[i]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            var oldMs = ms;
            var oldMilli = milli;
            ms = Arrays.stream(order).mapToLong(i -> oldMs[i]).toArray();
            milli = Arrays.stream(order).mapToLong(i -> oldMilli[i]).toArray();
            ascends = true;
        }
        minutes.sort(Comparator.comparingLong(Walk.Piece::fromMs));
        return this;
    }

    /** Hands on all of it. */
    void give(Walk.Pieces to) {
        ordered();
        var next = 0;
        for (var minute : minutes) {
            var end = Math.max(next, first(minute.fromMs()));
            to.values(ms, milli, next, end);
            next = end;
            to.minute(minute);
        }
        to.values(ms, milli, next, size);
    }
}
