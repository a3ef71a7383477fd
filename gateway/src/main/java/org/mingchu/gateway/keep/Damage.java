package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/**
 * Says once of each entry that it is there and cannot be read. One thread at a time, under the
 * journal's lock.
 */
final class Damage {
    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    private final Inspection inspection;

    /** The highest entry that could not be read and was logged, so that each is logged once. */
    private long unreadablePos;

    Damage(Inspection inspection) {
        this.inspection = inspection;
    }

    /** An entry that a later program has written is no loss. */
    void unknown(Row row, String why) {
        if (first(row)) {
            LOG.warn("event=entry-unknown seq={} cause=\"{}\"", row.seq(), why);
        }
    }

    void row(Volume volume, Row row, String why) {
        if (first(row)) {
            LOG.error(
                    "event=entry-damaged file={} seq={} cause=\"{}\"",
                    volume.store().name(),
                    row.seq(),
                    why);
            var range = new SeqRange(row.seq(), row.seq());
            inspection.found(gap(volume.epochId(row.pos()), row.lane(), range));
        }
    }

    /** The store itself tells of a block once. */
    void block(Volume volume, Store.Lost lost) {
        var range = new SeqRange(Pos.seq(lost.fromPos()), Pos.seq(lost.lastPos()));
        LOG.error(
                "event=block-damaged file={} seq={}..{} cause=\"{}\"",
                volume.store().name(),
                range.from(),
                range.to(),
                lost.why());
        inspection.found(gap(volume.epochId(lost.fromPos()), Lane.READING, range));
    }

    private static Fact.Gap gap(String epochId, Lane lane, SeqRange range) {
        return new Fact.Gap(
                epochId,
                Optional.of(lane),
                range,
                range.to() - range.from() + 1,
                GapCause.QUARANTINED,
                Optional.empty(),
                Optional.empty());
    }

    private boolean first(Row row) {
        var first = row.pos() > unreadablePos;
        unreadablePos = Math.max(unreadablePos, row.pos());
        return first;
    }
}
