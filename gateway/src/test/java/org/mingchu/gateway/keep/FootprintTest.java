package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What counts for the budget of the record. */
final class FootprintTest {
    private static final Moment NOW = new Moment("boot-1", 1, 1, ClockState.SYNCED, 1);

    @TempDir private Path folder;

    @Test
    void log_reserve_what_lies_deep_in_the_quarantine_and_log_folders_count() throws IOException {
        file(folder.resolve("journal.db-wal"), 1_000);
        file(folder.resolve("journal.db"), 7);
        file(folder.resolve("people.db"), 7);
        file(folder.resolve("quarantine/20261129T010203-damaged/journal.db"), 20_000);
        file(folder.resolve("quarantine/20261129T010203-damaged/why.txt"), 300);
        file(folder.resolve("logs/old/gateway.log"), 4_000);
        assertThat(Footprint.beside(folder, List.of(folder.resolve("logs"), folder.resolve("no"))))
                .isEqualTo(25_300);
        assertThat(new Reserve(folder).make()).isTrue();
        assertThat(Footprint.beside(folder, List.of())).isEqualTo(21_300 + Reserve.BYTES);
    }

    @Test
    void status_shows_all_of_it_and_the_budget() throws IOException {
        try (var journal = Journal.open(folder, new Random(1), NOW)) {
            var before = journal.bytes();
            file(folder.resolve("quarantine/20261129T010203-damaged/journal.db"), 50_000);
            file(folder.resolve("logs/gateway.log"), 4_000);
            journal.allow(
                    new Allowance(
                            Duration.ofDays(90),
                            1L << 30,
                            List.of(),
                            List.of(folder.resolve("logs"))));
            assertThat(journal.bytes()).isEqualTo(before + 54_000);
            var status = RecordStatus.of(journal, folder);
            assertThat(status.bytes()).isEqualTo(journal.bytes());
            assertThat(status.budgetBytes()).contains(1L << 30);
        }
    }

    private static void file(Path file, int bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
    }
}
