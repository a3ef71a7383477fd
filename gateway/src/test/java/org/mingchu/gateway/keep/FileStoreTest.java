package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.store.FileStore;
import org.sqlite.JDBC;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.LongStream;

class FileStoreTest {
    /** More than three times round the log. */
    private static final int COMMITS = 3_500;

    private static final int CUTS = Proof.pick(16, 60, 60);

    @TempDir Path folder;

    @Test
    void sqlite_itself_says_how_it_is_set_up() {
        try (var store = FileStore.open(folder)) {
            assertThat(store.ask("PRAGMA page_size")).contains("1024");
            assertThat(store.ask("PRAGMA locking_mode")).contains("exclusive");
            assertThat(store.ask("PRAGMA journal_mode")).contains("wal");
            assertThat(store.ask("PRAGMA synchronous")).contains("1"); // NORMAL: we force the log
            assertThat(store.ask("PRAGMA wal_autocheckpoint")).contains("1000");
            assertThat(store.ask("PRAGMA journal_size_limit")).contains("-1");
            assertThat(store.ask("PRAGMA trusted_schema")).contains("0");
            assertThat(store.ask("PRAGMA application_id")).contains("1298755175");
            assertThat(store.ask("PRAGMA integrity_check")).contains("ok");
            assertThat(folder.resolve("journal.db-shm")).doesNotExist();
        }
    }

    @Test
    void the_log_has_its_size_from_birth_and_keeps_it() throws IOException, SQLException {
        var file = folder.resolve("journal.db");
        var connection = FileStore.connect(file);
        var store = FileStore.on(connection, file);
        assertThat(logBytes()).isEqualTo(FileStore.WAL_BYTES);
        try (var journal = Journal.on(store, new Random(1), JournalTest.moment("b", 1))) {
            for (var i = 0; i < COMMITS; i++) {
                journal.append(JournalTest.moment("b", i), List.of(round()));
                journal.commit();
                assertThat(logBytes()).as("commit %d", i).isEqualTo(FileStore.WAL_BYTES);
            }
        }
        try (var journal = open()) {
            assertThat(logBytes()).isEqualTo(FileStore.WAL_BYTES);
            assertThat(journal.lastSeq()).isEqualTo(COMMITS + 1);
        }
    }

    private long logBytes() throws IOException {
        return Files.size(folder.resolve("journal.db-wal"));
    }

    /**
     * A log cut anywhere gives the entries up to there and no hole, though old frames of the round
     * before stand behind it. One with a byte turned does too, or it is salvaged.
     */
    @Test
    void a_log_torn_anywhere_gives_an_unbroken_beginning() throws IOException {
        var chance = new Random(8);
        var torn = Files.createDirectory(folder.resolve("torn"));
        var all = copyOfLiveJournal(torn);
        var log = Files.readAllBytes(torn.resolve("journal.db-wal"));
        var database = Files.readAllBytes(torn.resolve("journal.db"));
        var shortest = Long.MAX_VALUE;
        for (var i = 0; i < CUTS; i++) {
            var at = chance.nextInt(log.length);
            var damaged = i % 2 == 0 ? Arrays.copyOf(log, at) : turned(log, at);
            var each = Files.createDirectory(folder.resolve("torn-" + i));
            Files.write(each.resolve("journal.db"), database);
            Files.write(each.resolve("journal.db-wal"), damaged);
            try (var journal = Journal.open(each, new Random(i + 2), JournalTest.moment("b", 1))) {
                var read = journal.read(all.getFirst().epoch(), 1, all.size() + 1);
                if (journal.epoch().equals(all.getFirst().epoch())) {
                    assertThat(read).as("%d at %d", i, at).isEqualTo(all.subList(0, read.size()));
                } else {
                    assertThat(all).as("%d at %d", i, at).containsAll(read);
                    assertThat(read).as("%d at %d", i, at).hasSizeGreaterThan(all.size() - 10);
                }
                shortest = Math.min(shortest, read.size());
            }
        }
        assertThat(shortest).isLessThan(all.size());
    }

    private List<Entry> copyOfLiveJournal(Path to) throws IOException {
        try (var journal = open()) {
            for (var i = 0; i < 600; i++) {
                journal.append(JournalTest.moment("b", i), List.of(round()));
                journal.commit();
            }
            Files.copy(folder.resolve("journal.db"), to.resolve("journal.db"));
            Files.copy(folder.resolve("journal.db-wal"), to.resolve("journal.db-wal"));
            return journal.read(1, 1000);
        }
    }

    private static byte[] turned(byte[] bytes, int at) {
        var turned = bytes.clone();
        turned[at] ^= 0x10;
        return turned;
    }

    @Test
    void tables_of_a_later_program_are_left_alone_and_the_record_goes_on_in_memory()
            throws SQLException {
        open().close();
        try (var raw =
                        JDBC.createConnection(
                                "jdbc:sqlite:" + folder.resolve("journal.db"), new Properties());
                var statement = raw.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertInMemory("written by another mingchu");
    }

    @Test
    void a_folder_that_is_not_there_leaves_the_record_in_memory() throws IOException {
        Files.delete(folder);
        assertInMemory("cannot open");
        Files.createDirectory(folder);
    }

    private void assertInMemory(String why) {
        try (var journal = open()) {
            assertThat(journal.condition()).isEqualTo(StorageState.MEMORY);
            assertThat(journal.findings())
                    .singleElement()
                    .asString()
                    .contains("MEMORY")
                    .contains(why);
            journal.append(JournalTest.moment("b", 2), List.of(round()));
            journal.commit();
            assertThat(journal.lastSeq()).isEqualTo(2);
        }
    }

    @Test
    void a_power_cut_between_tables_and_first_entry_gives_one_epoch() {
        try (var store = FileStore.open(folder)) {
            assertThat(store.epochs()).isEmpty();
        }
        try (var journal = open()) {
            assertThat(journal.read(1, 10)).hasSize(1);
        }
        try (var journal = open()) {
            assertThat(journal.read(1, 10)).hasSize(1);
        }
    }

    @Test
    void the_committed_journal_is_there_for_the_next_process() {
        for (var start = 0; start < 5; start++) {
            try (var journal = open()) {
                journal.append(JournalTest.moment("boot-" + start, 1), List.of(round(), round()));
                journal.commit();
                journal.append(JournalTest.moment("boot-" + start, 2), List.of(round()));
            }
        }
        try (var journal = open()) {
            assertThat(journal.read(1, 100).stream().map(Entry::seq))
                    .isEqualTo(LongStream.rangeClosed(1, 11).boxed().toList());
        }
    }

    private Journal open() {
        return Journal.open(folder, new Random(1), JournalTest.moment("b", 1));
    }

    private static Fact round() {
        return Rounds.of(16, new Random(3));
    }
}
