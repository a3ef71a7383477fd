package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.keep.store.Batch;
import org.mingchu.gateway.keep.store.EpochRow;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The journal's file in its folder: opened, looked after, and given room. One thread at a time. */
final class Disk {
    private static final Logger LOG = LoggerFactory.getLogger(Disk.class);

    /** Room for damaged files that are kept, in bytes. */
    static final long QUARANTINE_BYTES_MAX = 512L << 20;

    /** Room beside log and reserve before a disk that was full counts as having some, in bytes. */
    private static final long SPARE_BYTES = 64 << 10;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final Path folder;
    private final Ground ground;
    private final Path file;
    private final Path log;
    private final Reserve reserve;
    private final Quarantine quarantine;
    private final EpochFile epochFile;

    private final Executor mender;

    /** As it was found when the folder was had last. */
    private volatile Place place;

    /** A file that is being made ready, while the record is in memory. */
    private Optional<CompletableFuture<Store>> ready = Optional.empty();

    /** Why the file must not be used again as it is, although it may open. */
    private volatile Optional<String> condemned = Optional.empty();

    private final Patience patience = new Patience();

    /** What file and log were when they were opened: others in their place are not they. */
    private volatile Optional<Identity> identity = Optional.empty();

    private volatile boolean wasFull;

    /** Epochs that were in memory when an earlier process ended. */
    private volatile List<EpochFile.Known> leftInMemory;

    /** By the numbers that the file system gives; empty for what is not there. */
    private record Identity(Optional<Object> file, Optional<Object> log) {}

    /**
     * @param mender does what takes long
     */
    Disk(Path folder, Ground ground, Executor mender) {
        this.mender = mender;
        this.folder = folder;
        this.ground = ground;
        place = Place.unbound(folder);
        file = folder.resolve(FileStore.FILE);
        log = file.resolveSibling(FileStore.FILE + "-wal");
        reserve = new Reserve(folder);
        quarantine = new Quarantine(folder, QUARANTINE_BYTES_MAX);
        epochFile = new EpochFile(folder);
        var noted = epochFile.read();
        leftInMemory = noted.inMemory();
        if (noted.condemned()) {
            condemned = Optional.of(file + " was found damaged before this start");
        }
    }

    Place place() {
        return place;
    }

    /**
     * A file for the record in memory, as soon as it is ready: ask again until it is. A disk that
     * takes it and refuses again soon is given more and more time.
     *
     * @throws JournalException when the disk refuses
     */
    Optional<Store> comeBack(Moment now) {
        if (ready.isEmpty()) {
            if (tooSoon(now)) {
                return Optional.empty();
            }
            ready = Optional.of(begun(now));
        }
        var coming = ready.get();
        if (!coming.isDone()) {
            return Optional.empty();
        }
        ready = Optional.empty();
        try {
            var store = coming.join();
            patience.returned(now);
            return Optional.of(store);
        } catch (CompletionException e) {
            throw refused(e, now);
        }
    }

