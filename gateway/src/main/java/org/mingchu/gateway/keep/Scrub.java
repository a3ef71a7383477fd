package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.proof.GapBook;
import org.mingchu.gateway.keep.proof.Problem;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Goes through the record again and again, a little at a time, and says what is not there and was
 * never said to be gone; it remembers all loss the record tells of. One thread.
 */
final class Scrub {
    /** Entries looked at in one step. */
    static final int STEP = 256;

    /** Entries of the alarm lane read in one go, in number. */
    private static final int LEARN = 1024;

    private static final int PAGE = 256;

    private final Map<String, GapBook> said = new HashMap<>();
    private int epoch;
    private long next = 1;

    /** How far the alarm lane was read for loss that it tells of. */
    private int learntEpoch;

    private long learntSeq = 1;

    /** Loss that the record itself tells of. */
    void heard(Fact.Gap gap) {
        add(said, gap);
    }

    static void add(Map<String, GapBook> books, Fact.Gap gap) {
        books.computeIfAbsent(gap.epoch(), _ -> new GapBook())
                .add(
                        new Problem.Seqs(gap.range().from(), gap.range().to()),
                        gap.count(),
                        gap.lost().map(Lane::word).orElse(""));
    }

    /** Whether the record says of each of these that it is gone, or of all of them at once. */
    boolean isSaid(Fact.Gap gap) {
        var book = said(gap.epoch());
        var range = gap.range();
        return LongStream.rangeClosed(range.from(), range.to()).allMatch(book::isWhole)
                || (gap.count() < range.to() - range.from() + 1
                        && book.part(range.from()).filter(p -> p.to() >= range.to()).isPresent());
    }

    private GapBook said(String epochId) {
        return said.getOrDefault(epochId, new GapBook());
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

    /** The next entries, and which of them are there. */
    record Look(String epoch, long from, long to, List<Seen> there) {}

    /** Looks at the next ones. Afterwards {@link #atStart} tells of a full turn. */
    Look look(Recorded record) {
        var epochs = record.epochs();
        if (epoch >= epochs.size()) {
            epoch = 0;
            next = 1;
        }
        var id = epochs.get(epoch);
        var from = next;
        var to = Math.min(next + STEP - 1, record.lastSeq(id));
        var there = to < from ? List.<Seen>of() : record.there(id, from, to);
        next = to + 1;
        if (to >= record.lastSeq(id)) {
            epoch = (epoch + 1) % epochs.size();
            next = 1;
        }
        return new Look(id, from, to, there);
    }

    /** What is missing there and was never said to be. */
    List<Fact.Gap> missing(Look look, Recorded record) {
        var gaps = new ArrayList<Fact.Gap>();
        unsaid(look, holes(look, _ -> true), GapCause.MISSING, gaps);
        var unsound =
                look.there.stream()
                        .filter(seen -> !seen.sound())
                        .map(seen -> new Problem.Seqs(seen.seq(), seen.seq()))
                        .toList();
        unsaid(look, unsound, GapCause.QUARANTINED, gaps);
        for (var part : said(look.epoch).parts()) {
            if (part.to() >= look.from && part.to() <= look.to) {
                var more = said(look.epoch).excess(holes(look.epoch, part, record)).get(part);
                if (more != null) {
                    gaps.add(
                            gap(
                                    look.epoch,
                                    new Problem.Seqs(part.from(), part.to()),
                                    more,
                                    GapCause.MISSING));
                }
            }
        }
        gaps.forEach(this::heard);
        return gaps;
    }

    private void unsaid(Look look, List<Problem.Seqs> runs, GapCause cause, List<Fact.Gap> gaps) {
        for (var run : runs) {
            for (var unsaid : said(look.epoch).unsaid(run.from(), run.to())) {
                gaps.add(gap(look.epoch, unsaid, unsaid.to() - unsaid.from() + 1, cause));
            }
        }
    }

    private static List<Problem.Seqs> holes(String epochId, GapBook.Part part, Recorded record) {
        var holes = new ArrayList<Problem.Seqs>();
        for (var from = part.from(); from <= part.to(); from += STEP) {
            var to = Math.min(from + STEP - 1, part.to());
            var look = new Look(epochId, from, to, record.there(epochId, from, to));
            holes.addAll(holes(look, Seen::sound));
        }
        return holes;
    }

    /** Runs of which nothing stands that counts. */
    private static List<Problem.Seqs> holes(Look look, Predicate<Seen> counts) {
        var holes = new ArrayList<Problem.Seqs>();
        var expected = look.from;
        for (var seen : look.there) {
            if (counts.test(seen)) {
                if (seen.seq() > expected) {
                    holes.add(new Problem.Seqs(expected, seen.seq() - 1));
                }
                expected = seen.seq() + 1;
            }
        }
        if (expected <= look.to) {
            holes.add(new Problem.Seqs(expected, look.to));
        }
        return holes;
    }

    private static Fact.Gap gap(String epochId, Problem.Seqs range, long count, GapCause cause) {
        return new Fact.Gap(
                epochId,
                Optional.empty(),
                new SeqRange(range.from(), range.to()),
                count,
                cause,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether the next step begins with the first entry of all. */
    boolean atStart() {
        return epoch == 0 && next == 1;
    }
}
