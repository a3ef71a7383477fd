package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.Lane;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Whole kitchens from a seed. A failure names its seed; the seed becomes a test of its own. */
final class FilmTest {
    private static final Duration SHORT = Duration.ofHours(Proof.pick(6, 12 * 24, 30 * 24));

    @Test
    void one_seed_gives_the_same_journal_bytes_twice() {
        try (var first = new Film(Film.Script.of(7, SHORT)).play();
                var second = new Film(Film.Script.of(7, SHORT)).play()) {
            assertThat(first.journal().lastSeq()).isGreaterThan(SHORT.toMinutes());
            assertThat(first.journalHash()).isEqualTo(second.journalHash());
        }
    }

    @Test
    void the_platform_ends_up_with_everything_in_order_and_valid() {
        try (var film = new Film(Film.Script.of(11, SHORT)).play()) {
            assertThat(film.supervisor().violations()).isEmpty();
            for (var lane : org.mingchu.simulator.platform.Lane.values()) {
                assertThat(film.supervisor().count(lane))
                        .isEqualTo(film.journal().countInLane(Lane.valueOf(lane.name()), 1));
            }
            assertThat(film.supervisor().chainUnbroken()).isTrue();
            assertThat(film.timeline()).isNotEmpty();
        }
    }

    @Test
    void killing_the_house_at_random_entries_gives_the_same_timeline() {
        var seed = 23;
        var calm = new Film.Script(seed, SHORT, false, List.of());
        try (var whole = new Film(calm).play();
                var killed = new Film(withKills(calm, whole.journal().lastSeq())).play()) {
            assertThat(killed.kills()).isGreaterThan(Proof.pick(3, 35, 90));
            assertThat(killed.timeline()).isEqualTo(whole.timeline());
            assertThat(killed.signals()).isEqualTo(whole.signals());
            assertThat(killed.supervisor().chainUnbroken()).isTrue();
        }
    }

    @Test
    void the_living_state_is_the_recall_of_the_journal() {
        try (var film = new Film(Film.Script.of(31, Duration.ofHours(12))).play()) {
            var judge = new Judge(Film.plan());
            var recalled = judge.begin(film.journal().epoch());
            for (var entry : film.journal().read(1, Integer.MAX_VALUE)) {
                recalled = judge.recall(recalled, entry);
            }
            assertThat(recalled).isEqualTo(film.house().state());
        }
    }

    private static Film.Script withKills(Film.Script calm, long lastSeq) {
        var chance = new Random(calm.seed());
        var at =
                LongStream.range(0, Proof.pick(5, 40, 100))
                        .map(_ -> 2 + chance.nextLong(lastSeq - 2))
                        .boxed()
                        .toList();
        return new Film.Script(calm.seed(), calm.length(), calm.outages(), at);
    }
}
