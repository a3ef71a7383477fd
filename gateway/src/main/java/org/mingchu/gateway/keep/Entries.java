package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.keep.store.EpochRow;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads committed entries out of the open volume, over those that cannot be read. A store that does
 * not answer is told of as trouble, and holds nothing. One thread at a time, under the journal's
 * lock.
 */
final class Entries implements Scrub.Recorded {
    /** Rows fetched at once while stepping over entries that cannot be read. */
    private static final int PAGE_ROWS = 256;

    private final Volume volume;
    private final Findings findings;

    Entries(Volume volume, Findings findings) {
        this.volume = volume;
        this.findings = findings;
    }

    /** Where rows come from. */
    @FunctionalInterface
    private interface Rows {
        List<Row> between(long fromPos, long endPos, int max);
    }

    /** At most {@code max} entries of the current epoch from {@code fromSeq} on. */
    List<Entry> from(long fromSeq, int max) {
        return read(volume.pos(fromSeq), volume.next(), max, volume.store()::rows);
    }

    /** The same of one lane. */
    List<Entry> from(Lane lane, long fromSeq, int max) {
        return read(volume.pos(fromSeq), volume.next(), max, in(lane));
    }

    /** The same of any epoch of the store; nothing of another one. */
    List<Entry> of(String epochId, long fromSeq, int max) {
        return number(epochId)
                .map(no -> of(no, fromSeq, max, volume.store()::rows))
                .orElse(List.of());
    }

    /** The same of one lane. */
    List<Entry> of(String epochId, Lane lane, long fromSeq, int max) {
        return number(epochId).map(no -> of(no, fromSeq, max, in(lane))).orElse(List.of());
    }

    /** The entries that are to be kept again next. */
    List<Entry> of(Rekeying at, int max) {
        return of(at.epochNo(), at.seq(), max, in(at.lane()));
    }

    private List<Entry> of(int epochNo, long fromSeq, int max, Rows rows) {
        return read(Pos.of(epochNo, fromSeq), end(epochNo), max, rows);
    }

    /** After the last entry of an epoch: what a refused commit left behind is none. */
    private long end(int epochNo) {
        return epochNo == volume.epoch().no() ? volume.next() : Pos.of(epochNo + 1, 0);
    }

    private Rows in(Lane lane) {
        return (from, end, max) -> volume.store().rows(lane, from, end, max);
    }

    private List<Entry> read(long fromPos, long endPos, int max, Rows rows) {
        var entries = new ArrayList<Entry>();
        var from = fromPos;
        while (entries.size() < max) {
            var want = Math.min(max - entries.size(), PAGE_ROWS);
            var start = from;
            var page = asked(() -> rows.between(start, endPos, want), List.<Row>of());
            page.forEach(row -> volume.entry(row).ifPresent(entries::add));
            if (page.size() < want) {
                break;
            }
            from = page.getLast().pos() + 1;
        }
        return entries;
    }

    /** The stored rows of an epoch from {@code from} to {@code to}, as they are. */
    List<Row> rows(String epochId, long from, long to, int max) {
        var no = known(epochId);
        var end = Math.min(Pos.of(no, to + 1), end(no));
        return volume.store().rows(Pos.of(no, from), end, max);
    }

    /** The same of one lane. */
    List<Row> rows(String epochId, Lane lane, long from, int max) {
        var no = known(epochId);
        return volume.store().rows(lane, Pos.of(no, from), end(no), max);
    }

    /** The bytes of an entry; empty when it is not there, or damaged. */
    Optional<byte[]> bytes(String epochId, long seq) {
        return number(epochId)
                .filter(no -> Pos.of(no, seq) < end(no))
                .map(no -> Pos.of(no, seq))
                .flatMap(pos ->
                        asked(() -> volume.store().rows(pos, pos + 1, 1), List.<Row>of()).stream()
                                .filter(Row::isSound)
                                .findFirst())
                .map(Row::bytes);
    }

