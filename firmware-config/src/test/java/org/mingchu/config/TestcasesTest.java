package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.joining;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Each folder of testcases holds files with planted faults and the messages they must give. Where
 * the faults are marked in the file itself, the marks say where each message must point, so that a
 * wrong place cannot slip into the expected messages unseen.
 */
class TestcasesTest {
    private static final Path FOLDER = Fixture.RESOURCES.resolve("testcases");

    @TempDir Path temp;

    static Stream<String> cases() throws IOException {
        try (var folders = Files.list(FOLDER)) {
            return folders.map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    static Stream<String> marked() {
        return Stream.of(
                "twenty-faults",
                "references",
                "overrides",
                "pack-faults",
                "probes-and-cameras",
                "wall",
                "board",
                "network",
                "secrets",
                "advice");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_file_gives_exactly_these_messages(String name) throws IOException {
        var folder = FOLDER.resolve(name);
        var actual =
                Fixture.texts(read(folder)).stream()
                        .map(text -> relative(text, folder))
                        .collect(joining("\n", "", "\n"));

        assertThat(actual).isEqualTo(Files.readString(folder.resolve("expected.txt")));
    }

    @ParameterizedTest
    @MethodSource("marked")
    void every_planted_fault_is_named_at_its_place(String name) throws IOException {
        var folder = FOLDER.resolve(name);
        var planted = new ArrayList<String>();
        for (var file : List.of("site.toml", "rules/planted.toml", "secrets.toml", "zh-CN.toml")) {
            planted.addAll(marks(folder.resolve(file)));
        }

        assertThat(Fixture.errors(read(folder)))
                .extracting(
                        p -> Path.of(p.file()).getFileName() + ":" + p.line() + ":" + p.column())
                .containsExactlyInAnyOrderElementsOf(planted);
    }

    @Test
    void more_than_twenty_faults_of_different_kinds_are_named_in_one_run() throws IOException {
        var errors = Fixture.errors(read(FOLDER.resolve("twenty-faults")));

        assertThat(errors.stream().map(Problem::expected).distinct())
                .hasSizeGreaterThanOrEqualTo(20);
    }

    private Checked<?> read(Path folder) throws IOException {
        if (Files.exists(folder.resolve("site.toml"))) {
            return PlanReader.read(folder.resolve("site.toml"), Fixture.RULES);
        }
        return Files.exists(folder.resolve("secrets.toml"))
                ? SecretsReader.read(Fixture.guarded(folder.resolve("secrets.toml"), temp))
                : AdviceReader.read(folder.resolve("zh-CN.toml"));
    }

    private String relative(String text, Path folder) {
        return text.replace(folder + "/", "")
                .replace(temp + "/", "")
                .replace(Fixture.RULES + "/", "installed/");
    }

    /** {@code site.toml:12:7} for each piece of a line that a mark behind it names. */
    private static List<String> marks(Path file) throws IOException {
        var marks = new ArrayList<String>();
        var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
        for (int i = 0; i < lines.size(); i++) {
            var at = lines.get(i).indexOf(" #! ");
            if (at < 0) {
                continue;
            }
            var line = lines.get(i).substring(0, at);
            for (var piece : lines.get(i).substring(at + 4).split(" \\| ", -1)) {
                assertThat(line).contains(piece);
                marks.add(file.getFileName() + ":" + (i + 1) + ":" + (line.indexOf(piece) + 1));
            }
        }
        return marks;
    }
}
