package org.mingchu.gateway.tend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The written walk through the first hour says what the program understands. */
class WalkTest {
    private static final Path DOCS = Path.of("../firmware-config/src/main/docs");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

    @ParameterizedTest
    @ValueSource(strings = {"commissioning.md", "commissioning.zh-CN.md"})
    void every_command_of_it_is_one(String walk) throws IOException {
        var commands = commands(walk);

        var line = Commands.line(nobody());
        assertThat(commands).hasSizeGreaterThan(15);
        for (var command : commands) {
            var words = command.replaceAll(" > .*", "").split(" ");
            var parsed = line.parseArgs(words);
            assertThat(parsed.errors()).as(command).isEmpty();
            assertThat(parsed.hasSubcommand()).as(command).isTrue();
        }
    }

    @Test
    void both_languages_walk_the_same_way() throws IOException {
        assertThat(commands("commissioning.zh-CN.md")).isEqualTo(commands("commissioning.md"));
        assertThat(minutes("commissioning.zh-CN.md")).isEqualTo(minutes("commissioning.md"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"commissioning.md", "commissioning.zh-CN.md"})
    void what_it_points_at_is_there(String walk) throws IOException {
        var text = Files.readString(DOCS.resolve(walk));
        for (var link : LINK.matcher(text).results().map(m -> m.group(1)).toList()) {
            assertThat(DOCS.resolve(link)).exists();
        }
    }

    /** As typed after {@code mingchu}, out of the blocks that a shell takes. */
    private static List<String> commands(String walk) throws IOException {
        var commands = new ArrayList<String>();
        var inside = false;
        for (var line : Files.readAllLines(DOCS.resolve(walk))) {
            if (line.startsWith("```")) {
                inside = line.equals("```sh");
            } else if (inside && line.matches("(sudo )?mingchu .*")) {
                commands.add(line.replaceFirst("(sudo )?mingchu ", ""));
            }
        }
        return commands;
    }

    private static List<String> minutes(String walk) throws IOException {
        return Files.readAllLines(DOCS.resolve(walk)).stream()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> line.replaceAll("^\\| (\\d+) \\|.*", "$1"))
                .toList();
    }

    private static Verbs nobody() {
        return (Verbs)
                Proxy.newProxyInstance(
                        Verbs.class.getClassLoader(),
                        new Class<?>[] {Verbs.class},
                        (_, method, _) -> {
                            throw new AssertionError(method + " was asked for while parsing");
                        });
    }
}
