package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.tell.Schemas;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code mingchu doctor} and the support bundle, with the shipped program running and without. */
final class DoctorIT {
    @TempDir private Path folder;

    @Test
    void it_is_asked_with_an_agent_and_without_and_is_quick_and_as_described() throws Exception {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 2, "", "")) {
            var alone = doctor(kitchen, "--json");
            assertThat(alone.code()).isOne();
            assertThat(Schemas.problems("doctor", alone.lines().getLast())).isEmpty();
            assertThat(alone.text())
                    .contains("\"agent\":false", "\"id\":\"agent.running\",\"status\":\"fail\"");

            kitchen.start();
            var asked = doctor(kitchen, "--json");
            assertThat(Schemas.problems("doctor", asked.lines().getLast())).isEmpty();
            assertThat(asked.text())
                    .contains(
                            "\"agent\":true",
                            "\"id\":\"agent.running\",\"status\":\"ok\"",
                            "\"of\":\"freezer-1-air\",\"status\":\"ok\"");

            kitchen.w1(1, "00 00 00 00 00 00 00 00 00 : crc=00 NO\n");
            Eventually.within(
                    Duration.ofSeconds(30),
                    "the doctor names the probe",
                    () -> doctor(kitchen).lines(),
                    () -> doctor(kitchen).text().contains("探头 freezer-1-air"));
            var words = doctor(kitchen, "--language", "en");
            assertThat(words.code()).isOne();
            assertThat(words.text()).contains("fail     probe freezer-1-air", "→ ");

            var bundle = folder.resolve("bundle.zip");
            var made = Program.run(command(kitchen, "support-bundle", bundle.toString()));
            assertThat(made.text()).contains("places taken out");
            assertThat(bundle).isNotEmptyFile();
        }
    }

    private static Program.Ended doctor(Kitchen kitchen, String... more) {
        var begun = System.nanoTime();
        var ended = Program.run(command(kitchen, "doctor", more));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        return ended;
    }

    private static List<String> command(Kitchen kitchen, String verb, String... more) {
        var command = new ArrayList<>(List.of(Kitchen.PROGRAM, verb));
        command.addAll(
                List.of(
                        "--state",
                        kitchen.state().toString(),
                        "--site",
                        kitchen.site().toString(),
                        "--root",
                        kitchen.root().toString()));
        command.addAll(List.of(more));
        return command;
    }
}
