package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.store.Batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Entries of earlier epochs that a platform does not have: they are kept again, whole, under the
 * numbers of the current one. One thread at a time, under the journal's lock.
 */
final class Unsent {
    private final Volume volume;
    private final Entries entries;
    private final Confirmations confirmations;
    private final Batch pending;

    Unsent(Volume volume, Entries entries, Confirmations confirmations, Batch pending) {
        this.volume = volume;
        this.entries = entries;
        this.confirmations = confirmations;
        this.pending = pending;
    }

    /** Whether there may be some. */
    boolean isLeft() {
        return at().isPresent();
    }

    private Optional<Rekeying> at() {
        return entries.asked(() -> Rekeying.in(volume.store()), Optional.empty());
    }

    /** The next ones, of {@code max} that are looked at; the commit remembers how far it went. */
    List<Fact> next(Collection<String> platforms, int max) {
        var at = at();
        if (at.isEmpty()) {
            return List.of();
        }
        var next = at.get();
        var current = volume.epoch().no();
        var facts = new ArrayList<Fact>();
        for (var left = max; left > 0 && next.epochNo() < current && !platforms.isEmpty(); ) {
            var of = next;
            var page = entries.of(of, left);
            for (var entry : page) {
                if (platforms.stream().anyMatch(p -> !confirmed(of, p, entry.seq()))) {
                    facts.add(new Fact.Rekeyed(original(entry)));
                }
                next = next.at(entry.seq() + 1);
            }
            next = page.size() < left ? next.nextLane() : next;
            left -= page.size();
        }
        var isDone = next.epochNo() >= current || platforms.isEmpty();
        pending.note(Rekeying.NOTE, isDone ? "" : next.note());
        return facts;
    }

    private boolean confirmed(Rekeying at, String platform, long seq) {
        if (seq > at.believed()) {
            return false; // the platform may have taken it for another entry of the same number
        }
        var progress = confirmations.of(at.epochNo(), platform, at.lane());
        return seq <= progress.floor()
                || progress.above().stream().anyMatch(r -> r.from() <= seq && seq <= r.to());
    }

    /** What was kept again once is not wrapped twice. */
    private static Entry original(Entry entry) {
        return entry.fact() instanceof Fact.Rekeyed(var original) ? original : entry;
    }
}
