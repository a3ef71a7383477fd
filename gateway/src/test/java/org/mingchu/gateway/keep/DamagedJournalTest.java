package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Lane;
import org.mingchu.gateway.judge.Progress;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;

/** A damaged file is put aside whole, what is sound is there again, and what is lost is said. */
class DamagedJournalTest {
    private static final Fact CLOCK = new Fact.ClockSet(ClockState.SYNCED, 5, 10);
    private static final int ROUNDS = 1_500;

    @TempDir Path folder;

    private final List<Entry> kept = new ArrayList<>();
    private String epoch = "";

    @Test
    void a_zeroed_first_page_costs_nothing() throws IOException {
        fill();
        write(0, new byte[4096]);
        try (var journal = open(Runnable::run)) {
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
            assertThat(began(journal))
                    .isEqualTo(new Fact.EpochBegan(Optional.of(epoch), "damaged"));
            assertThat(journal.read(epoch, 1, 10_000)).isEqualTo(kept);
            assertThat(gaps(journal)).isEmpty();
            assertThat(journal.epochs()).containsExactly(epoch, journal.epoch());
            // How far the platforms are was saved too: only what they lack is kept again.
            var unsent = new ArrayList<Fact>();
            while (journal.hasUnsent()) {
                unsent.addAll(journal.unsent(List.of("city"), 500));
                journal.append(at(9_999), List.of(CLOCK));
                journal.commit();
            }
            assertThat(unsent).hasSize((int) kept.stream().filter(this::isUnsent).count());
        }
        try (var quarantines = Files.list(folder.resolve("quarantine"))) {
            var why = quarantines.findFirst().orElseThrow().resolve("why.txt");
            assertThat(Files.readString(why)).contains("Saved: " + kept.size() + " entries");
        }
    }

    private boolean isUnsent(Entry entry) {
        return switch (entry.fact().lane()) {
            case ALARM -> entry.seq() > 900;
            case READING -> entry.seq() > 1_200;
            case NONE -> false;
        };
    }

    @Test
    void a_file_that_is_gone_is_named_with_what_it_held() throws IOException {
        fill();
        Files.delete(folder.resolve("journal.db"));
        try (var journal = open(Runnable::run)) {
            assertThat(began(journal))
                    .isEqualTo(new Fact.EpochBegan(Optional.of(epoch), "damaged"));
            assertThat(gaps(journal)).hasSize(1);
            assertThat(gaps(journal).getFirst().epoch()).isEqualTo(epoch);
            assertThat(gaps(journal).getFirst().range().to()).isGreaterThan(ROUNDS / 2);
        }
    }

    @Test
    void while_it_is_mended_the_record_goes_on_in_memory() throws IOException {
        fill();
        write(0, new byte[4096]);
        var work = new ArrayList<Runnable>();
        try (var journal = open(work::add)) {
            assertThat(journal.condition()).isEqualTo(StorageState.MEMORY);
            journal.append(at(ROUNDS + 1), List.of(CLOCK));
            journal.commit();
            journal.tend(at(ROUNDS + 2));
            assertThat(journal.condition()).isEqualTo(StorageState.MEMORY);
            work.forEach(Runnable::run);
            journal.tend(at(ROUNDS + 4));
            assertThat(journal.condition()).isEqualTo(StorageState.DAMAGED);
            assertThat(journal.read(epoch, 1, 10_000)).isEqualTo(kept);
            assertThat(journal.read(2, 1).getFirst().fact()).isEqualTo(CLOCK);
        }
    }

    @Test
    void epochs_that_were_still_being_kept_again_are_not_forgotten_over_a_salvage()
            throws IOException {
        var journal = filled();
        journal.beginEpoch(Causes.COPIED, at(ROUNDS + 2));
        journal.close();
        write(0, new byte[4096]);
        var work = new ArrayList<Runnable>();
        try (var young = open(work::add)) {
            work.forEach(Runnable::run);
            young.tend(at(ROUNDS + 4));
            var unsent = new ArrayList<Fact>();
            while (young.hasUnsent()) {
                unsent.addAll(young.unsent(List.of("city"), 500));
                young.append(at(9_999), List.of(CLOCK));
                young.commit();
            }
            assertThat(unsent.stream().map(f -> ((Fact.Rekeyed) f).original()))
                    .containsAll(kept.stream().filter(this::isUnsent).toList());
        }
    }

    @Test
    void what_was_damaged_while_running_is_saved_or_said_at_the_next_start() throws IOException {
        var journal = filled();
        write(0, new byte[(int) Files.size(folder.resolve("journal.db")) / 2]);
        for (var i = 0; i < 50; i++) {
            kept.addAll(journal.append(at(ROUNDS + 10 + i), List.of(CLOCK)));
            journal.commit();
        }
        journal.close();
        try (var again = open(Runnable::run)) {
            var found = again.read(epoch, 1, 10_000);
            assertThat(kept).containsAll(found);
            var gaps = gaps(again);
            assertThat(kept)
                    .allMatch(e -> found.contains(e) || gaps.stream().anyMatch(g -> covers(g, e)));
        }
    }

    private boolean covers(Fact.Gap gap, Entry entry) {
        return gap.epoch().equals(epoch)
                && gap.range().from() <= entry.seq()
                && entry.seq() <= gap.range().to();
    }

    private void fill() {
        filled().close();
    }

    private Journal filled() {
        var journal = open(Runnable::run);
        epoch = journal.epoch();
        kept.addAll(journal.read(1, 1));
        for (var i = 1; i <= ROUNDS; i++) {
            kept.addAll(journal.append(at(i), List.of(Rounds.of(4, new Random(i)))));
            if (i % 5 == 0) {
                kept.addAll(journal.append(at(i), List.of(CLOCK)));
            }
            journal.commit();
            journal.tend(at(i));
        }
        journal.saveProgress("city", Lane.ALARM, new Progress(900, List.of()));
        journal.saveProgress("city", Lane.READING, new Progress(1_200, List.of()));
        kept.addAll(journal.append(at(ROUNDS + 1), List.of(CLOCK)));
        journal.commit();
        return journal;
    }

    private void write(long at, byte[] bytes) throws IOException {
        try (var out = FileChannel.open(folder.resolve("journal.db"), StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private Journal open(Executor mender) {
        return Journal.open(Place.unbound(folder), new Random(kept.size()), at(0), mender);
    }

    private static Fact began(Journal journal) {
        return journal.read(1, 1).getFirst().fact();
    }

    private static List<Fact.Gap> gaps(Journal journal) {
        return journal.read(Lane.ALARM, 1, 10_000).stream()
                .filter(e -> e.fact() instanceof Fact.Gap)
                .map(e -> (Fact.Gap) e.fact())
                .toList();
    }

    private static Moment at(int round) {
        return JournalTest.moment("b", Duration.ofSeconds(10L * round).toNanos());
    }
}
