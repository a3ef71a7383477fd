package org.mingchu.gateway.tell;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;

import java.util.List;
import java.util.OptionalLong;

/**
 * The journal while one epoch lasts: nothing that it gives is of another epoch, whenever the house
 * begins a new one. Thread rule of {@link Outbox}.
 *
 * @param epoch the epoch it is bound to
 */
record OneEpoch(Outbox journal, String epoch) implements Outbox {
    /** The epoch has ended; everything that rests on it is to be begun anew. */
    static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Over() {
            super("the epoch is over", null, false, false);
        }
    }

    static OneEpoch current(Outbox journal) {
        return new OneEpoch(journal, journal.epoch());
    }

    boolean isOver() {
        return !journal.epoch().equals(epoch);
    }

    @Override
    public long lastSeq() {
        return ours(journal.lastSeq());
    }

    @Override
    public List<Entry> read(Lane lane, long from, int max) {
        return ours(journal.read(lane, from, max));
    }

    @Override
    public OptionalLong previousInLane(Lane lane, long seq) {
        return ours(journal.previousInLane(lane, seq));
    }

    @Override
    public OptionalLong lastInLane(Lane lane) {
        return ours(journal.lastInLane(lane));
    }

    @Override
    public long countInLane(Lane lane, long from) {
        return ours(journal.countInLane(lane, from));
    }

    @Override
    public Progress progress(Lane lane) {
        return ours(journal.progress(lane));
    }

    /** An epoch never comes back: if it is still ours now, it was ours when this was read. */
    private <T> T ours(T read) {
        if (isOver()) {
            throw new Over();
        }
        return read;
    }
}
