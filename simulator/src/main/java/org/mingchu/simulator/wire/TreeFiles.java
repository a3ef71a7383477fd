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
        if (!isPipe(file)) {
            rename(fresh, file);
            return;
        }
        try (var _ = openBothWays(file)) {
            rename(fresh, file);
        }
    }

    private static void rename(Path fresh, Path file) throws IOException {
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Opened both ways a pipe never blocks; closing it ends every read that hangs on it. */
    private static RandomAccessFile openBothWays(Path pipe) throws IOException {
        return new RandomAccessFile(pipe.toFile(), "rw");
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
    static void link(Path folder, Path target) {
        try {
            var name = target.getFileName().toString();
            Files.createSymbolicLink(folder.resolve(name), folder.relativize(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            if (!isPipe(file)) {
                Files.deleteIfExists(file);
                return;
            }
            try (var _ = openBothWays(file)) {
                Files.delete(file);
            }
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
