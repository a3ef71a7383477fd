package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Says of entries that they are there and cannot be read; that each is told once is the {@link
 * Inspection}'s work. One thread at a time, under the journal's lock.
 */
final class Damage {
    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    private final Inspection inspection;

    /** Entries of a later program that were logged, so that each is logged once. */
    private final Set<Long> unknown = new HashSet<>();

    /** Of more than these nothing is logged: a later program has written them all. */
    private static final int UNKNOWN_MAX = 1_000;

    Damage(Inspection inspection) {
        this.inspection = inspection;
    }

    /** An entry that a later program has written is no loss. */
    void unknown(Row row, String why) {
        if (unknown.size() < UNKNOWN_MAX && unknown.add(row.pos())) {
            LOG.warn("event=entry-unknown seq={} cause=\"{}\"", row.seq(), why);
        }
    }

    /** Another store: its positions mean other entries. */
    void begin() {
        unknown.clear();
    }

    /** A row at a position that no entry has shows that the file is damaged, not an entry. */
    void row(Volume volume, Row row, String why) {
        if (row.seq() < 1) {
            inspection.broken(
                    new JournalException(
                            "a row stands at " + row.pos() + ", where no entry can be",
                            JournalException.Kind.DAMAGED));
            return;
        }
        var range = new SeqRange(row.seq(), row.seq());
        inspection.found(gap(volume.epochId(row.pos()), row.lane(), range, 1), why);
    }

    /** Rounds only: between them stand entries of other lanes, which are no part of it. */
    void block(Volume volume, Store.Lost lost) {
        var range = new SeqRange(Pos.seq(lost.fromPos()), Pos.seq(lost.lastPos()));
        var count = Math.clamp(lost.rounds(), 1, range.to() - range.from() + 1);
        inspection.found(
                gap(volume.epochId(lost.fromPos()), Lane.READING, range, count), lost.why());
    }

    private static Fact.Gap gap(String epochId, Lane lane, SeqRange range, long count) {
        return new Fact.Gap(
                epochId,
                Optional.of(lane),
                range,
                count,
                GapCause.QUARANTINED,
                Optional.empty(),
                Optional.empty());
    }
}
