package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.gateway.keep.proof.Merkle;
import org.mingchu.gateway.keep.proof.Tree;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.Pos;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Old readings go when there is no room, and everything else can still be proven. */
class ThinningTest {
    private static final String CITY = "city";
    private static final Fact LINK = new Fact.Link(CITY, LinkState.UP, "");
    private static final long BEGIN_MS = 1_790_000_000_000L;
    private static final Duration DAY = Duration.ofDays(1);
    private static final int ROUNDS_A_DAY = 24 * 60;
    private static final int DAYS = 5;

    /** Of so many entries one is proven, against every checkpoint. */
    private static final int EACH = Proof.pick(307, 53, 53);

    @TempDir Path folder;

    private final Random chance = new Random(11);
    private final List<Entry> kept = new ArrayList<>();
    private final Map<Long, byte[]> signed = new HashMap<>();
    private int minute;

    @Test
    void what_goes_is_said_and_all_that_stays_is_proven_against_every_checkpoint() {
        try (var journal = Journal.inMemory(new Random(1), at(0))) {
            journal.sealWith(new Seal("area", "site", "gw", DeviceKey.of(new byte[32])));
            fill(journal, DAYS);
            var delivered = lastReading(1);
            journal.saveProgress(CITY, Lane.READING, new Progress(delivered, List.of()));
            var before = List.copyOf(kept);
            journal.allow(new Allowance(DAY, 0, List.of(CITY), List.of()));
            var gaps = thinAll(journal);

            assertThat(gaps.getFirst().range().to()).isLessThanOrEqualTo(delivered);
            var left = journal.read(1, Integer.MAX_VALUE);
            var there = new HashSet<>(left.stream().map(Entry::seq).toList());
            var gone = before.stream().filter(e -> !there.contains(e.seq())).toList();
            assertThat(gone).hasSizeBetween(2 * ROUNDS_A_DAY, 3 * ROUNDS_A_DAY);
            assertThat(gone).allMatch(e -> e.fact() instanceof Fact.Round);
            assertThat(gone).allMatch(e -> gaps.stream().anyMatch(g -> isIn(g.range(), e.seq())));
            assertThat(gaps.stream().mapToLong(Fact.Gap::count).sum()).isEqualTo(gone.size());
            assertThat(gaps).allMatch(g -> g.cause() == GapCause.THINNED);
            assertThat(gaps.getFirst().from()).contains(gone.getFirst().at());
            assertThat(gaps.getLast().to()).contains(gone.getLast().at());
            proven(journal, left);
            chained(journal, before, there);

            try (var again = Journal.inMemory(journal.image(), new Random(2))) {
                proven(again, again.read(1, Integer.MAX_VALUE));
                assertThat(again.append(at(DAYS * ROUNDS_A_DAY), List.of(LINK))).hasSize(1);
                again.commit();
            }
        }
    }

    @Test
    void nothing_goes_while_there_is_room_and_never_the_last_two_days() {
        try (var journal = Journal.inMemory(new Random(1), at(0))) {
            fill(journal, 3);
            journal.allow(new Allowance(DAY, Long.MAX_VALUE, List.of(), List.of()));
            assertThat(thinAll(journal)).isEmpty();
            journal.allow(new Allowance(Duration.ofDays(90), 0, List.of(CITY), List.of()));
            var rounds = journal.countInLane(Lane.READING, 1);
            thinAll(journal);
            assertThat(rounds - journal.countInLane(Lane.READING, 1))
                    .isBetween(ROUNDS_A_DAY - 120L, (long) ROUNDS_A_DAY);
        }
    }

    @Test
    void what_is_held_stays_until_two_roles_have_released_it() {
        try (var journal = Journal.inMemory(new Random(1), at(0))) {
            fill(journal, DAYS);
            var incident = BEGIN_MS + DAY.toMillis() / 2;
            var hold =
                    new Fact.HoldPlaced(
                            "h-1",
                            incident - Duration.ofHours(3).toMillis(),
                            incident + Duration.ofHours(3).toMillis(),
                            "two guests ill",
                            person("p-1", Role.MANAGER));
            keep(journal, DAYS * ROUNDS_A_DAY, hold);
            journal.allow(new Allowance(DAY, 0, List.of(), List.of()));
            thinAll(journal);
            assertThat(roundsBetween(journal, hold.fromMs(), hold.toMs())).isEqualTo(361);

            for (var second : List.of(person("p-2", Role.MANAGER), person("p-1", Role.MANAGER))) {
                keep(journal, DAYS * ROUNDS_A_DAY, new Fact.HoldReleased("h-1", "over", second));
                thinAll(journal);
                assertThat(roundsBetween(journal, hold.fromMs(), hold.toMs())).isEqualTo(361);
                assertThat(journal.history(Duration.ofMinutes(1)).holds()).containsExactly(hold);
            }
            var officer = person("p-3", Role.SAFETY_OFFICER);
            keep(journal, DAYS * ROUNDS_A_DAY, new Fact.HoldReleased("h-1", "over", officer));
            thinAll(journal);
            assertThat(roundsBetween(journal, hold.fromMs(), hold.toMs())).isZero();
            assertThat(journal.history(Duration.ofMinutes(1)).holds()).isEmpty();
        }
    }

