package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.store.EpochRow;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.MemoryStore;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/**
 * Takes the record into memory when the disk fails, and brings it back as soon as the disk takes
 * it. One thread at a time, under the journal's lock.
 */
final class Refuge {
    /** Commits refused one after the other before the record goes on in memory. */
    static final int REFUSALS_MAX = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Refuge.class);

    private final Disk disk;
    private final Volume volume;
    private final Pen pen;
    private final Succession succession;
    private final Findings findings;

    Refuge(Disk disk, Volume volume, Pen pen, Succession succession, Findings findings) {
        this.disk = disk;
        this.volume = volume;
        this.pen = pen;
        this.succession = succession;
        this.findings = findings;
    }

    /**
     * A commit was refused: after {@value #REFUSALS_MAX} in a row, or damage, memory takes over.
     */
    void refused(JournalException why, Moment now) {
        var refusals = pen.refused();
        if (!findings.inMemory()
                && (refusals >= REFUSALS_MAX || why.kind() == JournalException.Kind.DAMAGED)) {
            goToMemory(why, now);
        }
    }

    /** Whether a file is being made ready: then every wake asks for it. */
    boolean isComing() {
        return disk.isComing();
    }

    /** Sees to it that the record is where it belongs, and says how it is kept. */
    void tend(Moment now) {
        if (findings.inMemory()) {
            bringBack(now);
        } else if (findings.trouble().isPresent()) {
            goToMemory(findings.trouble().get(), now);
        } else if (disk.vanished()) {
            makeAgain(now);
        } else if (findings.condition() == StorageState.LOW && disk.hasRoom()) {
            findings.become(StorageState.SOUND, "");
        } else if (findings.damageIsOver(now)) {
            findings.endDamage();
        }
    }

    private void goToMemory(JournalException why, Moment now) {
        LOG.error("event=record-in-memory cause=\"{}\"", why.getMessage());
        var previous = volume.epoch().id();
        if (why.kind() == JournalException.Kind.DAMAGED) {
            disk.condemn(String.valueOf(why.getMessage()));
        }
        disk.left(why);
        volume.leave();
        pen.takeUp(MemoryStore.open(), Volume.NO_EPOCH);
        pen.forget();
        findings.endTrouble();
        succession.startInMemory(Optional.of(previous), why, now);
    }

    /** Moves the record to the disk as soon as there is a file that takes it. */
    private void bringBack(Moment now) {
        try {
            var file = disk.comeBack(now);
            if (file.isPresent()) {
                moveTo(file.get(), now);
                if (!findings.showsDamage()) {
                    findings.become(disk.hasRoom() ? StorageState.SOUND : StorageState.LOW, "");
                }
                succession.note();
                LOG.warn(
                        "event=record-on-disk epoch={} seq={}",
                        volume.epoch().id(),
                        volume.lastSeq());
            }
        } catch (JournalException e) {
            LOG.error("event=record-still-in-memory cause=\"{}\"", e.getMessage());
        }
    }

    private void moveTo(Store file, Moment now) {
        EpochRow moved;
        try {
            pen.putProgress();
            moved = Adoption.of(volume.store(), file);
        } catch (JournalException e) {
            disk.giveUp(file, e);
            throw e;
        }
        volume.leave();
        pen.takeUp(file, moved);
        succession.bind();
        var losses = Losses.in(file);
        if (losses.isPresent()) {
            pen.pending().note(Losses.NOTE, "");
            pen.append(now, losses.get().gaps());
            pen.commit();
            findings.damaged(losses.get(), now);
        }
    }

    /** Somebody took the file away. */
    private void makeAgain(Moment now) {
        LOG.error("event=journal-taken-away file={}", volume.store().name());
        try {
            disk.rescue(volume.store());
            pen.takeUp(disk.openAsItIs(), volume.epoch());
            succession.bind();
            succession.leaveBrokenTree(now);
        } catch (JournalException e) {
            goToMemory(e, now);
        }
    }
}
