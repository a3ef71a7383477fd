package org.mingchu.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.Problem;
import org.mingchu.config.Secrets;
import org.mingchu.config.board.BoardPlan;
import org.mingchu.config.board.BootFiles;
import org.mingchu.config.board.BootFiles.Proposal;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A gateway whose first hour is over, and one thing of it undone: that step is open again. */
class CommissioningTest {
    private static final Set<String> PICTURED =
            Set.of("cold-1-air", "freezer-1-air", "i2c-air", "room-air", "spi-air");

    private static final Done ALL =
            done(true, Optional.of(true), PICTURED, Set.of("market-regulation"));

    @TempDir private static Path lasting;
    private static Hospital hospital;

    @BeforeAll
    static void open() {
        hospital = new Hospital(lasting);
    }

    @AfterAll
    static void end() {
        hospital.close();
    }

    private Ward ward;

    /**
     * What is undone.
     *
     * @param open {@code id/why} of every step that is then open, in order
     * @param next words of the first one's remedy in English
     */
    record Undone(String open, String next, Consumer<Ward> plant, Done done) {
        @Override
        public String toString() {
            return open;
        }
    }

    private static Done done(
            boolean labelled, Optional<Boolean> tested, Set<String> pictured, Set<String> told) {
        return new Done(labelled, tested, pictured, told, Optional.of(true), Optional.of(true));
    }

    private static Done drilled(Optional<Boolean> drill, Optional<Boolean> protocol) {
        return new Done(true, Optional.of(true), PICTURED, ALL.told(), drill, protocol);
    }

    private static Undone undone(String open, String next, Consumer<Ward> plant) {
        return new Undone(open, next, plant, ALL);
    }

    private static Undone never(String open, String next, Done done) {
        return new Undone(open, next, _ -> {}, done);
    }

    private static Stream<Undone> undone() {
        var told = Set.of("market-regulation");
        return Stream.of(
                undone(
                        "step.site/absent, step.board/no-site, step.bus/no-site,"
                                + " step.probes/unnamed, step.running/old-file,"
                                + " step.platform/no-site",
                        "mingchu site new",
                        ward -> Ward.remove(ward.site)),
                undone(
                        "step.site/invalid, step.board/no-site, step.bus/no-site,"
                                + " step.probes/unnamed, step.running/old-file,"
                                + " step.platform/no-site",
                        "mingchu site use COPY",
                        ward -> ward.mend("[sampling]", "[smapling]")),
                undone(
                        "step.board/unwritten",
                        "mingchu board apply",
                        ward -> ward.file("boot/firmware/config.txt", "# mine\n")),
                undone(
                        "step.board/refused",
                        "delete or change that line",
                        ward ->
                                ward.file(
                                        "boot/firmware/config.txt",
                                        "[all]\ndtoverlay=w1-gpio,gpiopin=4\n")),
                undone("step.bus/missing", "board verify", ward -> ward.without("dev/i2c-1")),
                undone(
                        "step.probes/unnamed",
                        "mingchu sensors name w1:28-0316a2795d77 --unit",
                        ward -> ward.file("sys/bus/w1/devices/28-0316a2795d77/w1_slave", "")),
                undone(
                        "step.probes/gone",
                        "mingchu sensors discover",
                        ward -> ward.without("sys/bus/w1/devices/28-0316a2795d01")),
                undone(
                        "step.running/not-running, step.readings/no-agent",
                        "systemctl start mingchu",
                        ward -> ward.agent = false),
                undone(
                        "step.running/old-file",
                        "systemctl restart mingchu",
                        ward -> ward.mend("1号冷库", "2号冷库")),
                undone(
                        "step.readings/silent",
                        "mingchu doctor",
                        ward ->
                                ward.says.put(
                                        "cold-1-air",
                                        new Reading.Silent("cold-1-air", Fault.CRC, ""))),
                undone(
                        "step.manager/none",
                        "mingchu person add",
                        ward -> ward.managers = OptionalLong.of(0)),
                never(
                        "step.places/none",
                        "mingchu sensors photo cold-1-air FILE.jpg",
                        done(
                                true,
                                Optional.of(true),
                                Set.of("freezer-1-air", "i2c-air", "room-air", "spi-air"),
                                told)),
                never(
                        "step.label/none",
                        "mingchu person label",
                        done(false, Optional.of(true), PICTURED, told)),
                never(
                        "step.selftest/none, step.protocol/early",
                        "mingchu selftest --by",
                        done(true, Optional.empty(), PICTURED, told)),
                never(
                        "step.selftest/failed, step.protocol/early",
                        "mend what it named",
                        done(true, Optional.of(false), PICTURED, told)),
                never(
                        "step.platform/untold",
                        "mingchu doctor",
                        done(true, Optional.of(true), PICTURED, Set.of())),
                never(
                        "step.drill/none, step.protocol/early",
                        "mingchu drill --by",
                        drilled(Optional.empty(), Optional.of(true))),
                never(
                        "step.drill/failed, step.protocol/early",
                        "mend what it named",
                        drilled(Optional.of(false), Optional.of(true))),
                never(
                        "step.protocol/none",
                        "mingchu protocol --by",
                        drilled(Optional.of(true), Optional.empty())),
                never(
                        "step.protocol/early",
                        "make it again: sudo mingchu protocol",
                        drilled(Optional.of(true), Optional.of(false))));
    }