    @Override
    public List<String> epochs() {
        return asked(volume::epochs, List.of(volume.epoch().id()));
    }

    @Override
    public long lastSeq(String epochId) {
        return epochId.equals(volume.epoch().id())
                ? volume.lastSeq()
                : number(epochId)
                        .map(no -> {
                            var end = Pos.of(no + 1, 0);
                            var last = asked(() -> volume.store().before(end), 0L);
                            return Pos.epochNo(last) == no ? Pos.seq(last) : 0;
                        })
                        .orElse(0L);
    }

    @Override
    public List<Entry> alarms(String epochId, long from, int max) {
        return of(epochId, Lane.ALARM, from, max);
    }

    @Override
    public List<Scrub.Seen> there(String epochId, long from, long to) {
        var rows =
                number(epochId).stream()
                        .flatMap(no -> asked(() -> rows(no, from, to), List.<Row>of()).stream())
                        .toList();
        number(epochId).ifPresent(no -> holdToIndex(no, from, to));
        // A block that does not open is told as such, not as entries that are missing.
        volume.tellLostBlocks();
        return rows.stream().map(row -> new Scrub.Seen(row.seq(), row.isSound())).toList();
    }

    /** Platforms are sent what the lanes show, and would never miss what they do not. */
    private void holdToIndex(int epochNo, long from, long to) {
        var store = volume.store();
        if (!asked(() -> store.isIndexed(Pos.of(epochNo, from), Pos.of(epochNo, to + 1)), true)) {
            findings.troubled(
                    new JournalException(
                            store.name()
                                    + " is damaged: its lanes do not show what stands from "
                                    + "%d to %d".formatted(from, to),
                            JournalException.Kind.DAMAGED));
        }
    }

    void tellLostBlocks() {
        volume.tellLostBlocks();
    }

    private List<Row> rows(int epochNo, long from, long to) {
        return volume.store().rows(Pos.of(epochNo, from), Pos.of(epochNo, to + 1), Scrub.STEP);
    }

    /** The entry of the current epoch before {@code seq} in the lane; 0 if there is none. */
    long previousInLane(Lane lane, long seq) {
        var last = volume.lastInLane(lane);
        return last < seq
                ? last
                : asked(
                        () -> Pos.seq(volume.store().before(lane, volume.start(), volume.pos(seq))),
                        0L);
    }

    /** Where the last {@code count} entries of a lane before {@code seq} begin; else at 1. */
    long lastBefore(String epochId, Lane lane, long seq, int count) {
        return number(epochId)
                .map(no ->
                        asked(
                                () ->
                                        volume.store()
                                                .lastBefore(
                                                        lane,
                                                        Pos.of(no, 1),
                                                        Pos.of(no, seq),
                                                        count),
                                0L))
                .filter(pos -> pos > 0)
                .map(Pos::seq)
                .orElse(1L);
    }

    /** Entries of the current epoch in the lane from {@code fromSeq} on. */
    long countInLane(Lane lane, long fromSeq) {
        return volume.lastInLane(lane) < fromSeq
                ? 0
                : asked(() -> volume.store().count(lane, volume.pos(fromSeq), volume.next()), 0L);
    }

    /** The number of an epoch of the store. */
    Optional<Integer> number(String epochId) {
        return asked(() -> volume.store().epochs(), List.<EpochRow>of()).stream()
                .filter(row -> row.id().equals(epochId))
                .map(EpochRow::no)
                .findFirst();
    }

    /** The same of one that was there a moment ago. */
    int known(String epochId) {
        return number(epochId)
                .orElseThrow(() ->
                        new JournalException(
                                "the record moved to another store while it was read (epoch "
                                        + epochId
                                        + " is not in "
                                        + volume.store().name()
                                        + "); try again"));
    }

    /** A file that cannot be read is looked after at the next {@link Upkeep#tend}. */
    <T> T asked(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (JournalException e) {
            findings.troubled(e);
            return otherwise;
        }
    }
}
