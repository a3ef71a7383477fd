package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.store.JournalException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where a record lives: what tells a folder, or a file, from its copy. A move or a new name within
 * one disk and a restart change nothing; a copy, and a folder made anew by a restore, are others.
 *
 * <p>It is the time of birth that the file system keeps, in nanoseconds: nobody can set it, no copy
 * takes it over. An inode number alone would be given again to the folder that is made in the place
 * of a removed one, and some file systems (overlay, FAT) draw it anew at each mount; so it counts
 * only where no birth is known.
 *
 * <p>Not seen: an image of the whole disk, and a restore that writes into a file that is already
 * there. A restore by {@code tar} into the old folder makes its files anew, so the database is
 * asked as well as its folder. Any thread.
 */
public final class Home {
    /** How far the time of the last change is moved to see whether the birth moves with it. */
    private static final Duration PROBE = Duration.ofHours(1);

    /** What tools write that make file systems from images. */
    private static final Instant NEVER = Instant.EPOCH;

    private Home() {}

    /**
     * The identity of a folder or file, as one word to compare with an earlier one.
     *
     * @throws JournalException when it is not there or cannot be looked at
     */
    public static String of(Path path) {
        try {
            var born = born(path);
            return born.isPresent()
                    ? "born-" + born.get().to(TimeUnit.NANOSECONDS)
                    : "inode-" + Files.getAttribute(path, "unix:ino");
        } catch (IOException e) {
            throw new JournalException(
                    "cannot tell " + path + " from a copy of it: " + StateFolder.why(e), e);
        }
    }

    /** Java gives the last change in place of a birth that the file system does not keep. */
    private static Optional<FileTime> born(Path path) throws IOException {
        var seen = attributes(path);
        if (seen.creationTime().equals(seen.lastModifiedTime()) && !outlivesChange(path, seen)) {
            return Optional.empty();
        }
        return Optional.of(seen.creationTime()).filter(born -> !born.toInstant().equals(NEVER));
    }

    private static boolean outlivesChange(Path path, BasicFileAttributes seen) {
        var moved = FileTime.from(seen.lastModifiedTime().toInstant().minus(PROBE));
        try {
            Files.setLastModifiedTime(path, moved);
            var outlives = attributes(path).creationTime().equals(seen.creationTime());
            Files.setLastModifiedTime(path, seen.lastModifiedTime());
            return outlives;
        } catch (IOException e) {
            return false; // a disk that takes no write takes no record either
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }
}
