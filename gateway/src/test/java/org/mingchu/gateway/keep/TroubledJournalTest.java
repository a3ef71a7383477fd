package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.sqlite.JDBC;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Executor;

/** What goes wrong late or in small: the record is mended, moves, and comes back to the disk. */
class TroubledJournalTest {
    private static final Fact CLOCK = new Fact.ClockSet(ClockState.SYNCED, 5, 10);

    /** A little more than an hour: a block is there. */
    private static final int ROUNDS = 380;

    private static final int PAGE = 1024;
    private static final int FRAME = 24 + PAGE;
    private static final int LOG_HEADER = 32;
    private static final Random CHANCE = new Random(6);

    @TempDir Path folder;
    @TempDir Path other;

    private final List<Entry> kept = new ArrayList<>();
    private String epoch = "";
    private int now = 10_000;

    @ParameterizedTest
    @ValueSource(strings = {"epochs", "blocks", "nodes", "lanes"})
    void a_bad_page_that_does_not_stop_the_opening_is_mended(String table)
            throws IOException, SQLException {
        filled(ROUNDS).close();
        spoilRootOf(table);
        try (var journal = open(folder)) {
            tend(journal, 3);
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
            toldOrThere(journal, journal.read(epoch, 1, 10_000));
        }
    }

    @Test
    void a_damage_mended_lately_does_not_keep_the_record_in_memory()
            throws IOException, SQLException {
        filled(10).close();
        spoilRootOf("epochs");
        try (var journal = open(folder)) {
            tend(journal, 1);
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
            refuse(journal);
            assertThat(journal.condition()).isEqualTo(StorageState.MEMORY);
            tend(journal, 3);
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
            now += 400;
            tend(journal, 1);
            assertThat(journal.condition()).isEqualTo(StorageState.SOUND);
        }
    }

    @Test
    void a_bit_turned_in_the_log_takes_no_commit_behind_it_silently() throws IOException {
        killed(700);
        flip(other.resolve("journal.db-wal"), LOG_HEADER + 20L * FRAME + 100);
        try (var journal = open(other)) {
            tend(journal, 1);
            assertThat(journal.epoch()).isNotEqualTo(epoch);
            var found = journal.read(epoch, 1, 10_000);
            assertThat(found).hasSizeGreaterThan(690);
            toldOrThere(journal, found);
        }
    }

    @Test
    void a_log_that_was_taken_away_is_missed_by_what_was_noted_beside_it() throws IOException {
        killed(700);
        Files.delete(other.resolve("journal.db-wal"));
        try (var journal = open(other)) {
            tend(journal, 1);
            assertThat(journal.epoch()).isNotEqualTo(epoch);
            var found = journal.read(epoch, 1, 10_000);
            assertThat(kept).containsAll(found);
            assertThat(gaps(journal)).anyMatch(g -> g.range().to() >= 361);
        }
    }

    /** This is what a power cut leaves, too. */
    @Test
    void one_broken_commit_at_the_end_of_the_log_is_no_damage() throws IOException {
        killed(50);
        var log = other.resolve("journal.db-wal");
        var bytes = Files.readAllBytes(log);
        var frames = 0;
        while (Arrays.equals(bytes, 16, 24, bytes, frame(frames) + 8, frame(frames) + 16)) {
            frames++;
        }
        flip(log, frame(frames - 1) + 300);
        try (var journal = open(other)) {
            assertThat(journal.epoch()).isEqualTo(epoch);
            assertThat(journal.condition()).isEqualTo(StorageState.SOUND);
            assertThat(journal.read(1, 10_000)).isEqualTo(kept.subList(0, kept.size() - 1));
        }
    }

    private static int frame(int frame) {
        return LOG_HEADER + frame * FRAME;
    }

    @Test
    void a_killed_journal_begins_its_log_anew() throws IOException {
        killed(50);
        var log = other.resolve("journal.db-wal");
        var before = Arrays.copyOfRange(Files.readAllBytes(log), 16, 24);
        try (var journal = open(other)) {
            journal.append(at(now), List.of(CLOCK));
            journal.commit();
            assertThat(Arrays.copyOfRange(Files.readAllBytes(log), 16, 24)).isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE meta SET value = 'x' WHERE name = 'packed'",
                "UPDATE meta SET value = value || '0' WHERE name = 'packed'",
                "INSERT OR REPLACE INTO meta VALUES ('losses', 'a;b;c')",
                "INSERT OR REPLACE INTO meta VALUES ('rekeying', '1 2')"
            })
    void a_note_that_makes_no_sense_is_a_damage_like_another(String harm) throws SQLException {
        filled(ROUNDS).close();
        sql(harm);
        try (var journal = open(folder)) {
            journal.hasUnsent();
            journal.unsent(List.of("city"), 10);
            tend(journal, 4);
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
            assertThat(journal.read(epoch, 1, 10_000)).isEqualTo(kept);
        }
    }

