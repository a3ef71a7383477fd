package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.SeqRange;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.keep.store.JournalException;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** When an epoch must not go on: what the next one says, and that nothing unsent is lost. */
class JournalEpochsTest {
    private static final Fact CLOCK = new Fact.ClockSet(ClockState.SYNCED, 5, 10);
    private static final Fact LINK = new Fact.Link("city", LinkState.UP, "");

    @TempDir Path folder;

    private final List<Journal> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Journal::close);
    }

    @Test
    void the_same_place_goes_on_and_another_one_begins_an_epoch_that_says_why() {
        var first = opened(place("home-1", "board-1"));
        first.close();
        open.clear();
        var again = opened(place("home-1", "board-1"));
        assertThat(again.epoch()).isEqualTo(first.epoch());
        again.close();
        open.clear();
        var copied = opened(place("home-2", "board-1"));
        assertThat(began(copied))
                .isEqualTo(new Fact.EpochBegan(Optional.of(first.epoch()), "copied"));
        assertThat(copied.lastSeq()).isEqualTo(1);
        copied.close();
        open.clear();
        var moved = opened(place("home-2", "board-2"));
        assertThat(began(moved))
                .isEqualTo(new Fact.EpochBegan(Optional.of(copied.epoch()), "board-changed"));
        assertThat(moved.epochs()).containsExactly(first.epoch(), copied.epoch(), moved.epoch());
    }

    @Test
    void a_database_put_into_the_same_folder_begins_an_epoch_and_our_own_rescue_does_not()
            throws IOException {
        var first = opened(place("home-1", "b"));
        keep(first, CLOCK);
        first.close();
        open.clear();
        var file = folder.resolve("journal.db");
        var backup = Files.readAllBytes(file);
        var second = opened(place("home-1", "b"));
        assertThat(second.epoch()).isEqualTo(first.epoch());

        Files.delete(file);
        second.tend(at(20_000_000_000L));
        assertThat(file).exists();
        assertThat(second.epoch()).isEqualTo(first.epoch());
        second.close();
        open.clear();
        var rescued = opened(place("home-1", "b"));
        assertThat(rescued.epoch()).isEqualTo(first.epoch());
        rescued.close();
        open.clear();

        // As tar does it: the old file goes, and a new one is written.
        Files.delete(file);
        Files.write(file, backup);
        var restored = opened(place("home-1", "b"));
        assertThat(began(restored))
                .isEqualTo(new Fact.EpochBegan(Optional.of(first.epoch()), "copied"));
        restored.close();
        open.clear();
        assertThat(opened(place("home-1", "b")).epoch()).isEqualTo(restored.epoch());
    }

    @Test
    void what_nobody_knows_of_a_place_says_nothing() {
        var first = opened(place("home-1", ""));
        first.close();
        open.clear();
        var later = opened(place("home-1", "board-1"));
        assertThat(later.epoch()).isEqualTo(first.epoch());
    }

    @Test
    void what_a_platform_has_not_confirmed_is_kept_again_and_nothing_else() {
        var old = opened(place("home-1", "b"));
        for (var i = 0; i < 300; i++) {
            keep(old, i % 3 == 0 ? CLOCK : i % 3 == 1 ? LINK : Rounds.of(3, new Random(i)));
        }
        old.saveProgress("city", Lane.ALARM, new Progress(100, List.of(new SeqRange(120, 140))));
        old.saveProgress("city", Lane.READING, new Progress(250, List.of()));
        keep(old, CLOCK);
        var all = old.read(1, 1000);
        old.close();
        open.clear();

        var young = opened(place("home-2", "b"));
        var again = new ArrayList<Entry>();
        while (young.hasUnsent()) {
            young.append(at(9_000), young.unsent(List.of("city"), 7)).forEach(again::add);
            keep(young, LINK);
        }
        var expected =
                all.stream()
                        .filter(e ->
                                e.fact().lane() == Lane.ALARM
                                        && e.seq() > 100
                                        && (e.seq() < 120 || e.seq() > 140))
                        .toList();
        var readings =
                all.stream().filter(e -> e.fact().lane() == Lane.READING && e.seq() > 250).toList();
        assertThat(again.stream().map(e -> ((Fact.Rekeyed) e.fact()).original()))
                .containsExactlyElementsOf(
                        Stream.concat(expected.stream(), readings.stream()).toList());
    }

    @Test
    void keeping_again_goes_on_after_a_restart_and_a_second_new_epoch_wraps_nothing_twice() {
        var old = opened(place("home-1", "b"));
        for (var i = 0; i < 20; i++) {
            keep(old, CLOCK);
        }
        var originals = old.read(Lane.ALARM, 1, 100);
        old.close();
        open.clear();
        var second = opened(place("home-2", "b"));
        second.append(at(9_000), second.unsent(List.of("city"), 5));
        second.commit();
        second.close();
        open.clear();
        var third = opened(place("home-3", "b"));
        var seen = new ArrayList<Entry>();
        while (third.hasUnsent()) {
            third.append(at(9_000), third.unsent(List.of("city"), 100)).stream()
                    .map(e -> ((Fact.Rekeyed) e.fact()).original())
                    .forEach(seen::add);
            third.commit();
        }
        assertThat(seen).containsAll(originals.subList(5, originals.size()));
        assertThat(seen).containsAll(originals.subList(0, 5));
        assertThat(seen).noneMatch(e -> e.fact() instanceof Fact.Rekeyed);
    }

    @Test
    void a_disk_that_goes_on_refusing_sends_the_record_to_memory_and_takes_it_back()
            throws IOException {
        var journal = opened(place("home-1", "b"));
        keep(journal, CLOCK);
        var old = journal.epoch();
        for (var i = 0; i < Refuge.REFUSALS_MAX; i++) {
            assertThat(journal.condition()).isEqualTo(StorageState.SOUND);
            journal.refused(new JournalException("the card is gone"), at(10));
        }
        assertThat(journal.condition()).isEqualTo(StorageState.MEMORY);
        assertThat(began(journal))
                .isEqualTo(new Fact.EpochBegan(Optional.of(old), "storage-failed"));
        for (var i = 0; i < 400; i++) {
            keep(journal, i % 2 == 0 ? Rounds.of(3, new Random(i)) : CLOCK);
        }
        var kept = journal.read(1, 1000);
        var inMemory = journal.epoch();

        journal.tend(at(20_000_000_000L));
        assertThat(journal.condition()).isEqualTo(StorageState.SOUND);
        assertThat(journal.epoch()).isEqualTo(inMemory);
        assertThat(journal.read(1, 1000)).isEqualTo(kept);
        keep(journal, CLOCK);
        journal.close();
        open.clear();
        var again = opened(place("home-1", "b"));
        assertThat(again.epochs()).containsExactly(old, inMemory);
        assertThat(again.read(1, 1000)).startsWith(kept.toArray(Entry[]::new));
        assertThat(again.lastSeq()).isEqualTo(kept.size() + 1);
        assertThat(again.read(old, 1, 10)).hasSize(2);
    }

    @Test
    void how_far_a_platform_is_goes_with_the_entries_that_move_to_the_disk() {
        var journal = opened(place("home-1", "b"));
        for (var i = 0; i < 100; i++) {
            keep(journal, CLOCK);
        }
        var old = journal.epoch();
        journal.saveProgress("city", Lane.ALARM, new Progress(90, List.of()));
        keep(journal, CLOCK);
        for (var i = 0; i < Refuge.REFUSALS_MAX; i++) {
            journal.refused(new JournalException("the card is gone"), at(10));
        }
        for (var i = 0; i < 20; i++) {
            keep(journal, CLOCK);
        }
        var kept = new Progress(12, List.of());
        journal.saveProgress("city", Lane.ALARM, kept);
        keep(journal, CLOCK);
        var waiting = new Progress(15, List.of());
        journal.saveProgress("town", Lane.ALARM, waiting);

        journal.tend(at(20_000_000_000L));
        assertThat(journal.progress("city", Lane.ALARM)).isEqualTo(kept);
        assertThat(journal.progress("town", Lane.ALARM)).isEqualTo(waiting);
        keep(journal, CLOCK);
        assertThat(unsent(journal, "city").stream().map(Entry::seq))
                .containsExactlyElementsOf(LongStream.rangeClosed(91, 102).boxed().toList());
        assertThat(journal.lastSeq(old)).isEqualTo(102);
    }

    @Test
    void confirmations_since_the_start_are_not_believed_however_often_the_file_was_taken_up()
            throws IOException {
        var first = opened(place("home-1", "b"));
        for (var i = 0; i < 4; i++) {
            keep(first, CLOCK);
        }
        first.close();
        open.clear();
        var journal = opened(place("home-1", "b"));
        for (var i = 0; i < 5; i++) {
            keep(journal, CLOCK);
        }
        journal.saveProgress("city", Lane.ALARM, new Progress(10, List.of()));
        keep(journal, CLOCK);
        Files.delete(folder.resolve("journal.db"));
        journal.tend(at(20_000_000_000L));
        journal.beginEpoch(Causes.PLATFORM_AHEAD, at(30_000_000_000L));
        assertThat(unsent(journal, "city").stream().map(Entry::seq))
                .containsExactly(6L, 7L, 8L, 9L, 10L, 11L);
    }

    /** What is kept again, as the house asks for it. */
    private static List<Entry> unsent(Journal journal, String platform) {
        var originals = new ArrayList<Entry>();
        while (journal.hasUnsent()) {
            for (var fact : journal.unsent(List.of(platform), 50)) {
                originals.add(((Fact.Rekeyed) fact).original());
            }
            keep(journal, LINK);
        }
        return originals;
    }

    @Test
    void a_wake_that_fails_before_its_commit_leaves_nothing_for_the_next_one() {
        var journal = opened(place("home-1", "b"));
        journal.append(at(9), List.of(LINK));
        journal.refused(new JournalException("the file cannot be read"), at(9));
        journal.append(at(5), List.of(CLOCK));
        journal.commit();
        assertThat(journal.lastSeq()).isEqualTo(2);
        var entry = journal.read(2, 9).getFirst();
        assertThat(entry.fact()).isEqualTo(CLOCK);
        assertThat(entry.at().upNs()).isEqualTo(5);
    }

    @Test
    void a_file_that_was_taken_away_is_missed_and_made_again() throws IOException {
        var journal = opened(place("home-1", "b"));
        for (var i = 0; i < 100; i++) {
            keep(journal, Rounds.of(3, new Random(i)));
        }
        var kept = journal.read(1, 1000);
        var epoch = journal.epoch();
        Files.delete(folder.resolve("journal.db"));
        journal.tend(at(20_000_000_000L));
        assertThat(journal.condition()).isEqualTo(StorageState.SOUND);
        assertThat(journal.epoch()).isEqualTo(epoch);
        keep(journal, CLOCK);
        assertThat(journal.read(1, 101)).isEqualTo(kept);
        journal.close();
        open.clear();
        var again = opened(place("home-1", "b"));
        assertThat(again.epoch()).isEqualTo(epoch);
        assertThat(again.read(1, 101)).isEqualTo(kept);
        assertThat(again.lastSeq()).isEqualTo(102);
    }

    private Journal opened(Place place) {
        var journal = Journal.open(place, new Random(place.hashCode()), at(1));
        open.add(journal);
        return journal;
    }

    private Place place(String home, String board) {
        return new Place(folder, home, Optional.of(board).filter(text -> !text.isEmpty()));
    }

    private static Fact began(Journal journal) {
        return journal.read(1, 1).getFirst().fact();
    }

    private static void keep(Journal journal, Fact fact) {
        journal.append(at(100), List.of(fact));
        journal.commit();
    }

    private static Moment at(long upNs) {
        return JournalTest.moment("b", upNs);
    }
}
