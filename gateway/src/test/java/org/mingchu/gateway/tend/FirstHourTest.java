package org.mingchu.gateway.tend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.simulator.wire.SysfsTree;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A technician makes a site file, looks which probe is which, and names it. */
class FirstHourTest {
    private static final Path RULES = Path.of("src/main/etc/rules");

    /** The pack that is shipped takes longer to read than all else here. */
    private static final String PACK =
            """
            pack = "tiny"
            version = "1.0.0"
            legal = false
            [proof]
            outage_longer_than = "10m"
            in_range_for = "10m"
            [[rule]]
            id = "sensor-silent"
            kind = "any"
            when = { silent_periods = 3 }
            delay = { plain = "0s", off = "0s" }
            priority = "P2"
            attention = "site"
            advice = "sensor-silent"
            """;

    private static final String ONE = "28-0316a2795d01";
    private static final String TWO = "28-0316a2795d02";
    private static final String THREE = "28-0316a2795d03";
    private static final String BOOT = "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11";

    @TempDir private Path folder;

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<Runnable> meanwhile = new ArrayList<>();
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private long upNs;

    @BeforeEach
    void a_small_pack() throws IOException {
        Files.writeString(
                Files.createDirectory(folder.resolve("rules")).resolve("tiny.toml"), PACK);
    }

