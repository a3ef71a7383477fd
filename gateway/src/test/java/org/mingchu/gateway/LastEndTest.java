package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.gateway.judge.EndCause;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the next start says of an end, written by the shipped shell script where there is one. */
class LastEndTest {
    private static final Moment NOW = new Moment("b", 1, 0, ClockState.UNSYNCED, 0);

    @TempDir private Path state;

    @ParameterizedTest
    @CsvSource({
        "success, exited, 0, stopped",
        "success, killed, TERM, stopped",
        "watchdog, dumped, ABRT, hung",
        "timeout, killed, KILL, hung",
        "exit-code, exited, 3, memory",
        "oom-kill, killed, KILL, memory",
        "exit-code, exited, 70, failed",
        "signal, killed, KILL, killed",
        "core-dump, dumped, SEGV, killed",
        "resources, exited, 0, failed"
    })
    void what_systemd_has_seen_is_said(String result, String code, String status, String cause)
            throws Exception {
        ended(result, code, status);
        assertThat(LastEnd.of(state, Optional.of(NOW), NOW))
                .contains(
                        new Fact.Restarted(
                                EndCause.of(cause).orElseThrow(),
                                "systemd saw %s %s %s".formatted(result, code, status)));
        LastEnd.recorded(state);
        assertThat(LastEnd.of(state, Optional.of(NOW), NOW)).isEmpty();
    }

    @Test
    void starts_that_came_to_nothing_hide_no_end() throws Exception {
        ended("signal", "killed", "KILL");
        ended("exit-code", "exited", "70");
        ended("exit-code", "exited", "70");
        assertThat(LastEnd.of(state, Optional.of(NOW), NOW))
                .contains(
                        new Fact.Restarted(
                                EndCause.KILLED,
                                "systemd saw signal killed KILL; then 2 starts failed, the last:"
                                        + " systemd saw exit-code exited 70"));
    }

    @Test
    void the_program_itself_knows_better_why_it_was_ended() throws Exception {
        LastEnd.will(state, EndCause.BATTERY, "battery at 14 %,\nno mains");
        ended("success", "killed", "TERM");
        assertThat(LastEnd.of(state, Optional.of(NOW), NOW))
                .contains(
                        new Fact.Restarted(
                                EndCause.BATTERY,
                                "battery at 14 %, no mains; systemd saw success killed TERM"));
    }

    @Test
    void a_board_that_went_off_is_known_by_its_next_boot() {
        var before = new Moment("a", 9, 0, ClockState.UNSYNCED, 0);
        assertThat(LastEnd.of(state, Optional.of(before), NOW))
                .hasValueSatisfying(end -> assertThat(end.cause()).isEqualTo(EndCause.POWER));
        assertThat(LastEnd.of(state, Optional.of(NOW), NOW)).isEmpty();
        assertThat(LastEnd.of(state, Optional.empty(), NOW)).isEmpty();
    }

    /** Before the first unit has a name the condition of the unit stops each start. */
    @Test
    void a_start_that_the_unit_did_not_begin_is_no_end() throws Exception {
        ended("exec-condition", "exited", "1");
        assertThat(LastEnd.of(state, Optional.of(NOW), NOW)).isEmpty();
    }

    @Test
    void a_program_that_fails_for_ever_does_not_fill_the_card() throws Exception {
        Files.writeString(state.resolve(LastEnd.FILE), "signal killed KILL\n" + "x".repeat(8192));
        ended("exit-code", "exited", "70");
        assertThat(Files.size(state.resolve(LastEnd.FILE))).isLessThan(8300);
        assertThat(LastEnd.of(state, Optional.of(NOW), NOW).orElseThrow().cause())
                .isEqualTo(EndCause.KILLED);
    }

    /** As the unit runs it. */
    private void ended(String result, String code, String status)
            throws IOException, InterruptedException {
        var script = Path.of("../firmware-config/src/deb/bin/mingchu-ended").toAbsolutePath();
        var builder = new ProcessBuilder(List.of("sh", script.toString())).inheritIO();
        builder.environment().put("STATE_DIRECTORY", state.toString());
        builder.environment().put("SERVICE_RESULT", result);
        builder.environment().put("EXIT_CODE", code);
        builder.environment().put("EXIT_STATUS", status);
        assertThat(builder.start().waitFor()).isZero();
    }
}