    @Test
    void on_a_full_disk_old_readings_make_room_and_the_record_goes_on_in_the_file() {
        try (var journal = Journal.open(folder, new Random(1), at(0))) {
            journal.allow(new Allowance(Duration.ofDays(90), 1L << 40, List.of(), List.of()));
            fill(journal, 4);
            var pages = Long.parseLong(ask(journal, "PRAGMA page_count"));
            ask(journal, "PRAGMA max_page_count = " + (pages + 4));
            assertThatThrownBy(
                            () -> {
                                for (var i = 0; i < 1_000; i++) {
                                    keep(journal, 4 * ROUNDS_A_DAY, text(i));
                                }
                            })
                    .isInstanceOf(JournalException.class);
            assertThat(journal.condition()).isEqualTo(StorageState.LOW);
            var refused = 0;
            for (var i = 0; i < 20; i++) {
                var now = at(4 * ROUNDS_A_DAY + i);
                journal.tend(now);
                journal.append(now, journal.findings());
                journal.append(now, List.of(text(i)));
                try {
                    journal.commit();
                } catch (JournalException e) {
                    refused++;
                    journal.refused(e, now);
                }
            }
            assertThat(journal.condition()).isNotEqualTo(StorageState.MEMORY);
            assertThat(refused).isLessThan(3);
            assertThat(Long.parseLong(ask(journal, "PRAGMA page_count")))
                    .isLessThanOrEqualTo(pages + 4);
            assertThat(gaps(journal)).isNotEmpty();
        }
    }

    @Test
    void a_refused_commit_drops_nothing_and_the_step_is_tried_again() throws Exception {
        var disk = new FullDisk(at(0));
        var journal = disk.journal();
        fill(journal, DAYS);
        journal.allow(new Allowance(DAY, 0, List.of(), List.of()));
        var now = at(DAYS * ROUNDS_A_DAY + 1);
        journal.tend(now);
        var rounds = journal.countInLane(Lane.READING, 1);
        disk.full(true);
        journal.append(now, journal.findings());
        assertThatThrownBy(journal::commit).isInstanceOf(JournalException.class);
        disk.full(false);
        assertThat(journal.countInLane(Lane.READING, 1)).isEqualTo(rounds);
        var again = journal.findings();
        assertThat(again).hasSize(1);
        journal.append(now, again);
        journal.commit();
        assertThat(journal.findings()).isEmpty();
        assertThat(rounds - journal.countInLane(Lane.READING, 1))
                .isEqualTo(((Fact.Gap) again.getFirst()).count());
    }

    @Test
    void nothing_goes_while_somebody_reads_the_record_as_a_whole() {
        try (var journal = Journal.inMemory(new Random(1), at(0))) {
            fill(journal, 3);
            var rounds = journal.countInLane(Lane.READING, 1);
            journal.allow(new Allowance(DAY, 0, List.of(), List.of()));
            try (var _ = journal.holdStill()) {
                assertThat(thinAll(journal)).isEmpty();
            }
            journal.tend(at(minute + 1));
            var planned = journal.findings();
            assertThat(planned).hasSize(1);
            try (var _ = journal.holdStill()) {
                journal.append(at(minute + 1), planned);
                assertThatThrownBy(journal::commit).isInstanceOf(JournalException.class);
                assertThat(journal.findings()).isEmpty();
                assertThat(journal.countInLane(Lane.READING, 1)).isEqualTo(rounds);
            }
            assertThat(thinAll(journal)).isNotEmpty();
            assertThat(journal.countInLane(Lane.READING, 1)).isLessThan(rounds);
        }
    }

