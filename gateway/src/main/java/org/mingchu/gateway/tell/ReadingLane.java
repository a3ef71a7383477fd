package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.SeqRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of the reading lane the platform does not have, oldest first: what a broken connection left
 * open, then what was never sent, then by the {@link Ladder} what the platform has not
 * acknowledged. Holds runs and a cursor, never entries. One thread.
 */
final class ReadingLane {
    private final Outbox outbox;
    private final Delivery delivery;
    private final boolean acknowledges;

    /** Perhaps the broker has it, perhaps not; also what it refused. */
    private final Rungs open = new Rungs();

    /** The broker has it, the platform has not said so. */
    private final Rungs unheard = new Rungs();

    /** Everything up to here has been sent in this life of the program, or was delivered before. */
    private long sentTo;

    private long pausedUntilNs = Long.MIN_VALUE;
    private int refusals;

    /**
     * What goes into the next message.
     *
     * @param entries ascending; as many as a message may hold, of which the encoder takes some
     * @param from the run of re-sendings they come from, if any
     */
    record Draft(List<Numbered> entries, Optional<Rungs.Rung> from) {
        static final Draft NONE = new Draft(List.of(), Optional.empty());

        boolean isEmpty() {
            return entries.isEmpty();
        }
    }

    /** Where an entry stands in its lane: its seq, and that of the one before it. */
    record Place(long prev, long seq) {}

    /**
     * What has been put into a message: entries in this run, those delivered already left out.
     * Their places only: what they say would be held until the broker answers, many times over.
     */
    record Run(List<Place> places, int sends) {
        long after() {
            return places.getFirst().prev();
        }

        long last() {
            return places.getLast().seq();
        }
    }

    ReadingLane(Outbox outbox, Delivery delivery, boolean acknowledges) {
        this.outbox = outbox;
        this.delivery = delivery;
        this.acknowledges = acknowledges;
        sentTo = delivery.missingFrom(1) - 1;
    }

    /** What to send now; empty when nothing is to be sent. */
    Draft next(long nowNs) {
        if (nowNs < pausedUntilNs) {
            return Draft.NONE;
        }
        var draft = nextOf(open, nowNs);
        if (draft.isEmpty()) {
            draft = new Draft(page(sentTo + 1, Long.MAX_VALUE), Optional.empty());
        }
        return draft.isEmpty() ? nextOf(unheard, nowNs) : draft;
    }

    /** What a message holds that takes the first entries of a draft. */
    Run run(Draft draft, List<Numbered> taken) {
        var places = taken.stream().map(entry -> new Place(entry.prev(), entry.seq())).toList();
        return new Run(places, draft.from().map(Rungs.Rung::sends).orElse(0) + 1);
    }

    /** It is under way. */
    void sent(Draft draft, Run run) {
        draft.from().ifPresent(rung -> cut(rung, run));
        sentTo = Math.max(sentTo, run.last());
    }

    /** The broker has taken it. */
    void brokered(Run run, long nowNs) {
        refusals = 0;
        if (!acknowledges) {
            run.places().forEach(place -> delivery.add(place.prev(), place.seq()));
        } else if (!delivery.hasAll(run.after() + 1, run.last())) {
            unheard.add(rung(run, nowNs + Ladder.waitNs(run.sends())));
        }
    }

    /** The broker does not take this message; the next one may pass. */
    void refused(Run run, long nowNs) {
        open.add(rung(run, nowNs + Ladder.waitNs(run.sends())));
    }

    /** The broker takes no readings just now. */
    void paused(Run run, long nowNs, long waitNs) {
        open.add(rung(run, nowNs));
        // The whole window is refused at once; that is one refusal, not twenty.
        if (nowNs >= pausedUntilNs) {
            refusals++;
            pausedUntilNs = nowNs + waitNs;
        }
    }

    int refusals() {
        return refusals;
    }

    /** The connection broke before the broker answered. */
    void lost(Run run, long nowNs) {
        open.add(rung(run, nowNs));
    }

    /** A new connection: what was refused may be welcome now. */
    void retryRefused() {
        pausedUntilNs = Long.MIN_VALUE;
    }

    /** The platform has what was sent of the range, or refuses it for good; whether any was. */
    boolean acknowledged(SeqRange range) {
        var to = Math.min(range.to(), sentTo);
        var first = outbox.read(Lane.READING, range.from(), 1);
        var last = outbox.previousInLane(Lane.READING, to + 1).orElse(0);
        if (first.isEmpty() || first.getFirst().seq() > last) {
            return false;
        }
        var prev = outbox.previousInLane(Lane.READING, first.getFirst().seq()).orElse(0);
        delivery.add(prev, last);
        unheard.removeIf(rung -> delivery.hasAll(rung.after() + 1, rung.last()));
        return true;
    }

    /** The highest entry that was sent. */
    long sentTo() {
        return sentTo;
    }

    /** How many runs are remembered. */
    int runs() {
        return open.size() + unheard.size();
    }

    /** When something here is due again; {@link Long#MAX_VALUE} for never. */
    long dueNs() {
        return Math.max(pausedUntilNs, Math.min(open.dueNs(), unheard.dueNs()));
    }

    private Draft nextOf(Rungs rungs, long nowNs) {
        for (var rung = rungs.due(nowNs); rung.isPresent(); rung = rungs.due(nowNs)) {
            var entries = page(rung.get().after() + 1, rung.get().last());
            if (!entries.isEmpty()) {
                return new Draft(entries, rung);
            }
            rungs.remove(rung.get());
        }
        return Draft.NONE;
    }

    /** The next undelivered entries; delivered ones at the front are jumped over, not read. */
    private List<Numbered> page(long from, long to) {
        var missing = new ArrayList<Numbered>();
        var start = delivery.missingFrom(from);
        while (missing.isEmpty() && start <= to) {
            var page = outbox.read(Lane.READING, start, NativeEncoder.BATCH_ENTRIES_MAX);
            if (page.isEmpty()) {
                break;
            }
            Numbered.chain(outbox, Lane.READING, page).stream()
                    .filter(entry -> entry.seq() <= to && !delivery.has(entry.seq()))
                    .forEach(missing::add);
            start = delivery.missingFrom(page.getLast().seq() + 1);
        }
        return missing;
    }

    /** Takes what is now under way out of the run it came from, and leaves the rest. */
    private void cut(Rungs.Rung rung, Run run) {
        if (!open.remove(rung)) {
            unheard.remove(rung);
        }
        if (rung.last() > run.last()) {
            open.add(new Rungs.Rung(run.last(), rung.last(), rung.sends(), rung.dueNs()));
        }
    }

    private static Rungs.Rung rung(Run run, long dueNs) {
        return new Rungs.Rung(run.after(), run.last(), run.sends(), dueNs);
    }
}
