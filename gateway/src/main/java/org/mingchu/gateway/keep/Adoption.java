package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.store.Batch;
import org.mingchu.gateway.keep.store.EpochRow;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;

import java.util.List;

/** Moves the epochs of a store in memory to the one on the disk, after those that are there. */
final class Adoption {
    /** Rows in one commit, in number. */
    private static final int PAGE_ROWS = 256;

    private Adoption() {}

    /**
     * Copies everything; once it has begun it may be done again from the start. What the disk's
     * store has lost must have been said in memory before.
     *
     * @return the newest epoch, as the disk's store numbers it
     */
    static EpochRow of(Store memory, Store disk) {
        var there = disk.epochs();
        var last = there.isEmpty() ? 0 : there.getLast().no();
        var newest = new EpochRow(last, "", "");
        for (var epoch : memory.epochs()) {
            var no =
                    there.stream()
                            .filter(row -> row.id().equals(epoch.id()))
                            .map(EpochRow::no)
                            .findFirst()
                            .orElse(newest.no() + 1);
            if (no > Pos.EPOCHS_MAX) {
                throw new JournalException(
                        disk.name()
                                + " holds as many epochs as it can number; export it, and begin"
                                + " with an empty state folder");
            }
            var moved = new EpochRow(no, epoch.id(), epoch.binding());
            copy(memory, epoch.no(), disk, moved, there);
            newest = moved;
        }
        var said = new Batch();
        said.note(Losses.NOTE, "");
        disk.write(said);
        return newest;
    }

    private static void copy(
            Store memory, int from, Store disk, EpochRow to, List<EpochRow> there) {
        var batch = new Batch();
        batch.begin(to);
        if (!there.isEmpty() && disk.note(Rekeying.NOTE).filter(n -> !n.isEmpty()).isEmpty()) {
            // A salvage does not know how far the epochs before were kept again.
            var first = Losses.in(disk).isPresent() ? 1 : there.getLast().no();
            batch.note(Rekeying.NOTE, Rekeying.from(first).note());
        }
        memory.progress()
                .forEach((slot, progress) -> {
                    if (slot.epochNo() == from) {
                        var moved = new Batch.Slot(to.no(), slot.platform(), slot.lane());
                        batch.progress().put(moved, progress);
                    }
                });
        var next = Pos.of(from, 0);
        var end = Pos.of(from + 1, 0);
        for (var page = memory.rows(next, end, PAGE_ROWS);
                !page.isEmpty();
                page = memory.rows(page.getLast().pos() + 1, end, PAGE_ROWS)) {
            page.forEach(row -> batch.rows().add(moved(row, to.no())));
            disk.write(batch);
            batch.written();
        }
    }

    private static Row moved(Row row, int epochNo) {
        return new Row(Pos.of(epochNo, row.seq()), row.lane(), row.bytes(), row.check());
    }
}
