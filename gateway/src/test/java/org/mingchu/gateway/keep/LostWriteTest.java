package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.entry.RandomWords;
import org.mingchu.gateway.keep.lab.LabDisk;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A disk that has dropped or torn a write shows an older page, another one in its place, or half of
 * each, and SQLite believes all of them: no value is shown that nobody kept, what is missing is
 * said, and the record goes on.
 */
final class LostWriteTest {
    private static final Fact CLOCK = new Fact.ClockSet(ClockState.SYNCED, 5, 10);
    private static final int ROUNDS = 60;
    private static final int SENSORS = 16;

    /** So many entries that are no rounds take up some pages. */
    private static final int ACTS = 200;

    private static final String PLAN = "plan";

    /** Behind the entry that begins the epoch, rounds fill the ring from its first slot on. */
    private static final long FIRST_ROUND = 2;

    /** Position, lane, length and check, before the bytes of an entry. */
    private static final int CELL_HEAD = 15;

    private static final Window ALWAYS = new Window(0, 1L << 50);

    @TempDir(factory = LabDisk.class)
    private Path folder;

    private final RandomWords words = new RandomWords(new Random(5));
    private final List<Entry> kept = new ArrayList<>();
    private String epoch;

    @BeforeEach
    void rounds_and_acts() {
        try (var journal = open()) {
            epoch = journal.epoch();
            kept.addAll(journal.read(1, 1));
            for (var i = 1; i <= ROUNDS; i++) {
                keep(journal, i, Rounds.of(SENSORS, new Random(i)));
            }
            var acts = new ArrayList<Fact>();
            for (var i = 0; i < ACTS; i++) {
                acts.add(i % 9 == 0 ? new Fact.Alarm(words.event()) : CLOCK);
            }
            kept.addAll(journal.append(at(ROUNDS), acts));
            journal.commit();
        }
    }

    private void keep(Journal journal, int round, Fact fact) {
        kept.addAll(journal.append(at(round), List.of(fact)));
        journal.commit();
        journal.tend(at(round));
    }

    @Test
    void a_page_of_the_ring_in_the_place_of_a_round_is_found() throws IOException, SQLException {
        copyPage(leaf("ring", 3), leaf("ring", 30));
        assertMended();
    }

    @Test
    void a_page_of_the_ring_in_the_place_of_an_empty_one_is_found()
            throws IOException, SQLException {
        copyPage(leaf("ring", 3), leaf("ring", ROUNDS));
        assertMended();
    }

    @Test
    void a_page_of_entries_in_the_place_of_another_is_found() throws IOException, SQLException {
        copyPage(leaf("entries", 2), leaf("entries", 5));
        assertMended();
    }

    @Test
    void a_page_of_the_ring_among_the_entries_is_found() throws IOException, SQLException {
        copyPage(leaf("ring", 3), leaf("entries", 5));
        assertMended();
    }

    @Test
    void an_old_page_of_the_index_hides_no_alarm() throws IOException, SQLException {
        var before = leaves("lanes");
        var old = Files.readAllBytes(database());
        try (var journal = open()) {
            keep(journal, ROUNDS, new Fact.Alarm(words.event()));
            keep(journal, ROUNDS, CLOCK);
        }
        var now = Files.readAllBytes(database());
        for (var page : before) {
            put(old, page, now, page);
        }
        Files.write(database(), now);
        assertMended();
    }

    @Test
    void an_epoch_that_no_page_names_any_more_is_not_taken_for_another()
            throws IOException, SQLException {
        try (var journal = open()) {
            journal.beginEpoch(Causes.BOARD_CHANGED, at(ROUNDS));
            kept.clear();
            epoch = journal.epoch();
            kept.addAll(journal.read(1, 1));
            keep(journal, ROUNDS, CLOCK);
        }
        Files.deleteIfExists(folder.resolve("epoch"));
        change("DELETE FROM epochs WHERE no = 2");
        assertMended();
    }

    /** Where all of it is shown again, whole or said to be lost. */
    private void assertMended() {
        try (var journal = open()) {
            journal.inspectAll();
            for (var i = 1; i <= 3; i++) {
                journal.tend(at(ROUNDS + i));
            }
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
            assertShown(journal);
            for (var i = 1; i <= 5; i++) {
                var next = journal.append(at(ROUNDS + 9), List.of(Rounds.of(4, new Random(i))));
                journal.commit();
                assertThat(journal.read(next.getFirst().seq(), 1)).isEqualTo(next);
            }
        }
        try (var again = open()) {
            assertShown(again);
        }
    }

    private void assertShown(Journal journal) {
        var found = journal.read(epoch, 1, 10_000);
        assertThat(kept).containsAll(found);
        var gaps = gaps(journal);
        assertThat(kept)
                .allMatch(entry ->
                        found.contains(entry) || gaps.stream().anyMatch(g -> covers(g, entry)));
        for (var lane : Lane.values()) {
            assertThat(journal.read(epoch, lane, 1, 10_000))
                    .isEqualTo(found.stream().filter(e -> e.fact().lane() == lane).toList());
        }
    }

    private boolean covers(Fact.Gap gap, Entry entry) {
        return gap.epoch().equals(epoch)
                && gap.range().from() <= entry.seq()
                && entry.seq() <= gap.range().to();
    }

    private List<Fact.Gap> gaps(Journal journal) {
        var said = new ArrayList<Fact>(journal.findings());
        for (var id : journal.epochs()) {
            journal.read(id, Lane.ALARM, 1, 10_000).forEach(entry -> said.add(entry.fact()));
        }
        return said.stream().filter(Fact.Gap.class::isInstance).map(Fact.Gap.class::cast).toList();
    }