    @Test
    void a_first_file_is_made_of_options_or_answers_and_never_over_another() throws IOException {
        assertThat(fresh()).isEqualTo(ExitCode.OK);
        assertThat(err.toString())
                .contains("warning: unit: found nothing")
                .doesNotContain("restart");
        var first = Files.readString(site());
        assertThat(type("config", "check", site().toString())).isEqualTo(ExitCode.OK);

        assertThat(fresh()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("is there already and stays");
        assertThat(site()).hasContent(first);

        var asked = folder.resolve("asked.toml").toString();
        assertThat(type("site", "new", asked, "--json")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("missing: --id, --area, --name");
        answers.addAll(List.of("xlgl-duolun-0107", " xlgl-duolun ", "中心户 7 号", "mini", ""));
        assertThat(type("site", "new", asked, "--page", "127.0.0.1:8123")).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(Path.of(asked)))
                .contains("\"中心户 7 号\"", "face   = \"simple\"", "127.0.0.1:8123")
                .doesNotContain("buzzer");
    }

    /** Root makes it, and the gateway has to read it. */
    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void a_first_file_is_of_the_group_of_its_folder() throws IOException {
        var group =
                folder.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByGroupName("daemon");
        Files.getFileAttributeView(folder, PosixFileAttributeView.class).setGroup(group);
        assertThat(fresh()).isEqualTo(ExitCode.OK);
        assertThat(Files.getAttribute(site(), "posix:group")).isEqualTo(group);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(site())))
                .isEqualTo("rw-r-----");
    }

    @Test
    void an_answer_that_cannot_be_used_writes_nothing() {
        answers.addAll(List.of("Grüne Küche", "gz-liwan", "厨房", "", "mqtt://city.example"));
        assertThat(type("site", "new", site().toString()))
                .isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(err.toString()).contains("site.id: found \"Grüne Küche\"", "platform[1].url");
        assertThat(site()).doesNotExist();
    }

    @Test
    void a_slip_in_an_answer_is_no_fault_of_the_program() {
        answers.addAll(List.of("gz-liwan-0042", "gz-liwan", "厨房", "minni"));
        assertThat(type("site", "new", site().toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'minni' is not a kind of kitchen", "mini");
        assertThat(site()).doesNotExist();
    }

    @Test
    void a_slip_in_the_number_of_a_probe_names_those_that_answer() throws IOException {
        var tree = new SysfsTree(folder.resolve("root"), BOOT);
        tree.temperature(ONE, 4_000);
        fresh();
        var before = Files.readString(site());
        String[] unit = {"--unit", "fridge-1", "--kind", "chilled", "--name", "冰箱"};

        assertThat(name(TWO, unit)).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(err.toString()).contains(TWO + " does not answer", "w1:" + ONE, "--force");
        assertThat(site()).hasContent(before);
        assertThat(name(TWO, with(unit, "--force"))).isEqualTo(ExitCode.OK);
    }

    @Test
    void what_hangs_there_is_told_with_its_name_and_what_is_missing_too() {
        assertThat(discover()).isEqualTo(ExitCode.DEVICE_UNREACHABLE);
        assertThat(err.toString()).contains("no 1-Wire bus", "mingchu board apply");

        var tree = new SysfsTree(folder.resolve("root"), BOOT);
        assertThat(discover()).isEqualTo(ExitCode.DEVICE_UNREACHABLE);
        assertThat(err.toString()).contains("nothing answers on 1-Wire", "4.7 kΩ");

        tree.temperature(ONE, 4_000);
        tree.temperature(TWO, 21_500);
        fresh();
        assertThat(name(ONE, "--unit", "fridge-1", "--kind", "chilled", "--name", "冰箱"))
                .isEqualTo(ExitCode.OK);
        assertThat(discover()).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains(ONE, "4.00 °C", "fridge-1-air (冰箱)"),
                        line -> assertThat(line).contains(TWO, "21.50 °C", "not in the site file"));
        assertThat(err.toString()).contains("mingchu sensors name w1:" + TWO);

        tree.vanish(ONE);
        tree.crcNoise(TWO, 21_500);
        assertThat(discover("--json")).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out.toString()).contains("\"missing\":[\"fridge-1-air\"]", "\"fault\":\"crc\"");
    }

    @Test
    void the_probe_in_the_hand_comes_first() {
        var tree = new SysfsTree(folder.resolve("root"), BOOT);
        tree.temperature(ONE, 4_000);
        tree.temperature(TWO, 4_500);
        tree.temperature(THREE, -18_000);
        meanwhile.add(() -> tree.temperature(TWO, 5_500));
        meanwhile.add(() -> tree.temperature(ONE, 4_062));

        assertThat(discover("--watch", "--for", "2s")).isEqualTo(ExitCode.OK);

        var looks = out.toString().split("(?<=Ctrl-C ends|is warming)\n");
        assertThat(looks).hasSize(3);
        assertThat(looks[0]).contains("hold one probe in your hand");
        assertThat(looks[1].lines().findFirst().orElse("")).contains(TWO, "+1.00");
        assertThat(looks[2]).contains("→ w1:" + TWO + " is warming");
        assertThat(discover("--watch", "--for", "2h")).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, "w1:" + ONE, "28-0316A2795D01", "W1:28-0316A2795D01"})
    void a_number_is_taken_as_labels_have_it(String typed) throws IOException {
        fresh();
        assertThat(name(typed, "--unit", "fridge-1", "--kind", "chilled", "--name", "冰箱"))
                .isEqualTo(ExitCode.OK);
        assertThat(Files.readString(site())).contains("source   = \"w1:" + ONE + "\"");
    }

    @Test
    void a_named_probe_is_shown_as_a_difference_and_the_old_file_stays_beside() throws IOException {
        fresh();
        var before = Files.readString(site());
        var words =
                new String[] {
                    "--unit", "fridge-1", "--kind", "chilled", "--name", "冰箱", "--place", "灶边"
                };
        assertThat(name(ONE, with(words, "--dry-run"))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("+name  = \"冰箱\"", "not written");
        assertThat(site()).hasContent(before);

        assertThat(name(ONE, words)).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("systemctl restart mingchu");
        assertThat(folder.resolve("site.toml.old")).hasContent(before);
        assertThat(name("gpio:17", "--unit", "fridge-1")).isEqualTo(ExitCode.OK);
        assertThat(name(TWO, "--unit", "fridge-1", "--json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("\"written\":true");
        assertThat(Files.readString(site()))
                .startsWith(before)
                .contains("\"fridge-1-air\"", "\"fridge-1-door\"", "\"fridge-1-air-2\"");
    }

    @Test
    void what_cannot_be_is_refused_with_its_line_and_changes_nothing() throws IOException {
        fresh();
        name(ONE, "--unit", "fridge-1", "--kind", "chilled", "--name", "冰箱");
        var before = Files.readString(site());

        assertThat(name(TWO, "--unit", "fridge-1", "--measures", "humidity"))
                .isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(err.toString())
                .containsPattern("site\\.toml:\\d+:\\d+: unit\\[1]\\.sensor\\[2]\\.measures")
                .contains("is as it was");
        assertThat(name("gpio:5", "--unit", "fridge-1"))
                .as("the button's pin")
                .isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(name(ONE, "--unit", "fridge-1")).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(err.toString()).contains("is fridge-1-air of fridge-1 already");
        assertThat(name(TWO, "--unit", "fridge-2")).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(name(TWO, "--unit", "fridge-2", "--kind", "chilled")).isEqualTo(ExitCode.USAGE);
        assertThat(site()).hasContent(before);

        var copy =
                Files.writeString(folder.resolve("copy.toml"), before + "[sampling]\nperiod = 7\n");
        assertThat(type("site", "use", copy.toString(), "--site", site().toString()))
                .isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(err.toString()).contains("sampling.period", "is as it was");
        assertThat(site()).hasContent(before);
        Files.writeString(copy, before + "[sampling]\nperiod = \"7s\"\n");
        assertThat(type("site", "use", copy.toString(), "--site", site().toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("+period = \"7s\"");
        assertThat(site()).hasSameTextualContentAs(copy);
    }

    private Path site() {
        return folder.resolve("site.toml");
    }

    private int fresh() {
        return type(
                "site",
                "new",
                site().toString(),
                "--id",
                "gz-liwan-0042",
                "--area",
                "gz-liwan",
                "--name",
                "逢源街长者饭堂",
                "--kind",
                "dining-hall",
                "--platform",
                "mqtts://supervision.example:8883",
                "--rules",
                "tiny");
    }

    private int name(String source, String... words) {
        return type(
                with(
                        new String[] {
                            "sensors",
                            "name",
                            source,
                            "--site",
                            site().toString(),
                            "--root",
                            folder.resolve("root").toString()
                        },
                        words));
    }

    private int discover(String... words) {
        return type(
                with(
                        new String[] {
                            "sensors",
                            "discover",
                            "--site",
                            site().toString(),
                            "--root",
                            folder.resolve("root").toString()
                        },
                        words));
    }

    private static String[] with(String[] some, String... more) {
        var all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private int type(String... words) {
        out = new StringWriter();
        err = new StringWriter();
        return Line.execute(verbs(), new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    private Verbs verbs() {
        return (Verbs)
                Proxy.newProxyInstance(
                        Verbs.class.getClassLoader(),
                        new Class<?>[] {Verbs.class},
                        (_, method, words) ->
                                switch (method.getName()) {
                                    case "check" -> PlanReader.read((Path) words[0], RULES);
                                    case "firstHour" -> new Desk();
                                    case "onTerminal" -> false;
                                    default -> throw new AssertionError(method);
                                });
    }

    /** Time goes on by being waited for; each wait lets the next thing happen. */
    private final class Desk implements FirstHour {
        @Override
        public Checked<Plan> checkText(Path site, Optional<Path> secrets, String text) {
            return PlanReader.readText(site, text, RULES);
        }

        @Override
        public Clock clock(Path root) {
            return () -> new Moment(BOOT, upNs, 0, ClockState.UNSYNCED, 0);
        }

        @Override
        public Told commission(DoctorAsk ask) {
            throw new AssertionError("not asked here");
        }

        @Override
        public void pause(Duration time) {
            upNs += time.toNanos();
            if (!meanwhile.isEmpty()) {
                meanwhile.removeFirst().run();
            }
        }

        @Override
        public Optional<String> line(String prompt) {
            return Optional.ofNullable(answers.poll());
        }
    }
}
