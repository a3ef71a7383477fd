package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Priority;
import org.mingchu.sensors.pi.Board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The driver on a board whose pins are files, as in the simulated kitchen. */
class AnnunciatorTest {
    private static final org.mingchu.config.Annunciator PINS =
            new org.mingchu.config.Annunciator(
                    OptionalInt.of(22),
                    OptionalInt.of(23),
                    OptionalInt.of(24),
                    OptionalInt.of(25),
                    OptionalInt.empty());

    @TempDir Path pins;
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicLong pushedNs = new AtomicLong();
    private OptionalInt missing = OptionalInt.empty();
    private Optional<Annunciator> annunciator = Optional.empty();

    @AfterEach
    void end() {
        annunciator.ifPresent(Annunciator::close);
    }

    @Test
    void the_buzzer_sounds_within_a_fifth_of_a_second_and_stops_as_fast() {
        var begun = start();
        begun.show(new Signal(Optional.of(Priority.P2), true, true));
        assertThat(until(() -> high(22))).isLessThan(Duration.ofMillis(200));
        assertThat(until(() -> high(23) && high(24))).isLessThan(Duration.ofMillis(200));
        begun.show(Signal.QUIET);
        assertThat(until(() -> !high(22) && !high(23) && !high(24)))
                .isLessThan(Duration.ofMillis(200));
    }

    @Test
    void p1_is_heard_as_three_tones_in_a_second_at_the_pin() {
        start().show(new Signal(Optional.of(Priority.P1), true, false));
        until(() -> high(22));
        var tones = 0;
        var level = true;
        var end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (System.nanoTime() < end) {
            var now = high(22);
            tones += now && !level ? 1 : 0;
            level = now;
            LockSupport.parkNanos(2_000_000);
        }
        assertThat(tones).isBetween(5, 7);
    }

    @Test
    void a_word_that_changes_nothing_does_not_begin_the_sound_again() {
        var begun = start();
        begun.show(new Signal(Optional.of(Priority.P2), true, false));
        until(() -> high(22));
        pushedNs.addAndGet(Duration.ofSeconds(5).toNanos());
        until(() -> !high(22));
        begun.show(new Signal(Optional.of(Priority.P2), true, true));
        until(() -> high(24));
        assertThat(high(22)).isFalse();
    }

    @Test
    void green_changes_once_a_second_at_most_and_only_when_told() {
        var begun = start();
        begun.blink();
        until(() -> high(25));
        begun.blink();
        begun.show(new Signal(Optional.empty(), false, true));
        until(() -> high(24));
        assertThat(high(25)).as("a second call within the second").isTrue();
        pushedNs.addAndGet(Duration.ofSeconds(30).toNanos());
        begun.show(Signal.QUIET);
        until(() -> !high(24));
        assertThat(high(25)).as("nobody has kept anything").isTrue();
        begun.blink();
        until(() -> !high(25));
    }

    @Test
    void the_end_is_silent_and_dark() {
        var begun = start();
        begun.show(new Signal(Optional.of(Priority.P1), true, true));
        begun.blink();
        until(() -> high(24) && high(25));
        begun.close();
        for (var pin : new int[] {22, 23, 24, 25}) {
            assertThat(high(pin)).as("pin %d", pin).isFalse();
        }
    }

    @Test
    void a_pin_that_fails_comes_back() {
        var begun = start();
        broken.set(true);
        begun.show(new Signal(Optional.empty(), false, true));
        until(() -> !broken.get());
        until(() -> high(24));
    }

    @Test
    void a_lamp_that_cannot_be_had_does_not_cost_the_buzzer() {
        missing = OptionalInt.of(25);
        start().show(new Signal(Optional.of(Priority.P1), true, true));
        until(() -> high(22));
        until(() -> high(24));
    }

    @Test
    void a_site_without_pins_is_no_error() {
        try (var silent =
                new Annunciator(
                        new FileBoard(), org.mingchu.config.Annunciator.NONE, System::nanoTime)) {
            silent.show(new Signal(Optional.of(Priority.P1), true, true));
            silent.blink();
        }
        assertThat(pins).isEmptyDirectory();
    }

    @Test
    void what_is_not_there_was_never_driven() {
        var lampOnly =
                new org.mingchu.config.Annunciator(
                        OptionalInt.empty(),
                        OptionalInt.of(23),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty());
        var begun = start(lampOnly);
        begun.watch();
        begun.show(new Signal(Optional.of(Priority.P1), true, false));
        until(() -> begun.driven().red().isPresent());
        // The first sound of a P1 is in the same step as its light.
        assertThat(begun.driven().buzzer()).isEmpty();

        begun.close();
        missing = OptionalInt.of(22);
        var broken = start(PINS);
        broken.watch();
        broken.show(new Signal(Optional.of(Priority.P1), true, false));
        until(() -> broken.driven().red().isPresent());
        assertThat(broken.driven().buzzer()).isEmpty();
        assertThat(broken.missing()).containsExactly("buzzer");
    }

    private Annunciator start() {
        return start(PINS);
    }

    private Annunciator start(org.mingchu.config.Annunciator fitted) {
        var begun =
                new Annunciator(new FileBoard(), fitted, () -> System.nanoTime() + pushedNs.get());
        annunciator = Optional.of(begun);
        return begun;
    }

    private static Duration until(BooleanSupplier so) {
        var begun = System.nanoTime();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - begun > Duration.ofSeconds(5).toNanos()) {
                throw new AssertionError("not within 5 s");
            }
            LockSupport.parkNanos(2_000_000);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private boolean high(int bcm) {
        try {
            return Files.readString(pins.resolve("gpio" + bcm)).equals("1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pins as files; the first write after {@code broken} fails. */
    private final class FileBoard implements Board {
        @Override
        public Input input(int bcm, Consumer<Boolean> changed) {
            throw new AssertionError("the annunciator reads no pin");
        }

        @Override
        public Output output(int bcm) {
            if (missing.equals(OptionalInt.of(bcm))) {
                throw new BoardException("gpio:" + bcm + " is busy", new IOException("busy"));
            }
            write(bcm, "0");
            return high -> {
                if (broken.getAndSet(false)) {
                    throw new IllegalStateException("the driver is gone");
                }
                write(bcm, high ? "1" : "0");
            };
        }

        private void write(int bcm, String level) {
            try {
                var fresh = Files.writeString(pins.resolve("new" + bcm), level);
                Files.move(
                        fresh,
                        pins.resolve("gpio" + bcm),
                        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }
}
