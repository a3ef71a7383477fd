package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Problem.Severity;

import java.util.Optional;

class ProblemTest {
    @Test
    void an_error_is_one_line_that_an_editor_can_follow() {
        assertThat(problem(Severity.ERROR, 12, Optional.of("\"freezer\"")).text())
                .isEqualTo(
                        "site.toml:12:7: unit[2].kind: found \"frezer\", expected a kind; did you"
                                + " mean \"freezer\"?");
    }

    @Test
    void a_warning_and_a_note_say_so() {
        assertThat(problem(Severity.WARNING, 12, Optional.empty()).text())
                .isEqualTo(
                        "site.toml:12:7: warning: unit[2].kind: found \"frezer\", expected a kind");
        assertThat(problem(Severity.NOTE, 12, Optional.empty()).text())
                .isEqualTo("site.toml:12:7: note: unit[2].kind: \"frezer\" a kind");
    }

    @Test
    void a_problem_of_the_whole_file_has_no_place() {
        assertThat(problem(Severity.ERROR, 0, Optional.empty()).text())
                .startsWith("site.toml: unit[2].kind");
    }

    private static Problem problem(Severity severity, int line, Optional<String> hint) {
        return new Problem(
                severity, "site.toml", line, 7, "unit[2].kind", "\"frezer\"", "a kind", hint);
    }
}
