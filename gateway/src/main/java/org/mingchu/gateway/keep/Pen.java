package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.store.Batch;
import org.mingchu.gateway.keep.store.EpochRow;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes into the open volume: what is appended waits here until it is committed. One thread at a
 * time, under the journal's lock.
 */
final class Pen {
    private final Optional<Disk> disk;
    private final Volume volume;
    private final Findings findings;
    private final Inspection inspection;
    private final Room room;
    private final CborWriter writer = new CborWriter();
    private final Batch pending = new Batch();
    private Optional<Moment> pendingAt;

    /** Commits refused one after the other. */
    private int refusals;

    Pen(Optional<Disk> disk, Volume volume, Findings findings, Inspection inspection, Room room) {
        this.disk = disk;
        this.volume = volume;
        this.findings = findings;
        this.inspection = inspection;
        this.room = room;
        pendingAt = volume.lastAt();
    }

    /** From now on it writes there. What waits is not forgotten. */
    void takeUp(Store store, EpochRow epoch) {
        volume.takeUp(store, epoch);
        inspection.begin();
        room.begin();
        pendingAt = volume.lastAt();
    }

    /** What the next commit writes. */
    Batch pending() {
        return pending;
    }

    /** Takes facts in; the entries as they will be kept. */
    List<Entry> append(Moment at, List<Fact> facts) {
        var kept = notBefore(pendingAt, at);
        var entries = new ArrayList<Entry>(facts.size());
        var rows = new ArrayList<Row>(facts.size());
        for (var fact : facts) {
            var seq = volume.lastSeq() + pending.rows().size() + rows.size() + 1;
            var entry = new Entry(volume.epoch().id(), seq, kept, fact);
            var bytes = EntryCodec.encode(writer, entry);
            var leaf = EntryCodec.leaf(bytes);
            var pos = Pos.of(volume.epoch().no(), seq);
            entries.add(entry);
            rows.add(new Row(pos, fact.lane(), bytes, EntryCodec.check(leaf)));
            volume.evidence().ifPresent(tree -> tree.append(leaf, pending.nodes()));
            if (fact instanceof Fact.Gap gap) {
                inspection.heard(gap);
            }
            Landmarks.set(entry, pending);
            room.said(fact, pending);
        }
        pending.rows().addAll(rows);
        pendingAt = Optional.of(kept);
        return entries;
    }

    private static Moment notBefore(Optional<Moment> last, Moment at) {
        return last.filter(l -> l.boot().equals(at.boot()) && l.upNs() > at.upNs())
                .map(l -> new Moment(at.boot(), l.upNs(), at.wallMs(), at.clock(), at.errorMs()))
                .orElse(at);
    }

    /**
     * Writes what waits, all or nothing.
     *
     * @throws JournalException when the disk refuses; all but the platforms' progress is forgotten
     */
    void commit() {
        if (pending.isEmpty()) {
            return;
        }
        try {
            write();
            volume.written(pending.rows(), pendingAt);
            room.written(pending);
            pending.written();
            findings.kept();
            refusals = 0;
        } finally {
            drop();
        }
    }

    /** Forgets all that waits but the platforms' progress; what was told is told again. */
    void drop() {
        findings.committed();
        pending.refused();
        volume.evidence().ifPresent(Evidence::forget);
        pendingAt = volume.lastAt();
    }

    /** Whether the next commit takes rounds away. */
    boolean dropsRounds() {
        return !pending.dropped().isEmpty();
    }

    /**
     * Writes how far the platforms are, and nothing else: its epochs are numbered as this store
     * numbers them, and another one is coming.
     */
    void putProgress() {
        var only = new Batch();
        only.progress().putAll(pending.progress());
        if (!only.isEmpty()) {
            volume.store().write(only);
            pending.progress().clear();
        }
    }

    private void write() {
        var store = volume.store();
        try {
            store.write(pending);
        } catch (JournalException e) {
            if (e.kind() != JournalException.Kind.FULL || !disk.map(Disk::makeRoom).orElse(false)) {
                throw e;
            }
            findings.low(e);
            store.checkpoint();
            store.write(pending);
        }
    }

    /** The caller was refused once more: how often in a row. */
    int refused() {
        refusals++;
        return refusals;
    }

    /** Another store comes: nothing that waited is true of it, and it has refused nothing. */
    void forget() {
        pending.written();
        refusals = 0;
    }
}
