package org.mingchu.gateway.tell;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Runs of entries that wait to be sent again, each with its time; neighbours that wait alike are
 * one run, so that a million entries need no more than {@link #MAX} runs. One thread.
 */
final class Rungs {
    /** Runs kept apart; beyond it neighbours are joined and wait for the later of their times. */
    static final int MAX = 1_000;

    /** Neighbours whose times differ by less wait together, in nanoseconds. */
    private static final long ALIKE_NS = 1_000_000_000;

    private final TreeMap<Long, Rung> byFirst = new TreeMap<>();

    /**
     * Entries of one lane after {@code after} up to {@code last}.
     *
     * @param sends how often they have been sent
     * @param dueNs when they are sent again, in nanoseconds of this boot
     */
    record Rung(long after, long last, int sends, long dueNs) {
        private boolean alike(Rung next) {
            return last == next.after
                    && sends == next.sends
                    && Math.abs(next.dueNs - dueNs) < ALIKE_NS;
        }

        private Rung with(Rung next) {
            return new Rung(
                    after,
                    Math.max(last, next.last),
                    Math.max(sends, next.sends),
                    Math.max(dueNs, next.dueNs));
        }
    }

    void add(Rung fresh) {
        var rung = withNext(fresh);
        var before = byFirst.floorEntry(rung.after());
        if (before != null && before.getValue().alike(rung)) {
            byFirst.put(before.getKey(), before.getValue().with(rung));
        } else {
            byFirst.merge(rung.after(), rung, Rung::with);
        }
        if (byFirst.size() > MAX) {
            joinClosest();
        }
    }

    /** Alarms go newest first, so a run may grow at its front. */
    private Rung withNext(Rung rung) {
        var next = byFirst.get(rung.last());
        if (next == null || !rung.alike(next)) {
            return rung;
        }
        byFirst.remove(rung.last());
        return rung.with(next);
    }

    /** Whether it was there. */
    boolean remove(Rung rung) {
        return byFirst.remove(rung.after(), rung);
    }

    void removeIf(Predicate<Rung> gone) {
        byFirst.values().removeIf(gone);
    }

    /** The oldest run whose time has come. */
    Optional<Rung> due(long nowNs) {
        return byFirst.values().stream().filter(rung -> rung.dueNs() <= nowNs).findFirst();
    }

    /** When the next run is due; {@link Long#MAX_VALUE} for never. */
    long dueNs() {
        return byFirst.values().stream().mapToLong(Rung::dueNs).min().orElse(Long.MAX_VALUE);
    }

    int size() {
        return byFirst.size();
    }

    private void joinClosest() {
        var first =
                byFirst.values().stream()
                        .filter(rung -> byFirst.higherEntry(rung.after()) != null)
                        .min(Comparator.comparingLong(this::gap))
                        .orElseThrow();
        var next = byFirst.higherEntry(first.after()).getValue();
        byFirst.remove(next.after());
        byFirst.put(first.after(), first.with(next));
    }

    private long gap(Rung rung) {
        return byFirst.higherEntry(rung.after()).getValue().after() - rung.last();
    }
}
