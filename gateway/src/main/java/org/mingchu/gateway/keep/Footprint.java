package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.store.FileStore;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * What the record takes up on the disk beside the database's own pages in use: its log, the
 * reserve, the quarantine with all that is in its folders, and the folders of logs. Keys, people,
 * rules and certificates are not counted: they are small and do not grow. Any thread.
 */
final class Footprint {
    private Footprint() {}

    /** In bytes; what cannot be read is not ours to count. */
    static long beside(Path folder, List<Path> logs) {
        var bytes = size(folder.resolve(FileStore.FILE + "-wal"));
        bytes += new Reserve(folder).bytes();
        bytes += all(folder.resolve("quarantine"));
        for (var log : logs) {
            bytes += all(log);
        }
        return bytes;
    }

    /** A file's length; 0 where there is none. */
    static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long all(Path folder) {
        var sum = new Sum();
        try {
            Files.walkFileTree(folder, sum);
        } catch (IOException e) {
            // What is not there takes up nothing.
            return sum.bytes;
        }
        return sum.bytes;
    }

    /** Adds up files at any depth, and follows no link. */
    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) {
            return FileVisitResult.CONTINUE;
        }
    }
}
