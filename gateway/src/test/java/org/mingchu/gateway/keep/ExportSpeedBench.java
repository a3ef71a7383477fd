package org.mingchu.gateway.keep;

import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.keep.proof.Verifier;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How long the export of 30 days of rounds of 16 readings takes from the real journal with packed
 * blocks. Run it with {@code -Xmx64m}. The target is 10 s; the argument is the number of days.
 */
final class ExportSpeedBench {
    private static final int ROUNDS_A_DAY = 8_640;
    private static final int SENSORS = 16;
    private static final long BEGIN_MS = 1_793_548_800_000L;

    private ExportSpeedBench() {}

    public static void main(String[] args) throws IOException {
        var days = args.length == 0 ? 30 : Integer.parseInt(args[0]);
        var folder = Files.createTempDirectory("export-bench");
        var seal = new Seal("a", "s", "g", DeviceKey.of(new byte[32]));
        try (var journal = Journal.open(folder, new Random(1), at(0))) {
            journal.sealWith(seal);
            var start = System.nanoTime();
            fill(journal, days * ROUNDS_A_DAY);
            say("filled", start);
            var file = folder.resolve("export.zip");
            start = System.nanoTime();
            var terms =
                    new Export.Terms(
                            Instant.ofEpochMilli(BEGIN_MS),
                            "bench",
                            true,
                            new SiteNote(ZoneId.of("Asia/Shanghai"), Map.of()));
            try (var export = Export.of(journal, folder, Export.Asked.ALL, terms);
                    var out = Files.newOutputStream(file)) {
                export.write(out);
            }
            say("exported mib=" + (Files.size(file) >> 20), start);
            start = System.nanoTime();
            var report = Verifier.verify(file, Verifier.Given.NONE, (_, _, _) -> {});
            say("verified proven=" + report.proven(), start);
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void fill(Journal journal, int rounds) {
        var chance = new Random(2);
        for (var i = 1; i <= rounds; i++) {
            var now = at(i);
            journal.append(now, List.of(Rounds.of(SENSORS, chance)));
            journal.checkpoint(now).ifPresent(fact -> journal.append(now, List.of(fact)));
            if (i % 180 == 0 || i == rounds) {
                journal.commit();
                journal.tend(now);
            }
        }
    }

    private static void say(String what, long start) {
        System.out.printf("%s s=%.1f%n", what, (System.nanoTime() - start) / 1e9);
    }

    private static Moment at(int round) {
        return new Moment(
                "b",
                Duration.ofSeconds(10L * round).toNanos(),
                BEGIN_MS + 10_000L * round,
                ClockState.SYNCED,
                10);
    }
}
