package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.Image.Harmed;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.Codes;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.lab.LabDisk;
import org.mingchu.gateway.keep.pack.Block;
import org.mingchu.gateway.keep.pack.Summary;
import org.mingchu.gateway.keep.store.BlockSalvage;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.gateway.keep.store.Salvage;
import org.mingchu.gateway.keep.store.Standing;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

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

/** Whatever is done to the files: each entry that is untouched is found, and no wrong one. */
class SalvageTest {
    private static final long SEED = 41;
    private static final int PAGE = 1024;
    private static final Moment MOMENT = new Moment("boot", 1, 1, ClockState.SYNCED, 5);
    private static final int PLACES = Proof.pick(5, 25, 500);
    private static final int CUTS = Proof.pick(2, 15, 400);

    /** Less than an hour: none of the last epoch is packed. */
    private static final int LAST_ROUNDS = 100;

    /** Of the database, and of what is live of the log: each length of it is tried in the proof. */
    private static final int TAIL_BYTES = 3 * PAGE;

    private static final int TAIL_STEP = Proof.pick(1501, 333, 1);

    @TempDir(factory = LabDisk.class)
    static Path made;

    @TempDir(factory = LabDisk.class)
    Path folder;

    /** As a power cut leaves it: the last commits are in the log alone. */
    private static Image running;

    /** As a clean stop leaves it. */
    private static Image closed;

    private static Map<String, Map<Long, byte[]>> entries;
    private static RowsOnDisk runningRows;
    private static RowsOnDisk closedRows;

    @BeforeAll
    static void make() throws SQLException, IOException {
        var state = Files.createDirectory(made.resolve("state"));
        try (var journal = new JournalOnDisk(state, SEED)) {
            journal.fill(Proof.pick(4, 10, 20) * JournalOnDisk.ROUNDS_PER_HOUR);
            journal.beginEpoch();
            journal.fill(2 * JournalOnDisk.ROUNDS_PER_HOUR);
            journal.beginEpoch();
            journal.fill(LAST_ROUNDS);
            running = JournalOnDisk.copy(state);
            entries = journal.entries();
        }
        closed = JournalOnDisk.copy(state);
        runningRows = rows(running, "running");
        closedRows = rows(closed, "closed");
    }

    private static RowsOnDisk rows(Image image, String name) throws SQLException, IOException {
        var scratch = Files.createDirectory(made.resolve(name));
        return new RowsOnDisk(image.database(), image.log(), scratch);
    }

    /** What was found of a harmed image. */
    private record Outcome(int found, int untouched, int all) {}

    @Test
    void all_that_is_unharmed_is_found_in_order_with_its_ranges() throws IOException {
        for (var image : List.of(running, closed)) {
            var outcome = check(new Harmed(image, "unharmed"), running == image);
            assertThat(outcome.found()).isEqualTo(outcome.all());
            image.writeTo(folder);
            try (var salvage = open()) {
                for (var epoch : salvage.epochs()) {
                    var before = new long[1];
                    var given =
                            salvage.each(
                                    epoch.id(),
                                    found -> {
                                        assertThat(found.seq()).isGreaterThan(before[0]);
                                        before[0] = found.seq();
                                    });
                    assertThat(given).isEqualTo(epoch.count());
                }
                var numbers = salvage.epochs().stream().map(e -> e.number().orElse(0)).toList();
                assertThat(numbers).containsExactly(1L, 2L, 3L);
                var last = salvage.epochs().getLast();
                var all = requireNonNull(entries.get(last.id()));
                var count = (long) all.size();
                assertThat(last.found()).containsExactly(new SeqRange(1, count));
                assertThat(last.missing()).isEmpty();
                assertThat(last.first()).contains(at(requireNonNull(all.get(1L))));
                assertThat(last.last()).contains(at(requireNonNull(all.get(count))));
                assertThat(salvage.carved().gaveUp()).isFalse();
            }
        }
    }

    private static Moment at(byte[] entry) {
        return EntryCodec.decode(entry).at();
    }

    /** Else the other tests would prove nothing. */
    @Test
    void every_entry_was_located_before_the_harm() {
        entries.forEach((epoch, ofEpoch) ->
                assertThat(ofEpoch.keySet())
                        .allMatch(seq -> untouched(running, epoch, seq, true))
                        .allMatch(seq -> untouched(closed, epoch, seq, false)));
        assertThat(runningRows.spread()).isGreaterThan(count(entries) / 3);
    }