    @Test
    void a_torn_round_is_shown_by_nobody_and_packed_by_nobody() throws SQLException {
        var torn = kept.get(ROUNDS / 2);
        tear(torn);
        try (var journal = open()) {
            assertNotShown(torn, journal);
            for (var i = 1; i <= 3; i++) {
                keep(journal, ROUNDS + 400 * i, CLOCK);
            }
            assertThat(journal.packedUpTo()).isGreaterThan(torn.seq());
            assertNotShown(torn, journal);
            journal.append(at(9_999), journal.findings());
            journal.commit();
            assertThat(gaps(journal)).anyMatch(gap -> covers(gap, torn));
        }
        try (var again = open()) {
            assertNotShown(torn, again);
        }
    }

    private static void assertNotShown(Entry torn, Journal journal) {
        assertThat(journal.read(torn.epoch(), torn.seq(), 1)).noneMatch(e -> e.seq() == torn.seq());
        var subject = "freezer-%d-air".formatted(SENSORS - 1);
        var said = journal.history(Duration.ofSeconds(10)).range(subject, ALWAYS).said();
        assertThat(said.stream().map(Answers.Said::seq))
                .hasSize(ROUNDS - 1)
                .doesNotContain(torn.seq());
    }

    @Test
    void the_newest_readings_are_not_those_of_a_torn_round() throws SQLException {
        tear(kept.get(ROUNDS));
        var last = ((Fact.Round) kept.get(ROUNDS - 1).fact()).readings();
        try (var journal = open()) {
            assertThat(new Roll(journal).newest().values())
                    .containsExactlyInAnyOrderElementsOf(last);
        }
    }

    /** Its last value is another: it can be read, and nobody measured it. */
    private void tear(Entry entry) throws SQLException {
        var readings = new ArrayList<>(((Fact.Round) entry.fact()).readings());
        var last = (Reading.Measured) readings.removeLast();
        readings.add(
                new Reading.Measured(
                        last.subject(),
                        last.quantity(),
                        last.rawMilli(),
                        last.milli() + 1,
                        last.ageNs(),
                        last.flags()));
        var other = new Entry(entry.epoch(), entry.seq(), entry.at(), new Fact.Round(readings));
        var bytes = HexFormat.of().formatHex(EntryCodec.encode(new CborWriter(), other));
        change(
                ("UPDATE ring SET cell = CAST(substr(cell, 1, %1$d) || x'%2$s'"
                                + " || substr(cell, %1$d + 1 + %3$d) AS BLOB) WHERE slot = %4$d")
                        .formatted(
                                CELL_HEAD, bytes, bytes.length() / 2, entry.seq() - FIRST_ROUND));
    }

    @Test
    void a_round_under_the_number_of_another_is_not_shown_as_that() throws SQLException {
        change(
                "UPDATE ring SET cell = (SELECT CAST(substr(o.cell, 1, 8) || substr(ring.cell, 9)"
                        + " AS BLOB) FROM ring o WHERE o.slot = 7) WHERE slot = 8");
        change("UPDATE ring SET cell = zeroblob(length(cell)) WHERE slot = 7");
        try (var journal = open()) {
            assertShownOrSaid(journal);
        }
    }

    private void assertShownOrSaid(Journal journal) {
        for (var entry : journal.read(epoch, 1, 10_000)) {
            assertThat(entry).isEqualTo(kept.get((int) entry.seq() - 1));
        }
        journal.inspectAll();
        assertShown(journal);
    }

    @Test
    void a_snapshot_of_which_one_byte_is_another_is_none() {
        try (var journal = open()) {
            journal.saveSnapshot(words.state(epoch, 2), PLAN);
            journal.commit();
            assertThat(journal.snapshot(PLAN)).isPresent();
            var hex = asked(journal, "SELECT hex(state) FROM snapshot");
            for (var at = 1; at < hex.length(); at += 2) {
                var other = (char) (hex.charAt(at) ^ 1);
                if (Character.digit(other, 16) >= 0) {
                    var flipped = hex.substring(0, at) + other + hex.substring(at + 1);
                    asked(journal, "UPDATE snapshot SET state = x'" + flipped + "' RETURNING id");
                    assertThat(journal.snapshot(PLAN)).as("byte %d", at / 2).isEmpty();
                }
            }
            asked(journal, "UPDATE snapshot SET state = x'" + hex + "' RETURNING id");
            assertThat(journal.snapshot(PLAN)).isPresent();
        }
    }

    private static String asked(Journal journal, String question) {
        return journal.asked((store, _) -> store.ask(question)).orElseThrow();
    }

    private Path database() {
        return folder.resolve(FileStore.FILE);
    }

    /** The pages of a table's or an index's leaves, in the order of their keys. */
    private List<Integer> leaves(String table) throws SQLException {
        var pages = new ArrayList<Integer>();
        try (var connection = connection();
                var query =
                        connection.prepareStatement(
                                "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'"
                                        + " ORDER BY path")) {
            query.setString(1, table);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    pages.add(found.getInt(1));
                }
            }
        }
        return pages;
    }

    private int leaf(String table, int number) throws SQLException {
        return leaves(table).get(number);
    }

    private void copyPage(int from, int to) throws IOException {
        var bytes = Files.readAllBytes(database());
        put(bytes, from, bytes, to);
        Files.write(database(), bytes);
    }

    private static void put(byte[] source, int from, byte[] target, int to) {
        var size = FileStore.PAGE_BYTES;
        System.arraycopy(source, (from - 1) * size, target, (to - 1) * size, size);
    }

    private void change(String sql) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + database());
    }

    private Journal open() {
        return Journal.open(folder, new Random(kept.size()), at(0));
    }

    private static Moment at(int round) {
        return JournalTest.moment("b", Duration.ofSeconds(10L * round).toNanos());
    }
}