    @Test
    void what_was_in_memory_when_the_power_went_is_named_and_missed() throws IOException {
        var journal = filled(10, _ -> {});
        refuse(journal);
        for (var i = 0; i < 50; i++) {
            journal.append(at(now), List.of(CLOCK));
            journal.commit();
        }
        now += 60;
        tend(journal, 1);
        copyFiles();
        var lost = journal.epoch();
        journal.close();
        try (var again = open(other)) {
            assertThat(began(again)).isEqualTo(new Fact.EpochBegan(Optional.of(lost), "damaged"));
            assertThat(again.epochs()).containsExactly(epoch, again.epoch());
            assertThat(gaps(again))
                    .singleElement()
                    .matches(g -> g.epoch().equals(lost) && g.cause() == GapCause.MISSING);
        }
        try (var later = open(other)) {
            assertThat(later.epochs()).hasSize(2);
        }
    }

    @Test
    void a_file_that_was_found_damaged_is_put_aside_after_a_restart_too() throws IOException {
        var journal = filled(10, _ -> {});
        journal.refused(
                new JournalException("it is damaged", JournalException.Kind.DAMAGED), at(now));
        copyFiles();
        journal.close();
        try (var again = open(other)) {
            tend(again, 1);
            assertThat(again.condition()).isEqualTo(StorageState.DAMAGED);
            assertThat(again.read(epoch, 1, 100)).isEqualTo(kept);
            assertThat(other.resolve("quarantine")).isDirectoryContaining(p -> true);
        }
        try (var later = open(other)) {
            assertThat(later.condition()).isEqualTo(StorageState.SOUND);
        }
    }

    @Test
    void a_bit_turned_in_an_hour_does_not_end_the_loop() throws SQLException {
        filled(ROUNDS).close();
        sql("UPDATE hours SET from_clock = 77");
        try (var journal = open(folder)) {
            journal.allow(new Allowance(Duration.ofDays(90), 1, List.of(), List.of()));
            tend(journal, 4);
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
            assertThat(journal.read(epoch, 1, 10_000)).isEqualTo(kept);
        }
    }

    @Test
    void a_mender_that_refuses_does_not_end_the_loop() throws IOException, SQLException {
        filled(10).close();
        spoilRootOf("entries");
        Executor refuses =
                _ -> {
                    throw new IllegalStateException("no");
                };
        try (var journal = Journal.open(Place.unbound(folder), new Random(9), at(now), refuses)) {
            tend(journal, 3);
            assertThat(journal.condition()).isEqualTo(StorageState.MEMORY);
        }
    }

    @Test
    void a_salvage_that_fails_is_tried_less_and_less() throws IOException, SQLException {
        filled(10).close();
        spoilRootOf("entries");
        Files.createDirectories(folder.resolve("journal.db.saved/in-the-way"));
        var attempts = new ArrayList<Integer>();
        Executor counting =
                work -> {
                    attempts.add(now);
                    work.run();
                };
        try (var journal = Journal.open(Place.unbound(folder), new Random(9), at(now), counting)) {
            tend(journal, 60);
            assertThat(attempts).hasSizeBetween(4, 10);
            Files.delete(folder.resolve("journal.db.saved/in-the-way"));
            tend(journal, 20);
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
        }
    }

    @Test
    void a_salvage_that_fails_leaves_no_half_of_it_on_the_disk() throws IOException {
        filled(10).close();
        Files.createDirectories(other.resolve("journal.db/in-the-way"));
        assertThatThrownBy(() -> new Restoring(other).from(folder, Optional.empty()))
                .isInstanceOf(JournalException.class);
        assertThat(other.resolve("journal.db.saved")).doesNotExist();
        assertThat(other.resolve("journal.db.saved-wal")).doesNotExist();
    }

    @Test
    void a_bad_page_that_only_packing_meets_is_mended() throws IOException, SQLException {
        filled(300).close();
        spoilRootOf("subjects");
        try (var journal = open(folder)) {
            for (var i = 301; i < 420; i++) {
                now = i;
                kept.addAll(journal.append(at(i), List.of(Rounds.of(4, CHANCE))));
                journal.commit();
                journal.tend(at(i));
                if (journal.condition() == StorageState.MEMORY) {
                    kept.removeLast();
                    break;
                }
            }
            tend(journal, 3);
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
            assertThat(journal.read(epoch, 1, 10_000)).containsAll(kept);
        }
    }