    @Test
    void a_clock_that_nobody_set_makes_nothing_old() {
        try (var journal = Journal.inMemory(new Random(1), at(0))) {
            fill(journal, 1);
            journal.allow(new Allowance(DAY, 0, List.of(), List.of()));
            var wild = BEGIN_MS + Duration.ofDays(3650).toMillis();
            for (var i = 1; i < 5; i++) {
                var up = Duration.ofMinutes(i);
                var now =
                        new Moment(
                                "boot-2",
                                up.toNanos(),
                                wild + up.toMillis(),
                                ClockState.UNSYNCED,
                                Moment.ERROR_UNKNOWN_MS);
                journal.append(now, List.of(LINK));
                journal.commit();
                journal.tend(now);
                assertThat(journal.findings()).isEmpty();
            }
            var set =
                    new Moment(
                            "boot-2",
                            Duration.ofMinutes(9).toNanos(),
                            BEGIN_MS + 4 * DAY.toMillis(),
                            ClockState.SYNCED,
                            20);
            journal.append(set, List.of(LINK));
            journal.commit();
            journal.tend(set);
            assertThat(journal.findings()).hasSize(1);
        }
    }

    @Test
    void a_salvage_does_not_lose_once_more_what_was_thinned() throws Exception {
        try (var journal = Journal.open(folder, new Random(1), at(0))) {
            fill(journal, 3);
            journal.allow(new Allowance(DAY, 0, List.of(), List.of()));
            assertThat(thinAll(journal)).isNotEmpty();
        }
        try (var file = new RandomAccessFile(folder.resolve("journal.db").toFile(), "rw")) {
            file.write(new byte[4096]);
        }
        try (var again = Journal.open(folder, new Random(2), at(minute + 1))) {
            assertThat(again.condition()).isEqualTo(StorageState.DAMAGED);
            assertThat(gaps(again)).isEmpty();
        }
    }

