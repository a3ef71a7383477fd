package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.GapCause;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.keep.cbor.CborWriter;
import org.mingchu.gateway.keep.entry.EntryCodec;
import org.mingchu.gateway.keep.entry.RandomWords;
import org.mingchu.gateway.keep.store.FileStore;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.gateway.keep.store.MemoryStore;
import org.mingchu.gateway.keep.store.Store;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.sqlite.SQLiteConnection;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

/** What holds for the journal on a disk holds for the one in memory. */
class JournalTest {
    private static final Fact ROUND = new Fact.Round(List.of());
    private static final Fact LINK = new Fact.Link("city", LinkState.UP, "");
    private static final Fact CLOCK = new Fact.ClockSet(ClockState.SYNCED, 5, 10);
    private static final int MANY = 2000;

    @TempDir Path folder;

    private final List<Journal> open = new ArrayList<>();
    private Optional<SQLiteConnection> connection = Optional.empty();

    enum Where {
        FILE,
        MEMORY
    }

    @AfterEach
    void close() {
        open.forEach(Journal::close);
    }

    @ParameterizedTest
    @EnumSource
    void a_new_journal_begins_its_epoch_with_entry_one(Where where) throws SQLException {
        var journal = journal(where);
        assertThat(journal.epoch()).matches("[0-9a-f]{16}");
        assertThat(journal.lastSeq()).isEqualTo(1);
        assertThat(journal.read(1, 10))
                .containsExactly(
                        new Entry(
                                journal.epoch(),
                                1,
                                moment("b", 1),
                                new Fact.EpochBegan(Optional.empty(), "first-start")));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_seen_before_its_commit(Where where) throws SQLException {
        var journal = journal(where);
        var entries = journal.append(moment("b", 2), List.of(ROUND, LINK));
        assertThat(journal.lastSeq()).isEqualTo(1);
        assertThat(journal.read(2, 10)).isEmpty();
        assertThat(journal.lastInLane(Lane.READING)).isZero();
        assertThatThrownBy(() -> journal.bytes(2)).isInstanceOf(IllegalArgumentException.class);

        journal.commit();
        assertThat(journal.lastSeq()).isEqualTo(3);
        assertThat(journal.read(2, 10)).isEqualTo(entries);
    }

    /** After a force that failed SQLite shows rows that nobody was promised. */
    @ParameterizedTest
    @EnumSource
    void what_stands_behind_the_last_commit_is_not_read(Where where) throws SQLException {
        var journal = journal(where);
        journal.append(moment("b", 2), List.of(LINK));
        journal.commit();
        statement()
                .execute(
                        "INSERT INTO entries SELECT pos + 1, lane, bytes, leaf_check FROM entries"
                                + " WHERE pos = (SELECT max(pos) FROM entries)");
        assertThat(journal.read(1, 10)).hasSize(2);
        assertThat(journal.read(LINK.lane(), 1, 10)).hasSize(1);
        assertThat(journal.read(journal.epoch(), 1, 10)).hasSize(2);
        assertThat(journal.rows(journal.epoch(), 1, 10, 10)).hasSize(2);
        assertThat(journal.countInLane(LINK.lane(), 1)).isEqualTo(1);
        assertThatThrownBy(() -> journal.bytes(3)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void every_kind_is_read_back_after_a_restart(Where where) throws SQLException {
        var journal = journal(where);
        var words = new RandomWords(new Random(11));
        var kept = new ArrayList<>(journal.read(1, 1));
        for (var i = 0; i < 200; i++) {
            kept.addAll(journal.append(words.moment(), List.of(words.fact(1 + i % 10))));
            journal.commit();
        }
        var again = restarted(where, journal);
        assertThat(again.epoch()).isEqualTo(journal.epoch());
        assertThat(again.read(1, 1000)).isEqualTo(kept);
        assertThat(again.read(100, 7)).isEqualTo(kept.subList(99, 106));
        assertThat(again.lastSeq()).isEqualTo(201);
    }

    @ParameterizedTest
    @EnumSource
    void lanes_are_counted_and_linked_as_a_plain_list_would(Where where) throws SQLException {
        var journal = journal(where);
        var chance = new Random(5);
        for (var i = 0; i < MANY; i++) {
            var draw = chance.nextInt(20);
            var fact = draw == 0 ? CLOCK : draw == 1 ? LINK : ROUND;
            journal.append(moment("b", i + 2), List.of(fact));
            if (i % 50 == 0) {
                journal.commit();
            }
        }
        journal.commit();
        var all = journal.read(1, MANY + 10);
        sameAsList(journal, all);
        sameAsList(restarted(where, journal), all);
    }

    private static void sameAsList(Journal journal, List<Entry> all) {
        for (var lane : Lane.values()) {
            sameAsList(journal, lane, all);
        }
    }

    private static void sameAsList(Journal journal, Lane lane, List<Entry> all) {
        var seqs = seqs(all, lane);
        assertThat(journal.lastInLane(lane)).isEqualTo(seqs.getLast());
        for (long seq = 0; seq <= MANY + 3; seq += 13) {
            var from = seq;
            assertThat(journal.countInLane(lane, from))
                    .isEqualTo(seqs.stream().filter(s -> s >= from).count());
            assertThat(journal.previousInLane(lane, from))
                    .isEqualTo(stream(seqs).filter(s -> s < from).max().orElse(0));
            assertThat(journal.read(lane, from, 9).stream().map(Entry::seq))
                    .isEqualTo(seqs.stream().filter(s -> s >= from).limit(9).toList());
        }
    }

    private static List<Long> seqs(List<Entry> all, Lane lane) {
        return all.stream().filter(e -> e.fact().lane() == lane).map(Entry::seq).toList();
    }

    private static LongStream stream(List<Long> seqs) {
        return seqs.stream().mapToLong(s -> s);
    }

    @ParameterizedTest
    @EnumSource
    void within_a_boot_kept_time_never_runs_backwards(Where where) throws SQLException {
        var journal = journal(where);
        journal.append(moment("b", 500), List.of(ROUND));
        journal.commit();
        var late = journal.append(moment("b", 400), List.of(ROUND)).getFirst();
        assertThat(late.at()).isEqualTo(new Moment("b", 500, 400, ClockState.UNSYNCED, 7));
        journal.commit();

        var again = restarted(where, journal);
        assertThat(again.append(moment("b", 3), List.of(ROUND)).getFirst().at().upNs())
                .isEqualTo(500);
        assertThat(again.append(moment("c", 3), List.of(ROUND)).getFirst().at().upNs())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void a_refused_commit_leaves_all_as_it_was_and_the_next_one_works(Where where)
            throws SQLException {
        var journal = journal(where);
        journal.append(moment("b", 5), List.of(CLOCK));
        journal.commit();
        statement()
                .execute(
                        "CREATE TEMP TRIGGER no BEFORE INSERT ON main.entries WHEN new.pos % 68719476736 = 4"
                                + " BEGIN SELECT RAISE(ABORT, 'the disk says no'); END");
        var state = new RandomWords(new Random(2)).state(journal.epoch(), 3);
        journal.append(moment("b", 9), List.of(ROUND, LINK));
        journal.saveSnapshot(state, "plan");
        journal.saveProgress("city", Lane.ALARM, new Progress(2, List.of()));
        assertThatThrownBy(journal::commit)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("the disk says no")
                .hasMessageContaining(where == Where.FILE ? "journal.db" : "memory");
        assertThat(journal.lastSeq()).isEqualTo(2);
        assertThat(journal.lastInLane(Lane.READING)).isZero();
        assertThat(journal.read(3, 10)).isEmpty();
        assertThat(journal.snapshot("plan")).isEmpty();

        var one = journal.append(moment("b", 6), List.of(ROUND));
        journal.commit();
        assertThat(one.getFirst().seq()).isEqualTo(3);
        assertThat(one.getFirst().at().upNs()).isEqualTo(6);
        var again = restarted(where, journal);
        assertThat(again.read(3, 10)).isEqualTo(one);
        assertThat(again.snapshot("plan")).isEmpty();
        assertThat(again.progress("city", Lane.ALARM).floor()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void a_full_disk_takes_nothing_and_goes_on_when_there_is_room(Where where) throws SQLException {
        var journal = journal(where);
        var statement = statement();
        var pages = statement.executeQuery("PRAGMA page_count").getInt(1);
        statement.execute("PRAGMA max_page_count = " + (pages + 10));
        var kept = 0L;
        var full = Optional.<JournalException>empty();
        while (full.isEmpty() && kept < MANY) {
            journal.append(moment("b", 9), List.of(wide()));
            full = refusal(journal);
            kept = journal.lastSeq();
        }
        assertThat(full).get().asString().contains("full");
        assertThat(refusalOf(journal, wide())).isPresent();
        assertThat(journal.lastSeq()).isEqualTo(kept);

        statement.execute("PRAGMA max_page_count = 100000");
        journal.append(moment("b", 10), List.of(wide(), CLOCK));
        journal.commit();
        var again = restarted(where, journal);
        assertThat(again.read(1, MANY).stream().map(Entry::seq))
                .isEqualTo(LongStream.rangeClosed(1, kept + 2).boxed().toList());
    }

    private static Optional<JournalException> refusalOf(Journal journal, Fact fact) {
        journal.append(moment("b", 9), List.of(fact));
        return refusal(journal);
    }

    private static Optional<JournalException> refusal(Journal journal) {
        try {
            journal.commit();
            return Optional.empty();
        } catch (JournalException e) {
            return Optional.of(e);
        }
    }

    private static Fact wide() {
        return new Fact.Link("x".repeat(600), LinkState.DOWN, "");
    }

    @ParameterizedTest
    @EnumSource
    void a_snapshot_and_its_tail_are_there_after_a_restart(Where where) throws SQLException {
        var journal = journal(where);
        journal.append(moment("b", 2), List.of(ROUND, LINK));
        var state = new RandomWords(new Random(4)).state(journal.epoch(), 3);
        journal.saveSnapshot(state, "plan-1");
        journal.commit();
        var tail = journal.append(moment("b", 3), List.of(CLOCK));
        journal.commit();

        var again = restarted(where, journal);
        assertThat(again.snapshot("plan-1")).contains(state);
        assertThat(again.read(state.seq() + 1, 10)).isEqualTo(tail);
        assertThat(again.snapshot("plan-2")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_snapshot_that_cannot_be_read_is_no_snapshot(Where where) throws SQLException {
        var journal = journal(where);
        for (var seed = 0; seed < 100; seed++) {
            var state = new RandomWords(new Random(seed)).state(journal.epoch(), 1);
            journal.saveSnapshot(state, "plan");
            journal.commit();
            assertThat(journal.snapshot("plan")).as("seed %d", seed).contains(state);
        }
        for (var damage :
                List.of(
                        "substr(state, 1, length(state) - 1)",
                        "x'a1'",
                        "x''",
                        "x'a2' || substr(state, 2)",
                        "x'a40017' || substr(state, 4)")) {
            journal.saveSnapshot(new RandomWords(new Random(1)).state(journal.epoch(), 1), "plan");
            journal.commit();
            assertThat(journal.snapshot("plan")).isPresent();
            statement().execute("UPDATE snapshot SET state = " + damage);
            assertThat(journal.snapshot("plan")).as(damage).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_snapshot_ahead_of_the_journal_or_of_another_one_is_refused(Where where)
            throws SQLException {
        var journal = journal(where);
        var words = new RandomWords(new Random(4));
        assertThatThrownBy(() -> journal.saveSnapshot(words.state(journal.epoch(), 2), "plan"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journal.saveSnapshot(words.state("0123456789abcdef", 1), "plan"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void progress_is_kept_per_platform_and_lane_with_the_next_commit(Where where)
            throws SQLException {
        var journal = journal(where);
        var far = new Progress(7, List.of(new SeqRange(9, 12), new SeqRange(300, 4000)));
        journal.saveProgress("city", Lane.READING, far);
        assertThat(journal.progress("city", Lane.READING)).isEqualTo(far);
        journal.append(moment("b", 3), List.of(ROUND));
        journal.commit();
        journal.saveProgress("city", Lane.READING, Progress.NONE);

        var again = restarted(where, journal);
        assertThat(again.progress("city", Lane.READING)).isEqualTo(far);
        assertThat(again.progress("city", Lane.ALARM)).isEqualTo(Progress.NONE);
        assertThat(again.progress("county", Lane.READING)).isEqualTo(Progress.NONE);
        assertThat(again.lastSeq()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_of_a_later_program_is_kept_and_stepped_over(Where where) throws SQLException {
        var journal = journal(where);
        journal.append(moment("b", 2), List.of(LINK, LINK, LINK, LINK));
        journal.commit();
        var later = HexFormat.of().parseHex("a10002");
        var check = EntryCodec.check(EntryCodec.leaf(later));
        var statement = statement();
        statement.execute("UPDATE entries SET bytes = x'a10002', leaf_check = " + check + where(3));
        statement.execute("UPDATE entries SET bytes = x'ff'" + where(5));

        assertThat(journal.read(1, 2).stream().map(Entry::seq)).containsExactly(1L, 2L);
        assertThat(journal.read(2, 2).stream().map(Entry::seq)).containsExactly(2L, 4L);
        assertThat(journal.read(Lane.NONE, 3, 9).stream().map(Entry::seq)).containsExactly(4L);
        assertThat(journal.bytes(3)).isEqualTo(later);
        assertThat(journal.countInLane(Lane.NONE, 1)).isEqualTo(4);
        assertThat(journal.previousInLane(Lane.NONE, 4)).isEqualTo(3);

        var again = restarted(where, journal);
        var next = again.append(moment("b", 1), List.of(ROUND)).getFirst();
        assertThat(next.seq()).isEqualTo(6);
        assertThat(next.at().upNs()).isEqualTo(2);
        assertThat(again.findings())
                .containsExactly(
                        new Fact.Gap(
                                journal.epoch(),
                                Optional.of(Lane.NONE),
                                new SeqRange(5, 5),
                                1,
                                GapCause.QUARANTINED,
                                Optional.empty(),
                                Optional.empty()));
    }

    private static String where(long seq) {
        return " WHERE pos % 68719476736 = " + seq;
    }

    @ParameterizedTest
    @EnumSource
    void a_leaf_hashes_the_bytes_that_are_kept(Where where) throws SQLException {
        var journal = journal(where);
        var entry = journal.read(1, 1).getFirst();
        assertThat(journal.bytes(1)).isEqualTo(EntryCodec.encode(new CborWriter(), entry));
        assertThat(journal.leaf(1)).isEqualTo(EntryCodec.leaf(journal.bytes(1)));
    }

    private Journal journal(Where where) throws SQLException {
        return opened(store(where, Optional.empty()));
    }

    /** On a disk: closed and opened again. In memory: what a power cut would leave. */
    private Journal restarted(Where where, Journal journal) throws SQLException {
        var image = Optional.of(journal.image());
        if (where == Where.FILE) {
            open.remove(journal);
            journal.close();
        }
        return opened(store(where, image));
    }

    private Journal opened(Store store) {
        var journal = Journal.on(store, new Random(1), moment("b", 1));
        open.add(journal);
        return journal;
    }

    private Store store(Where where, Optional<byte[]> image) throws SQLException {
        if (where == Where.MEMORY) {
            connection = Optional.of(MemoryStore.connect(image));
            return MemoryStore.on(connection.get());
        }
        var file = folder.resolve("journal.db");
        connection = Optional.of(FileStore.connect(file));
        return FileStore.on(connection.get(), file);
    }

    private Statement statement() throws SQLException {
        return connection.orElseThrow().createStatement();
    }

    static Moment moment(String boot, long upNs) {
        return new Moment(boot, upNs, upNs, ClockState.UNSYNCED, 7);
    }
}
