package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.keep.entry.RandomWords;
import org.mingchu.gateway.keep.store.MemoryStore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class JournalImageTest {
    @TempDir Path folder;

    @Test
    void one_seed_gives_one_image_and_another_seed_another() {
        assertThat(filled(3).image()).isEqualTo(filled(3).image());
        assertThat(filled(3).image()).isNotEqualTo(filled(4).image());
    }

    @Test
    void an_image_comes_back_byte_for_byte() {
        var image = filled(5).image();
        try (var again = Journal.inMemory(image, new Random(1))) {
            assertThat(again.image()).isEqualTo(image);
        }
    }

    @Test
    void a_power_cut_takes_what_was_not_committed_and_nothing_else() {
        try (var journal = filled(6)) {
            var kept = journal.read(1, 1000);
            journal.append(
                    JournalTest.moment("b", 1), List.of(new RandomWords(new Random(1)).fact(2)));
            try (var again = Journal.inMemory(journal.image(), new Random(1))) {
                assertThat(again.read(1, 1000)).isEqualTo(kept);
                assertThat(again.lastSeq()).isEqualTo(kept.size());
            }
        }
    }

    @Test
    void a_journal_on_a_disk_has_an_image_that_memory_opens() {
        List<Entry> kept;
        byte[] image;
        try (var journal = Journal.open(folder, new Random(1), JournalTest.moment("b", 1))) {
            fill(journal, 7);
            kept = journal.read(1, 1000);
            image = journal.image();
        }
        try (var again = Journal.inMemory(image, new Random(1))) {
            assertThat(again.read(1, 1000)).isEqualTo(kept);
            again.append(
                    JournalTest.moment("b", 1), List.of(new RandomWords(new Random(1)).fact(2)));
            again.commit();
            assertThat(again.lastSeq()).isEqualTo(kept.size() + 1);
        }
    }

    @Test
    void an_image_without_a_journal_is_refused() {
        try (var empty = MemoryStore.open()) {
            var image = empty.image();
            assertThatThrownBy(() -> Journal.inMemory(image, new Random(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Journal filled(long seed) {
        var journal = Journal.inMemory(new Random(seed), JournalTest.moment("b", 1));
        fill(journal, seed);
        return journal;
    }

    private static void fill(Journal journal, long seed) {
        var words = new RandomWords(new Random(seed));
        for (var i = 0; i < 300; i++) {
            var facts = new ArrayList<>(List.of(words.fact(1 + i % 10)));
            journal.append(words.moment(), facts);
            journal.commit();
        }
    }
}