    private static boolean untouched(Image harmed, String epoch, long seq, boolean isRunning) {
        return (isRunning ? runningRows : closedRows)
                .untouched(epoch, seq, harmed.database(), harmed.log());
    }

    @Test
    void a_database_cut_anywhere_gives_what_lies_before_the_cut() throws IOException {
        var chance = new Random(SEED);
        for (var i = 0; i < CUTS; i++) {
            check(closed.databaseCut(chance.nextInt(closed.database().length)), false);
            check(running.databaseCut(chance.nextInt(running.database().length)), true);
        }
    }

    @Test
    void a_log_cut_anywhere_gives_what_lies_before_the_cut() throws IOException {
        var chance = new Random(SEED);
        for (var i = 0; i < CUTS; i++) {
            check(running.logCut(chance.nextInt(running.log().length)), true);
        }
    }

    @Test
    void files_cut_at_every_offset_of_their_tails_lose_only_what_was_there() throws IOException {
        var live = running.liveLogEnd();
        for (var bytes = 1; bytes <= TAIL_BYTES; bytes += TAIL_STEP) {
            check(closed.databaseCut(closed.database().length - bytes), false);
            check(running.databaseCut(running.database().length - bytes), true);
            check(running.logCut(live - bytes), true);
        }
    }

    @Test
    void twenty_turned_bytes_lose_only_what_they_touch() throws IOException {
        var chance = new Random(SEED);
        var lost = 0;
        for (var i = 0; i < PLACES; i++) {
            var outcome = check(running.turned(chance.nextInt(running.size()), 20, chance), true);
            lost += outcome.all() - outcome.found();
        }
        System.out.printf(
                "20 bytes turned at %d places: %d of %d entries lost in all%n",
                PLACES, lost, PLACES * (long) count(entries));
    }

    @Test
    void a_turned_file_header_does_not_blind_the_salvage() throws IOException {
        var chance = new Random(SEED);
        for (var i = 0; i < 100; i += Proof.pick(50, 5, 1)) {
            check(closed.turned(i, 1, chance), false);
        }
    }

    @Test
    void a_first_page_of_zeros_loses_nothing() throws IOException {
        for (var image : List.of(closed, running)) {
            var outcome = check(image.zeroed(0, PAGE), image == running);
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
        var outcome = check(new Harmed(copy, "no inner pages"), false);
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
            var outcome = check(harmed, true);
            assertThat(outcome.found()).as(harmed.how()).isEqualTo(outcome.all());
        }
    }