    @Test
    void a_log_removed_while_it_runs_is_made_again() throws IOException {
        try (var journal = filled(50)) {
            Files.delete(folder.resolve("journal.db-wal"));
            tend(journal, 1);
            copyFiles();
            assertThat(journal.epoch()).isEqualTo(epoch);
        }
        try (var again = open(other)) {
            assertThat(again.read(epoch, 1, 10_000)).isEqualTo(kept);
        }
    }

    @Test
    void looking_at_a_record_begins_no_epoch_and_makes_none() throws IOException, SQLException {
        filled(10).close();
        spoilRootOf("entries");
        Files.createFile(other.resolve("journal.db"));
        assertThatThrownBy(() -> Journal.asItIs(other, new Random(1)).close())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("no record");
        assertThat(other.resolve("journal.db")).isEmptyFile();

        // Mended, and its losses not said yet.
        Files.delete(other.resolve("journal.db"));
        new Restoring(other).from(folder, Optional.of(new EpochFile.Known(epoch, 99)));
        for (var look = 0; look < 2; look++) {
            try (var journal = Journal.asItIs(other, new Random(1))) {
                assertThat(journal.epochs()).containsExactly(epoch);
            }
        }
        try (var journal = open(other)) {
            assertThat(gaps(journal)).anyMatch(g -> g.range().to() == 99);
        }
    }

    private Journal filled(int rounds) {
        return filled(rounds, Runnable::run);
    }

    private Journal filled(int rounds, Executor mender) {
        var journal = Journal.open(Place.unbound(folder), new Random(1), at(0), mender);
        epoch = journal.epoch();
        kept.addAll(journal.read(1, 1));
        for (var i = 1; i <= rounds; i++) {
            kept.addAll(journal.append(at(i), List.of(Rounds.of(4, CHANCE))));
            journal.commit();
            journal.tend(at(i));
        }
        return journal;
    }

    /** What a kill leaves after so many rounds, in the other folder. */
    private void killed(int rounds) throws IOException {
        try (var journal = filled(rounds)) {
            copyFiles();
            assertThat(journal.lastSeq()).isEqualTo(kept.size());
        }
    }

    private void toldOrThere(Journal journal, List<Entry> found) {
        assertThat(kept).containsAll(found);
        var gaps = gaps(journal);
        assertThat(kept)
                .allMatch(e -> found.contains(e) || gaps.stream().anyMatch(g -> covers(g, e)));
    }

    private boolean covers(Fact.Gap gap, Entry entry) {
        return gap.epoch().equals(epoch)
                && gap.range().from() <= entry.seq()
                && entry.seq() <= gap.range().to();
    }

    /** The disk refuses three commits; nothing is wrong with it. */
    private void refuse(Journal journal) {
        for (var i = 0; i < Refuge.REFUSALS_MAX; i++) {
            journal.refused(new JournalException("no"), at(now));
        }
    }

    private void tend(Journal journal, int times) {
        for (var i = 0; i < times; i++) {
            now++;
            journal.tend(at(now));
        }
    }

    private void spoilRootOf(String table) throws IOException, SQLException {
        int page;
        try (var connection = raw();
                var statement =
                        connection.prepareStatement(
                                "SELECT rootpage FROM sqlite_schema WHERE name = ?")) {
            statement.setString(1, table);
            page = statement.executeQuery().getInt(1);
        }
        var bytes = new byte[PAGE];
        Arrays.fill(bytes, (byte) 0x55);
        try (var out = FileChannel.open(folder.resolve("journal.db"), StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(bytes), (page - 1L) * PAGE);
        }
    }

    private void sql(String harm) throws SQLException {
        try (var connection = raw();
                var statement = connection.createStatement()) {
            statement.execute(harm);
        }
    }

    private Connection raw() throws SQLException {
        return JDBC.createConnection(
                "jdbc:sqlite:" + folder.resolve("journal.db"), new Properties());
    }

    /** The files as they are now. */
    private void copyFiles() throws IOException {
        try (var files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (var file : files) {
                Files.copy(file, other.resolve(file.getFileName()));
            }
        }
    }

    private static void flip(Path file, long at) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 0x10;
        Files.write(file, bytes);
    }

    private Journal open(Path where) {
        return Journal.open(Place.unbound(where), new Random(kept.size()), at(now), Runnable::run);
    }

    private static Fact began(Journal journal) {
        return journal.read(1, 1).getFirst().fact();
    }

    private static List<Fact.Gap> gaps(Journal journal) {
        return journal.epochs().stream()
                .flatMap(id -> journal.read(id, Lane.ALARM, 1, 10_000).stream())
                .filter(e -> e.fact() instanceof Fact.Gap)
                .map(e -> (Fact.Gap) e.fact())
                .toList();
    }

    private static Moment at(int round) {
        return JournalTest.moment("b", Duration.ofSeconds(10L * round).toNanos());
    }
}
