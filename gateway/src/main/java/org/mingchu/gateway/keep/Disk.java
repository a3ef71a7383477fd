package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** The journal's file in its folder: opened, looked after, and given room. One thread at a time. */
final class Disk {
    private static final Logger LOG = LoggerFactory.getLogger(Disk.class);

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final Place place;
    private final Path file;
    private final Reserve reserve;

    /** What the file was when it was opened: another one in its place is not it. */
    private Optional<Object> identity = Optional.empty();

    Disk(Place place) {
        this.place = place;
        file = place.folder().resolve(FileStore.FILE);
        reserve = new Reserve(place.folder());
    }

    Place place() {
        return place;
    }

    /**
     * Opens or makes the file.
     *
     * @throws JournalException when it is damaged, or the disk refuses
     */
    Store open() {
        var store = FileStore.open(place.folder());
        identity = identity();
        if (!reserve.make()) {
            LOG.error(
                    "event=no-reserve folder={} remedy=\"make room on the disk\"", place.folder());
        }
        return store;
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
            Files.deleteIfExists(file.resolveSibling(FileStore.FILE + "-wal"));
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

    /** What the record takes up beside the database's pages, in bytes: its log and the rest. */
    long besideBytes(Optional<Allowance> allowance) {
        var bytes = size(file.resolveSibling(FileStore.FILE + "-wal")) + reserve.bytes();
        bytes += sizes(place.folder().resolve("quarantine"));
        for (var logs : allowance.map(Allowance::logs).orElse(List.of())) {
            bytes += sizes(logs);
        }
        return bytes;
    }

    private static long sizes(Path folder) {
        var bytes = 0L;
        try (var files = Files.newDirectoryStream(folder)) {
            for (var one : files) {
                bytes += size(one);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What is not there takes up nothing; what cannot be read is not ours to count.
            return bytes;
        }
        return bytes;
    }

    private static long size(Path one) {
        try {
            return Files.isRegularFile(one) ? Files.size(one) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Gives the reserve back to the disk; false when there was none. */
    boolean makeRoom() {
        var made = reserve.release();
        if (made) {
            LOG.error(
                    "event=disk-full folder={} remedy=\"make room; the reserve is in use now\"",
                    place.folder());
        }
        return made;
    }

    /** Whether the reserve is there again. */
    boolean hasRoom() {
        return reserve.make();
    }
}
