package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.LongRecord;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The shipped program on a record of a year beside a fresh one: start, first reading, memory. */
final class LongRecordIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    /**
     * A program that reads all of its record again needs this for a fortnight of it. What a start
     * does read is counted in bytes by {@code LongRecordTest}; a clock would count what else the
     * machine does.
     */
    private static final Duration MORE_MAX = Duration.ofSeconds(10);

    /** Above a fresh one: what the caches of the database and the compiler differ by. */
    private static final long MORE_KIB_MAX = 96 << 10;

    private static final Pattern SEQ = Pattern.compile("event=watching.* seq=(\\d+)");

    @TempDir private Path folder;

    @Test
    void a_year_is_taken_up_as_soon_as_a_fresh_record_and_in_as_much_memory() throws IOException {
        Proof.notInShort();
        var days = Proof.pick(30, 30, 365);
        var fresh = start("fresh", 0);
        var first = start("year", days);
        var again = start("year", -1);
        for (var run : List.of(fresh, first, again)) {
            System.out.printf(
                    "event=start days=%d what=%s watching_ms=%d reading_ms=%d rss_kib=%d%n",
                    days, run.what, run.watchingMs, run.readingMs, run.rssKib);
            assertThat(run.readingMs - fresh.readingMs).isLessThan(MORE_MAX.toMillis());
            assertThat(run.rssKib - fresh.rssKib).isLessThan(MORE_KIB_MAX);
        }
    }

    private record Run(String what, long watchingMs, long readingMs, long rssKib) {}

    private Run start(String name, int days) throws IOException {
        try (var kitchen = new Kitchen(Files.createDirectories(folder.resolve(name)), 16, "", "")) {
            if (days > 0) {
                var image =
                        LongRecord.image(
                                days,
                                System.currentTimeMillis(),
                                List.of(new Fact.Started("before", true)));
                Files.write(Files.createDirectories(kitchen.state()).resolve("journal.db"), image);
            }
            var beganNs = System.nanoTime();
            kitchen.launch();
            Eventually.within(
                    SOON,
                    "it watches",
                    () -> kitchen.program().lines(),
                    () -> kitchen.program().said("event=watching"));
            var watchingNs = System.nanoTime();
            var began = number(SEQ, String.join("\n", kitchen.program().lines()));
            Eventually.within(
                    SOON,
                    "the first round is kept",
                    () -> kitchen.tryGet("/api/state"),
                    () -> kitchen.kept() > began);
            var readingNs = System.nanoTime();
            var rssKib = rssKib(kitchen.program().pid());
            assertThat(kitchen.program().terminate()).isEqualTo(143);
            return new Run(
                    days < 0 ? name + "-again" : name,
                    (watchingNs - beganNs) / 1_000_000,
                    (readingNs - beganNs) / 1_000_000,
                    rssKib);
        }
    }

    private static long number(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    private static long rssKib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", "" + pid, "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
