package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.entry.StateCodec;
import org.mingchu.gateway.keep.store.Batch;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.gateway.keep.store.MemoryStore;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The one log of the house. What is appended waits in memory until {@link #commit()}; every reading
 * method shows committed entries only, so nothing can be told to anybody too early. An entry is at
 * most 1 MiB. Any thread, one lock, which a commit holds while the card forces (up to seconds on a
 * worn one): call from platform threads.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /** Rows fetched at once while stepping over entries that cannot be read. */
    private static final int PAGE_ROWS = 256;

    private final Store store;
    private final String epoch;
    private final CborWriter writer = new CborWriter();

    private long lastSeq;
    private Optional<Moment> lastAt;
    private final Map<Lane, Long> lastInLane = new EnumMap<>(Lane.class);

    private Optional<Moment> pendingAt;
    private final List<Batch.Row> pending = new ArrayList<>();
    private Optional<byte[]> pendingSnapshot = Optional.empty();
    private final Map<Batch.Slot, byte[]> pendingProgress = new HashMap<>();
    private Optional<String> pendingEpoch = Optional.empty();

    /** The highest entry that could not be read and was logged, so that each is logged once. */
    private long unreadableSeq;

    private Journal(Store store, String epoch) {
        this.store = store;
        this.epoch = epoch;
        lastSeq = store.lastSeq();
        for (var lane : Lane.values()) {
            lastInLane.put(lane, store.before(lane, Long.MAX_VALUE));
        }
        lastAt = latestMoment();
        pendingAt = lastAt;
    }

    /**
     * Opens the journal of a state folder; a new one begins its epoch at {@code now}.
     *
     * @param chance where a new epoch comes from
     * @throws JournalException when the file cannot be opened
     */
    public static Journal open(Path stateFolder, RandomGenerator chance, Moment now) {
        return on(FileStore.open(stateFolder), chance, now);
    }

    /** A new journal in memory. */
    public static Journal inMemory(RandomGenerator chance, Moment now) {
        return on(MemoryStore.open(), chance, now);
    }

    /** What a restart finds after a power cut that left {@code image}. */
    public static Journal inMemory(byte[] image) {
        var store = MemoryStore.open(image);
        return new Journal(
                store,
                store.epoch()
                        .orElseThrow(
                                () -> new IllegalArgumentException("the image holds no journal")));
    }

    static Journal on(Store store, RandomGenerator chance, Moment now) {
        var old = store.epoch();
        if (old.isPresent()) {
            return new Journal(store, old.get());
        }
        var journal = new Journal(store, HexFormat.of().toHexDigits(chance.nextLong()));
        journal.begin(now);
        return journal;
    }

    private void begin(Moment now) {
        pendingEpoch = Optional.of(epoch);
        append(now, List.of(new Fact.EpochBegan(Optional.empty(), "first-start")));
        commit();
        pendingEpoch = Optional.empty();
    }

    /** The epoch, 16 hexadecimal digits. */
    public String epoch() {
        return epoch;
    }

    /** The last committed entry. */
    public synchronized long lastSeq() {
        return lastSeq;
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
        var rows = new ArrayList<Batch.Row>(facts.size());
        for (var fact : facts) {
            var entry = new Entry(epoch, lastSeq + pending.size() + rows.size() + 1, kept, fact);
            entries.add(entry);
            rows.add(new Batch.Row(entry.seq(), fact.lane(), EntryCodec.encode(writer, entry)));
        }
        pending.addAll(rows);
        pendingAt = Optional.of(kept);
        return entries;
    }

    /**
     * Writes what was appended and saved since the last commit, all or nothing. When it returns, no
     * power cut takes it away.
     *
     * @throws JournalException when the disk refuses; the appended entries and the snapshot are
     *     forgotten, {@link #lastSeq()} is as before, and the caller may append again
     */
    public synchronized void commit() {
        if (pending.isEmpty() && pendingSnapshot.isEmpty() && pendingProgress.isEmpty()) {
            return;
        }
        var done = false;
        try {
            store.write(new Batch(pendingEpoch, pending, pendingSnapshot, pendingProgress));
            done = true;
            countIn();
            pendingProgress.clear();
        } finally {
            // Progress of a failed commit is not forgotten: it is true whatever the disk says.
            pending.clear();
            pendingSnapshot = Optional.empty();
            pendingAt = done ? pendingAt : lastAt;
        }
    }

    private void countIn() {
        for (var row : pending) {
            lastSeq = row.seq();
            lastInLane.put(row.lane(), row.seq());
        }
        lastAt = pendingAt;
    }

    /** At most {@code max} entries from {@code fromSeq} on, those this program can read. */
    public synchronized List<Entry> read(long fromSeq, int max) {
        return read(fromSeq, max, store::rows);
    }

    /** At most {@code max} entries of one lane from {@code fromSeq} on, those it can read. */
    public synchronized List<Entry> read(Lane lane, long fromSeq, int max) {
        return read(fromSeq, max, (from, rows) -> store.rows(lane, from, rows));
    }

    /** The entry's bytes for ever, of which its leaf is made. */
    public synchronized byte[] bytes(long seq) {
        var rows = store.rows(seq, 1);
        if (rows.isEmpty() || rows.getFirst().seq() != seq) {
            throw new IllegalArgumentException("no entry " + seq + " in epoch " + epoch);
        }
        return rows.getFirst().bytes();
    }

    /** The entry's leaf in the RFC 6962 tree: SHA-256 over a zero byte and the entry's bytes. */
    public byte[] leaf(long seq) {
        return EntryCodec.leaf(bytes(seq));
    }

    /** The entry before {@code seq} in the lane, readable or not; 0 if there is none. */
    public synchronized long previousInLane(Lane lane, long seq) {
        var last = lastInLane(lane);
        return last < seq ? last : store.before(lane, seq);
    }

    /** The last entry in the lane; 0 if there is none. */
    public synchronized long lastInLane(Lane lane) {
        return lastInLane.getOrDefault(lane, 0L);
    }

    /** Entries in the lane from {@code fromSeq} on, {@code fromSeq} included. */
    public synchronized long countInLane(Lane lane, long fromSeq) {
        if (lastInLane(lane) < fromSeq) {
            return 0;
        }
        if (lane != Lane.READING) {
            return store.countSmall(lane, fromSeq);
        }
        // Without gaps, the readings are what the other lanes leave: no need to visit each row.
        return lastSeq
                - Math.max(1, fromSeq)
                + 1
                - store.countSmall(Lane.ALARM, fromSeq)
                - store.countSmall(Lane.NONE, fromSeq);
    }

    /** The last snapshot, if this program made it from this plan and this journal. */
    public synchronized Optional<State> snapshot(String planHash) {
        try {
            return store.snapshot()
                    .flatMap(bytes -> StateCodec.unseal(bytes, program(), planHash))
                    .filter(state -> state.epoch().equals(epoch) && state.seq() <= lastSeq);
        } catch (Cbor.Malformed | Cbor.Unknown e) {
            LOG.warn("journal.snapshot=unreadable file={} cause={}", store.name(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Keeps a snapshot with the next commit; the one before is replaced. */
    public synchronized void saveSnapshot(State state, String planHash) {
        if (!state.epoch().equals(epoch) || state.seq() > lastSeq + pending.size()) {
            throw new IllegalArgumentException(
                    "a state of " + state.epoch() + "/" + state.seq() + " is ahead of the journal");
        }
        pendingSnapshot = Optional.of(StateCodec.seal(state, program(), planHash));
    }

    /** How far a platform has a lane, as saved last. */
    public synchronized Progress progress(String platform, Lane lane) {
        var slot = new Batch.Slot(platform, lane);
        return Optional.ofNullable(pendingProgress.get(slot))
                .or(() -> store.progress(slot))
                .map(StateCodec::progress)
                .orElse(Progress.NONE);
    }

    /** Keeps the progress with the next commit, whenever that is; losing it costs re-sends only. */
    public synchronized void saveProgress(String platform, Lane lane, Progress progress) {
        pendingProgress.put(new Batch.Slot(platform, lane), StateCodec.progress(progress));
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

    private List<Entry> read(long fromSeq, int max, Rows rows) {
        var entries = new ArrayList<Entry>();
        var from = fromSeq;
        while (entries.size() < max) {
            var want = Math.min(max - entries.size(), PAGE_ROWS);
            var page = rows.from(from, want);
            page.forEach(row -> decode(row).ifPresent(entries::add));
            if (page.size() < want) {
                break;
            }
            from = page.getLast().seq() + 1;
        }
        return entries;
    }

    /** An entry of a later program, or a damaged one, is stepped over; its seq stays taken. */
    private Optional<Entry> decode(Batch.Row row) {
        try {
            return Optional.of(EntryCodec.decode(row.bytes()));
        } catch (Cbor.Unknown e) {
            skipped("unknown", row, e);
        } catch (Cbor.Malformed e) {
            skipped("damaged", row, e);
        }
        return Optional.empty();
    }

    private void skipped(String how, Batch.Row row, RuntimeException cause) {
        if (row.seq() > unreadableSeq) {
            unreadableSeq = row.seq();
            LOG.warn(
                    "journal.entry={} file={} seq={} cause={}",
                    how,
                    store.name(),
                    row.seq(),
                    cause.getMessage());
        }
    }

    private Optional<Moment> latestMoment() {
        for (var seq = lastSeq; seq > 0; seq--) {
            var entry = store.rows(seq, 1).stream().findFirst().flatMap(this::decode);
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
        List<Batch.Row> from(long fromSeq, int max);
    }
}
