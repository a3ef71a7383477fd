package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.proof.Hashes;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.MemoryStore;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The one log of the house. What is appended waits in memory until {@link #commit()}; every reading
 * method shows committed entries only, so nothing can be told to anybody too early. An entry is at
 * most 1 MiB. Any thread, one lock, which a commit holds while the card forces (up to seconds on a
 * worn one): call from platform threads.
 *
 * <p>It never refuses to begin. When the disk fails or the file is damaged, a new epoch begins in
 * memory and moves to the disk as soon as that takes it ({@link #tend}); {@link #epoch()} then
 * names another epoch than before.
 *
 * <p>The work is done by the parts below, which know nothing of locks: all of them are entered
 * through here.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Findings findings = new Findings();
    private final Inspection inspection;
    private final Volume volume;
    private final Entries entries;
    private final Pen pen;
    private final Succession succession;
    private final Sealing sealing;
    private final Snapshots snapshots;
    private final Confirmations confirmations;
    private final Unsent unsent;
    private final Budget budget;
    private final Upkeep upkeep;
    private final AtomicInteger readers;

    private Journal(Optional<Disk> disk, Store store, RandomGenerator chance) {
        inspection = new Inspection(findings);
        var room = new Room();
        var whoRead = new AtomicInteger();
        readers = whoRead;
        volume = new Volume(store, new Damage(inspection));
        entries = new Entries(volume, findings);
        pen = new Pen(disk, volume, findings, inspection, room);
        succession = new Succession(chance, disk, volume, pen, findings);
        sealing = new Sealing(volume);
        snapshots = new Snapshots(volume, entries, pen.pending());
        confirmations = new Confirmations(volume, entries, pen.pending());
        unsent = new Unsent(volume, entries, confirmations, pen.pending());
        budget = new Budget(disk, volume, entries, confirmations, findings, room, whoRead::get);
        var refuge = disk.map(d -> new Refuge(d, volume, pen, succession, findings));
        upkeep = new Upkeep(volume, entries, succession, findings, inspection, budget, refuge);
    }

    /**
     * Opens the journal of a state folder; a new one begins its epoch at {@code now}.
     *
     * @param chance where a new epoch comes from
     */
    public static Journal open(Path stateFolder, RandomGenerator chance, Moment now) {
        return open(Place.unbound(stateFolder), chance, now);
    }

    /**
     * Opens the journal of a place. When the file belongs to another place, or cannot be used, a
     * new epoch begins, in memory if need be; {@link #findings} says what is to be told.
     */
    public static Journal open(Place place, RandomGenerator chance, Moment now) {
        return open(place, chance, now, Runnable::run);
    }

    /**
     * The same; what takes long, saving what is sound of a damaged file, is done by {@code mender},
     * and the record is in memory meanwhile.
     */
    public static Journal open(Place place, RandomGenerator chance, Moment now, Executor mender) {
        return open(place.folder(), () -> place, chance, now, mender);
    }

    /** The same of a folder that may have to be asked for again and again before it can be had. */
    public static Journal open(
            Path folder, Ground ground, RandomGenerator chance, Moment now, Executor mender) {
        var disk = new Disk(folder, ground, mender);
        try {
            return on(Optional.of(disk), disk.openAsItIs(), chance, now);
        } catch (JournalException e) {
            LOG.error("event=journal-unusable cause=\"{}\"", e.getMessage());
            disk.judge(e);
            var journal = new Journal(Optional.of(disk), MemoryStore.open(), chance);
            journal.succession.startInMemory(disk.latestEpoch(), e, now);
            journal.tend(now);
            return journal;
        }
    }

    /**
     * Opens the file of a state folder as it is, to look at it: nothing is mended, no epoch begins.
     *
     * @throws JournalException when there is none, or it cannot be read
     */
    public static Journal asItIs(Path stateFolder, RandomGenerator chance) {
        if (Disk.isEmpty(stateFolder.resolve(FileStore.FILE))) {
            throw noRecord(stateFolder);
        }
        var store = FileStore.open(stateFolder);
        try {
            var journal = new Journal(Optional.empty(), store, chance);
            if (journal.volume.epoch().no() == 0) {
                throw noRecord(stateFolder);
            }
            return journal;
        } catch (RuntimeException e) {
            throw left(store, e);
        }
    }

    private static JournalException noRecord(Path stateFolder) {
        return new JournalException(
                stateFolder + ": there is no record yet; name the gateway's own --state");
    }

    /** A new journal in memory. */
    public static Journal inMemory(RandomGenerator chance, Moment now) {
        return on(Optional.empty(), MemoryStore.open(), chance, now);
    }

    /** What a restart finds after a power cut that left {@code image}. */
    public static Journal inMemory(byte[] image, RandomGenerator chance) {
        var journal = new Journal(Optional.empty(), MemoryStore.open(image), chance);
        if (journal.volume.epochs().isEmpty()) {
            throw new IllegalArgumentException("the image holds no journal");
        }
        return journal;
    }

    static Journal on(Store store, RandomGenerator chance, Moment now) {
        return on(Optional.empty(), store, chance, now);
    }

    private static Journal on(
            Optional<Disk> disk, Store store, RandomGenerator chance, Moment now) {
        try {
            var journal = new Journal(disk, store, chance);
            journal.succession.start(now);
            return journal;
        } catch (RuntimeException e) {
            throw left(store, e);
        }
    }

    /** The store must be closed: it holds the file's lock, and nobody could open it again. */
    private static RuntimeException left(Store store, RuntimeException cause) {
        try {
            store.close();
        } catch (JournalException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    /**
     * Ends this epoch and begins one that names it.
     *
     * @param cause one of {@link Causes}
     * @throws JournalException when the disk refuses; this epoch goes on then
     */
    public synchronized void beginEpoch(String cause, Moment now) {
        succession.beginEpoch(cause, now);
    }

    /**
     * Ends this epoch because a platform has what we have not, at most once in {@link
     * Succession#AHEAD_EVERY}.
     *
     * @return whether it did
     * @throws JournalException when the disk refuses; this epoch goes on then
     */
    public synchronized boolean endForPlatform(Moment now) {
        var may = succession.mayEndForPlatform(now);
        if (may) {
            succession.beginEpoch(Causes.PLATFORM_AHEAD, now);
        }
        return may;
    }

    /** The epoch, 16 hexadecimal digits. */
    public synchronized String epoch() {
        return volume.epoch().id();
    }

    /** The epochs of this file, oldest first; the last one is {@link #epoch()}. */
    public synchronized List<String> epochs() {
        return entries.epochs();
    }

    /** The last committed entry. */
    public synchronized long lastSeq() {
        return volume.lastSeq();
    }

    /** The last entry of any epoch of this file; 0 for another one. */
    public synchronized long lastSeq(String epochId) {
        return entries.lastSeq(epochId);
    }

    /** When the last committed entry was kept. */
    synchronized Optional<Moment> lastAt() {
        return volume.lastAt();
    }

    /** Which entry of this epoch is the last of a rare kind, where that is noted. */
    public synchronized OptionalLong noted(Class<? extends Fact> kind) {
        return entries.asked(
                () -> Landmarks.seq(volume.store(), volume.epoch().id(), kind),
                OptionalLong.empty());
    }

    /** The last entry of this epoch up to which rounds are packed; 0 when none are. */
    synchronized long packedUpTo() {
        return volume.seqOfThis(volume.store().packed());
    }

    /**
     * Takes facts in; nobody may be told before {@link #commit()} has returned.
     *
     * @param at the moment of the commit; within one boot it is kept from running backwards
     * @return the entries as they will be kept
     */
    public synchronized List<Entry> append(Moment at, List<Fact> facts) {
        return pen.append(at, facts);
    }

    /**
     * Writes what was appended and saved since the last commit, all or nothing. When it returns, no
     * power cut takes it away, unless {@link #condition()} says that the record is in memory.
     *
     * @throws JournalException when the disk refuses; the appended entries and the snapshot are
     *     forgotten, {@link #lastSeq()} is as before, and the caller may append again, or go on in
     *     memory ({@link #refused})
     */
    public synchronized void commit() {
        if (heldStill() && pen.dropsRounds()) {
            // Somebody began to read after the drop was planned and before it is done.
            pen.drop();
            throw new JournalException(
                    "not thinned while the record is read as a whole; tried again by itself");
        }
        pen.commit();
    }

    /**
     * A wake has failed, most likely at its commit: what it appended is forgotten. After {@value
     * Refuge#REFUSALS_MAX} in a row, or at once when the file is damaged, a new epoch begins in
     * memory, so that the kitchen is watched on.
     */
    public synchronized void refused(JournalException why, Moment now) {
        // The wake may have failed anywhere, with half of what it wanted to keep appended.
        pen.drop();
        upkeep.refused(why, now);
    }

    /**
     * Looks after the disk, at most every {@link Upkeep#TEND_EVERY}: brings a record that is in
     * memory back to it, makes the reserve again, notices that the file was taken away. Call at
     * each wake.
     */
    public synchronized void tend(Moment now) {
        upkeep.tend(now);
    }

    /** Asks that the disk be looked after at the next wake; completed with what came of it. */
    public synchronized CompletableFuture<StorageState> tendSoon() {
        return upkeep.soon();
    }

    /**
     * Goes through the whole record once, some milliseconds under the lock at a time; what is found
     * missing is among {@link #findings}.
     */
    public void inspectAll() {
        synchronized (this) {
            upkeep.inspectAnew();
        }
        while (!inspectedToEnd()) {}
    }

    private synchronized boolean inspectedToEnd() {
        return upkeep.inspect();
    }

    /** How the record is being kept. */
    public synchronized StorageState condition() {
        return findings.condition();
    }

    /** What the journal has to say about itself: to be kept as facts with the next commit. */
    public synchronized List<Fact> findings() {
        volume.tellLostBlocks();
        inspection.settle(entries);
        return Stream.concat(findings.tell().stream(), budget.gap().stream()).toList();
    }

    /** From now on the record is held to this; what goes is said in {@link #findings}. */
    public synchronized void allow(Allowance allowance) {
        budget.allow(allowance);
    }

    /** What the record takes up on the disk, in bytes, logs included. */
    public synchronized long bytes() {
        return budget.bytes();
    }

    /** What the database itself has in use, in bytes. */
    synchronized long pageBytes() {
        return budget.pageBytes();
    }

    /** What the record is held to; empty while nobody has said. */
    synchronized Optional<Allowance> allowance() {
        return budget.allowance();
    }

    /**
     * Something beside the record was damaged and was made anew: staff hear of it as of a damage of
     * the record itself.
     */
    public synchronized void damagedBeside(String what, Moment now) {
        findings.damagedBeside(what, now);
    }

    /** From now on checkpoints are signed with this, the first one soon. */
    public synchronized void sealWith(Seal with) {
        sealing.use(with);
    }

    /** With what checkpoints are signed; empty while nothing is. */
    synchronized Optional<Seal> seal() {
        return sealing.seal();
    }

    /**
     * A checkpoint of all that is committed, when one is due: at first, and every {@link
     * Sealing#SEAL_EVERY}. It counts as taken when it is committed.
     */
    public synchronized Optional<Fact.Checkpointed> checkpoint(Moment now) {
        return sealing.checkpoint(now);
    }

    /** Asks for a checkpoint at the next occasion: a platform can be reached again. */
    public synchronized void sealSoon() {
        sealing.soon();
    }

    /**
     * Judges what a platform has returned as our cosigned checkpoint.
     *
     * @param witness the platform's C2SP verifier key, if we know it
     */
    public synchronized Receipt receipt(String note, Optional<String> witness) {
        return sealing.receipt(note, witness);
    }

    /** Whether entries of earlier epochs may still have to be kept again. */
    public synchronized boolean hasUnsent() {
        return unsent.isLeft();
    }

    /**
     * The next entries of earlier epochs that one of the platforms has not confirmed, to be kept
     * again under this epoch's numbers; the next commit remembers how far it went.
     *
     * @param max how many entries are looked at
     */
    public synchronized List<Fact> unsent(Collection<String> platforms, int max) {
        return unsent.next(platforms, max);
    }

    /** At most {@code max} entries from {@code fromSeq} on, those this program can read. */
    public synchronized List<Entry> read(long fromSeq, int max) {
        return entries.from(fromSeq, max);
    }

    /** At most {@code max} entries of one lane from {@code fromSeq} on, those it can read. */
    public synchronized List<Entry> read(Lane lane, long fromSeq, int max) {
        return entries.from(lane, fromSeq, max);
    }

    /** The same of any epoch of this file; nothing of another one. */
    public synchronized List<Entry> read(String epochId, long fromSeq, int max) {
        return entries.of(epochId, fromSeq, max);
    }

    /** The same of one lane. */
    public synchronized List<Entry> read(String epochId, Lane lane, long fromSeq, int max) {
        return entries.of(epochId, lane, fromSeq, max);
    }

    /**
     * The entry's bytes for ever, of which its leaf is made.
     *
     * @throws IllegalArgumentException when it is not there, or damaged
     */
    public byte[] bytes(long seq) {
        return bytes(epoch(), seq);
    }

    /** The same of any epoch of this file. */
    public synchronized byte[] bytes(String epochId, long seq) {
        return entries.bytes(epochId, seq)
                .orElseThrow(() ->
                        new IllegalArgumentException("no entry " + seq + " in epoch " + epochId));
    }

    /** The entry's leaf in the RFC 6962 tree: SHA-256 over a zero byte and the entry's bytes. */
    public byte[] leaf(long seq) {
        return EntryCodec.leaf(bytes(seq));
    }

    /** The stored rows of an epoch of this file from {@code from} to {@code to}, as they are. */
    synchronized List<Row> rows(String epochId, long from, long to, int max) {
        return entries.rows(epochId, from, to, max);
    }

    /** The same of one lane. */
    synchronized List<Row> rows(String epochId, Lane lane, long from, int max) {
        return entries.rows(epochId, lane, from, max);
    }

    /** What the file knows of an epoch's tree. Any thread. */
    Hashes hashes(String epochId) {
        return (level, index) -> {
            synchronized (this) {
                var hashes = Evidence.hashes(volume.store(), entries.known(epochId));
                return hashes.node(level, index);
            }
        };
    }

    /** The entry before {@code seq} in the lane, readable or not; 0 if there is none. */
    public synchronized long previousInLane(Lane lane, long seq) {
        return entries.previousInLane(lane, seq);
    }

    /**
     * From which entry on the last {@code count} of a lane before {@code seq} stand in an epoch; 1
     * when there are fewer. Not of the reading lane.
     */
    public synchronized long lastBefore(String epochId, Lane lane, long seq, int count) {
        return entries.lastBefore(epochId, lane, seq, count);
    }

    /** The last entry in the lane; 0 if there is none. */
    public synchronized long lastInLane(Lane lane) {
        return volume.lastInLane(lane);
    }

    /** Entries in the lane from {@code fromSeq} on, {@code fromSeq} included. */
    public synchronized long countInLane(Lane lane, long fromSeq) {
        return entries.countInLane(lane, fromSeq);
    }

    /** Questions about what was measured. */
    public History history(Duration period) {
        return history(period, Duration.ZERO);
    }

    /**
     * The same of a probe that may tell late.
     *
     * @param lateness how long after it was taken a value may have come
     */
    public History history(Duration period, Duration lateness) {
        return new History(this, period, lateness);
    }

    /** Asks the store under the journal's lock. */
    synchronized <T> T asked(BiFunction<Store, Almanac, T> question) {
        return question.apply(volume.store(), budget.almanac());
    }

    /** Nothing may be dropped or thinned until what is returned is closed. Any thread. */
    synchronized Held holdStill() {
        readers.incrementAndGet();
        return readers::decrementAndGet;
    }

    /** Whether somebody reads who must find everything that was there at the beginning. */
    boolean heldStill() {
        return readers.get() > 0;
    }

    /** Keeps the record from being thinned. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** The last snapshot, if this program made it from this plan and this journal. */
    public synchronized Optional<State> snapshot(String planHash) {
        return snapshots.last(planHash);
    }

    /** Keeps a snapshot with the next commit; the one before is replaced. */
    public synchronized void saveSnapshot(State state, String planHash) {
        snapshots.save(state, planHash);
    }

    /** How far a platform has a lane, as saved last. */
    public synchronized Progress progress(String platform, Lane lane) {
        return confirmations.of(platform, lane);
    }

    /** Keeps the progress with the next commit, whenever that is; losing it costs re-sends only. */
    public synchronized void saveProgress(String platform, Lane lane, Progress progress) {
        confirmations.save(platform, lane, progress);
    }

    /** What a power cut would leave now: one SQLite database with all that is committed. */
    public synchronized byte[] image() {
        return volume.store().image();
    }

    /** Forgets what is not committed. */
    @Override
    public synchronized void close() {
        volume.store().close();
    }
}
