package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.entry.StateCodec;
import org.mingchu.gateway.keep.proof.Hashes;
import org.mingchu.gateway.keep.store.Batch;
import org.mingchu.gateway.keep.store.EpochRow;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.MemoryStore;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Row;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
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
 */
public final class Journal implements AutoCloseable {
    /** Commits refused one after the other before the record goes on in memory. */
    static final int REFUSALS_MAX = 3;

    /** How often the disk is looked after. */
    static final Duration TEND_EVERY = Duration.ofSeconds(5);

    /** How long a damage that was mended is shown. */
    static final Duration DAMAGE_SHOWN = Duration.ofHours(1);

    /** Time between two steps through the record: a season of rounds at 10 s takes three weeks. */
    static final Duration SCRUB_EVERY = Duration.ofMinutes(10);

    /** Time between two checkpoints. */
    static final Duration SEAL_EVERY = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /** Rows fetched at once while stepping over entries that cannot be read. */
    private static final int PAGE_ROWS = 256;

    private final Optional<Disk> disk;
    private final RandomGenerator chance;
    private final CborWriter writer = new CborWriter();
    private final Batch pending = new Batch();
    private final List<Fact> findings = new ArrayList<>();

    /** How many of the findings wait for the next commit. */
    private int told;

    private Store store;
    private EpochRow epoch;
    private long lastSeq;

    /** The last entry when the epoch was taken up. */
    private long openedAt;

    private Optional<Moment> lastAt = Optional.empty();
    private final Map<Lane, Long> lastInLane = new EnumMap<>(Lane.class);
    private Optional<Moment> pendingAt = Optional.empty();

    private Optional<Evidence> evidence = Optional.empty();
    private Optional<Seal> seal = Optional.empty();
    private Optional<Moment> sealedAt = Optional.empty();
    private final Packing packing = new Packing();
    private Optional<Scrub> scrub = Optional.empty();
    private final Room room = new Room();

    private final AtomicInteger readers = new AtomicInteger();

    private StorageState condition = StorageState.SOUND;
    private int refusals;
    private Optional<JournalException> trouble = Optional.empty();
    private Optional<Moment> scrubbedAt = Optional.empty();
    private Optional<Moment> damagedAt = Optional.empty();
    private Optional<Moment> tendedAt = Optional.empty();
    private Optional<CompletableFuture<StorageState>> tendWish = Optional.empty();

    /** The highest entry that could not be read and was logged, so that each is logged once. */
    private long unreadablePos;

