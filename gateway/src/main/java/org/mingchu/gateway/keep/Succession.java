package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.store.EpochRow;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How one epoch follows another: each names the one before, and says what was lost between them.
 * One thread at a time, under the journal's lock.
 */
final class Succession {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    /** Between two epochs that a platform's word has begun. */
    static final Duration AHEAD_EVERY = Duration.ofHours(1);

    /** Epochs left for copies, moves and damage, in number. */
    static final int EPOCHS_SPARED = 256;

    private final RandomGenerator chance;
    private final Optional<Disk> disk;
    private final Volume volume;
    private final Pen pen;
    private final Findings findings;

    /** When a platform's word was believed last. */
    private Optional<Moment> aheadAt = Optional.empty();

    Succession(
            RandomGenerator chance,
            Optional<Disk> disk,
            Volume volume,
            Pen pen,
            Findings findings) {
        this.chance = chance;
        this.disk = disk;
        this.volume = volume;
        this.pen = pen;
        this.findings = findings;
    }

    /** The store was just opened: its last epoch goes on if it may, or the next one begins. */
    void start(Moment now) {
        var losses = Losses.in(volume.store());
        if (losses.isPresent()) {
            beginAfter(losses.get(), now);
        } else if (volume.epoch().no() == 0) {
            begin(Optional.empty(), Causes.FIRST_START, List.of(), now);
        } else {
            disk.flatMap(d -> d.place().foreign(volume.epoch().binding()))
                    .ifPresentOrElse(cause -> beginEpoch(cause, now), () -> leaveBrokenTree(now));
        }
        bind();
    }

    /** Says where the epoch lives, when the file does not say so yet. */
    void bind() {
        var epoch = volume.epoch();
        var binding = disk.map(d -> d.place().binding(epoch.binding())).orElse(epoch.binding());
        if (!binding.equals(epoch.binding())) {
            var bound = new EpochRow(epoch.no(), epoch.id(), binding);
            volume.bound(bound);
            pen.pending().begin(bound);
            pen.commit();
        }
    }

    /** An epoch whose tree cannot be taken up would never be signed again. */
    void leaveBrokenTree(Moment now) {
        if (disk.isPresent() && volume.evidence().isEmpty()) {
            beginEpoch(Causes.TREE_BROKEN, now);
        }
    }

    /** The disk refuses, or what is on it: the record goes on in memory from now on. */
    void startInMemory(Optional<String> previous, JournalException why, Moment now) {
        findings.become(StorageState.MEMORY, String.valueOf(why.getMessage()));
        begin(previous, Causes.of(why), List.of(), now);
    }

    /** The old file was damaged or is gone: its epoch must not go on, and what is lost is said. */
    private void beginAfter(Losses losses, Moment now) {
        pen.pending().note(Losses.NOTE, "");
        if (volume.epoch().no() > 0) {
            pen.pending().note(Rekeying.NOTE, Rekeying.from(1).note());
        }
        begin(losses.epoch(), Causes.DAMAGED, losses.gaps(), now);
        findings.damaged(losses, now);
    }

    /**
     * Whether the epoch may end because a platform claims to be ahead of it. Whoever can write to
     * the broker can claim it, again and again, and epochs are numbered to {@link Pos#EPOCHS_MAX}:
     * so it is believed once an hour, and the last numbers are left for what cannot be refused.
     */
    boolean mayEndForPlatform(Moment now) {
        var full = volume.epoch().no() >= Pos.EPOCHS_MAX - EPOCHS_SPARED;
        var soon = aheadAt.filter(at -> Upkeep.within(at, now, AHEAD_EVERY)).isPresent();
        if (full || soon) {
            LOG.error(
                    "event=platform-ahead-refused epoch={} number={} cause={} remedy=\"see who may"
                            + " write to the platform's ack topic, and that it answers with the"
                            + " seqs it was sent\"",
                    volume.epoch().id(),
                    volume.epoch().no(),
                    full ? "too-many-epochs" : "once-in-" + AHEAD_EVERY.toMinutes() + "-min");
            return false;
        }
        aheadAt = Optional.of(now);
        return true;
    }

    /**
     * Ends this epoch and begins one that names it.
     *
     * @throws JournalException when the disk refuses; this epoch goes on then
     */
    void beginEpoch(String cause, Moment now) {
        var old = volume.epoch();
        var pending = pen.pending();
        pending.refused();
        if (Rekeying.in(volume.store()).isEmpty()) {
            var believed = cause.equals(Causes.PLATFORM_AHEAD) ? volume.openedAt() : Pos.SEQ_MAX;
            pending.note(Rekeying.NOTE, Rekeying.from(old.no()).believing(believed).note());
        }
        try {
            begin(Optional.of(old.id()), cause, List.of(), now);
            LOG.warn(
                    "event=epoch-began epoch={} previous={} cause={}",
                    volume.epoch().id(),
                    old.id(),
                    cause);
        } catch (JournalException e) {
            pen.takeUp(volume.store(), old);
            throw e;
        }
    }

    private void begin(Optional<String> previous, String cause, List<Fact> gaps, Moment now) {
        if (volume.epoch().no() >= Pos.EPOCHS_MAX) {
            throw new JournalException(
                    volume.store().name()
                            + " holds "
                            + Pos.EPOCHS_MAX
                            + " epochs and cannot number another; export it, and begin with an"
                            + " empty state folder");
        }
        var binding = disk.map(d -> d.place().binding()).orElse("");
        var next = new EpochRow(volume.epoch().no() + 1, unusedId(previous), binding);
        pen.takeUp(volume.store(), next);
        pen.pending().begin(next);
        pen.append(now, List.of(new Fact.EpochBegan(previous, cause)));
        pen.append(now, gaps);
        pen.commit();
        note();
    }

    /** Sixty-four bits do not meet again by chance; a chance that is played back might. */
    private String unusedId(Optional<String> previous) {
        var used = new HashSet<>(volume.epochs());
        previous.ifPresent(used::add);
        var id = HexFormat.of().toHexDigits(chance.nextLong());
        while (used.contains(id)) {
            id = HexFormat.of().toHexDigits(chance.nextLong());
        }
        return id;
    }

    /** Notes beside the file how far the record is, on the disk or in memory. */
    void note() {
        var at = new EpochFile.Known(volume.epoch().id(), volume.lastSeq());
        if (findings.inMemory()) {
            disk.ifPresent(d -> d.noteInMemory(at));
        } else {
            disk.ifPresent(d -> d.note(at));
        }
    }
}
