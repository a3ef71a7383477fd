package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Annunciator;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the service manager hears of a kitchen, second by second. */
final class WatchdogTest {
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final long LIMIT_S = 2 * PERIOD.toSeconds() + Watchdog.PATIENCE.toSeconds();

    private final List<String> said = new ArrayList<>();

    @TempDir private Path runtime;

    private Optional<String> hangs = Optional.empty();
    private final List<String> wills = new ArrayList<>();

    private Watchdog dog(boolean samples) {
        return new Watchdog(
                PERIOD,
                samples,
                said::add,
                new LampGuard(Optional.of(runtime)),
                (_, _) -> hangs,
                wills::add);
    }

    private static Moment at(long second) {
        return new Moment("b", second * 1_000_000_000L, 0, ClockState.UNSYNCED, 0);
    }

    @Test
    void it_is_ready_when_a_round_has_come_and_something_is_kept() throws IOException {
        var dog = dog(true);
        dog.kept(at(100), true);
        dog.kept(at(101), false);
        assertThat(said).isEmpty();
        assertThat(runtime.resolve(LampGuard.ALIVE)).doesNotExist();

        dog.sensed(at(102));
        dog.kept(at(102), true);
        assertThat(said).containsExactly("READY=1\nSTATUS=watching\nWATCHDOG=1");
        assertThat(Files.readString(runtime.resolve(LampGuard.ALIVE))).isEqualTo("102\n");
    }

    @Test
    void as_long_as_rounds_come_and_are_kept_it_is_fed_now_and_then() {
        var dog = dog(true);
        for (var second = 0; second < 3600; second++) {
            if (second % PERIOD.toSeconds() == 0) {
                dog.sensed(at(second));
            }
            dog.kept(at(second), second % PERIOD.toSeconds() == 0);
        }
        assertThat(said).hasSize((int) (3600 / Watchdog.EVERY.toSeconds()));
        assertThat(said.subList(1, said.size())).containsOnly("WATCHDOG=1");
    }

    @Test
    void without_rounds_it_is_fed_no_more_although_other_things_are_kept() {
        var dog = dog(true);
        dog.sensed(at(0));
        for (var second = 0; second <= LIMIT_S; second++) {
            dog.kept(at(second), true);
        }
        var fed = said.size();
        for (var second = LIMIT_S + 1; second < 1000; second++) {
            dog.kept(at(second), true);
        }
        assertThat(said.subList(fed, said.size()))
                .containsExactly("STATUS=no readings or no commits; about to be started again");

        dog.sensed(at(1000));
        dog.kept(at(1000), true);
        assertThat(said).last().isEqualTo("WATCHDOG=1");
    }

    @Test
    void without_commits_it_is_fed_no_more_although_rounds_come() {
        var dog = dog(true);
        dog.sensed(at(0));
        dog.kept(at(0), true);
        for (var second = 1; second < 1000; second++) {
            dog.sensed(at(second));
            dog.kept(at(second), false);
        }
        assertThat(said.stream().filter("WATCHDOG=1"::equals))
                .hasSizeLessThanOrEqualTo((int) (LIMIT_S / Watchdog.EVERY.toSeconds()));
        assertThat(said).last().asString().startsWith("STATUS=no readings");
    }

    @Test
    void what_hangs_is_not_waited_for_and_leaves_word_once() {
        var dog = dog(true);
        dog.sensed(at(0));
        dog.kept(at(0), true);
        said.clear();

        hangs = Optional.of("every sensor has been held in a read for 21 s");
        for (var second = 1; second < 60; second++) {
            dog.sensed(at(second));
            dog.kept(at(second), true);
        }

        assertThat(said)
                .containsExactly(
                        "STATUS=every sensor has been held in a read for 21 s; about to be started"
                                + " again",
                        "WATCHDOG=trigger");
        assertThat(wills).containsExactly("every sensor has been held in a read for 21 s");
    }

    @Test
    void a_site_with_radio_probes_alone_needs_no_rounds() {
        var dog = dog(false);
        dog.kept(at(5), true);
        assertThat(said).hasSize(1);
    }

    @Test
    void the_end_is_said() {
        dog(true).ending();
        assertThat(said).containsExactly("STOPPING=1\nSTATUS=ending");
    }

    @Test
    void the_pins_are_left_for_the_small_program() throws IOException {
        LampGuard.pins(
                runtime,
                new Annunciator(
                        OptionalInt.of(22),
                        OptionalInt.empty(),
                        OptionalInt.of(24),
                        OptionalInt.of(25),
                        OptionalInt.of(5)));
        assertThat(Files.readString(runtime.resolve(LampGuard.PINS)))
                .isEqualTo("buzzer=22\namber=24\ngreen=25\n");
    }
}