    /** A mender that takes no work has failed at it. */
    private CompletableFuture<Store> begun(Moment now) {
        try {
            return CompletableFuture.supplyAsync(() -> open(now), mender);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A full disk is asked again at once: it works as soon as somebody has made room. */
    private RuntimeException refused(CompletionException e, Moment now) {
        if (!(e.getCause() instanceof RuntimeException cause)) {
            return e;
        }
        var refused =
                cause instanceof JournalException known
                        ? known
                        : new JournalException("cannot make " + file + " ready: " + cause, cause);
        if (refused.kind() != JournalException.Kind.FULL && hasRoomForAll()) {
            patience.failed(now);
        }
        return refused;
    }

    /** Whether a file is being made ready: then every wake asks for it. */
    boolean isComing() {
        return ready.isPresent();
    }

    private boolean tooSoon(Moment now) {
        return patience.tooSoon(now) && !(wasFull && hasRoomForAll());
    }

    /** Whether all that is made at a return fits: the log at its full size, and the reserve. */
    private boolean hasRoomForAll() {
        try {
            var wanted =
                    FileStore.WAL_BYTES - Footprint.size(log) + Reserve.BYTES - reserve.bytes();
            return Files.getFileStore(folder).getUsableSpace() >= wanted + SPARE_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Opens or makes the file; puts a damaged one into the quarantine and saves what is sound,
     * which takes about ten seconds for each 100 MB. A note of {@link Losses} in the store says
     * that the epoch before must not go on.
     *
     * @throws JournalException when the disk refuses
     */
    private Store open(Moment now) {
        place = ground.place();
        return telling(opened(now));
    }

    private Store opened(Moment now) {
        quarantine.finish();
        var known = known();
        if (isEmpty(file)) {
            condemned = Optional.empty();
            var unsaved = quarantine.unsaved(FileStore.FILE);
            if (unsaved.isPresent()) {
                return saved(unsaved.get(), known, "a power cut came while it was being saved");
            }
            if (known.isPresent() && Files.exists(log)) {
                // SQLite would throw the log away with the empty file it belongs to.
                var why = file + " is empty";
                return saved(putAside(why, now), known, why);
            }
            return known.map(this::emptied).orElseGet(this::openSound);
        }
        if (condemned.isPresent()) {
            var why = condemned.get();
            return saved(putAside(why, now), known, why);
        }
        try {
            return openSound();
        } catch (JournalException e) {
            if (e.kind() != JournalException.Kind.DAMAGED) {
                throw e;
            }
            var why = String.valueOf(e.getMessage());
            return saved(putAside(why, now), known, why);
        }
    }

    private Path putAside(String why, Moment now) {
        var cause = new Quarantine.Cause(Causes.DAMAGED, why);
        var from = quarantine.take(FileStore.FILE, cause, now);
        if (condemned.isPresent()) {
            condemned = Optional.empty();
            var noted = epochFile.read();
            epochFile.write(new EpochFile.Note(noted.written(), noted.inMemory(), false));
        }
        return from;
    }

    /**
     * Opens or makes the file when nothing has to be saved first.
     *
     * @throws JournalException when it is damaged or gone, or the disk refuses
     */
    Store openAsItIs() {
        place = ground.place();
        quarantine.finish();
        if (condemned.isPresent() && !isEmpty(file)) {
            throw new JournalException(condemned.get(), JournalException.Kind.DAMAGED);
        }
        if (isEmpty(file)
                && (known().isPresent() || quarantine.unsaved(FileStore.FILE).isPresent())) {
            throw new JournalException(file + " is gone", JournalException.Kind.DAMAGED);
        }
        return telling(openSound());
    }

    /** Whether there is nothing in it, or no file at all. */
    static boolean isEmpty(Path file) {
        try {
            return !Files.exists(file) || Files.size(file) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The epoch that was being written, as it was noted beside the file. */
    Optional<EpochFile.Known> known() {
        return epochFile.read().written();
    }

    /** The epoch that the next one follows, if this place knows of any. */
    Optional<String> latestEpoch() {
        return leftInMemory.isEmpty()
                ? known().map(EpochFile.Known::epoch)
                : Optional.of(leftInMemory.getLast().epoch());
    }

    private Store openSound() {
        var store = openAny();
        try {
            requireWhole(store);
            return store;
        } catch (JournalException e) {
            throw closed(store, e);
        }
    }

    private Store openAny() {
        var store = FileStore.open(folder);
        identity = Optional.of(identity());
        place = place.with(home());
        if (!reserve.make()) {
            LOG.error("event=no-reserve folder={} remedy=\"make room on the disk\"", folder);
        }
        return store;
    }

    /**
     * The end of a log that is cut off says nothing; what was noted beside it does. An entry of an
     * epoch that the file does not name was kept, and the page that named it was not.
     */
    private void requireWhole(Store store) {
        var newest = store.before(Long.MAX_VALUE);
        if (store.epochs().stream().noneMatch(epoch -> epoch.no() == Pos.epochNo(newest))
                && newest > 0) {
            throw new JournalException(
                    file + " is damaged: nothing names the epoch of the entry at " + newest,
                    JournalException.Kind.DAMAGED);
        }
        var known = known();
        if (known.isEmpty() || Losses.in(store).isPresent()) {
            return;
        }
        var id = known.get().epoch();
        var epochs = store.epochs();
        var there = epochs.stream().filter(epoch -> epoch.id().equals(id)).findFirst();
        var last = there.map(epoch -> lastSeq(store, epoch)).orElse(0L);
        var goesOn = there.filter(epoch -> epoch.equals(epochs.getLast())).isPresent();
        if (there.isEmpty() || (goesOn && last < known.get().lastSeq())) {
            throw new JournalException(
                    file
                            + " is damaged: of epoch "
                            + id
                            + " it holds entries up to "
                            + last
                            + ", and "
                            + known.get().lastSeq()
                            + " was kept",
                    JournalException.Kind.DAMAGED);
        }
    }

    private static long lastSeq(Store store, EpochRow epoch) {
        var last = store.before(Pos.of(epoch.no() + 1, 0));
        return Pos.epochNo(last) == epoch.no() ? Pos.seq(last) : 0;
    }

    private static JournalException closed(Store store, JournalException cause) {
        try {
            store.close();
        } catch (JournalException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    /** What an earlier process had in memory and did not bring here is to be said. */
    private Store telling(Store store) {
        var gone = leftInMemory.stream().flatMap(known -> missing(store, known).stream()).toList();
        if (gone.isEmpty()) {
            return store;
        }
        try {
            var last = Optional.of(gone.getLast().epoch());
            var losses =
                    Losses.in(store)
                            .map(known -> known.and(gone))
                            .orElseGet(() -> new Losses(last, GapCause.MISSING, gone));
            var batch = new Batch();
            batch.note(Losses.NOTE, losses.note());
            store.write(batch);
            return store;
        } catch (JournalException e) {
            throw closed(store, e);
        }
    }

    private static Optional<Losses.Range> missing(Store store, EpochFile.Known known) {
        var there =
                store.epochs().stream()
                        .filter(epoch -> epoch.id().equals(known.epoch()))
                        .findFirst();
        var last = there.map(epoch -> lastSeq(store, epoch)).orElse(0L);
        return last > 0 && last >= known.lastSeq()
                ? Optional.empty()
                : Optional.of(
                        new Losses.Range(
                                known.epoch(), last + 1, Math.max(last + 1, known.lastSeq())));
    }

    private Store saved(Path from, Optional<EpochFile.Known> known, String why) {
        LOG.error("event=journal-damaged quarantine={} cause=\"{}\"", from, why);
        var entries = new Restoring(folder).from(from, known);
        quarantine.explain(from, List.of(Quarantine.SAVED_LINE + entries + " entries"));
        LOG.error("event=journal-saved entries={} quarantine={}", entries, from);
        return openSound();
    }

    /** The file is gone, and nobody has put it aside. */
    private Store emptied(EpochFile.Known known) {
        LOG.error("event=journal-gone epoch={} entries={}", known.epoch(), known.lastSeq());
        var store = openAny();
        var batch = new Batch();
        var all = new Losses.Range(known.epoch(), 1, Math.max(1, known.lastSeq()));
        batch.note(
                Losses.NOTE,
                new Losses(Optional.of(known.epoch()), GapCause.MISSING, List.of(all)).note());
        store.write(batch);
        return store;
    }

    private String home() {
        try {
            return Home.of(file);
        } catch (JournalException e) {
            LOG.warn("event=home-unknown cause=\"{}\"", e.getMessage());
            return "";
        }
    }

    /** Notes which epoch is being written, for the case that the file is lost. */
    void note(EpochFile.Known known) {
        leftInMemory = List.of();
        epochFile.write(new EpochFile.Note(Optional.of(known), List.of(), false));
    }

    /** Notes how far the record in memory is, for the case that the power goes. */
    void noteInMemory(EpochFile.Known known) {
        var all = new ArrayList<>(leftInMemory);
        all.add(known);
        epochFile.write(new EpochFile.Note(known(), all, condemned.isPresent()));
    }

    /**
     * Why the record has left the disk: a damaged file is put aside before it is used again, and
     * where room was missing it can be seen, and nothing has to be waited for.
     */
    void judge(JournalException why) {
        wasFull = why.kind() == JournalException.Kind.FULL;
        if (why.kind() == JournalException.Kind.DAMAGED) {
            condemned = Optional.of(String.valueOf(why.getMessage()));
        }
    }

    /** Whether somebody took the file or its log away, or put another one in its place. */
    boolean vanished() {
        return identity.isPresent() && !identity.get().equals(identity());
    }

    /**
     * Makes the file again from what this process still holds open. The store must be closed and
     * opened again after it.
     *
     * @throws JournalException when that cannot be done
     */
    void rescue(Store store) {
        var draft = file.resolveSibling(FileStore.FILE + ".rescued");
        try {
            store.checkpoint();
            if (identity.map(Identity::file).equals(Optional.of(inode(file)))) {
                store.close(); // only the log is gone, and all of it is in the file now
                return;
            }
            Files.copy(held(), draft, StandardCopyOption.REPLACE_EXISTING);
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            store.close();
            Files.deleteIfExists(log);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new JournalException("cannot make " + file + " again: " + e, e);
        }
    }

    /** The file under which the kernel keeps what has no name any more. */
    private Path held() throws IOException {
        var gone = file.toAbsolutePath() + " (deleted)";
        try (var descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (var descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().equals(gone)) {
                    return descriptor;
                }
            }
        }
        throw new NoSuchFileException(gone);
    }

    private Identity identity() {
        return new Identity(inode(file), inode(log));
    }

    private static Optional<Object> inode(Path one) {
        try {
            return Optional.ofNullable(Files.readAttributes(one, "unix:ino").get("ino"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What the record takes up beside the database's pages, in bytes. */
    long besideBytes(Optional<Allowance> allowance) {
        return Footprint.beside(folder, allowance.map(Allowance::logs).orElse(List.of()));
    }

    /** Gives the reserve back to the disk; false when there was none. */
    boolean makeRoom() {
        var made = reserve.release();
        if (made) {
            LOG.error(
                    "event=disk-full folder={} remedy=\"make room; the reserve is in use now\"",
                    folder);
        }
        return made;
    }

    /** Whether the reserve is there again. */
    boolean hasRoom() {
        return reserve.make();
    }
}
