package org.mingchu.gateway.tend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.Checked;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Secrets;
import org.mingchu.config.SecretsReader;
import org.mingchu.config.SiteKind;
import org.mingchu.config.draft.FirstSite;
import org.mingchu.gateway.doctor.Wording;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The written walk through the first hour says what the program understands. */
class WalkTest {
    private static final Path DOCS = Path.of("../firmware-config/src/main/docs");
    private static final Path RULES = Path.of("src/main/etc/rules");
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

    /** Every file that it shows is one that the program takes, as the first boot puts it in. */
    @ParameterizedTest
    @ValueSource(strings = {"commissioning.md", "commissioning.zh-CN.md"})
    void every_file_that_it_shows_can_be_used(String walk, @TempDir Path folder)
            throws IOException {
        var shown = blocks(walk, "toml");
        assertThat(shown).as("secrets, and radio with its own").hasSize(3);
        var secrets =
                Files.writeString(
                        folder.resolve("secrets.toml"), shown.getFirst() + shown.getLast());
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        var read = SecretsReader.read(secrets);
        assertThat(read).isInstanceOf(Checked.Good.class);
        assertThat(((Checked.Good<Secrets>) read).value().named("platform")).isPresent();
        assertThat(((Checked.Good<Secrets>) read).value().named("kitchen-wifi")).isPresent();

        var line = "# credentials = \"platform\"";
        var site =
                new FirstSite(
                                "xlgl-duolun-0107",
                                "xlgl-duolun",
                                "gw-1",
                                "中心户7号",
                                SiteKind.MINI,
                                "Asia/Shanghai",
                                "zh-CN",
                                "cn-catering",
                                "127.0.0.1:8080",
                                Optional.of("mqtts://supervision.example:8883"))
                        .text();
        assertThat(site).as("the line whose # is taken away").contains(line);
        var file =
                Files.writeString(
                        folder.resolve("site.toml"),
                        site.replace(line, line.substring(2)) + shown.get(1));
        assertThat(PlanReader.read(file, RULES)).isInstanceOf(Checked.Good.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"commissioning.md", "commissioning.zh-CN.md"})
    void it_quotes_what_is_said_when_all_is_done(String walk) throws IOException {
        var language = walk.contains("zh-CN") ? "zh-CN" : "en";
        assertThat(Files.readString(DOCS.resolve(walk)).replaceAll("\\s+", " "))
                .contains(Wording.in(language).line("steps.done", Map.of()));
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

    private static List<String> blocks(String walk, String of) throws IOException {
        return Pattern.compile("```" + of + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCS.resolve(walk)))
                .results()
                .map(block -> block.group(1))
                .toList();
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
