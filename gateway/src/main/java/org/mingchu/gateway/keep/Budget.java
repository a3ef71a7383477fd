package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What the record takes up, and what it may: asks the {@link Room} for it. One thread at a time,
 * under the journal's lock.
 */
final class Budget {
    private static final Logger LOG = LoggerFactory.getLogger(Budget.class);

    private final Optional<Disk> disk;
    private final Volume volume;
    private final Entries entries;
    private final Confirmations confirmations;
    private final Findings findings;
    private final Room room;
    private final IntSupplier readers;

    /**
     * @param readers how many read the record as a whole: what was there when they began stays
     */
    Budget(
            Optional<Disk> disk,
            Volume volume,
            Entries entries,
            Confirmations confirmations,
            Findings findings,
            Room room,
            IntSupplier readers) {
        this.disk = disk;
        this.volume = volume;
        this.entries = entries;
        this.confirmations = confirmations;
        this.findings = findings;
        this.room = room;
        this.readers = readers;
    }

    void allow(Allowance allowance) {
        room.allow(allowance);
    }

    /** What the record takes up on the disk, in bytes, logs included. */
    long bytes() {
        return pageBytes() + disk.map(d -> d.besideBytes(room.allowance())).orElse(0L);
    }

    /** What the database itself has in use, in bytes. */
    long pageBytes() {
        return entries.asked(() -> volume.store().usedBytes(), 0L);
    }

    /** What the record is held to; empty while nobody has said. */
    Optional<Allowance> allowance() {
        return room.allowance();
    }

    /** All that is committed, read up. */
    Almanac almanac() {
        return room.almanac(volume.store(), volume.next());
    }

    /** What the record has to say before anything goes. */
    Optional<Fact> gap() {
        return isHeld() ? Optional.empty() : room.gap();
    }

    private boolean isHeld() {
        return readers.getAsInt() > 0;
    }

    /** In memory nothing goes: what is proven there moves to the disk leaf by leaf. */
    void thin(Moment now) {
        var full = findings.condition() == StorageState.LOW;
        if (isHeld()) {
            room.putOff();
            return;
        }
        if (findings.inMemory() || !room.due(now, full)) {
            return;
        }
        try {
            room.look(
                    new Room.Sight(volume.store(), volume.next(), bytes(), full, now),
                    (no, platform) -> confirmations.of(no, platform, Lane.READING));
        } catch (JournalException e) {
            LOG.error("event=not-thinned cause=\"{}\"", e.getMessage());
            findings.damaged(e);
        }
    }
}
