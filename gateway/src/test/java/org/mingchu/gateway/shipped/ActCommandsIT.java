package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What people do in the kitchen, said to the shipped program by command and by page. */
final class ActCommandsIT {
    @TempDir private Path folder;

    @Test
    void an_alarm_is_put_aside_and_taken_up_and_a_unit_is_cleaned() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 1, "", "")) {
            assertThat(says(kitchen, "alarms", "list").code()).isEqualTo(6);
            says(kitchen, "person", "add", "--id", "p-02", "--role", "manager", "--name", "Li");
            kitchen.start();
            kitchen.temperature(1, -5_000);
            Eventually.within(
                    Duration.ofSeconds(20),
                    "the alarm is listed",
                    () -> says(kitchen, "alarms", "list").lines(),
                    () -> says(kitchen, "alarms", "list").text().contains("freezer-1-air/"));
            shelving(kitchen);
            cleaning(kitchen);
        }
    }

    private static void shelving(Kitchen kitchen) {
        var alarm = "freezer-1-air/freezer-high";
        var words = new String[] {"alarms", "shelve", alarm, "--by", "p-02", "--reason", "x"};
        var tooLong = says(kitchen, with(words, "--for", "3h"));
        assertThat(tooLong.code()).isOne();
        assertThat(tooLong.text()).contains("--for '3h': the rules allow 1 min to 2 h");
        assertThat(says(kitchen, with(words, "--for", "2h")).text()).contains("now shelved");
        assertThat(says(kitchen, "alarms", "list", "--json").text())
                .contains("\"state\":\"shelved\"");
        assertThat(says(kitchen, "alarms", "unshelve", alarm, "--by", "p-02").code()).isZero();
    }

    private static void cleaning(Kitchen kitchen) {
        var body = "{\"act\":\"cleaning\",\"unit\":\"freezer-1\",\"person\":\"p-02\",";
        assertThat(kitchen.post("/api/act", body + "\"minutes\":\"300\",\"reason\":\"x\"}"))
                .contains("too-long");
        assertThat(kitchen.post("/api/act", body + "\"minutes\":\"60\",\"reason\":\"x\"}"))
                .contains("done");
        assertThat(kitchen.tryGet("/api/state")).contains("\"light\":\"planned\"");
        assertThat(says(kitchen, "unit", "in-use", "freezer-1", "--by", "p-02").code()).isZero();
        assertThat(says(kitchen, "unit", "in-use", "freezer-1", "--by", "p-02").code()).isOne();
    }

    private static String[] with(String[] words, String... more) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Program.Ended says(Kitchen kitchen, String... words) {
        var command = new ArrayList<>(List.of(Kitchen.PROGRAM));
        command.addAll(List.of(words));
        command.addAll(List.of("--state", kitchen.state().toString()));
        return Program.run(command);
    }
}
