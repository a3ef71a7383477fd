package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Entry;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Kills a real process with SIGKILL while it writes; what it had said must be there. */
class KilledJournalTest {
    @TempDir Path folder;

    @Test
    void no_committed_entry_is_lost_by_a_kill() throws IOException, InterruptedException {
        var chance = new Random(17);
        var said = 1L;
        for (var kill = 0; kill < kills(); kill++) {
            said = Math.max(said, saidBeforeKill(kill, chance.nextInt(60)));
            try (var journal = Journal.open(folder, new Random(1), JournalTest.moment("b", 1))) {
                var last = journal.lastSeq();
                assertThat(last).as("kill %d", kill).isGreaterThanOrEqualTo(said);
                assertThat(journal.read(1, Integer.MAX_VALUE).stream().map(Entry::seq))
                        .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
            }
        }
    }

    /** The last seq the writer said, killed after {@code lines} of them, at whatever it does. */
    private long saidBeforeKill(int seed, int lines) throws IOException, InterruptedException {
        var writer = start(seed);
        try (var out = writer.inputReader()) {
            var last = 0L;
            for (var i = 0; i <= lines; i++) {
                last = number(out);
            }
            // SIGKILL on Linux; by its handle, because the process itself would close our pipe too.
            writer.toHandle().destroyForcibly();
            for (var rest = number(out); rest > 0; rest = number(out)) {
                last = rest;
            }
            assertThat(writer.waitFor()).isEqualTo(128 + 9);
            assertThat(last).isPositive();
            return last;
        } finally {
            writer.destroyForcibly();
        }
    }

    private Process start(int seed) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SteadyWriter.class.getName(),
                                folder.toString(),
                                Integer.toString(seed)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The next whole line as a number; 0 when the writer is gone. A torn line says nothing. */
    private static long number(BufferedReader out) throws IOException {
        var line = new StringBuilder();
        for (var c = out.read(); c != -1; c = out.read()) {
            if (c == '\n') {
                return Long.parseLong(line.toString());
            }
            line.append((char) c);
        }
        return 0;
    }

    private static int kills() {
        return switch (System.getProperty("mingchu.proof", "short")) {
            case "proof" -> 500;
            case "ci" -> 20;
            default -> 5;
        };
    }
}
