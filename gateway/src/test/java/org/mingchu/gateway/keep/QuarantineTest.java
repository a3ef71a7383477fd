package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.keep.Quarantine.Cause;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class QuarantineTest {
    private static final Cause DAMAGED = new Cause("Damaged!", "database disk image is malformed");
    private static final long BUDGET_BYTES = 10_000;

    @TempDir Path state;
    private Quarantine quarantine;

    @BeforeEach
    void open() {
        quarantine = new Quarantine(state, BUDGET_BYTES);
    }

    private static Moment at(long wallMs) {
        return new Moment("boot", 1, wallMs, ClockState.UNSYNCED, Moment.ERROR_UNKNOWN_MS);
    }

    @Test
    void a_damaged_journal_goes_aside_whole_and_says_why() throws IOException {
        for (var suffix : List.of("", "-wal", "-shm", "-journal")) {
            Files.writeString(state.resolve("journal.db" + suffix), "bytes" + suffix);
        }
        Files.writeString(state.resolve("people.db"), "stays");
        var folder = quarantine.take("journal.db", DAMAGED, at(1_795_415_439_000L));
        assertThat(folder).isEqualTo(state.resolve("quarantine/20261123T063039-damaged"));
        for (var suffix : List.of("", "-wal", "-shm", "-journal")) {
            assertThat(folder.resolve("journal.db" + suffix)).hasContent("bytes" + suffix);
            assertThat(state.resolve("journal.db" + suffix)).doesNotExist();
        }
        assertThat(state.resolve("people.db")).exists();
        quarantine.explain(folder, List.of("Salvaged: 5 of 7 entries"));
        assertThat(folder.resolve("why.txt"))
                .content()
                .contains("malformed", "2026-11-23T06:30:39Z", "unsynced", "journal.db")
                .endsWith("Salvaged: 5 of 7 entries\n");
    }

    @Test
    void nothing_is_written_over() throws IOException {
        var folders = new ArrayList<Path>();
        for (var i = 0; i < 4; i++) {
            Files.writeString(state.resolve("device.key"), "key " + i);
            folders.add(quarantine.take("device.key", DAMAGED, at(12_000)));
        }
        for (var i = 0; i < 4; i++) {
            assertThat(folders.get(i).resolve("device.key")).hasContent("key " + i);
        }
        assertThat(folders.getFirst()).hasFileName("19700101T000012-damaged");
        assertThat(folders.getLast()).hasFileName("19700101T000012-damaged-4");
    }

    /** The clock goes back to 1970 meanwhile. */
    @Test
    void the_oldest_go_when_there_are_many_and_a_wrong_clock_makes_none_older() throws IOException {
        for (var i = 0; i < 12; i++) {
            Files.writeString(state.resolve("journal.db"), "journal " + i);
            quarantine.take("journal.db", DAMAGED, at(i < 6 ? 1_795_415_439_000L + i : i));
        }
        var kept = new ArrayList<String>();
        try (var all = Files.list(state.resolve("quarantine"))) {
            for (var folder : all.toList()) {
                kept.add(Files.readString(folder.resolve("journal.db")));
            }
        }
        assertThat(kept)
                .containsExactlyInAnyOrder(
                        "journal 4",
                        "journal 5",
                        "journal 6",
                        "journal 7",
                        "journal 8",
                        "journal 9",
                        "journal 10",
                        "journal 11");
    }

    @Test
    void the_newest_stays_even_if_it_alone_is_over_the_budget() throws IOException {
        Files.writeString(state.resolve("journal.db"), "small");
        var small = quarantine.take("journal.db", DAMAGED, at(1000));
        Files.write(state.resolve("journal.db"), new byte[(int) BUDGET_BYTES + 1]);
        var large = quarantine.take("journal.db", DAMAGED, at(2000));
        assertThat(small).doesNotExist();
        assertThat(large.resolve("journal.db")).hasSize(BUDGET_BYTES + 1);
    }

    @Test
    void what_is_not_a_quarantine_is_left_alone() throws IOException {
        var theirs = Files.createDirectories(state.resolve("quarantine/kept by hand"));
        Files.writeString(theirs.resolve("journal.db"), "theirs");
        for (var i = 0; i < 12; i++) {
            Files.write(state.resolve("journal.db"), new byte[(int) BUDGET_BYTES]);
            quarantine.take("journal.db", DAMAGED, at(i));
        }
        assertThat(theirs.resolve("journal.db")).hasContent("theirs");
    }

    @Test
    void an_interrupted_quarantine_is_completed_at_the_next_start() throws IOException {
        var part = Files.createDirectories(state.resolve("quarantine/20261123T063039-torn.part"));
        Files.writeString(part.resolve("why.txt"), "Quarantine 1\nFile: journal.db\n");
        Files.writeString(part.resolve("journal.db-wal"), "log");
        Files.writeString(state.resolve("journal.db"), "database");
        var finished = quarantine.finish();
        assertThat(finished).containsExactly(state.resolve("quarantine/20261123T063039-torn"));
        assertThat(finished.getFirst().resolve("journal.db-wal")).hasContent("log");
        assertThat(finished.getFirst().resolve("journal.db")).hasContent("database");
        assertThat(state.resolve("journal.db")).doesNotExist();
        assertThat(quarantine.finish()).isEmpty();
    }

    @Test
    void a_quarantine_that_a_lying_disk_tore_in_two_is_joined() throws IOException {
        var name = "quarantine/20261123T063039-torn";
        var part = Files.createDirectories(state.resolve(name + ".part"));
        var whole = Files.createDirectories(state.resolve(name));
        Files.writeString(part.resolve("journal.db"), "database");
        Files.writeString(part.resolve("why.txt"), "older");
        Files.writeString(whole.resolve("why.txt"), "Quarantine 1\nFile: journal.db\n");
        assertThat(quarantine.finish()).containsExactly(whole);
        assertThat(part).doesNotExist();
        assertThat(whole.resolve("journal.db")).hasContent("database");
        assertThat(whole.resolve("why.txt")).hasContent("Quarantine 1\nFile: journal.db\n");
        assertThat(whole.resolve("why.txt.2")).hasContent("older");
        assertThat(quarantine.unsaved("journal.db")).contains(whole);
    }

    @Test
    void an_interrupted_quarantine_takes_no_file_it_does_not_name() throws IOException {
        var part = Files.createDirectories(state.resolve("quarantine/20261123T063039-torn.part"));
        Files.writeString(part.resolve("why.txt"), "Quarantine 1\nFile: ../people.db\n");
        Files.writeString(state.resolve("journal.db"), "database");
        assertThat(quarantine.finish()).hasSize(1);
        assertThat(state.resolve("journal.db")).exists();
    }

    @Test
    void an_erased_person_stands_in_no_quarantine() throws IOException {
        Files.writeString(state.resolve("people.db"), "Li Hua");
        Files.writeString(state.resolve("people.db-journal"), "Li Hua");
        var folder = quarantine.take("people.db", DAMAGED, at(5));
        assertThat(quarantine.erase("people.db")).isEqualTo(2);
        try (var left = Files.list(folder)) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactly("why.txt");
        }
    }

    @Test
    void a_shelf_that_cannot_be_made_is_named() throws IOException {
        Files.writeString(state.resolve("quarantine"), "a file is in its place");
        Files.writeString(state.resolve("journal.db"), "database");
        assertThatThrownBy(() -> quarantine.take("journal.db", DAMAGED, at(5)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("journal.db")
                .hasMessageContaining("quarantine");
        assertThat(state.resolve("journal.db")).hasContent("database");
    }
}
