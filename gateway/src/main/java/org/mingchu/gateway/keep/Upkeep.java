package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is done for the record from time to time: packed, inspected, thinned, and brought to where
 * it belongs. One thread at a time, under the journal's lock.
 */
final class Upkeep {
    /** How often the disk is looked after. */
    static final Duration TEND_EVERY = Duration.ofSeconds(5);

    /** Time between two steps through the record: a season of rounds at 10 s takes three weeks. */
    static final Duration SCRUB_EVERY = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final Volume volume;
    private final Entries entries;
    private final Succession succession;
    private final Findings findings;
    private final Inspection inspection;
    private final Budget budget;
    private final Optional<Refuge> refuge;
    private final Packing packing = new Packing();

    private Optional<Moment> tendedAt = Optional.empty();
    private boolean tendedOnce;
    private Optional<Moment> scrubbedAt = Optional.empty();
    private Optional<CompletableFuture<StorageState>> wish = Optional.empty();

    /**
     * @param refuge of a record that has a disk
     */
    Upkeep(
            Volume volume,
            Entries entries,
            Succession succession,
            Findings findings,
            Inspection inspection,
            Budget budget,
            Optional<Refuge> refuge) {
        this.volume = volume;
        this.entries = entries;
        this.succession = succession;
        this.findings = findings;
        this.inspection = inspection;
        this.budget = budget;
        this.refuge = refuge;
    }

    /** At most every {@link #TEND_EVERY}, unless something is urgent or a file is coming. */
    void tend(Moment now) {
        if (!isDue(now)) {
            return;
        }
        // The first time belongs to the start: going through the record can wait for the next one.
        var started = tendedOnce;
        tendedOnce = true;
        tendedAt = Optional.of(now);
        findings.attended();
        pack();
        var onDisk = refuge.isPresent() && !findings.inMemory();
        if (started && onDisk && scrubbedAt.filter(at -> within(at, now, SCRUB_EVERY)).isEmpty()) {
            scrubbedAt = Optional.of(now).filter(_ -> inspection.step(entries));
        }
        findings.showLoss(now);
        budget.thin(now);
        refuge.ifPresent(there -> there.tend(now));
        if (refuge.isEmpty() && findings.damageIsOver(now)) {
            findings.endDamage();
        }
        wish.ifPresent(asked -> asked.complete(findings.condition()));
        wish = Optional.empty();
    }

    private boolean isDue(Moment now) {
        return findings.isUrgent()
                || refuge.filter(Refuge::isComing).isPresent()
                || tendedAt.filter(at -> within(at, now, TEND_EVERY)).isEmpty();
    }

    /** Asks for it at the next wake; completed with what came of it. */
    CompletableFuture<StorageState> soon() {
        var asked = wish.orElseGet(CompletableFuture::new);
        wish = Optional.of(asked);
        tendedAt = Optional.empty();
        return asked;
    }

    /** A commit was refused. In memory there is nowhere else to go. */
    void refused(JournalException why, Moment now) {
        refuge.ifPresent(there -> there.refused(why, now));
    }

    /** Begins a turn through the whole record. */
    void inspectAnew() {
        inspection.begin();
    }

    /** The next step of the turn; true when that was the last. */
    boolean inspect() {
        return inspection.step(entries) && inspection.isDone();
    }

    /** Packs an hour of rounds when it is over. What is refused is tried again. */
    private void pack() {
        try {
            var batch = packing.next(volume.store(), volume.lastAt());
            if (batch.isPresent()) {
                volume.store().write(batch.get());
                succession.note();
            }
        } catch (JournalException e) {
            LOG.error("event=not-packed cause=\"{}\"", e.getMessage());
            findings.damaged(e);
        }
    }

    /** Whether less than {@code time} has gone by, in one boot. */
    static boolean within(Moment then, Moment now, Duration time) {
        return then.boot().equals(now.boot())
                && now.upNs() >= then.upNs()
                && now.upNs() - then.upNs() < time.toNanos();
    }
}
