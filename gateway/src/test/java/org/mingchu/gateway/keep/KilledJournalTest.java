package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Entry;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Kills a real process with SIGKILL while it writes; what it had said must be there. */
class KilledJournalTest {
    @TempDir Path folder;

    /** Seq and leaf of the last entry of each commit, as the processes said before they died. */
    private final NavigableMap<Long, String> acknowledged = new TreeMap<>();

    @Test
    void no_committed_entry_is_lost_by_a_kill() throws IOException, InterruptedException {
        var chance = new Random(17);
        for (var kill = 0; kill < kills(); kill++) {
            sayUntilKilled(kill, chance.nextInt(60));
            var said = acknowledged.lastKey();
            try (var journal = Journal.open(folder, new Random(1), JournalTest.moment("b", 1))) {
                var last = journal.lastSeq();
                assertThat(last).as("kill %d", kill).isGreaterThanOrEqualTo(said);
                assertThat(journal.read(1, Integer.MAX_VALUE).stream().map(Entry::seq))
                        .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
                acknowledged.forEach((seq, leaf) ->
                        assertThat(HexFormat.of().formatHex(journal.leaf(seq))).isEqualTo(leaf));
                var found = LiveCheck.of(journal, List.of());
                assertThat(found.faults()).as("kill %d", kill).isEmpty();
                assertThat(found.entries()).isEqualTo(last);
            }
        }
    }

    /** Takes down what the writer says, killed after {@code lines} lines, at whatever it does. */
    private void sayUntilKilled(int seed, int lines) throws IOException, InterruptedException {
        var writer = start(seed);
        try (var out = writer.inputReader()) {
            for (var i = 0; i <= lines; i++) {
                assertThat(takeDown(out)).isTrue();
            }
            // SIGKILL on Linux; by its handle, because the process itself would close our pipe too.
            writer.toHandle().destroyForcibly();
            while (takeDown(out)) {
                // what it had said before
            }
            assertThat(writer.waitFor()).isEqualTo(128 + 9);
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

    /** The next whole line; false when the writer is gone. A torn line says nothing. */
    private boolean takeDown(BufferedReader out) throws IOException {
        var line = new StringBuilder();
        for (var c = out.read(); c != -1; c = out.read()) {
            if (c == '\n') {
                var words = line.toString().split(" ", 2);
                acknowledged.put(Long.parseLong(words[0]), words[1]);
                return true;
            }
            line.append((char) c);
        }
        return false;
    }

    private static int kills() {
        return switch (System.getProperty("mingchu.proof", "short")) {
            case "proof" -> 500;
            case "ci" -> 20;
            default -> 3;
        };
    }
}
