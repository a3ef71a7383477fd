package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.Image.Harmed;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.store.Salvage;
import org.mingchu.gateway.keep.store.Standing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Whatever is done to the files: each entry that is untouched is found, and no wrong one. */
class SalvageTest {
    private static final long SEED = 41;
    private static final int PAGE = 1024;
    private static final int PLACES = Proof.pick(8, 25, 500);
    private static final int CUTS = Proof.pick(4, 15, 400);

    @TempDir static Path made;
    @TempDir Path folder;

    /** As a power cut leaves it: the last commits are in the log alone. */
    private static Image running;

    /** As a clean stop leaves it. */
    private static Image closed;

    private static Map<String, Map<Long, byte[]>> entries;
    private static RowsOnDisk runningRows;
    private static RowsOnDisk closedRows;

    @BeforeAll
    static void make() throws SQLException, IOException {
        var file = made.resolve("journal.db");
        try (var journal = new JournalOnDisk(file, SEED, List.of())) {
            journal.fill(1, Proof.pick(1000, 2000, 4000));
            journal.fill(2, 600);
            journal.run("INSERT INTO meta VALUES ('epoch', 'a1b2')");
            journal.run("INSERT INTO delivery VALUES ('city', 1, x'a1b2c3')");
            for (var seq = 300; seq < 320; seq++) {
                journal.remove(1, seq);
            }
            journal.fill(3, 400);
            running = JournalOnDisk.copy(file);
            entries = journal.entries();
        }
        closed = JournalOnDisk.copy(file);
        runningRows = new RowsOnDisk(running, entries);
        closedRows = new RowsOnDisk(closed, entries);
    }

    /** What was found of a harmed image. */
    private record Outcome(int found, int untouched, int all) {}

    @Test
    void all_that_is_unharmed_is_found_in_order_with_its_ranges() throws IOException {
        for (var image : List.of(running, closed)) {
            image.writeTo(folder);
            try (var salvage = open()) {
                assertThat(salvage.epochs()).hasSize(3);
                for (var epoch : salvage.epochs()) {
                    var before = new long[1];
                    var seqs = new ArrayList<Long>();
                    var given =
                            salvage.each(
                                    epoch.id(),
                                    found -> {
                                        assertThat(found.seq()).isGreaterThan(before[0]);
                                        before[0] = found.seq();
                                        seqs.add(found.seq());
                                    });
                    assertThat(given).isEqualTo(epoch.count());
                    assertThat(seqs).containsAll(requireNonNull(entries.get(epoch.id())).keySet());
                }
                var numbers = salvage.epochs().stream().map(e -> e.number().orElse(0)).toList();
                assertThat(numbers).containsExactly(1L, 2L, 3L);
                var last = salvage.epochs().getLast();
                assertThat(last.found()).containsExactly(new SeqRange(1, 400));
                assertThat(last.missing()).isEmpty();
                assertThat(last.first()).contains(JournalOnDisk.moment(1));
                assertThat(last.last()).contains(JournalOnDisk.moment(400));
                assertThat(salvage.carved().gaveUp()).isFalse();
            }
        }
    }

    /** Else the other tests would prove nothing. */
    @Test
    void every_entry_was_located_before_the_harm() {
        entries.forEach((epoch, ofEpoch) ->
                assertThat(ofEpoch.keySet())
                        .allMatch(seq -> runningRows.untouched(epoch, seq, List.of()))
                        .allMatch(seq -> closedRows.untouched(epoch, seq, List.of())));
    }

    @Test
    void a_database_cut_anywhere_gives_what_lies_before_the_cut() throws IOException {
        var chance = new Random(SEED);
        for (var i = 0; i < CUTS; i++) {
            check(closed.databaseCut(chance.nextInt(closed.database().length)), closedRows);
            check(running.databaseCut(chance.nextInt(running.database().length)), runningRows);
        }
    }