    @BeforeEach
    void a_gateway_in_health() {
        ward = new Ward(hospital);
        ward.file("dev/watchdog0", "");
        ward.file("usr/sbin/ModemManager", "");
        ward.file("proc/net/route", "Iface\tDestination\tGateway\nwwan0\t00000000\t0100A8C0\n");
        ward.running = Optional.of(plan());
        ward.file("boot/firmware/config.txt", "# mine\n");
        if (BootFiles.propose(ward.root, BoardPlan.of(plan()), Secrets.NONE)
                instanceof Proposal.Possible it) {
            it.changes().forEach(BootFiles::write);
        }
    }

    @Test
    void nothing_is_left_when_all_is_done() {
        var steps = steps(ALL);
        assertThat(steps).as(steps.toString()).extracting(Finding::status).containsOnly(Status.OK);
        ward.close();
    }

    @ParameterizedTest
    @MethodSource("undone")
    void what_is_undone_is_open_again_and_says_what_to_do(Undone undone) {
        undone.plant().accept(ward);
        var steps = steps(undone.done());
        var open = steps.stream().filter(s -> s.status() == Status.FAIL).toList();

        assertThat(open)
                .extracting(step -> step.id() + "/" + step.why())
                .containsExactly(undone.open().split(", "));
        assertThat(Wording.in("en").remedy(open.getFirst()).orElse("")).contains(undone.next());
        for (var step : steps) {
            for (var language : Wording.LANGUAGES) {
                var words = Wording.in(language);
                assertThat(words.title(step)).isNotEqualTo(step.id());
                assertThat(words.cause(step)).as(step.id()).doesNotContain("?");
                if (step.status() == Status.FAIL) {
                    assertThat(words.remedy(step)).as(step.id() + step.why()).isPresent();
                }
            }
        }
        ward.close();
    }

    @Test
    void a_file_that_cannot_be_used_names_an_error_and_not_a_warning() {
        ward.mend("[sampling]", "[smapling]");
        var step = steps(ALL).getFirst();
        assertThat(patientsFirst()).as("a warning comes first").contains("warning: ");
        assertThat(step.words().get("first")).contains("smapling").doesNotContain("warning");
        ward.close();
    }

    @Test
    void what_is_wrong_with_the_secrets_is_mended_there() {
        var patient = ward.patient();
        var secrets = ward.secretsFile.toString();
        var wrong =
                new Problem(
                        Problem.Severity.ERROR,
                        secrets,
                        2,
                        1,
                        "username",
                        "a key that is not known",
                        "user",
                        Optional.empty());
        var ill =
                new Patient(
                        patient.root(),
                        patient.state(),
                        patient.site(),
                        patient.secretsFile(),
                        new Checked.Bad<>(List.of(wrong)),
                        patient.plan(),
                        patient.secrets(),
                        patient.now(),
                        patient.provenManagers(),
                        patient.agent());
        var step = Checkup.of(new Commissioning(ill, ALL).steps()).getFirst();
        assertThat(step.why()).isEqualTo("secrets");
        for (var language : Wording.LANGUAGES) {
            assertThat(Wording.in(language).remedy(step).orElseThrow())
                    .contains("nano " + secrets, "mingchu config check")
                    .doesNotContain("site use");
        }
        ward.close();
    }

    @Test
    void a_site_without_a_probe_and_a_bus_without_one_say_to_plug_one_in() {
        ward.without("sys/bus/w1/devices/28-0316a2795d01");
        ward.without("sys/bus/w1/devices/28-0316a2795e01");
        Ward.write(
                ward.site,
                """
                schema = 1
                [site]
                id = "k"
                area = "a"
                gateway = "gw-1"
                name = "厨房"
                kind = "mini"
                time_zone = "Asia/Shanghai"
                language = "zh-CN"
                rules = "tiny"
                """);
        assertThat(steps(ALL))
                .filteredOn(step -> step.id().equals("step.probes"))
                .extracting(Finding::why)
                .containsExactly("none");
        assertThat(steps(ALL))
                .filteredOn(step -> step.id().equals("step.platform"))
                .extracting(Finding::status)
                .containsExactly(Status.SKIPPED);
        ward.close();
    }

    private String patientsFirst() {
        return switch (ward.patient().file()) {
            case Checked.Bad<Plan>(var problems) -> problems.getFirst().text();
            case Checked.Good<Plan> good -> throw new AssertionError(good);
        };
    }

    private List<Finding> steps(Done done) {
        return Checkup.of(new Commissioning(ward.patient(), done).steps());
    }

    private Plan plan() {
        return switch (ward.patient().file()) {
            case Checked.Good<Plan>(var plan, _) -> plan;
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems);
        };
    }
}
