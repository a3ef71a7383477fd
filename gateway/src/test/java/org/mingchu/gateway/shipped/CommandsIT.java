package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The technician's commands as they are shipped, with the exit codes of the contract. */
final class CommandsIT {
    private static final Pattern PLACED_PROBLEM = Pattern.compile(".+:\\d+:\\d+: .+");

    @TempDir private Path folder;

    @Test
    void twenty_planted_faults_give_twenty_messages_with_their_places_in_one_run() {
        var faults =
                Path.of("..", "firmware-config", "src", "test", "resources", "testcases")
                        .resolve("twenty-faults/site.toml");
        var checked = mingchu("config", "check", faults.toString());
        assertThat(checked.code()).isEqualTo(3);
        assertThat(checked.lines().stream().filter(PLACED_PROBLEM.asMatchPredicate()))
                .hasSizeGreaterThanOrEqualTo(20);

        var json = mingchu("config", "check", faults.toString(), "--json");
        assertThat(json.code()).isEqualTo(3);
        assertThat(json.text()).startsWith("{\"schema\":\"kfs/config-check/1\",\"good\":false");
        var run = mingchu("run", "--site", faults.toString(), "--state", folder.toString());
        assertThat(run.code()).isEqualTo(78);
    }

    @Test
    void the_installed_samples_are_good() {
        for (var sample : List.of("dining-hall", "central-kitchen", "mini")) {
            var file = Kitchen.HOME.resolve("etc/samples").resolve(sample + ".toml");
            assertThat(mingchu("config", "check", file.toString()).code()).as(sample).isZero();
        }
    }

    @Test
    void the_secrets_beside_a_site_file_are_its_own() throws IOException {
        Proof.notInShort();
        var site =
                Files.copy(
                        Kitchen.HOME.resolve("etc/samples/mini.toml"), folder.resolve("site.toml"));
        var secrets = Files.writeString(folder.resolve("secrets.toml"), "[a]\nusername = 7\n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));

        var ended = mingchu("config", "check", site.toString());

        assertThat(ended.code()).as(ended.text()).isEqualTo(3);
        assertThat(ended.text()).contains(secrets + ":2:");

        Files.delete(secrets);
        assertThat(mingchu("config", "check", site.toString()).code()).isZero();
    }

    @Test
    void a_second_run_on_one_state_folder_is_refused() throws IOException {
        try (var kitchen = new Kitchen(folder, 1, "", "")) {
            kitchen.start();
            var second = Program.run(kitchen.command());
            assertThat(second.code()).isEqualTo(71);
            assertThat(second.text()).contains(kitchen.state().toString());
        }
    }

    @Test
    void a_simulated_record_is_not_continued_as_a_real_one() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 1, "", "")) {
            kitchen.start();
            kitchen.program().terminate();
            var real =
                    mingchu(
                            "run",
                            "--site",
                            kitchen.site().toString(),
                            "--state",
                            kitchen.state().toString());
            assertThat(real.code()).isEqualTo(2);
            assertThat(real.text()).contains("simulated", "--state");
        }
    }

    @Test
    void somebody_is_added_listed_and_erased() throws IOException {
        var state = Files.createDirectory(folder.resolve("state")).toString();
        var words = List.of("--state", state, "--id", "p-03");
        var add = new ArrayList<>(List.of("person", "add", "--name", "王师傅", "--role", "staff"));
        add.addAll(words);
        assertThat(mingchu(add.toArray(String[]::new)).code()).isZero();
        assertThat(mingchu("person", "list", "--state", state).text()).contains("p-03", "王师傅");
        assertThat(mingchu("person", "erase", "--state", state, "--id", "p-03").code()).isZero();
        assertThat(mingchu("person", "erase", "--state", state, "--id", "p-03").code()).isOne();
    }

    @Test
    void a_slip_of_the_finger_is_told_and_answered_with_2() {
        var slip = mingchu("confg", "check");
        assertThat(slip.code()).isEqualTo(2);
        assertThat(slip.text()).contains("Did you mean");
        assertThat(mingchu("person", "add", "--id", "p", "--name", "n", "--role", "boss").code())
                .isEqualTo(2);
        assertThat(mingchu("version").text()).matches("mingchu \\d+\\.\\d+\\.\\d+");
    }

    private static Program.Ended mingchu(String... words) {
        var command = new ArrayList<>(List.of(Kitchen.PROGRAM));
        command.addAll(List.of(words));
        return Program.run(command);
    }
}
