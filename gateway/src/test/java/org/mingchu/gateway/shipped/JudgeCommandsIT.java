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

/** What the shipped program says to whoever asks what the rules would have said. */
final class JudgeCommandsIT {
    private static final Path CASES = Path.of("src", "test", "resources", "judge-try");

    @TempDir private Path folder;

    @Test
    void a_series_is_judged_without_an_agent_and_without_a_state_folder() {
        var series = CASES.resolve("ten-seconds").resolve("readings.csv").toString();
        var site = CASES.resolve("site.toml").toString();

        var tried = mingchu("judge", "try", "--site", site, "--readings", series);
        assertThat(tried.code()).isOne();
        assertThat(tried.text()).contains("06:11:00  raised", "alarms: 2, in 156 rows");
        assertThat(tried.text()).as("no progress in a pipe").doesNotContain("judging", "\u001b");

        var wrong = CASES.resolve("faults").resolve("readings.csv").toString();
        var refused = mingchu("judge", "try", "--site", site, "--readings", wrong);
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.text()).contains("readings.csv:3:21: fridge-1-air: found \"4,0\"");
        assertThat(mingchu("judge", "try", "--site", site).code()).isEqualTo(2);
    }

    @Test
    void a_record_is_judged_again_by_the_agent_and_without_it() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 2, "", "")) {
            assertThat(replay(kitchen).code()).as("no agent").isEqualTo(6);
            kitchen.start();
            Eventually.within(
                    Duration.ofSeconds(10),
                    "rounds are judged again",
                    () -> replay(kitchen).lines(),
                    () -> replay(kitchen).text().matches("(?s).*[1-9]\\d* rounds from .*"));
            assertThat(replay(kitchen).code()).isZero();
            var pack = Kitchen.HOME.resolve("etc/rules/cn-catering.toml").toString();
            assertThat(replay(kitchen, "--pack", pack, "--json").text())
                    .contains("kfs/judge-replay-summary/1");
            var nowhere = replay(kitchen, "--pack", folder.resolve("nix.toml").toString());
            assertThat(nowhere.code()).isEqualTo(3);
            assertThat(nowhere.text()).contains("nix.toml", "no such file");
            assertThat(kitchen.program().terminate()).isEqualTo(143);

            var offline = replay(kitchen, "--offline", "--site", kitchen.site().toString());
            assertThat(offline.code()).as(offline.text()).isZero();
            assertThat(offline.text()).contains("nothing was written");
            assertThat(replay(kitchen, "--offline", "--site", "nix.toml").code()).isEqualTo(3);
        }
    }

    @Test
    void the_alarm_load_is_told_by_the_agent_and_without_it() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 2, "", "")) {
            assertThat(load(kitchen).code()).as("no agent").isEqualTo(6);
            kitchen.start();
            Eventually.within(
                    Duration.ofSeconds(10),
                    "the record is counted",
                    () -> load(kitchen).lines(),
                    () -> load(kitchen).text().contains("alarm load from "));
            assertThat(load(kitchen, "--json", "--days", "30").text())
                    .contains("{\"schema\":\"kfs/alarm-load/1\"");
            var never = load(kitchen, "--days", "0");
            assertThat(never.code()).isEqualTo(2);
            assertThat(never.text()).contains("mingchu: --days '0': expected a whole number");
            assertThat(load(kitchen, "--offline").code()).as("one runs").isEqualTo(71);
            assertThat(kitchen.program().terminate()).isEqualTo(143);

            var offline = load(kitchen, "--offline", "--site", kitchen.site().toString());
            assertThat(offline.code()).as(offline.text()).isZero();
            assertThat(offline.text()).contains("alarm load from ");
            var nowhere = mingchu("judge", "load", "--offline", "--state", "nowhere");
            assertThat(nowhere.code()).isEqualTo(2);
            assertThat(nowhere.text()).contains("--state nowhere: there is no such folder");
        }
    }

    private static Program.Ended load(Kitchen kitchen, String... more) {
        return ask(kitchen, "load", more);
    }

    private static Program.Ended replay(Kitchen kitchen, String... more) {
        return ask(kitchen, "replay", more);
    }

    private static Program.Ended ask(Kitchen kitchen, String command, String... more) {
        var words =
                new ArrayList<>(List.of("judge", command, "--state", kitchen.state().toString()));
        words.addAll(List.of(more));
        return mingchu(words.toArray(String[]::new));
    }

    private static Program.Ended mingchu(String... words) {
        var command = new ArrayList<>(List.of(Kitchen.PROGRAM));
        command.addAll(List.of(words));
        return Program.run(command);
    }
}
