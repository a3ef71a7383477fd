package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.keep.proof.Judged;
import org.mingchu.gateway.keep.proof.Node;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What bit flips on the card cost the evidence: what is lost, and nothing beside it unsaid. */
final class LostEntriesTest {
    private static final Fact CLOCK = new Fact.ClockSet(ClockState.SYNCED, 5, 10);
    private static final int ROUNDS = 1_300;
    private static final int SUBTREE = 256;

    @TempDir private Path folder;

    private final Seal seal = new Seal("a", "s", "g", DeviceKey.of(new byte[32]));
    private final List<Long> acts = new ArrayList<>();
    private String epoch;
    private long size;

    @BeforeEach
    void hours_of_rounds_with_an_act_after_every_fifth() {
        try (var journal = open()) {
            epoch = journal.epoch();
            for (var i = 1; i <= ROUNDS; i++) {
                append(journal, i, Rounds.of(4, new Random(i)));
                if (i % 5 == 0) {
                    acts.add(append(journal, i, CLOCK).seq());
                }
            }
            size = journal.lastSeq();
        }
    }

    private Entry append(Journal journal, int round, Fact fact) {
        journal.checkpoint(at(round)).ifPresent(c -> journal.append(at(round), List.of(c)));
        var entry = journal.append(at(round), List.of(fact)).getFirst();
        journal.commit();
        journal.tend(at(round));
        return entry;
    }

    @Test
    void after_a_salvage_all_but_the_lost_ones_subtree_is_proven() throws IOException {
        salvagedWithout(acts.get(40));
    }

    @Test
    void after_a_salvage_all_before_a_loss_in_the_last_subtree_is_proven() throws IOException {
        salvagedWithout(acts.get(acts.size() - 2));
    }

    private void salvagedWithout(long lost) throws IOException {
        flipAll(folder, bytes(lost));
        zeroHead();
        try (var journal = open()) {
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
            assertThat(LiveCheck.of(journal, OwnKeys.known(folder)).faults()).isEmpty();
            for (var judged : judge(journal)) {
                assertThat(judged.proven()).as(judged.json()).isTrue();
                onlyItsSubtreeIsUnproven(judged, lost);
            }
        }
    }

    @Test
    void the_hashes_of_subtrees_are_salvaged_with_the_rest() throws IOException {
        var before = new ArrayList<byte[]>();
        try (var journal = open()) {
            for (var i = 0; i < size / SUBTREE; i++) {
                before.add(journal.hashes(epoch).node(Node.KEPT_LEVEL, i).orElseThrow());
            }
        }
        assertThat(before).hasSizeGreaterThan(4);
        zeroHead();
        try (var journal = open()) {
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
            for (var i = 0; i < before.size(); i++) {
                assertThat(journal.hashes(epoch).node(Node.KEPT_LEVEL, i)).hasValue(before.get(i));
            }
        }
    }

    private byte[] bytes(long seq) {
        try (var journal = open()) {
            return journal.bytes(epoch, seq);
        }
    }

    private void onlyItsSubtreeIsUnproven(Judged judged, long lost) {
        var old = judged.epochs().getFirst();
        assertThat(old.id()).isEqualTo(epoch);
        assertThat(old.gaps()).contains(new Judged.Seqs(lost, lost));
        assertThat(old.unproven()).as(judged.json()).anyMatch(run -> run.holds(lost));
        for (var run : old.unproven()) {
            assertThat(run.to() - run.from()).as(judged.json()).isLessThan(SUBTREE);
            assertThat((run.from() - 1) / SUBTREE).isEqualTo((run.to() - 1) / SUBTREE);
        }
        var self = old.selfAttested().orElseThrow();
        assertThat(self.from()).isOne();
        assertThat(self.to()).isGreaterThan(size - SUBTREE);
    }

    @Test
    void a_flip_in_a_row_is_named_by_everybody_and_signed_over_by_nobody()
            throws IOException, SQLException {
        flippedIsNamed("entries", "bytes", "rowid LIMIT 1 OFFSET 60");
    }

    @Test
    void a_flip_in_the_ring_is_named_by_everybody_and_signed_over_by_nobody()
            throws IOException, SQLException {
        flippedIsNamed("ring", "cell", "substr(cell, 1, 8) DESC LIMIT 1 OFFSET 5");
    }

    @Test
    void a_flip_in_a_block_is_named_by_everybody_and_signed_over_by_nobody()
            throws IOException, SQLException {
        flippedIsNamed("blocks", "columns", "rowid LIMIT 1");
    }

