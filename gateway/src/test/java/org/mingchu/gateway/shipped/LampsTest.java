package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The small program without Java, as the package has it, over the pins of a simulated board. */
final class LampsTest {
    private static final String SCRIPT =
            Path.of("..", "firmware-config", "src", "deb", "bin", "mingchu-lamps")
                    .toAbsolutePath()
                    .normalize()
                    .toString();
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int BUZZER = 22;
    private static final int AMBER = 24;
    private static final int GREEN = 25;

    @TempDir private Path folder;

    @BeforeEach
    void aBoard() throws IOException {
        for (var bcm : List.of(BUZZER, AMBER, GREEN)) {
            Files.createDirectories(pin(bcm).getParent());
            Files.writeString(pin(bcm), "0\n");
        }
        Files.createDirectories(folder.resolve("run"));
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(folder.resolve("state/lamps"), "buzzer=22\namber=24\ngreen=25\n");
    }

    @Test
    void while_somebody_watches_nothing_is_touched() throws IOException {
        alive(uptime() + 1000);
        try (var lamps = lamps("watch", 90)) {
            // It looks each second; two looks are seen by what it would have written.
            alive(0);
            Eventually.within(SOON, "it looks", lamps::lines, () -> is(AMBER, "1"));
            alive(uptime() + 1000);
            Eventually.within(SOON, "it lets go", lamps::lines, () -> is(AMBER, "0"));
            assertThat(is(BUZZER, "0")).isTrue();
        }
    }

    @Test
    void when_nobody_watches_it_is_amber_chirps_and_says_why_once() throws IOException {
        alive(uptime() - 100);
        try (var lamps = lamps("watch", 90)) {
            Eventually.within(SOON, "amber", lamps::lines, () -> is(AMBER, "1"));
            Eventually.within(
                    SOON,
                    "a chirp",
                    lamps::lines,
                    () -> Files.exists(folder.resolve("run/chirped")));
            assertThat(is(BUZZER, "0")).isTrue();
            assertThat(lamps.lines()).hasSize(1);
            assertThat(lamps.lines().getFirst()).contains("90 s", "systemctl status mingchu");
            assertThat(lamps.terminate()).isZero();
            assertThat(is(AMBER, "0")).isTrue();
        }
    }

    @Test
    void what_never_watched_since_the_boot_is_counted_from_the_boot() {
        try (var lamps = lamps("watch", 1)) {
            Eventually.within(SOON, "amber", lamps::lines, () -> is(AMBER, "1"));
        }
    }

    @Test
    void outputs_are_put_at_rest() throws IOException {
        for (var bcm : List.of(BUZZER, AMBER, GREEN)) {
            Files.writeString(pin(bcm), "1\n");
        }
        try (var lamps = lamps("safe", 90)) {
            assertThat(lamps.exitCode()).isZero();
        }
        assertThat(is(BUZZER, "0") && is(AMBER, "0") && is(GREEN, "0")).isTrue();
    }

    @Test
    void without_pins_there_is_nothing_to_do() throws IOException {
        Files.delete(folder.resolve("state/lamps"));
        try (var lamps = lamps("safe", 90)) {
            assertThat(lamps.exitCode()).isZero();
        }
    }

    @Test
    void other_words_are_refused() {
        try (var lamps = lamps("blink", 90)) {
            assertThat(lamps.exitCode()).isEqualTo(2);
            assertThat(lamps.lines()).containsExactly("mingchu-lamps: say watch or safe");
        }
    }

    private Program lamps(String verb, int silentS) {
        var command = new ArrayList<String>();
        command.add("env");
        command.add("MINGCHU_ROOT=" + folder);
        command.add("MINGCHU_STATE=" + folder.resolve("state"));
        command.add("MINGCHU_RUN=" + folder.resolve("run"));
        command.add("MINGCHU_SILENT_S=" + silentS);
        command.add(SCRIPT);
        command.add(verb);
        return new Program(command);
    }

    private void alive(long second) throws IOException {
        Files.writeString(folder.resolve("run/alive"), second + "\n");
    }

    private static long uptime() throws IOException {
        return (long)
                Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]);
    }

    private boolean is(int bcm, String value) {
        try {
            return Files.readString(pin(bcm)).strip().equals(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path pin(int bcm) {
        return folder.resolve("sys/class/gpio/gpio" + bcm + "/value");
    }
}
