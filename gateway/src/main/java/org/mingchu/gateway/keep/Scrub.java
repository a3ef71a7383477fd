package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.SeqRange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes through the record again and again, a little at a time, and says what is not there and was
 * never said to be gone. One thread.
 */
final class Scrub {
    /** Entries looked at in one step. */
    static final int STEP = 256;

    /** Entries of the alarm lane read in one go, in number. */
    private static final int LEARN = 1024;

    private static final int PAGE = 256;

    private final Map<String, List<SeqRange>> said = new HashMap<>();
    private int epoch;
    private long next = 1;

    /** How far the alarm lane was read for loss that it tells of. */
    private int learntEpoch;

    private long learntSeq = 1;

    /** Loss that the record itself tells of. */
    void heard(Fact.Gap gap) {
        said.computeIfAbsent(gap.epoch(), _ -> new ArrayList<>()).add(gap.range());
    }

    /** An entry, and whether its check holds. */
    record Seen(long seq, boolean sound) {}

    /** What the scrub asks of the journal. */
    interface Recorded {
        List<String> epochs();

        long lastSeq(String epoch);

        /** Entries of the alarm lane from one on, at most so many. */
        List<Entry> alarms(String epoch, long from, int max);

        /** What stands from {@code from} to {@code to}, ascending. */
        List<Seen> there(String epoch, long from, long to);
    }

    /**
     * Reads on in what the record itself says is gone, a part at a time: a record of years must not
     * hold up the watch over the kitchen.
     *
     * @return whether that was all, so that a step can be made
     */
    boolean learn(Recorded record) {
        var epochs = record.epochs();
        for (var left = LEARN; learntEpoch < epochs.size(); ) {
            if (left <= 0) {
                return false;
            }
            var page = record.alarms(epochs.get(learntEpoch), learntSeq, PAGE);
            for (var entry : page) {
                if (entry.fact() instanceof Fact.Gap gap) {
                    heard(gap);
                }
                learntSeq = entry.seq() + 1;
            }
            left -= PAGE;
            if (page.size() < PAGE) {
                learntEpoch++;
                learntSeq = 1;
            }
        }
        return true;
    }

    /** The next step: what it found missing. Afterwards {@link #atStart} tells of a full turn. */
    List<Fact.Gap> step(Recorded record) {
        var epochs = record.epochs();
        if (epoch >= epochs.size()) {
            epoch = 0;
            next = 1;
        }
        var id = epochs.get(epoch);
        var to = Math.min(next + STEP - 1, record.lastSeq(id));
        var gaps = to < next ? List.<Fact.Gap>of() : holes(id, record.there(id, next, to), to);
        next = to + 1;
        if (to >= record.lastSeq(id)) {
            epoch = (epoch + 1) % epochs.size();
            next = 1;
        }
        return gaps;
    }

    /** Whether the next step begins with the first entry of all. */
    boolean atStart() {
        return epoch == 0 && next == 1;
    }

    private List<Fact.Gap> holes(String id, List<Seen> there, long to) {
        var gaps = new ArrayList<Fact.Gap>();
        var expected = next;
        for (var seen : there) {
            hole(id, expected, seen.seq() - 1, GapCause.MISSING, gaps);
            if (!seen.sound()) {
                hole(id, seen.seq(), seen.seq(), GapCause.QUARANTINED, gaps);
            }
            expected = seen.seq() + 1;
        }
        hole(id, expected, to, GapCause.MISSING, gaps);
        return gaps;
    }

    private void hole(String id, long from, long to, GapCause cause, List<Fact.Gap> gaps) {
        for (var seq = from; seq <= to; seq++) {
            if (!isSaid(id, seq)) {
                var start = seq;
                while (seq < to && !isSaid(id, seq + 1)) {
                    seq++;
                }
                var gap =
                        new Fact.Gap(
                                id,
                                Optional.empty(),
                                new SeqRange(start, seq),
                                seq - start + 1,
                                cause,
                                Optional.empty(),
                                Optional.empty());
                heard(gap);
                gaps.add(gap);
            }
        }
    }

    private boolean isSaid(String id, long seq) {
        return said.getOrDefault(id, List.of()).stream()
                .anyMatch(range -> range.from() <= seq && seq <= range.to());
    }
}