    /**
     * A disk that lies about a sync may give back a block that was dropped. The gap's count would
     * take its rounds for those that stayed, and an act that was lost beside them for thinned.
     */
    @Test
    void rounds_that_come_back_do_not_make_up_for_what_is_lost_beside_them() throws Exception {
        try (var journal = Journal.open(folder, new Random(1), at(0))) {
            fill(journal, 3);
        }
        var file = folder.resolve("journal.db");
        var before = Files.copy(file, folder.resolve("before.db"));
        Fact.Gap thinned;
        try (var journal = Journal.open(folder, new Random(1), at(lastMinute(kept)))) {
            journal.allow(new Allowance(DAY, 0, List.of(), List.of()));
            thinned = thinAll(journal).getFirst();
        }
        var lost =
                kept.stream()
                        .filter(e -> e.fact().equals(LINK) && isIn(thinned.range(), e.seq()))
                        .findFirst()
                        .orElseThrow();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            // else the salvage finds it in the page it was deleted from
            statement.execute("PRAGMA secure_delete = ON");
            statement.execute("ATTACH '%s' AS before".formatted(before));
            assertThat(
                            statement.executeUpdate(
                                    "INSERT INTO main.blocks SELECT * FROM before.blocks WHERE pos"
                                            + " NOT IN (SELECT pos FROM main.blocks) ORDER BY pos"
                                            + " LIMIT 1"))
                    .isOne();
            assertThat(
                            statement.executeUpdate(
                                    "DELETE FROM main.entries WHERE pos = "
                                            + Pos.of(1, lost.seq())))
                    .isOne();
        }
        Files.delete(before);
        try (var harmed = new RandomAccessFile(file.toFile(), "rw")) {
            harmed.write(new byte[4096]);
        }
        try (var again = Journal.open(folder, new Random(2), at(minute + 1))) {
            assertThat(gaps(again)).hasSize(1);
            var gap = (Fact.Gap) gaps(again).getFirst().fact();
            assertThat(gap.cause()).isNotEqualTo(GapCause.THINNED);
            assertThat(isIn(gap.range(), lost.seq())).isTrue();
            assertThat(gap.count()).isOne();
        }
    }

    private void fill(Journal journal, int days) {
        kept.addAll(journal.read(1, 1));
        for (var i = 0; i < days * ROUNDS_A_DAY; i++) {
            kept.addAll(journal.append(at(i), List.of(Rounds.of(2, chance))));
            if (chance.nextInt(40) == 0) {
                kept.addAll(journal.append(at(i), List.of(LINK)));
            }
            if (i % 30 == 29) {
                journal.commit();
                journal.tend(at(i));
                var checkpoint = journal.checkpoint(at(i));
                checkpoint.ifPresent(fact -> {
                    signed.put(journal.lastSeq(), root(journal, journal.lastSeq()));
                    kept.addAll(journal.append(at(lastMinute(kept)), List.of(fact)));
                });
            }
        }
        journal.commit();
    }

    private static int lastMinute(List<Entry> kept) {
        return (int) Duration.ofNanos(kept.getLast().at().upNs()).toMinutes();
    }

    private void keep(Journal journal, int minute, Fact fact) {
        kept.addAll(journal.append(at(minute), List.of(fact)));
        journal.commit();
    }

    /** As the house does, minute after minute, until nothing more goes. */
    private List<Fact.Gap> thinAll(Journal journal) {
        var gaps = new ArrayList<Fact.Gap>();
        minute = Math.max(minute, lastMinute(kept));
        for (var i = 1; i < 100; i++) {
            minute++;
            journal.tend(at(minute));
            var findings = journal.findings();
            if (findings.isEmpty()) {
                return gaps;
            }
            findings.forEach(f -> gaps.add((Fact.Gap) f));
            kept.addAll(journal.append(at(minute), findings));
            journal.commit();
        }
        throw new AssertionError("it never ends");
    }

    private void proven(Journal journal, List<Entry> left) {
        assertThat(signed).hasSizeGreaterThan(24);
        Tree tree = tree(journal);
        signed.forEach((size, root) -> {
            assertThat(hex(tree.root(size).orElseThrow())).isEqualTo(hex(root));
            for (var i = 0; i < left.size(); i += EACH) {
                var seq = left.get(i).seq();
                if (seq <= size) {
                    var path = tree.inclusion(seq - 1, size).orElseThrow();
                    assertThat(Merkle.includes(root, size, seq - 1, journal.leaf(seq), path))
                            .isTrue();
                }
            }
            assertThat(tree.consistency(size, journal.lastSeq())).isPresent();
        });
    }

    /** Whoever gets the later readings is told the same neighbours as before. */
    private static void chained(Journal journal, List<Entry> before, Set<Long> there) {
        var last = 0L;
        for (var entry : before) {
            if (entry.fact() instanceof Fact.Round) {
                if (there.contains(entry.seq())) {
                    assertThat(journal.previousInLane(Lane.READING, entry.seq())).isEqualTo(last);
                }
                last = entry.seq();
            }
        }
        var left = before.stream().filter(e -> e.fact() instanceof Fact.Round);
        assertThat(journal.countInLane(Lane.READING, 1))
                .isEqualTo(left.filter(e -> there.contains(e.seq())).count());
    }

    private long lastReading(int days) {
        return kept.stream()
                .filter(e -> e.fact() instanceof Fact.Round)
                .skip((long) days * ROUNDS_A_DAY)
                .findFirst()
                .orElseThrow()
                .seq();
    }

    private static long roundsBetween(Journal journal, long fromMs, long toMs) {
        return journal.read(Lane.READING, 1, Integer.MAX_VALUE).stream()
                .filter(e -> e.at().wallMs() >= fromMs && e.at().wallMs() <= toMs)
                .count();
    }

    private static List<Entry> gaps(Journal journal) {
        return journal.read(Lane.ALARM, 1, Integer.MAX_VALUE).stream()
                .filter(e -> e.fact() instanceof Fact.Gap)
                .toList();
    }

    private static Tree tree(Journal journal) {
        return journal.asked((store, _) -> new Tree(Evidence.hashes(store, 1)));
    }

    private static byte[] root(Journal journal, long size) {
        return tree(journal).root(size).orElseThrow();
    }

    private static String ask(Journal journal, String question) {
        return journal.asked((store, _) -> store.ask(question).orElse(""));
    }

    private static boolean isIn(SeqRange range, long seq) {
        return range.from() <= seq && seq <= range.to();
    }

    private static Fact text(int i) {
        return new Fact.Link(CITY, LinkState.UP, "x".repeat(900) + i);
    }

    private static Person person(String id, Role role) {
        return new Person(id, role, Strength.TAP);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Moment at(int minute) {
        var up = Duration.ofMinutes(minute);
        return new Moment("boot-1", up.toNanos(), BEGIN_MS + up.toMillis(), ClockState.SYNCED, 20);
    }
}
