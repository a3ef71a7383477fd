package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A kitchen in which nothing is wrong must be quiet (F16): at most three sounds a day, no chatter,
 * and once its units are known none for a defrost or for a door that was open for a moment.
 */
final class NormalKitchenTest {
    private static final Duration LENGTH = Duration.ofDays(Proof.pick(5, 60, 365));
    private static final int SEEDS = Proof.pick(1, 1, 20);
    private static final long FIRST_SEED = 41;
    private static final double SOUNDS_A_DAY = 3;

    /** A unit is known after a week. */
    private static final long KNOWN_MS = Duration.ofDays(7).toMillis();

    @Test
    void an_ordinary_kitchen_is_quiet() throws IOException {
        var sounds = 0;
        var wrong = new ArrayList<String>();
        for (var seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            var beganNs = System.nanoTime();
            var kitchen = new NormalKitchen(seed).play(LENGTH);
            report(seed, kitchen.sounds(), System.nanoTime() - beganNs);
            sounds += kitchen.sounds().size();
            for (var sound : kitchen.sounds()) {
                if (sound.filmMs() > KNOWN_MS && sound.cause() != NormalKitchen.Cause.OTHER) {
                    wrong.add("seed %d: %s".formatted(seed, sound));
                }
            }
            for (var chatter : kitchen.chatters()) {
                wrong.add("seed %d chatters: %s".formatted(seed, chatter));
            }
        }
        assertThat((double) sounds / SEEDS / LENGTH.toDays()).isLessThanOrEqualTo(SOUNDS_A_DAY);
        assertThat(wrong).isEmpty();
    }

    private static void report(long seed, List<NormalKitchen.Sound> sounds, long ns) {
        var later = sounds.stream().filter(sound -> sound.filmMs() > KNOWN_MS).count();
        IO.println(
                "normal kitchen: seed %d, %d days in %.1f s: %d sounds, %d after the first week"
                        .formatted(
                                seed,
                                LENGTH.toDays(),
                                Duration.ofNanos(ns).toMillis() / 1000.0,
                                sounds.size(),
                                later));
    }
}