    private Journal(Optional<Disk> disk, Store store, EpochRow epoch, RandomGenerator chance) {
        this.disk = disk;
        this.chance = chance;
        this.store = store;
        this.epoch = epoch;
        takeUp();
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
            var store = disk.openAsItIs();
            try {
                return on(Optional.of(disk), store, chance, now);
            } catch (JournalException e) {
                disk.abandon(store, e);
                throw e;
            }
        } catch (JournalException e) {
            LOG.error("event=journal-unusable cause=\"{}\"", e.getMessage());
            var journal = new Journal(Optional.of(disk), MemoryStore.open(), NO_EPOCH, chance);
            journal.become(StorageState.MEMORY, String.valueOf(e.getMessage()));
            journal.begin(disk.known().map(EpochFile.Known::epoch), cause(e), List.of(), now);
            journal.tend(now);
            return journal;
        }
    }

    /**
     * Opens the file of a state folder as it is, to look at it: nothing is mended, no epoch begins.
     *
     * @throws JournalException when there is none, or it cannot be read
     */
    public static Journal asItIs(Path stateFolder, RandomGenerator chance, Moment now) {
        if (!Files.exists(stateFolder.resolve(FileStore.FILE))) {
            throw new JournalException(
                    stateFolder + ": there is no record yet; name the gateway's own --state");
        }
        return on(FileStore.open(stateFolder), chance, now);
    }

    /** A new journal in memory. */
    public static Journal inMemory(RandomGenerator chance, Moment now) {
        return on(Optional.empty(), MemoryStore.open(), chance, now);
    }

    /** What a restart finds after a power cut that left {@code image}. */
    public static Journal inMemory(byte[] image, RandomGenerator chance) {
        var store = MemoryStore.open(image);
        var epochs = store.epochs();
        if (epochs.isEmpty()) {
            throw new IllegalArgumentException("the image holds no journal");
        }
        return new Journal(Optional.empty(), store, epochs.getLast(), chance);
    }

    static Journal on(Store store, RandomGenerator chance, Moment now) {
        return on(Optional.empty(), store, chance, now);
    }

    private static Journal on(
            Optional<Disk> disk, Store store, RandomGenerator chance, Moment now) {
        var epochs = store.epochs();
        var losses = store.note(Losses.NOTE).filter(note -> !note.isEmpty()).map(Losses::read);
        var journal =
                new Journal(disk, store, epochs.isEmpty() ? NO_EPOCH : epochs.getLast(), chance);
        if (losses.isPresent()) {
            journal.beginAfter(losses.get(), now);
            return journal;
        }
        if (epochs.isEmpty()) {
            journal.begin(Optional.empty(), Causes.FIRST_START, List.of(), now);
            return journal;
        }
        disk.flatMap(d -> d.place().foreign(journal.epoch.binding()))
                .ifPresent(cause -> journal.beginEpoch(cause, now));
        journal.bind();
        return journal;
    }

    private static final EpochRow NO_EPOCH = new EpochRow(0, "", "");

    private static String cause(JournalException why) {
        return why.kind() == JournalException.Kind.DAMAGED ? Causes.DAMAGED : Causes.STORAGE_FAILED;
    }

    /** Reads what has to be known of the current epoch. */
    private void takeUp() {
        lastSeq = Math.max(0, seqOfThis(store.before(end())));
        for (var lane : Lane.values()) {
            lastInLane.put(lane, Pos.seq(store.before(lane, start(), end())));
        }
        openedAt = lastSeq;
        lastAt = latestMoment();
        pendingAt = lastAt;
        scrub = Optional.empty();
        room.begin();
        evidence = Evidence.of(store, epoch, lastSeq);
        if (evidence.isEmpty()) {
            LOG.error("event=tree-broken epoch={} entries={}", epoch.id(), lastSeq);
        }
    }

    private long seqOfThis(long pos) {
        return Pos.epochNo(pos) == epoch.no() ? Pos.seq(pos) : 0;
    }

    private long start() {
        return Pos.of(epoch.no(), 0);
    }

    private long end() {
        return Pos.of(epoch.no() + 1, 0);
    }

    /** The old file was damaged or is gone: its epoch must not go on, and what is lost is said. */
    private void beginAfter(Losses losses, Moment now) {
        pending.note(Losses.NOTE, "");
        if (epoch.no() > 0) {
            pending.note(Rekeying.NOTE, Rekeying.from(1).note());
        }
        begin(losses.epoch(), Causes.DAMAGED, losses.gaps(), now);
        damagedAt = Optional.of(now);
        become(StorageState.DAMAGED, losses.words());
    }

    private void begin(Optional<String> previous, String cause, List<Fact> gaps, Moment now) {
        var binding = disk.map(d -> d.place().binding()).orElse("");
        epoch = new EpochRow(epoch.no() + 1, unusedId(previous), binding);
        takeUp();
        pending.begin(epoch);
        append(now, List.of(new Fact.EpochBegan(previous, cause)));
        append(now, gaps);
        commit();
        noteEpoch();
    }

    /** Says where the epoch lives, when the file does not say so yet. */
    private void bind() {
        var binding = disk.map(d -> d.place().binding(epoch.binding())).orElse(epoch.binding());
        if (!binding.equals(epoch.binding())) {
            epoch = new EpochRow(epoch.no(), epoch.id(), binding);
            pending.begin(epoch);
            commit();
        }
    }

    /** Sixty-four bits do not meet again by chance; a chance that is played back might. */
    private String unusedId(Optional<String> previous) {
        var used = new HashSet<>(epochs());
        previous.ifPresent(used::add);
        var id = HexFormat.of().toHexDigits(chance.nextLong());
        while (used.contains(id)) {
            id = HexFormat.of().toHexDigits(chance.nextLong());
        }
        return id;
    }

    private void noteEpoch() {
        disk.filter(_ -> condition != StorageState.MEMORY)
                .ifPresent(d -> d.note(epoch.id(), lastSeq));
    }

    /**
     * Ends this epoch and begins one that names it.
     *
     * @param cause one of {@link Causes}
     * @throws JournalException when the disk refuses; this epoch goes on then
     */
    public synchronized void beginEpoch(String cause, Moment now) {
        var old = epoch;
        pending.refused();
        if (rekeying().isEmpty()) {
            var believed = cause.equals(Causes.PLATFORM_AHEAD) ? openedAt : Pos.SEQ_MAX;
            pending.note(Rekeying.NOTE, Rekeying.from(old.no()).believing(believed).note());
        }
        try {
            begin(Optional.of(old.id()), cause, List.of(), now);
            LOG.warn(
                    "event=epoch-began epoch={} previous={} cause={}", epoch.id(), old.id(), cause);
        } catch (JournalException e) {
            epoch = old;
            takeUp();
            throw e;
        }
    }

    /** The epoch, 16 hexadecimal digits. */
    public synchronized String epoch() {
        return epoch.id();
    }

    /** The last committed entry. */
    public synchronized long lastSeq() {
        return lastSeq;
    }

    /** From now on checkpoints are signed with this, the first one soon. */
    public synchronized void sealWith(Seal with) {
        seal = Optional.of(with);
        sealedAt = Optional.empty();
    }

    /**
     * A checkpoint of all that is committed, when one is due: at first, and every {@link
     * #SEAL_EVERY}. It counts as taken when it is committed.
     */
    public synchronized Optional<Fact> checkpoint(Moment now) {
        if (sealedAt.filter(at -> within(at, now, SEAL_EVERY)).isPresent()) {
            return Optional.empty();
        }
        return seal.flatMap(with -> evidence.map(tree -> tree.checkpoint(with)))
                .map(note -> {
                    sealedAt = Optional.of(now);
                    return new Fact.Checkpointed(note.toString());
                });
    }

    /** Asks for a checkpoint at the next occasion: a platform can be reached again. */
    public synchronized void sealSoon() {
        sealedAt = Optional.empty();
    }

    /**
     * Judges what a platform has returned as our cosigned checkpoint.
     *
     * @param witness the platform's C2SP verifier key, if we know it
     */
    public synchronized Receipt receipt(String note, Optional<String> witness) {
        return seal.flatMap(with ->
                        evidence.map(tree ->
                                Receipt.of(
                                        note,
                                        new Receipt.Ours(with, epoch.id(), lastSeq, tree),
                                        witness)))
                .orElse(Receipt.UNKNOWN);
    }

    /** How the record is being kept. */
    public synchronized StorageState condition() {
        return condition;
    }

    /**
     * Takes facts in; nobody may be told before {@link #commit()} has returned.
     *
     * @param at the moment of the commit; within one boot it is kept from running backwards
     * @return the entries as they will be kept
     */
    public synchronized List<Entry> append(Moment at, List<Fact> facts) {
        var kept = notBefore(pendingAt, at);
        var entries = new ArrayList<Entry>(facts.size());
        var rows = new ArrayList<Row>(facts.size());
        for (var fact : facts) {
            var seq = lastSeq + pending.rows().size() + rows.size() + 1;
            var entry = new Entry(epoch.id(), seq, kept, fact);
            var bytes = EntryCodec.encode(writer, entry);
            var leaf = EntryCodec.leaf(bytes);
            entries.add(entry);
            rows.add(new Row(Pos.of(epoch.no(), seq), fact.lane(), bytes, EntryCodec.check(leaf)));
            evidence.ifPresent(tree -> tree.append(leaf, pending.nodes()));
            if (fact instanceof Fact.Gap gap) {
                scrub.ifPresent(turn -> turn.heard(gap));
            }
            Landmarks.set(entry, pending);
            room.said(fact, pending);
        }
        pending.rows().addAll(rows);
        pendingAt = Optional.of(kept);
        return entries;
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
        if (pending.isEmpty()) {
            return;
        }
        try {
            write();
            for (var row : pending.rows()) {
                lastSeq = row.seq();
                lastInLane.put(row.lane(), row.seq());
            }
            lastAt = pendingAt;
            evidence.ifPresent(Evidence::commit);
            room.written(pending);
            pending.written();
            findings.subList(0, told).clear();
            refusals = 0;
        } finally {
            told = 0;
            pending.refused();
            evidence.ifPresent(Evidence::forget);
            pendingAt = lastAt;
        }
    }

    private void write() {
        try {
            store.write(pending);
        } catch (JournalException e) {
            if (e.kind() != JournalException.Kind.FULL || !disk.map(Disk::makeRoom).orElse(false)) {
                throw e;
            }
            become(StorageState.LOW, String.valueOf(e.getMessage()));
            tendedAt = Optional.empty();
            store.checkpoint();
            store.write(pending);
        }
    }

    /**
     * A commit was refused. After {@value #REFUSALS_MAX} in a row, or at once when the file is
     * damaged, a new epoch begins in memory, so that the kitchen is watched on.
     */
    public synchronized void refused(JournalException why, Moment now) {
        refusals++;
        if (condition != StorageState.MEMORY
                && (refusals >= REFUSALS_MAX || why.kind() == JournalException.Kind.DAMAGED)) {
            goToMemory(why, now);
        }
    }

    private void goToMemory(JournalException why, Moment now) {
        if (disk.isEmpty()) {
            return;
        }
        LOG.error("event=record-in-memory cause=\"{}\"", why.getMessage());
        var previous = epoch.id();
        if (why.kind() == JournalException.Kind.DAMAGED) {
            disk.get().condemn(String.valueOf(why.getMessage()));
        }
        disk.get().left(why);
        closeQuietly();
        store = MemoryStore.open();
        epoch = NO_EPOCH;
        pending.written();
        trouble = Optional.empty();
        refusals = 0;
        become(StorageState.MEMORY, String.valueOf(why.getMessage()));
        begin(Optional.of(previous), cause(why), List.of(), now);
    }

    private void closeQuietly() {
        try {
            store.close();
        } catch (JournalException e) {
            LOG.warn("event=journal-not-closed cause=\"{}\"", e.getMessage());
        }
    }

    /**
     * Looks after the disk, at most every {@link #TEND_EVERY}: brings a record that is in memory
     * back to it, makes the reserve again, notices that the file was taken away. Call at each wake.
     */
    public synchronized void tend(Moment now) {
        var coming = disk.filter(Disk::isComing).isPresent();
        if (!coming && tendedAt.filter(at -> within(at, now, TEND_EVERY)).isPresent()) {
            return;
        }
        tendedAt = Optional.of(now);
        pack();
        var onDisk = disk.isPresent() && condition != StorageState.MEMORY;
        if (onDisk && scrubbedAt.filter(at -> within(at, now, SCRUB_EVERY)).isEmpty()) {
            scrubbedAt = scrub() ? Optional.of(now) : Optional.empty();
        }
        thin(now);
        disk.ifPresent(tended -> tend(tended, now));
        tendWish.ifPresent(wish -> wish.complete(condition));
        tendWish = Optional.empty();
    }

    /** Asks that the disk be looked after at the next wake; completed with what came of it. */
    public synchronized CompletableFuture<StorageState> tendSoon() {
        var wish = tendWish.orElseGet(CompletableFuture::new);
        tendWish = Optional.of(wish);
        tendedAt = Optional.empty();
        return wish;
    }

    /** Goes through the whole record once; what is found missing is among {@link #findings}. */
    public synchronized void scrubAll() {
        boolean stepped;
        do {
            stepped = scrub();
        } while (!stepped || !scrub.orElseThrow().atStart());
    }

    /** Whether a step was made; before the first one the record is asked what it knows is gone. */
    private boolean scrub() {
        var turn = scrub.orElseGet(this::newScrub);
        scrub = Optional.of(turn);
        if (!turn.learn(asRecord())) {
            return false;
        }
        for (var gap : turn.step(asRecord())) {
            LOG.error(
                    "event=entries-missing epoch={} seq={}..{}",
                    gap.epoch(),
                    gap.range().from(),
                    gap.range().to());
            findings.add(gap);
        }
        return true;
    }

    private Scrub newScrub() {
        var made = new Scrub();
        findings.forEach(fact -> {
            if (fact instanceof Fact.Gap gap) {
                made.heard(gap);
            }
        });
        return made;
    }

    private Scrub.Recorded asRecord() {
        return new Scrub.Recorded() {
            @Override
            public List<String> epochs() {
                return Journal.this.epochs();
            }

            @Override
            public long lastSeq(String id) {
                return Journal.this.lastSeq(id);
            }

            @Override
            public List<Entry> alarms(String id, long from, int max) {
                return read(id, Lane.ALARM, from, max);
            }

            @Override
            public List<Long> there(String id, long from, long to) {
                var no = number(id).orElseThrow();
                return reading(
                                () -> store.rows(Pos.of(no, from), Pos.of(no, to + 1), Scrub.STEP),
                                List.<Row>of())
                        .stream()
                        .filter(Journal::sound)
                        .map(Row::seq)
                        .toList();
            }
        };
    }

    /** Packs an hour of rounds when it is over. What is refused is tried again. */
    private void pack() {
        try {
            var batch = packing.next(store, lastAt);
            if (batch.isPresent()) {
                store.write(batch.get());
                noteEpoch();
            }
        } catch (JournalException e) {
            LOG.error("event=not-packed cause=\"{}\"", e.getMessage());
        }
    }

    /** From now on the record is held to this; what goes is said in {@link #findings}. */
    public synchronized void allow(Allowance allowance) {
        room.allow(allowance);
    }

    /** What the record takes up on the disk, in bytes, logs included. */
    public synchronized long bytes() {
        return pageBytes() + disk.map(d -> d.besideBytes(room.allowance())).orElse(0L);
    }

    /** What the database itself has in use, in bytes. */
    synchronized long pageBytes() {
        return reading(store::usedBytes, 0L);
    }

    /** What the record is held to; empty while nobody has said. */
    synchronized Optional<Allowance> allowance() {
        return room.allowance();
    }

    /**
     * Something beside the record was damaged and was made anew: staff hear of it as of a damage of
     * the record itself.
     */
    public synchronized void damagedBeside(String what, Moment now) {
        if (condition == StorageState.SOUND || condition == StorageState.DAMAGED) {
            damagedAt = Optional.of(now);
            condition = StorageState.SOUND;
            become(StorageState.DAMAGED, what);
        } else {
            findings.add(new Fact.Storage(condition, what));
        }
    }

    /** Questions about what was measured. */
    public History history(Duration period) {
        return new History(this, period);
    }

    /** Asks the store under the journal's lock. */
    <T> T asked(BiFunction<Store, Almanac, T> question) {
        synchronized (this) {
            return question.apply(store, room.almanac(store, pos(lastSeq) + 1));
        }
    }

    /** When the last committed entry was kept. */
    synchronized Optional<Moment> lastAt() {
        return lastAt;
    }

    /** In memory nothing goes: what is proven there moves to the disk leaf by leaf. */
    private void thin(Moment now) {
        var full = condition == StorageState.LOW;
        if (condition == StorageState.MEMORY || !room.due(now, full)) {
            return;
        }
        try {
            room.look(
                    new Room.Sight(store, pos(lastSeq) + 1, bytes(), full, now),
                    (no, platform) -> progress(no, platform, Lane.READING));
        } catch (JournalException e) {
            LOG.error("event=not-thinned cause=\"{}\"", e.getMessage());
        }
    }

    /** The last entry of this epoch up to which rounds are packed; 0 when none are. */
    synchronized long packedUpTo() {
        return seqOfThis(store.packed());
    }

    private void tend(Disk tended, Moment now) {
        if (condition == StorageState.MEMORY) {
            bringBack(tended, now);
        } else if (trouble.isPresent()) {
            goToMemory(trouble.get(), now);
        } else if (tended.vanished()) {
            makeAgain(tended, now);
        } else if (condition == StorageState.LOW && tended.hasRoom()) {
            become(StorageState.SOUND, "");
        } else if (damagedAt.filter(at -> !within(at, now, DAMAGE_SHOWN)).isPresent()) {
            damagedAt = Optional.empty();
            become(StorageState.SOUND, "");
        }
    }

    private void makeAgain(Disk tended, Moment now) {
        LOG.error("event=journal-taken-away file={}", store.name());
        try {
            tended.rescue(store);
            store = tended.openAsItIs();
            takeUp();
            bind();
        } catch (JournalException e) {
            goToMemory(e, now);
        }
    }

    private static boolean within(Moment then, Moment now, Duration time) {
        return then.boot().equals(now.boot())
                && now.upNs() >= then.upNs()
                && now.upNs() - then.upNs() < time.toNanos();
    }

    /** Moves the record to the disk as soon as there is a file that takes it. */
    private void bringBack(Disk tended, Moment now) {
        try {
            var file = tended.comeBack(now);
            if (file.isPresent()) {
                moveTo(file.get(), now);
                if (damagedAt.isEmpty()) {
                    become(tended.hasRoom() ? StorageState.SOUND : StorageState.LOW, "");
                }
                noteEpoch();
                LOG.warn("event=record-on-disk epoch={} seq={}", epoch.id(), lastSeq);
            }
        } catch (JournalException e) {
            LOG.error("event=record-still-in-memory cause=\"{}\"", e.getMessage());
        }
    }

    private void moveTo(Store file, Moment now) {
        EpochRow moved;
        try {
            moved = Adoption.of(store, file);
        } catch (JournalException e) {
            file.close();
            throw e;
        }
        closeQuietly();
        store = file;
        epoch = moved;
        takeUp();
        bind();
        var losses = store.note(Losses.NOTE).filter(note -> !note.isEmpty()).map(Losses::read);
        if (losses.isPresent()) {
            pending.note(Losses.NOTE, "");
            append(now, losses.get().gaps());
            commit();
            damagedAt = Optional.of(now);
            become(StorageState.DAMAGED, losses.get().words());
        }
    }

    private void become(StorageState state, String detail) {
        if (state != condition) {
            condition = state;
            findings.add(new Fact.Storage(state, detail));
        }
    }

    /** What the journal has to say about itself: to be kept as facts with the next commit. */
    public synchronized List<Fact> findings() {
        store.damaged().forEach(this::damaged);
        told = findings.size();
        return Stream.concat(findings.stream(), room.gap().stream()).toList();
    }

    /** Whether entries of earlier epochs may still have to be kept again. */
    public synchronized boolean hasUnsent() {
        return rekeying().isPresent();
    }

    /**
     * The next entries of earlier epochs that one of the platforms has not confirmed, to be kept
     * again under this epoch's numbers; the next commit remembers how far it went.
     *
     * @param max how many entries are looked at
     */
    public synchronized List<Fact> unsent(Collection<String> platforms, int max) {
        var at = rekeying();
        if (at.isEmpty()) {
            return List.of();
        }
        var next = at.get();
        if (next.epochNo() >= epoch.no() || platforms.isEmpty()) {
            pending.note(Rekeying.NOTE, "");
            return List.of();
        }
        var of = next;
        var page = page(next, max);
        var facts = new ArrayList<Fact>();
        for (var entry : page) {
            if (platforms.stream().anyMatch(p -> !confirmed(of, p, entry.seq()))) {
                facts.add(new Fact.Rekeyed(original(entry)));
            }
            next = next.at(entry.seq() + 1);
        }
        pending.note(Rekeying.NOTE, (page.size() < max ? next.nextLane() : next).note());
        return facts;
    }

    private List<Entry> page(Rekeying at, int max) {
        return read(
                Pos.of(at.epochNo(), at.seq()),
                max,
                (from, rows) -> store.rows(at.lane(), from, Pos.of(at.epochNo() + 1, 0), rows));
    }

    private boolean confirmed(Rekeying at, String platform, long seq) {
        if (seq > at.believed()) {
            return false; // the platform may have taken it for another entry of the same number
        }
        var progress = progress(at.epochNo(), platform, at.lane());
        return seq <= progress.floor()
                || progress.above().stream().anyMatch(r -> r.from() <= seq && seq <= r.to());
    }

    /** What was kept again once is not wrapped twice. */
    private static Entry original(Entry entry) {
        return entry.fact() instanceof Fact.Rekeyed(var original) ? original : entry;
    }

    private Optional<Rekeying> rekeying() {
        return store.note(Rekeying.NOTE).filter(note -> !note.isEmpty()).map(Rekeying::read);
    }

    /** The epochs of this file, oldest first; the last one is {@link #epoch()}. */
    public synchronized List<String> epochs() {
        return reading(store::epochs, List.of(epoch)).stream().map(EpochRow::id).toList();
    }

    /** At most {@code max} entries from {@code fromSeq} on, those this program can read. */
    public synchronized List<Entry> read(long fromSeq, int max) {
        return read(pos(fromSeq), max, (from, rows) -> store.rows(from, end(), rows));
    }

    /** The same of any epoch of this file; nothing of another one. */
    public synchronized List<Entry> read(String epochId, long fromSeq, int max) {
        return read(epochId, fromSeq, max, (from, end, rows) -> store.rows(from, end, rows));
    }

    /** The same of one lane. */
    public synchronized List<Entry> read(String epochId, Lane lane, long fromSeq, int max) {
        return read(epochId, fromSeq, max, (from, end, rows) -> store.rows(lane, from, end, rows));
    }

    private List<Entry> read(String epochId, long fromSeq, int max, RowsBefore rows) {
        return number(epochId)
                .map(no -> {
                    var end = Pos.of(no + 1, 0);
                    return read(
                            Pos.of(no, fromSeq), max, (from, most) -> rows.from(from, end, most));
                })
                .orElse(List.of());
    }

    /** The last entry of any epoch of this file; 0 for another one. */
    public synchronized long lastSeq(String epochId) {
        return epochId.equals(epoch.id())
                ? lastSeq
                : number(epochId)
                        .map(no -> {
                            var last = reading(() -> store.before(Pos.of(no + 1, 0)), 0L);
                            return Pos.epochNo(last) == no ? Pos.seq(last) : 0;
                        })
                        .orElse(0L);
    }

    private Optional<Integer> number(String epochId) {
        return reading(store::epochs, List.<EpochRow>of()).stream()
                .filter(row -> row.id().equals(epochId))
                .map(EpochRow::no)
                .findFirst();
    }

    /** At most {@code max} entries of one lane from {@code fromSeq} on, those it can read. */
    public synchronized List<Entry> read(Lane lane, long fromSeq, int max) {
        return read(pos(fromSeq), max, (from, rows) -> store.rows(lane, from, end(), rows));
    }

    private long pos(long seq) {
        return Pos.of(epoch.no(), Math.clamp(seq, 0, Pos.SEQ_MAX));
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
        return number(epochId)
                .map(no -> Pos.of(no, seq))
                .flatMap(pos ->
                        reading(() -> store.rows(pos, pos + 1, 1), List.<Row>of()).stream()
                                .filter(Journal::sound)
                                .findFirst())
                .map(Row::bytes)
                .orElseThrow(() ->
                        new IllegalArgumentException("no entry " + seq + " in epoch " + epochId));
    }

    private static boolean sound(Row row) {
        return EntryCodec.check(EntryCodec.leaf(row.bytes())) == row.check();
    }

    /** The entry's leaf in the RFC 6962 tree: SHA-256 over a zero byte and the entry's bytes. */
    public byte[] leaf(long seq) {
        return EntryCodec.leaf(bytes(seq));
    }

    /** The stored rows of an epoch of this file from {@code from} to {@code to}, as they are. */
    synchronized List<Row> rows(String epochId, long from, long to, int max) {
        var no = known(epochId);
        return store.rows(Pos.of(no, from), Pos.of(no, to + 1), max);
    }

    /** The same of one lane. */
    synchronized List<Row> rows(String epochId, Lane lane, long from, int max) {
        var no = known(epochId);
        return store.rows(lane, Pos.of(no, from), Pos.of(no + 1, 0), max);
    }

    /** What the file knows of an epoch's tree. Any thread. */
    Hashes hashes(String epochId) {
        return (level, index) -> {
            synchronized (this) {
                return Evidence.hashes(store, known(epochId)).node(level, index);
            }
        };
    }

    private int known(String epochId) {
        return number(epochId)
                .orElseThrow(() ->
                        new JournalException(
                                "the record moved to another store while it was read (epoch "
                                        + epochId
                                        + " is not in "
                                        + store.name()
                                        + "); try again"));
    }

    /** With what checkpoints are signed; empty while nothing is. */
    synchronized Optional<Seal> seal() {
        return seal;
    }

    /** Nothing may be dropped or thinned until what is returned is closed. Any thread. */
    Held holdStill() {
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

    /** The entry before {@code seq} in the lane, readable or not; 0 if there is none. */
    public synchronized long previousInLane(Lane lane, long seq) {
        var last = lastInLane(lane);
        return last < seq
                ? last
                : reading(() -> Pos.seq(store.before(lane, start(), pos(seq))), 0L);
    }

    /** The last entry in the lane; 0 if there is none. */
    public synchronized long lastInLane(Lane lane) {
        return lastInLane.getOrDefault(lane, 0L);
    }

    /** Which entry of this epoch is the last of a rare kind, where that is noted. */
    public synchronized OptionalLong noted(Class<? extends Fact> kind) {
        return reading(() -> Landmarks.seq(store, epoch.id(), kind), OptionalLong.empty());
    }

    /** Entries in the lane from {@code fromSeq} on, {@code fromSeq} included. */
    public synchronized long countInLane(Lane lane, long fromSeq) {
        return lastInLane(lane) < fromSeq
                ? 0
                : reading(() -> store.count(lane, pos(fromSeq), end()), 0L);
    }

    /** The last snapshot, if this program made it from this plan and this journal. */
    public synchronized Optional<State> snapshot(String planHash) {
        try {
            return reading(store::snapshot, Optional.<byte[]>empty())
                    .flatMap(bytes -> StateCodec.unseal(bytes, program(), planHash))
                    .filter(state -> isOurs(state));
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            LOG.warn("journal.snapshot=unreadable file={} cause={}", store.name(), e.getMessage());
            return Optional.empty();
        }
    }

    private boolean isOurs(State state) {
        return state.epoch().equals(epoch.id())
                ? state.seq() <= lastSeq
                : epochs().contains(state.epoch());
    }

    /** Keeps a snapshot with the next commit; the one before is replaced. */
    public synchronized void saveSnapshot(State state, String planHash) {
        if (!state.epoch().equals(epoch.id()) || state.seq() > lastSeq + pending.rows().size()) {
            throw new IllegalArgumentException(
                    "a state of " + state.epoch() + "/" + state.seq() + " is ahead of the journal");
        }
        pending.snapshot(StateCodec.seal(state, program(), planHash));
    }

    /** How far a platform has a lane, as saved last. */
    public synchronized Progress progress(String platform, Lane lane) {
        return progress(epoch.no(), platform, lane);
    }

    private Progress progress(int epochNo, String platform, Lane lane) {
        var slot = new Batch.Slot(epochNo, platform, lane);
        return Optional.ofNullable(pending.progress().get(slot))
                .or(() -> reading(() -> store.progress(slot), Optional.<byte[]>empty()))
                .map(StateCodec::progress)
                .orElse(Progress.NONE);
    }

    /** Keeps the progress with the next commit, whenever that is; losing it costs re-sends only. */
    public synchronized void saveProgress(String platform, Lane lane, Progress progress) {
        pending.progress()
                .put(new Batch.Slot(epoch.no(), platform, lane), StateCodec.progress(progress));
    }

    /** What a power cut would leave now: one SQLite database with all that is committed. */
    public synchronized byte[] image() {
        return store.image();
    }

    /** Forgets what is not committed. */
    @Override
    public synchronized void close() {
        store.close();
    }

    private List<Entry> read(long fromPos, int max, Rows rows) {
        var entries = new ArrayList<Entry>();
        var from = fromPos;
        while (entries.size() < max) {
            var want = Math.min(max - entries.size(), PAGE_ROWS);
            var start = from;
            var page = reading(() -> rows.from(start, want), List.<Row>of());
            page.forEach(row -> decode(row).ifPresent(entries::add));
            if (page.size() < want) {
                break;
            }
            from = page.getLast().pos() + 1;
        }
        return entries;
    }

    /** A file that cannot be read is looked after at the next {@link #tend}. */
    private <T> T reading(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (JournalException e) {
            if (trouble.isEmpty()) {
                LOG.error("event=journal-unreadable cause=\"{}\"", e.getMessage());
                trouble = Optional.of(e);
                tendedAt = Optional.empty();
            }
            return otherwise;
        }
    }

    /** An entry of a later program, or a damaged one, is stepped over; its seq stays taken. */
    private Optional<Entry> decode(Row row) {
        if (!sound(row)) {
            damaged(row, "its bytes are not those of its leaf");
            return Optional.empty();
        }
        try {
            return Optional.of(EntryCodec.decode(row.bytes()));
        } catch (Cbor.Unknown e) {
            if (first(row)) {
                LOG.warn("event=entry-unknown seq={} cause=\"{}\"", row.seq(), e.getMessage());
            }
        } catch (Cbor.Malformed e) {
            damaged(row, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private void damaged(Row row, String why) {
        if (first(row)) {
            LOG.error(
                    "event=entry-damaged file={} seq={} cause=\"{}\"",
                    store.name(),
                    row.seq(),
                    why);
            find(
                    new Fact.Gap(
                            epochId(row.pos()),
                            Optional.of(row.lane()),
                            new SeqRange(row.seq(), row.seq()),
                            1,
                            GapCause.QUARANTINED,
                            Optional.empty(),
                            Optional.empty()));
        }
    }

    private void damaged(Store.Lost lost) {
        LOG.error(
                "event=block-damaged file={} seq={}..{} cause=\"{}\"",
                store.name(),
                Pos.seq(lost.fromPos()),
                Pos.seq(lost.lastPos()),
                lost.why());
        var range = new SeqRange(Pos.seq(lost.fromPos()), Pos.seq(lost.lastPos()));
        find(
                new Fact.Gap(
                        epochId(lost.fromPos()),
                        Optional.of(Lane.READING),
                        range,
                        range.to() - range.from() + 1,
                        GapCause.QUARANTINED,
                        Optional.empty(),
                        Optional.empty()));
    }

    private void find(Fact.Gap gap) {
        findings.add(gap);
        scrub.ifPresent(turn -> turn.heard(gap));
    }

    private String epochId(long pos) {
        return store.epochs().stream()
                .filter(e -> e.no() == Pos.epochNo(pos))
                .map(EpochRow::id)
                .findFirst()
                .orElse(epoch.id());
    }

    private boolean first(Row row) {
        var first = row.pos() > unreadablePos;
        unreadablePos = Math.max(unreadablePos, row.pos());
        return first;
    }

    private Optional<Moment> latestMoment() {
        for (var seq = lastSeq; seq > 0; seq--) {
            var entry =
                    store.rows(pos(seq), pos(seq) + 1, 1).stream()
                            .findFirst()
                            .flatMap(this::decode);
            if (entry.isPresent()) {
                return entry.map(Entry::at);
            }
        }
        return Optional.empty();
    }

    private static Moment notBefore(Optional<Moment> last, Moment at) {
        return last.filter(l -> l.boot().equals(at.boot()) && l.upNs() > at.upNs())
                .map(l -> new Moment(at.boot(), l.upNs(), at.wallMs(), at.clock(), at.errorMs()))
                .orElse(at);
    }

    /** The version in the jar's manifest; a program that runs from class folders has none. */
    private static String program() {
        return Optional.ofNullable(Journal.class.getPackage().getImplementationVersion())
                .orElse("unpacked");
    }

    /** Where rows come from. */
    @FunctionalInterface
    private interface Rows {
        List<Row> from(long fromPos, int max);
    }

    /** Where the rows of an epoch come from. */
    @FunctionalInterface
    private interface RowsBefore {
        List<Row> from(long fromPos, long endPos, int max);
    }
}
