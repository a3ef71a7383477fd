package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.pack.Kitchen;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.keep.proof.Verifier;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How long the export of 30 days of rounds of 16 readings takes from a journal of packed blocks,
 * filled in memory and opened from its file as the command does it, and how high the heap grows.
 * Run it with the flags of {@code bin/mingchu}. The bar is 10 s; the arguments are the number of
 * days and the folder for its files.
 */
final class ExportSpeedBench {
    private static final int ROUNDS_A_DAY = 8_640;
    private static final int SENSORS = 16;
    private static final long AGE_NS_MAX = 4_000_000;
    private static final long STEP_NS = 1_000_000;

    private ExportSpeedBench() {}

    public static void main(String[] args) throws IOException {
        var days = args.length == 0 ? 30 : Integer.parseInt(args[0]);
        var folder =
                args.length < 2
                        ? Files.createTempDirectory("export-bench")
                        : Files.createTempDirectory(Path.of(args[1]), "export");
        try {
            var start = System.nanoTime();
            var end = fill(folder, days * ROUNDS_A_DAY);
            say("export: filled days=" + days, start);
            bench(folder, end);
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void bench(Path folder, Moment end) throws IOException {
        try (var journal = Journal.asItIs(folder, new Random(1))) {
            journal.sealWith(seal());
            var file = folder.resolve("export.zip");
            var site = new SiteNote(ZoneId.of("Asia/Shanghai"), Map.of());
            var terms = new Export.Terms(Instant.ofEpochMilli(end.wallMs()), "bench", true, site);
            forgetPeak();
            var start = System.nanoTime();
            try (var export = Export.of(journal, folder, Export.Asked.ALL, terms);
                    var out = Files.newOutputStream(file)) {
                export.write(out);
            }
            say("export: written bar_s=10 mib=" + (Files.size(file) >> 20) + " " + peak(), start);
            forgetPeak();
            start = System.nanoTime();
            var report = Verifier.verify(file, Verifier.Given.NONE, (_, _, _) -> {});
            say("export: verified proven=" + report.proven() + " " + peak(), start);
            start = System.nanoTime();
            var live = LiveCheck.of(journal, OwnKeys.known(folder));
            say("export: live check sound=" + live.sound() + " entries=" + live.entries(), start);
        }
    }

    private static Seal seal() {
        return new Seal("a", "s", "g", DeviceKey.of(new byte[32]));
    }

    /** In memory, where no disk is waited for; the image is the file. */
    private static Moment fill(Path folder, int rounds) throws IOException {
        var kitchen = new Kitchen(1, SENSORS, AGE_NS_MAX, STEP_NS);
        var entry = kitchen.next();
        try (var journal = Journal.inMemory(new Random(1), entry.at())) {
            journal.sealWith(seal());
            OwnKeys.remember(folder, seal());
            for (var i = 0; i < rounds; i++) {
                entry = kitchen.next();
                journal.append(entry.at(), List.of(entry.fact()));
                var at = entry.at();
                journal.checkpoint(at).ifPresent(fact -> journal.append(at, List.of(fact)));
                journal.commit();
                journal.tend(at);
            }
            Files.write(folder.resolve(FileStore.FILE), journal.image());
        }
        return entry.at();
    }

    private static void forgetPeak() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static String peak() {
        var bytes =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum();
        return "peak-heap-mib=" + (bytes >> 20);
    }

    private static void say(String what, long start) {
        System.out.printf("%s s=%.1f%n", what, (System.nanoTime() - start) / 1e9);
    }
}
