package org.mingchu.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Calibration;
import org.mingchu.sensors.kernel.W1Thermometer;
import org.mingchu.sensors.kernel.W1Tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A kernel's file whose read never returns: a pipe that nobody writes to. */
final class HungBusTest {
    private static final String ONE = "28-0316a2795d01";
    private static final String OTHER = "28-0316a2795e01";
    private static final Duration PERIOD = Duration.ofMillis(200);

    @TempDir private Path root;
    private final Clock clock = () -> new Moment("b", System.nanoTime(), 0, ClockState.UNSYNCED, 0);
    private final BlockingQueue<List<Reading>> rounds = new LinkedBlockingQueue<>();

    @Test
    void a_read_that_never_returns_is_silence_with_its_reason_and_holds_up_nobody()
            throws Exception {
        var tree = new W1Tree(root);
        tree.temperature(ONE, 4_000);
        tree.temperature(OTHER, -18_000);
        try (var sampler = sampler()) {
            sampler.start();
            await(round -> round.stream().allMatch(Reading.Measured.class::isInstance));
            assertThat(held(sampler)).isZero();

            hang(ONE);
            var round = await(r -> r.getFirst() instanceof Reading.Silent);
            assertThat(round.getFirst())
                    .isInstanceOfSatisfying(
                            Reading.Silent.class,
                            silent -> {
                                assertThat(silent.fault()).isEqualTo(Fault.SILENT);
                                assertThat(silent.detail()).startsWith("no answer for ");
                            });
            assertThat(round.getLast()).isInstanceOf(Reading.Measured.class);
            assertThat(held(sampler)).as("one of them answers").isZero();

            hang(OTHER);
            await(r -> r.stream().allMatch(Reading.Silent.class::isInstance));
            var held = held(sampler);
            assertThat(held).isPositive();
            await(r -> r.stream().allMatch(Reading.Silent.class::isInstance));
            assertThat(held(sampler)).as("it is the same read").isGreaterThan(held);

            // The driver lets go.
            tree.temperature(ONE, 5_000);
            release();
            await(r -> r.getFirst() instanceof Reading.Measured);
        }
    }

    /** Those that wait in the open pipe read its end. */
    private void release() throws IOException {
        try (var pipe = Files.newOutputStream(root.resolve("left-" + ONE))) {
            pipe.flush();
        }
    }

    private long held(Sampler sampler) {
        return sampler.heldNs(clock.now().upNs());
    }

    private Sampler sampler() {
        var sensors = List.<Sensor>of(thermometer("one", ONE), thermometer("other", OTHER));
        return new Sampler(List.of(new Beat(PERIOD, Beat.On.FILES, sensors)), clock, rounds::add);
    }

    private Sensor thermometer(String id, String rom) {
        var correction =
                new Correction(
                        new Calibration(0, Optional.empty(), Optional.empty()),
                        Set.of(),
                        clock,
                        ZoneOffset.UTC);
        return new W1Thermometer(id, rom, root, correction);
    }

    private void hang(String rom) throws IOException, InterruptedException {
        var pipe = root.resolve("left-" + rom);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        var file = root.resolve("sys/bus/w1/devices").resolve(rom).resolve("w1_slave");
        var link = Files.createSymbolicLink(root.resolve("link-" + rom), pipe);
        Files.move(link, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<Reading> await(Predicate<List<Reading>> wanted) throws InterruptedException {
        for (var i = 0; i < 100; i++) {
            var round = rounds.poll(10, TimeUnit.SECONDS);
            assertThat(round).as("rounds go on").isNotNull();
            if (wanted.test(round)) {
                return round;
            }
        }
        throw new AssertionError("not within 100 rounds");
    }
}
