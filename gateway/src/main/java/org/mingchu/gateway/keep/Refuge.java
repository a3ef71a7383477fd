package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.MemoryStore;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/**
 * Takes the record into memory when the disk fails, and brings it back as soon as the disk takes
 * it. One thread at a time, under the journal's lock.
 */
final class Refuge {
    /** Commits refused one after the other before the record goes on in memory. */
    static final int REFUSALS_MAX = 3;

    /** How often it is noted beside the file how far the record in memory is. */
    private static final Duration NOTE_EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Refuge.class);

    private final Disk disk;
    private final Volume volume;
    private final Pen pen;
    private final Succession succession;
    private final Findings findings;

    /** What a file that is being moved to has lost, once that is said. */
    private Optional<Losses> said = Optional.empty();

    private Optional<Moment> notedAt = Optional.empty();

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
        disk.judge(why);
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
                succession.note();
                LOG.warn(
                        "event=record-on-disk epoch={} seq={}",
                        volume.epoch().id(),
                        volume.lastSeq());
            }
        } catch (JournalException e) {
            LOG.error("event=record-still-in-memory cause=\"{}\"", e.getMessage());
            noteSometimes(now);
        }
    }

    /** A power cut must not make anybody forget what was in memory, as far as the disk lets us. */
    private void noteSometimes(Moment now) {
        if (notedAt.filter(at -> Upkeep.within(at, now, NOTE_EVERY)).isEmpty()) {
            notedAt = Optional.of(now);
            succession.note();
        }
    }

    /**
     * What is missing is said in memory first and moves with the rest: so the record is on the disk
     * with all of it, or stays in memory and is moved again.
     */
    private void moveTo(Store file, Moment now) {
        var memory = volume.store();
        Optional<Losses> losses;
        try {
            pen.putProgress();
            losses = Losses.in(file);
            say(losses, now);
            pen.takeUp(file, Adoption.of(memory, file));
        } catch (JournalException e) {
            disk.judge(e);
            closed(file);
            throw e;
        }
        closed(memory);
        said = Optional.empty();
        findings.onDisk(disk.hasRoom() ? StorageState.SOUND : StorageState.LOW);
        losses.ifPresent(lost -> findings.damaged(lost, now));
        succession.bind();
    }

    private void say(Optional<Losses> losses, Moment now) {
        if (losses.isPresent() && !losses.equals(said)) {
            pen.append(now, losses.get().gaps());
            pen.commit();
            said = losses;
        }
    }

    private static void closed(Store store) {
        try {
            store.close();
        } catch (JournalException e) {
            LOG.warn("event=journal-not-closed cause=\"{}\"", e.getMessage());
        }
    }

    private void takeUpAgain(Store file) {
        try {
            pen.takeUp(file, volume.epoch());
        } catch (JournalException e) {
            closed(file);
            throw e;
        }
    }

    /** Somebody took the file away, or its log. */
    private void makeAgain(Moment now) {
        LOG.error("event=journal-taken-away file={}", volume.store().name());
        try {
            disk.rescue(volume.store());
            takeUpAgain(disk.openAsItIs());
            succession.bind();
            succession.leaveBrokenTree(now);
        } catch (JournalException e) {
            goToMemory(e, now);
        }
    }
}
