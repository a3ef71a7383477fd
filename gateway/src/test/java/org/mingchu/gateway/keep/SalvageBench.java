package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.store.Salvage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How long the salvage of a large journal takes. {@code make FOLDER MEGABYTES} makes one, {@code
 * read FOLDER} salvages it: two processes, so that the second one can be given a small heap.
 */
final class SalvageBench {
    private static final int AT_ONCE = 1000;

    private SalvageBench() {}

    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[1]);
        if (args[0].equals("make")) {
            make(folder, Long.parseLong(args[2]) << 20);
        } else {
            read(folder);
        }
    }

    private static void make(Path folder, long bytes) throws IOException {
        var file = folder.resolve("journal.db");
        try (var journal = new JournalOnDisk(folder, 1)) {
            while (Files.size(file) < bytes) {
                journal.fill(AT_ONCE);
                journal.beginEpoch();
            }
        }
    }

    private static void read(Path folder) throws IOException {
        var start = System.nanoTime();
        try (var salvage =
                Salvage.of(
                        folder.resolve("journal.db"),
                        folder.resolve("journal.db-wal"),
                        List.of())) {
            var opened = System.nanoTime();
            var entries = 0L;
            for (var epoch : salvage.epochs()) {
                entries += salvage.each(epoch.id(), _ -> {});
            }
            var done = System.nanoTime();
            System.out.printf(
                    "mib=%d pages=%d entries=%d look_s=%.2f read_s=%.2f heap_max_mib=%d%n",
                    Files.size(folder.resolve("journal.db")) >> 20,
                    salvage.carved().pages(),
                    entries,
                    (opened - start) / 1e9,
                    (done - opened) / 1e9,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }
}
