package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

class PlanReaderTest {
    private static final Path EXAMPLE = Fixture.EXAMPLES.resolve("site.toml");
    private static final String MINI = "mini.toml";

    @TempDir Path temp;

    @Test
    void every_key_of_the_contract_s_site_file_becomes_a_value() throws IOException {
        var site = plan(EXAMPLE).site();

        assertThat(site.identity()).isEqualTo(new Identity("gz-liwan", "gz-liwan-0042", "gw-1"));
        assertThat(site.name()).isEqualTo("逢源街长者饭堂");
        assertThat(site.kind()).isEqualTo(SiteKind.DINING_HALL);
        assertThat(site.timeZone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(site.language()).isEqualTo("zh-CN");
        assertThat(site.operator())
                .contains(new Operator("op-7731", "荔湾颐康餐饮有限公司", LocalDate.of(2026, 3, 1)));
        assertThat(site.hours().orElseThrow().weekly()).hasSize(2);
        assertThat(site.hours().orElseThrow().closures())
                .containsExactly(
                        new Hours.Closure(
                                LocalDate.of(2027, 2, 5), LocalDate.of(2027, 2, 16), "春节"));
        assertThat(site.meals())
                .containsExactly(
                        new Meal("lunch", "午餐", LocalTime.of(11, 0), LocalTime.of(12, 30)));
        assertThat(site.contacts())
                .containsExactly(new Contact("p-03", Contact.Channel.SMS, Contact.Duty.ALWAYS));
        assertThat(site.samplingPeriod()).isEqualTo(Duration.ofSeconds(10));
        assertThat(site.lines()).containsExactly(new Line("rs485-1", "/dev/ttyUSB0", 9_600));
        assertThat(site.broker().orElseThrow().credentials()).contains("local-broker");
        assertThat(site.coap().orElseThrow())
                .isEqualTo(
                        new Coap(
                                new HostPort("192.168.1.20", 5684),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()));
        assertThat(site.console())
                .isEqualTo(
                        new Console(
                                new HostPort("127.0.0.1", 8080),
                                Optional.of(new HostPort("127.0.0.1", 8081)),
                                Console.Face.FULL));
        assertThat(site.annunciator())
                .isEqualTo(
                        new Annunciator(
                                OptionalInt.of(22),
                                OptionalInt.of(23),
                                OptionalInt.of(24),
                                OptionalInt.of(25),
                                OptionalInt.of(5)));
        assertThat(site.cameras()).extracting(Camera::id).containsExactly("cam-hot");
    }

    @Test
    void every_key_of_the_contract_s_units_becomes_a_value() throws IOException {
        var units = plan(EXAMPLE).site().units();

        assertThat(units).extracting(Unit::id).containsExactly("cold-1", "freezer-1", "samples-1");
        assertThat(units.get(0).sensors().getFirst().calibration())
                .isEqualTo(
                        new Calibration(
                                -120,
                                Optional.of("GZ-2026-1187"),
                                Optional.of(LocalDate.of(2027, 6, 30))));
        assertThat(units.get(0).sensors().getLast().source()).isEqualTo(new Source.Gpio(17));
        assertThat(units.get(1).defrost())
                .contains(
                        new Defrost.Scheduled(
                                List.of(
                                        LocalTime.of(2, 0),
                                        LocalTime.of(10, 0),
                                        LocalTime.of(18, 0)),
                                Duration.ofMinutes(25)));
        assertThat(units.get(1).overrides())
                .containsExactly(
                        new SiteLimit(
                                "freezer-high",
                                OptionalLong.of(-15_000),
                                Optional.of(Duration.ofMinutes(20)),
                                "冰淇淋存放要求",
                                "p-01"));
        assertThat(units.get(2).partOf()).contains("cold-1");
    }

    @Test
    void a_defrost_signal_is_a_contact_of_its_unit() throws IOException {
        var file = Files.writeString(temp.resolve("signal.toml"), signalled());

        var unit = plan(file).site().units().get(1);

        assertThat(unit.defrost()).contains(new Defrost.Signalled(new Source.Gpio(26)));
        // Closed while it defrosts: a wire that is cut excuses nothing.
        assertThat(unit.sensors().getLast())
                .isEqualTo(
                        new SensorPlan(
                                "freezer-1-defrost",
                                Quantity.DEFROST,
                                new Source.Gpio(26),
                                Optional.empty(),
                                Calibration.NONE,
                                true));
    }

    /** The contract's site file, with a contact instead of a schedule. */
    private static String signalled() throws IOException {
        var schedule = "{ schedule = [\"02:00\", \"10:00\", \"18:00\"], longest = \"25m\" }";
        return Files.readString(EXAMPLE).replace(schedule, "{ signal = \"gpio:26\" }");
    }

    @Test
    void a_unit_whose_defrost_contact_would_have_too_long_a_name_is_refused() throws IOException {
        var text = signalled().replace("\"freezer-1\"", "\"freezer-" + "1".repeat(26) + "\"");
        var file = Files.writeString(temp.resolve("long.toml"), text);

        assertThat(Fixture.texts(PlanReader.read(file, Fixture.RULES)))
                .anyMatch(line -> line.contains("a shorter id: its defrost contact is called"));
    }

    @Test
    void every_key_of_the_contract_s_platform_becomes_a_value() throws IOException {
        var platform = plan(EXAMPLE).site().platforms().getFirst();

        assertThat(platform.url()).hasToString("mqtts://supervision.example:8883");
        assertThat(platform.credentials()).contains("market-regulation");
        assertThat(platform.encoder()).isEqualTo("native");
        assertThat(platform.view()).isEqualTo(View.FULL);
        assertThat(platform.acknowledges()).isTrue();
        assertThat(platform.commandKey()).contains("MCowBQYDK2VwAyEA3vJ…");
        assertThat(platform.witnessKey())
                .hasValueSatisfying(key -> assertThat(key).startsWith("supervision.example/"));
    }

    @Test
    void the_contract_s_extract_of_a_rule_pack_is_read() throws IOException {
        var pack = plan(site(""), Fixture.EXAMPLES).pack();

        assertThat(pack.rules())
                .extracting(Rule::id)
                .containsExactly("freezer-high", "sensor-silent");
        assertThat(pack.rules().getFirst().when()).isEqualTo(new Condition.Above(-12_000, 1_000));
        assertThat(pack.rules().getFirst().delay())
                .isEqualTo(
                        new Rule.Delay(
                                Duration.ofMinutes(30),
                                Optional.of(Duration.ofMinutes(5)),
                                Duration.ofMinutes(5)));
        assertThat(pack.rules().getLast().when()).isEqualTo(new Condition.Silent(3));
        assertThat(pack.rules().getLast().advice()).isEqualTo("sensor-silent");
        assertThat(pack.proof().outageLongerThan()).isEqualTo(Duration.ofMinutes(5));
        assertThat(pack.proof().inRangeFor()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void the_hashes_are_those_of_the_files_bytes() throws Exception {
        var plan = plan(EXAMPLE);

        assertThat(plan.siteSha256()).isEqualTo(sha256(EXAMPLE));
        assertThat(plan.pack().sha256())
                .isEqualTo(sha256(Fixture.RULES.resolve("cn-catering.toml")));
    }

    @Test
    void a_pack_beside_the_site_file_goes_before_the_installed_one() throws IOException {
        var site = site("");
        Files.createDirectory(temp.resolve("rules"));
        var text = Files.readString(Fixture.RULES.resolve("cn-catering.toml"));
        Files.writeString(
                temp.resolve("rules/cn-catering.toml"),
                text.replace("version = \"", "version = \"7"));

        assertThat(plan(site).pack().version()).startsWith("7");
    }

    @Test
    void the_override_is_what_is_watched() throws IOException {
        var watch =
                plan(EXAMPLE).watches().stream()
                        .filter(w -> w.subject().equals("freezer-1-air"))
                        .filter(w -> w.rule().id().equals("freezer-high"))
                        .findFirst()
                        .orElseThrow();

        assertThat(watch.overridden()).isTrue();
        assertThat(watch.rule().when()).isEqualTo(new Condition.Above(-15_000, 1_000));
        assertThat(watch.rule().delay().plain()).isEqualTo(Duration.ofMinutes(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dining-hall.toml", "central-kitchen.toml", MINI})
    void a_sample_site_has_no_error_and_uses_only_what_this_version_serves(String name) {
        var plan = plan(Fixture.INSTALLED.resolve("samples").resolve(name));

        assertThat(plan.site().units())
                .flatExtracting(Unit::sensors)
                .extracting(SensorPlan::source)
                .hasOnlyElementsOfTypes(Source.W1.class, Source.Gpio.class);
        assertThat(plan.site().cameras())
                .extracting(Camera::stream)
                .allMatch(Camera.Stream.Rtsp.class::isInstance);
        assertThat(plan.watches()).isNotEmpty();
    }

    @Test
    void the_dining_hall_has_eight_units_of_the_kinds_that_matter() throws IOException {
        var site = plan(Fixture.INSTALLED.resolve("samples/dining-hall.toml")).site();

        assertThat(site.units())
                .hasSize(8)
                .extracting(Unit::kind)
                .contains(
                        UnitKind.CHILLED,
                        UnitKind.FREEZER,
                        UnitKind.SAMPLE_FRIDGE,
                        UnitKind.HOT_HOLDING);
        assertThat(site.cameras()).hasSize(1);
        assertThat(site.platforms()).hasSize(1);
    }

    @Test
    void what_is_left_out_gets_a_safe_default_and_a_warning() throws IOException {
        var checked = Fixture.good(PlanReader.read(site(""), Fixture.RULES));
        var site = checked.value().site();

        assertThat(checked.remarks())
                .extracting(p -> p.severity() + " " + p.key())
                .containsExactlyInAnyOrder("WARNING hours", "WARNING contact", "WARNING platform");
        assertThat(site.samplingPeriod()).isEqualTo(Duration.ofSeconds(10));
        assertThat(site.console()).isEqualTo(Console.LOOPBACK);
        assertThat(site.annunciator()).isEqualTo(Annunciator.NONE);
    }

    @Test
    void a_file_of_a_chinese_editor_in_gbk_is_named_with_the_place_of_its_first_byte()
            throws IOException {
        var text = "schema = 1\n[site]\nname = \"逢源街\"\n";
        var file = Files.write(temp.resolve("gbk.toml"), text.getBytes(Charset.forName("GBK")));

        assertThat(Fixture.problems(PlanReader.read(file, Fixture.RULES)))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.line()).isEqualTo(3);
                    assertThat(p.column()).isEqualTo(9);
                    assertThat(p.expected()).contains("save the file as UTF-8");
                });
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_change_nothing() throws IOException {
        var text = Files.readString(site(""));
        var file = temp.resolve("windows.toml");
        Files.writeString(file, "\uFEFF" + text.replace("\n", "\r\n"));

        assertThat(plan(file).site()).isEqualTo(plan(temp.resolve("site.toml")).site());
    }

    @Test
    void a_file_that_is_not_there_or_no_file_or_far_too_large_is_one_problem() throws IOException {
        var large = Files.write(temp.resolve("large.toml"), new byte[TomlFile.BYTES_MAX + 1]);

        assertThat(only(temp.resolve("none.toml"))).contains("no such file");
        assertThat(only(temp)).contains("found a folder");
        assertThat(only(large)).contains("more than 1048576 bytes");
    }

    @Test
    void a_site_with_too_many_units_is_refused() throws IOException {
        var units = new StringBuilder();
        for (int i = 0; i < UnitReader.UNITS_MAX; i++) {
            units.append(
                    """
                    [[unit]]
                    id = "u%d"
                    name = "x"
                    kind = "ambient"
                    [[unit.sensor]]
                    id = "s%d"
                    measures = "temperature"
                    source = "w1:28-%012x"
                    """
                            .formatted(i, i, i));
        }
        var errors = Fixture.errors(PlanReader.read(site(units.toString()), Fixture.RULES));

        assertThat(errors)
                .singleElement()
                .extracting(Problem::expected)
                .isEqualTo("at most 64 of them");
    }

    @Test
    void an_unlikely_place_for_a_table_is_named_and_read_all_the_same() throws IOException {
        var file =
                site(
                        """
                        [camera]
                        id = "Cam"
                        name = "x"
                        rtsp = "rtsp://c/1"
                        """);

        assertThat(Fixture.errors(PlanReader.read(file, Fixture.RULES)))
                .extracting(Problem::key)
                .containsExactly("camera", "camera.id");
    }

    @Test
    void a_password_in_an_address_is_never_repeated() throws IOException {
        var file =
                site(
                        """
                        [[camera]]
                        id = "c"
                        name = "x"
                        rtsp = "rtsp://admin:pa/ss@w0rd@192.168.1.60/1?pwd=again"
                        """);

        assertThat(Fixture.texts(PlanReader.read(file, Fixture.RULES)))
                .anyMatch(text -> text.contains("camera[1].rtsp"))
                .noneMatch(text -> text.contains("w0rd") || text.contains("again"));
    }

    @Test
    void what_hangs_on_the_board_is_read_and_is_little_where_nothing_is_said() throws IOException {
        assertThat(plan(Fixture.INSTALLED.resolve("samples/central-kitchen.toml")).site().board())
                .isEqualTo(new Board(List.of(4, 6), Board.Clock.DS3231, Optional.empty()));
        assertThat(plan(EXAMPLE).site().board()).isEqualTo(Board.BARE);
    }

    @Test
    void a_ups_has_a_name_and_a_charge_at_which_the_board_ends() throws IOException {
        assertThat(board("ups = \"battery\"").ups()).contains(new Board.Ups("battery", 15));
        assertThat(board("ups = \"max17040\"\nstop_at = 30").ups())
                .contains(new Board.Ups("max17040", 30));
        assertThat(boardErrors("stop_at = 30")).contains("board.stop_at", "ups = ");
        assertThat(boardErrors("ups = \"../x\"")).contains("board.ups", "power_supply");
        assertThat(boardErrors("ups = \"b\"\nstop_at = 4")).contains("board.stop_at", "5 to 80 %");
    }

    private Board board(String lines) throws IOException {
        return plan(withBoard(lines)).site().board();
    }

    private String boardErrors(String lines) throws IOException {
        return String.join("\n", Fixture.texts(PlanReader.read(withBoard(lines), Fixture.RULES)));
    }

    private Path withBoard(String lines) throws IOException {
        var site =
                Files.readString(Fixture.INSTALLED.resolve("samples/mini.toml"))
                        + "[board]\n"
                        + lines
                        + "\n";
        return Files.writeString(temp.resolve("site.toml"), site);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"gpio:4\", \"gpio:4\"]",
                "[\"gpio:4\", \"gpio:6\", \"gpio:12\", \"gpio:13\", \"gpio:19\"]"
            })
    void pins_of_the_1_wire_buses_are_few_and_each_is_said_once(String pins) throws IOException {
        var site =
                Files.readString(Fixture.INSTALLED.resolve("samples/mini.toml"))
                        + "[board]\none_wire = "
                        + pins
                        + "\n";

        assertThat(
                        Fixture.errors(
                                PlanReader.read(
                                        Files.writeString(temp.resolve("site.toml"), site),
                                        Fixture.RULES)))
                .singleElement()
                .extracting(Problem::text)
                .asString()
                .contains("board.one_wire", "1 to 4 pins, each once");
    }

    @Test
    void a_looser_override_of_a_pack_that_does_not_bind_is_a_warning() throws IOException {
        Files.createDirectory(temp.resolve("rules"));
        var text = Files.readString(Fixture.RULES.resolve("cn-catering.toml"));
        Files.writeString(
                temp.resolve("rules/cn-catering.toml"),
                text.replace("legal   = true", "legal   = false"));
        var override =
                """
                [[unit.override]]
                rule = "chilled-high"
                limit = 9.0
                reason = "x"
                by = "p"
                """;
        var checked = PlanReader.read(site(override), Fixture.RULES);

        assertThat(Fixture.good(checked).remarks())
                .extracting(p -> p.severity() + " " + p.key())
                .contains("WARNING unit[1].override[1].limit");
    }

    private String only(Path file) {
        var problems = Fixture.problems(PlanReader.read(file, Fixture.RULES));
        assertThat(problems).hasSize(1);
        return problems.getFirst().text();
    }

    /** A site of one refrigerator, with more lines at the end of the file. */
    private Path site(String more) throws IOException {
        var text =
                """
                schema = 1
                [site]
                id = "s-1"
                area = "a-1"
                gateway = "gw-1"
                name = "小饭堂"
                kind = "mini"
                time_zone = "Asia/Shanghai"
                language = "zh-CN"
                rules = "cn-catering"
                [[unit]]
                id = "cold-1"
                name = "冰箱"
                kind = "chilled"
                [[unit.sensor]]
                id = "cold-1-air"
                measures = "temperature"
                source = "w1:28-0316a2795dff"
                """;
        return Files.writeString(temp.resolve("site.toml"), text + more);
    }

    private static Plan plan(Path file) {
        return plan(file, Fixture.RULES);
    }

    private static Plan plan(Path file, Path rules) {
        return Fixture.good(PlanReader.read(file, rules)).value();
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(digest);
    }
}
