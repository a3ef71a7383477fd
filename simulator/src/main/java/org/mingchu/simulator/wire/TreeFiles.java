package org.mingchu.simulator.wire;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;

/**
 * Writes files as sysfs shows them: a reader sees the old content or the new, never half of one.
 * Stateless; callers keep two writers from one folder.
 */
final class TreeFiles {
    private static final Runnable NOTHING_TO_FREE = () -> {};

    private TreeFiles() {}

    static void replace(Path file, String text) {
        replace(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    static void replace(Path file, byte[] content) {
        try {
            var fresh = file.resolveSibling("." + file.getFileName() + ".new");
            Files.write(fresh, content);
            move(fresh, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pipe nobody writes to: opening it for reading does not return, like a hung bus. */
    static void replaceByPipe(Path file) {
        if (isPipe(file)) {
            return;
        }
        try {
            var fresh = file.resolveSibling("." + file.getFileName() + ".pipe");
            makePipe(fresh);
            move(fresh, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makePipe(Path pipe) throws IOException {
        try {
            int code = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
            if (code != 0) {
                throw new IOException("mkfifo " + pipe + " ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while mkfifo " + pipe, e);
        }
    }

    private static void move(Path fresh, Path file) throws IOException {
        var free = isPipe(file) ? openBothWays(file) : NOTHING_TO_FREE;
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        free.run();
    }

    /** Opened both ways a pipe never blocks; closing it ends every read that hangs on it. */
    private static Runnable openBothWays(Path pipe) throws IOException {
        var ends = new RandomAccessFile(pipe.toFile(), "rw");
        return () -> {
            try {
                ends.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static boolean isPipe(Path file) {
        try {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.readAttributes(
                                    file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .isOther();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void folder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A relative link, as sysfs has them: the tree may be moved. */
    static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, link.getParent().relativize(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            if (isPipe(file)) {
                var free = openBothWays(file);
                Files.delete(file);
                free.run();
                return;
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteTree(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(TreeFiles::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