    @Test
    void either_file_may_be_missing() throws IOException {
        check(running.databaseCut(0), true);
        check(running.logCut(0), true);
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
            check(closed.swapped(one * PAGE, other * PAGE, length * PAGE), false);
            check(closed.swapped(one * PAGE + 77, other * PAGE + 500, length * PAGE), false);
        }
    }

    @Test
    void of_two_entries_with_one_seq_the_newest_committed_one_is_taken()
            throws SQLException, IOException {
        var state = Files.createDirectory(made.resolve("twice"));
        var seq = 0L;
        byte[] newest;
        try (var journal = new JournalOnDisk(state, 5)) {
            journal.fill(20);
            seq = journal.keep(new Fact.Silenced(77));
            journal.fill(20);
            var silenced = new Entry(journal.epoch(), seq, MOMENT, new Fact.Silenced(78));
            newest = EntryCodec.encode(new CborWriter(), silenced);
        }
        try (var connection = FileStore.connect(state.resolve(FileStore.FILE))) {
            JournalOnDisk.put(connection, Pos.of(1, seq), Codes.of(Lane.NONE), newest);
            JournalOnDisk.copy(state).writeTo(folder);
        }
        var wanted = seq;
        try (var salvage = open()) {
            var taken = new ArrayList<byte[]>();
            salvage.each(
                    salvage.epochs().getFirst().id(),
                    found -> {
                        if (found.seq() == wanted) {
                            taken.add(found.bytes());
                            assertThat(found.standing()).isEqualTo(Standing.PROVEN);
                        }
                    });
            assertThat(taken).containsExactly(newest);
        }
    }

    @Test
    void an_entry_of_a_later_program_is_kept_as_bytes() throws SQLException, IOException {
        var state = Files.createDirectory(made.resolve("later"));
        var last = 0L;
        byte[] later;
        try (var journal = new JournalOnDisk(state, 6)) {
            journal.fill(3);
            last = journal.keep(new Fact.Silenced(1));
            var epoch = HexFormat.of().parseHex(journal.epoch());
            var out = new CborWriter().reset().mapStart().key(0).integer(1).key(1).bytes(epoch);
            out.key(2).integer(last + 1).key(3).integer(99).key(4).integer(1);
            out.key(5).text("boot").key(6).integer(5).key(7).integer(6).key(8).integer(0);
            later = out.key(10).mapStart().mapEnd().mapEnd().toBytes();
        }
        try (var connection = FileStore.connect(state.resolve(FileStore.FILE))) {
            JournalOnDisk.put(connection, Pos.of(1, last + 1), Codes.of(Lane.ALARM), later);
            JournalOnDisk.copy(state).writeTo(folder);
        }
        try (var salvage = open()) {
            var epoch = salvage.epochs().getFirst();
            assertThat(epoch.found()).containsExactly(new SeqRange(1, last + 1));
            var taken = new ArrayList<byte[]>();
            salvage.each(epoch.id(), found -> taken.add(found.bytes()));
            assertThat(taken.getLast()).isEqualTo(later);
        }
    }

    @Test
    void another_page_size_is_taken_from_the_header() throws SQLException, IOException {
        var state = Files.createDirectory(made.resolve("large"));
        Map<String, Map<Long, byte[]>> kept;
        try (var journal = new JournalOnDisk(state, 9)) {
            journal.fill(2 * JournalOnDisk.ROUNDS_PER_HOUR);
            kept = journal.entries();
        }
        try (var connection = FileStore.connect(state.resolve(FileStore.FILE));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = DELETE");
            statement.execute("PRAGMA page_size = 4096");
            statement.execute("VACUUM");
        }
        var image = JournalOnDisk.copy(state);
        assertThat(image.database()[16] << 8).isEqualTo(4096);
        image.writeTo(folder);
        assertThat(found(kept, "large pages")).hasSize(count(kept));
    }

    /** Whatever lies in a page of which no byte was harmed must be found. */
    private Outcome check(Harmed harmed, boolean isRunning) throws IOException {
        harmed.image().writeTo(folder);
        var found = found(entries, harmed.how());
        var untouched = 0;
        var lost = new ArrayList<String>();
        for (var epoch : entries.entrySet()) {
            for (var seq : epoch.getValue().keySet()) {
                if (untouched(harmed.image(), epoch.getKey(), seq, isRunning)) {
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

    /** The right ones that were found, as rows or in blocks; a wrong one fails the test. */
    private Set<String> found(Map<String, Map<Long, byte[]>> wanted, String how) {
        var right = new HashSet<String>();
        try (var salvage = open();
                var blocks = BlockSalvage.of(database(), log())) {
            for (var epoch : salvage.epochs()) {
                salvage.each(
                        epoch.id(),
                        found -> right(wanted, right, epoch.id(), found.seq(), found.bytes(), how));
            }
            blocks.each(
                    new BlockSalvage.Taker() {
                        @Override
                        public void block(String epoch, Block block) {
                            var bytes = Block.entries(block.head(), block.columns().values());
                            for (var i = 0; i < bytes.size(); i++) {
                                var seq = block.head().seq(i);
                                right(wanted, right, epoch, seq, bytes.get(i), how);
                            }
                        }

                        @Override
                        public void summary(String epoch, Summary summary) {
                            // its rounds are not asked for
                        }
                    });
        }
        return right;
    }

    private static void right(
            Map<String, Map<Long, byte[]>> wanted,
            Set<String> right,
            String epoch,
            long seq,
            byte[] bytes,
            String how) {
        if (!Arrays.equals(bytes, wanted.getOrDefault(epoch, Map.of()).get(seq))) {
            fail("%s, seed %d: wrong %s %d", how, SEED, epoch, seq);
        }
        right.add(epoch + ' ' + seq);
    }

    private static int count(Map<String, Map<Long, byte[]>> entries) {
        return entries.values().stream().mapToInt(Map::size).sum();
    }

    private Salvage open() {
        return Salvage.of(database(), log(), List.of());
    }

    private Path database() {
        return folder.resolve(FileStore.FILE);
    }

    private Path log() {
        return folder.resolve(FileStore.FILE + "-wal");
    }
}