    @Test
    void a_log_cut_anywhere_gives_what_lies_before_the_cut() throws IOException {
        var chance = new Random(SEED);
        for (var i = 0; i < CUTS; i++) {
            check(running.logCut(chance.nextInt(running.log().length)), runningRows);
        }
    }

    @Test
    void twenty_turned_bytes_lose_only_what_they_touch() throws IOException {
        var chance = new Random(SEED);
        var lost = 0;
        for (var i = 0; i < PLACES; i++) {
            var outcome =
                    check(running.turned(chance.nextInt(running.size()), 20, chance), runningRows);
            lost += outcome.all() - outcome.found();
        }
        System.out.printf(
                "20 bytes turned at %d places: %d of %d entries lost in all%n",
                PLACES, lost, PLACES * (long) count(entries));
    }

    @Test
    void a_turned_file_header_does_not_blind_the_salvage() throws IOException {
        var chance = new Random(SEED);
        for (var i = 0; i < 100; i += Proof.pick(25, 5, 1)) {
            check(closed.turned(i, 1, chance), closedRows);
        }
    }

    @Test
    void a_first_page_of_zeros_loses_nothing() throws IOException {
        for (var image : List.of(closed, running)) {
            var outcome = check(image.zeroed(0, PAGE), image == closed ? closedRows : runningRows);
            assertThat(outcome.found()).isEqualTo(outcome.all());
        }
    }

    @Test
    void a_database_without_any_inner_page_loses_nothing() throws IOException {
        var copy = new Image(closed.database().clone(), closed.log());
        var inner = 0;
        for (var at = 0; at < copy.database().length; at += PAGE) {
            if (copy.database()[at] == 5 || copy.database()[at] == 2) {
                Arrays.fill(copy.database(), at, at + PAGE, (byte) 0x5a);
                inner++;
            }
        }
        assertThat(inner).isGreaterThan(10);
        var outcome = check(new Harmed(copy, List.of(), "no inner pages"), closedRows);
        assertThat(outcome.found()).isEqualTo(outcome.all());
    }

    @Test
    void a_log_without_its_header_loses_nothing() throws IOException {
        var chance = new Random(SEED);
        var start = running.database().length;
        for (var harmed :
                List.of(
                        running.zeroed(start, 32),
                        running.turned(start, 32, chance),
                        running.turned(start + 17, 1, chance))) {
            var outcome = check(harmed, runningRows);
            assertThat(outcome.found()).as(harmed.how()).isEqualTo(outcome.all());
        }
    }

    @Test
    void either_file_may_be_missing() throws IOException {
        check(running.databaseCut(0), runningRows);
        check(running.logCut(0), runningRows);
        Files.delete(folder.resolve("journal.db"));
        Files.delete(folder.resolve("journal.db-wal"));
        try (var salvage = open()) {
            assertThat(salvage.epochs()).isEmpty();
        }
    }

    @Test
    void swapped_regions_lose_only_what_hangs_together_by_page_numbers() throws IOException {
        var chance = new Random(SEED);
        for (var i = 0; i < CUTS; i++) {
            var pages = closed.database().length / PAGE;
            var length = 1 + chance.nextInt(200);
            var one = chance.nextInt(pages / 2 - length);
            var other = pages / 2 + chance.nextInt(pages / 2 - length);
            check(closed.swapped(one * PAGE, other * PAGE, length * PAGE), closedRows);
            check(closed.swapped(one * PAGE + 77, other * PAGE + 500, length * PAGE), closedRows);
        }
    }

    @Test
    void of_two_entries_with_one_seq_the_newest_committed_one_is_taken()
            throws SQLException, IOException {
        var file = made.resolve("twice.db");
        try (var journal = new JournalOnDisk(file, 5, List.of())) {
            journal.fill(1, 20);
            var before = entry(journal, 7);
            journal.put(1, 7, new Fact.Silenced(77));
            assertThat(entry(journal, 7)).isNotEqualTo(before);
            JournalOnDisk.copy(file).writeTo(folder);
            try (var salvage = open()) {
                salvage.each(
                        journal.epoch(1),
                        found -> {
                            assertThat(found.bytes()).isEqualTo(entry(journal, found.seq()));
                            assertThat(found.standing()).isEqualTo(Standing.PROVEN);
                        });
            }
        }
    }

