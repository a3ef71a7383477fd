package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody puts an old image of the record in place: the gateway would give numbers again that the
 * platform has, and the platform would drop what it takes for copies.
 */
class RestoredImageTest {
    private static final Duration SAVED = Duration.ofHours(Proof.pick(5, 30, 30));

    /** In the proof the image is thirty days old by then. */
    private static final Duration RESTORED = Duration.ofHours(Proof.pick(12, 48, 30 + 30 * 24));

    private static final Duration END = RESTORED.plusHours(6);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void every_later_reading_is_at_the_platform(boolean linkComesAndGoes) {
        var script = new Film.Script(7, END, linkComesAndGoes, List.of());
        try (var film = new Film(script)) {
            var image = film.playUntil(SAVED).journal().image();
            var old = film.journal().epoch();
            film.playUntil(RESTORED).restore(image).playUntil(END).catchUp();

            var journal = film.journal();
            assertThat(journal.epoch()).isNotEqualTo(old);
            assertThat(journal.read(1, 1).getFirst().fact())
                    .isEqualTo(new Fact.EpochBegan(Optional.of(old), "platform-ahead"));
            assertThat(journal.hasUnsent()).isFalse();
            assertThat(carried(journal)).isEqualTo(lastCheckpoint(journal, old));
            var missing = new ArrayList<String>();
            for (var epoch : journal.epochs()) {
                for (var entry : journal.read(epoch, 1, Integer.MAX_VALUE)) {
                    if (entry.fact() instanceof Fact.Round(var readings)
                            && entry.at().upNs() > RESTORED.toNanos()) {
                        // A round travels whole: one of its readings stands for all.
                        var first = readings.getFirst();
                        check(film, first, entry.at().upNs(), entry.at().boot(), missing);
                    }
                }
            }
            assertThat(missing).isEmpty();
            assertThat(film.supervisor().violations()).isEmpty();
            assertThat(film.supervisor().chainUnbroken()).isTrue();
        }
    }

    private static Fact carried(Journal journal) {
        return journal.read(1, 50).stream()
                .map(Entry::fact)
                .filter(Fact.CarriedCheckpoint.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static Fact lastCheckpoint(Journal journal, String epoch) {
        return journal.read(epoch, 1, Integer.MAX_VALUE).stream()
                .filter(entry -> entry.fact() instanceof Fact.Checkpointed)
                .reduce((_, later) -> later)
                .map(entry ->
                        new Fact.CarriedCheckpoint(
                                epoch, entry.seq(), ((Fact.Checkpointed) entry.fact()).note()))
                .orElseThrow();
    }

    private static void check(
            Film film, Reading reading, long upNs, String boot, List<String> missing) {
        var upMs = Duration.ofNanos(upNs).toMillis();
        if (!film.supervisor().hasReading(reading.subject(), boot, upMs)) {
            missing.add(reading.subject() + " at " + upMs);
        }
    }
}