    private void flippedIsNamed(String table, String column, String which)
            throws IOException, SQLException {
        flip(table, column, which);
        long first;
        try (var journal = Journal.asItIs(folder, new Random(1))) {
            journal.sealWith(seal);
            var live = LiveCheck.of(journal, OwnKeys.known(folder));
            assertThat(live.sound()).isFalse();
            first = live.faults().getFirst().from();
            assertThat(first).isGreaterThan(1);
            for (var judged : judge(journal)) {
                assertThat(judged.proven()).isFalse();
                assertThat(judged.bad().orElseThrow().from()).as(judged.json()).isEqualTo(first);
            }
        }
        try (var journal = open()) {
            journal.inspectAll();
            var gaps = gaps(journal);
            assertThat(gaps).anyMatch(g -> g.range().from() == first);
            assertThat(gaps).allMatch(g -> g.cause() == GapCause.QUARANTINED);
            journal.findings().forEach(fact -> append(journal, ROUNDS + 1, fact));
            journal.sealSoon();
            append(journal, ROUNDS + 2, CLOCK);
            for (var judged : judge(journal)) {
                assertThat(judged.proven()).as(judged.json()).isTrue();
                assertThat(judged.epochs().getFirst().gaps())
                        .as(judged.json())
                        .anyMatch(gap -> gap.from() == first);
            }
        }
    }

    @Test
    void an_edge_that_cannot_be_made_again_begins_an_epoch_that_is_signed()
            throws IOException, SQLException {
        flip("entries", "bytes", "rowid DESC LIMIT 1");
        try (var journal = open()) {
            assertThat(journal.epoch()).isNotEqualTo(epoch);
            assertThat(journal.read(1, 1).getFirst().fact())
                    .isEqualTo(
                            new Fact.EpochBegan(java.util.Optional.of(epoch), Causes.TREE_BROKEN));
            assertThat(journal.checkpoint(at(ROUNDS + 1))).isPresent();
        }
    }

    private static List<Fact.Gap> gaps(Journal journal) {
        return journal.findings().stream()
                .filter(Fact.Gap.class::isInstance)
                .map(Fact.Gap.class::cast)
                .toList();
    }

    private List<Judged> judge(Journal journal) throws IOException {
        var file = folder.resolve("export.zip");
        var terms = new Export.Terms(Instant.EPOCH, "test", true, SiteNote.of(folder));
        try (var export = Export.of(journal, folder, Export.Asked.ALL, terms);
                var out = Files.newOutputStream(file)) {
            export.write(out);
        }
        return Judged.byBoth(file);
    }

    private Journal open() {
        var journal =
                Journal.open(
                        Place.unbound(folder), new Random(acts.size()), at(ROUNDS), Runnable::run);
        journal.sealWith(seal);
        OwnKeys.remember(folder, seal);
        return journal;
    }

    /** Flips a bit of a blob where it is stored; a cell of the ring is empty behind its entry. */
    private void flip(String table, String column, String which) throws SQLException {
        var url = "jdbc:sqlite:" + folder.resolve("journal.db");
        try (var connection = DriverManager.getConnection(url);
                var read =
                        connection.prepareStatement(
                                "SELECT rowid, %s FROM %s ORDER BY %s"
                                        .formatted(column, table, which));
                var write =
                        connection.prepareStatement(
                                "UPDATE %s SET %s = ? WHERE rowid = ?".formatted(table, column))) {
            try (var found = read.executeQuery()) {
                assertThat(found.next()).isTrue();
                var bytes = found.getBytes(2);
                bytes[Math.min(60, bytes.length / 2)] ^= 8;
                write.setBytes(1, bytes);
                write.setLong(2, found.getLong(1));
            }
            assertThat(write.executeUpdate()).isOne();
        }
    }

    /** Wherever the bytes stand, older copies in the log too. */
    private static void flipAll(Path folder, byte[] wanted) throws IOException {
        var flipped = 0;
        for (var name : List.of("journal.db", "journal.db-wal")) {
            var file = folder.resolve(name);
            if (Files.notExists(file)) {
                continue;
            }
            var bytes = Files.readAllBytes(file);
            for (var at = 0; at + wanted.length <= bytes.length; at++) {
                if (bytes[at] == wanted[0]
                        && ByteBuffer.wrap(bytes, at, wanted.length)
                                .equals(ByteBuffer.wrap(wanted))) {
                    bytes[at + wanted.length / 2] ^= 8;
                    flipped++;
                }
            }
            Files.write(file, bytes);
        }
        assertThat(flipped).isPositive();
    }

    private void zeroHead() throws IOException {
        try (var out = FileChannel.open(folder.resolve("journal.db"), StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(new byte[4096]), 0);
        }
    }

    private static Moment at(int round) {
        return JournalTest.moment("b", Duration.ofSeconds(10L * round).toNanos());
    }
}
