package org.mingchu.gateway.keep;

import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.keep.store.Batch;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.gateway.keep.store.JournalException;
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
import java.time.Duration;
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

    /** First time between two returns to a disk that keeps refusing; it doubles. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private static final int DOUBLINGS_MAX = 7;

    /** Room beside log and reserve before a disk that was full counts as having some, in bytes. */
    private static final long SPARE_BYTES = 64 << 10;

    /** A disk that has taken everything for so long is trusted again. */
    private static final Duration STEADY = Duration.ofMinutes(30);

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

    /** How often the record has had to leave the disk lately, and when it may try again. */
    private int returns;

    private Optional<Moment> returnedAt = Optional.empty();

    private boolean wasFull;

    /** What the file was when it was opened: another one in its place is not it. */
    private Optional<Object> identity = Optional.empty();

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
            ready = Optional.of(CompletableFuture.supplyAsync(() -> open(now), mender));
        }
        var coming = ready.get();
        if (!coming.isDone()) {
            return Optional.empty();
        }
        ready = Optional.empty();
        try {
            var store = coming.join();
            returnedAt = Optional.of(now);
            returns++;
            return Optional.of(store);
        } catch (CompletionException e) {
            if (e.getCause() instanceof JournalException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** Whether a file is being made ready: then every wake asks for it. */
    boolean isComing() {
        return ready.isPresent();
    }

    private boolean tooSoon(Moment now) {
        if (returnedAt.isEmpty() || !returnedAt.get().boot().equals(now.boot())) {
            return false;
        }
        var sinceNs = now.upNs() - returnedAt.get().upNs();
        if (sinceNs > STEADY.toNanos()) {
            returns = 0;
        }
        if (wasFull && hasRoomForAll()) {
            return false;
        }
        var wait = TRY_AGAIN.multipliedBy(1L << Math.min(returns, DOUBLINGS_MAX));
        return returns > 1 && sinceNs < wait.toNanos();
    }

    /**
     * Why the record has left the disk: room can be seen, and then nothing has to be waited for.
     */
    void left(JournalException why) {
        wasFull = why.kind() == JournalException.Kind.FULL;
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
        quarantine.finish();
        var known = known();
        if (isEmpty()) {
            var unsaved = quarantine.unsaved(FileStore.FILE);
            if (unsaved.isPresent()) {
                return saved(unsaved.get(), known, "a power cut came while it was being saved");
            }
            if (known.isPresent() && Files.exists(log)) {
                // SQLite would throw the log away with the empty file it belongs to.
                var why = file + " is empty";
                var cause = new Quarantine.Cause(Causes.DAMAGED, why);
                return saved(quarantine.take(FileStore.FILE, cause, now), known, why);
            }
            return known.map(this::emptied).orElseGet(this::openSound);
        }
        if (condemned.isPresent()) {
            var why = condemned.get();
            var cause = new Quarantine.Cause(Causes.DAMAGED, why);
            var from = quarantine.take(FileStore.FILE, cause, now);
            condemned = Optional.empty();
            return saved(from, known, why);
        }
        try {
            return openSound();
        } catch (JournalException e) {
            if (e.kind() != JournalException.Kind.DAMAGED) {
                throw e;
            }
            var why = String.valueOf(e.getMessage());
            var cause = new Quarantine.Cause(Causes.DAMAGED, why);
            return saved(quarantine.take(FileStore.FILE, cause, now), known, why);
        }
    }

    /**
     * Opens or makes the file when nothing has to be saved first.
     *
     * @throws JournalException when it is damaged or gone, or the disk refuses
     */
    Store openAsItIs() {
        place = ground.place();
        quarantine.finish();
        if (isEmpty() && (known().isPresent() || quarantine.unsaved(FileStore.FILE).isPresent())) {
            throw new JournalException(file + " is gone", JournalException.Kind.DAMAGED);
        }
        return openSound();
    }

    private boolean isEmpty() {
        try {
            return !Files.exists(file) || Files.size(file) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The epoch that was being written, as it was noted beside the file. */
    Optional<EpochFile.Known> known() {
        return epochFile.read();
    }

    private Store openSound() {
        var store = FileStore.open(folder);
        identity = identity();
        place = place.with(home());
        if (!reserve.make()) {
            LOG.error("event=no-reserve folder={} remedy=\"make room on the disk\"", folder);
        }
        return store;
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
        var store = openSound();
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
    void note(String epoch, long lastSeq) {
        epochFile.write(epoch, lastSeq);
    }

    /** Reading has shown that the file is damaged: it will be put aside before it is used again. */
    void condemn(String why) {
        condemned = Optional.of(why);
    }

    /** It opened and cannot be used: its lock must not keep the file from being saved. */
    void giveUp(Store store, JournalException why) {
        if (why.kind() == JournalException.Kind.DAMAGED) {
            condemn(String.valueOf(why.getMessage()));
        }
        try {
            store.close();
        } catch (JournalException e) {
            why.addSuppressed(e);
        }
    }

    /** Whether somebody took the file away, or put another one in its place. */
    boolean vanished() {
        return identity.isPresent() && !identity.equals(identity());
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

    private Optional<Object> identity() {
        try {
            return Optional.ofNullable(Files.readAttributes(file, "unix:ino").get("ino"));
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