    private static byte[] entry(JournalOnDisk journal, long seq) {
        return requireNonNull(requireNonNull(journal.entries().get(journal.epoch(1))).get(seq));
    }

    @Test
    void an_entry_of_a_later_program_is_kept_as_bytes() throws SQLException, IOException {
        var file = made.resolve("later.db");
        try (var journal = new JournalOnDisk(file, 6, List.of())) {
            journal.fill(1, 3);
            var epoch = HexFormat.of().parseHex(journal.epoch(1));
            var out = new CborWriter().reset().mapStart().key(0).integer(1).key(1).bytes(epoch);
            out.key(2).integer(4).key(3).integer(99).key(4).integer(1).key(5).text("boot");
            out.key(6).integer(5).key(7).integer(6).key(8).integer(0).key(10).mapStart().mapEnd();
            journal.put(1, 4, 1, out.mapEnd().toBytes());
            JournalOnDisk.copy(file).writeTo(folder);
            try (var salvage = open()) {
                assertThat(salvage.epochs().getFirst().found()).containsExactly(new SeqRange(1, 4));
                assertThat(salvage.epochs().getFirst().last()).contains(JournalOnDisk.moment(3));
            }
        }
    }

    @Test
    void another_page_size_is_taken_from_the_header() throws SQLException, IOException {
        var file = made.resolve("large.db");
        try (var journal =
                new JournalOnDisk(
                        file,
                        9,
                        List.of(
                                "PRAGMA journal_mode = DELETE",
                                "PRAGMA page_size = 4096",
                                "VACUUM"))) {
            journal.fill(1, 300);
            var image = JournalOnDisk.copy(file);
            assertThat(image.database()[16] << 8).isEqualTo(4096);
            image.writeTo(folder);
            var outcome = found(journal.entries(), "large pages");
            assertThat(outcome.size()).isEqualTo(300);
        }
    }

    private Outcome check(Harmed harmed, RowsOnDisk rows) throws IOException {
        harmed.image().writeTo(folder);
        var found = found(entries, harmed.how());
        var untouched = 0;
        var lost = new ArrayList<String>();
        for (var epoch : entries.entrySet()) {
            for (var seq : epoch.getValue().keySet()) {
                if (rows.untouched(epoch.getKey(), seq, harmed.harms())) {
                    untouched++;
                    if (!found.contains(epoch.getKey() + ' ' + seq)) {
                        lost.add(epoch.getKey() + ' ' + seq);
                    }
                }
            }
        }
        assertThat(lost).as("%s, seed %d", harmed.how(), SEED).isEmpty();
        return new Outcome(found.size(), untouched, count(entries));
    }

    /** The right ones that were found; a wrong one fails the test, unless it had been removed. */
    private Set<String> found(Map<String, Map<Long, byte[]>> wanted, String how) {
        var right = new HashSet<String>();
        try (var salvage = open()) {
            for (var epoch : salvage.epochs()) {
                var ofEpoch = wanted.getOrDefault(epoch.id(), new TreeMap<>());
                salvage.each(
                        epoch.id(),
                        found -> {
                            var bytes = ofEpoch.get(found.seq());
                            if (bytes != null) {
                                if (!Arrays.equals(found.bytes(), bytes)) {
                                    fail("%s, seed %d: wrong %d", how, SEED, found.seq());
                                }
                                right.add(epoch.id() + ' ' + found.seq());
                            } else {
                                assertThat(found.seq()).as(how).isBetween(300L, 319L);
                            }
                        });
            }
        }
        return right;
    }

    private static int count(Map<String, Map<Long, byte[]>> entries) {
        return entries.values().stream().mapToInt(Map::size).sum();
    }

    private Salvage open() {
        return Salvage.of(
                folder.resolve("journal.db"), folder.resolve("journal.db-wal"), List.of());
    }
}
