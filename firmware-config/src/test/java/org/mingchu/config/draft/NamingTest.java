package org.mingchu.config.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Problem;
import org.mingchu.config.Quantity;
import org.mingchu.config.SiteKind;
import org.mingchu.config.UnitKind;
import org.mingchu.config.board.Change;
import org.mingchu.config.draft.NamedSensor.FreshUnit;
import org.mingchu.config.draft.Naming.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A technician names probes: the file grows by what was named, and by nothing else. */
class NamingTest {
    private static final Path ETC = Path.of("../gateway/src/main/etc").toAbsolutePath().normalize();
    private static final Path RULES = ETC.resolve("rules");
    private static final String ROM = "w1:28-0316a2795aaa";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dining-hall", "central-kitchen", "mini"})
    void the_rest_of_every_sample_stays_byte_for_byte(String sample) throws IOException {
        var text = Files.readString(ETC.resolve("samples").resolve(sample + ".toml"));
        var units = plan(text).site().units();
        for (var unit : Set.of(units.getFirst(), units.getLast())) {
            var after = possible(text, known(unit.id(), "further-air"));

            assertAddsOneBlock(text, after);
            assertThat(
                            plan(after).site().units().stream()
                                    .filter(u -> u.id().equals(unit.id()))
                                    .findFirst()
                                    .orElseThrow()
                                    .sensors())
                    .extracting(s -> s.id())
                    .contains("further-air");
        }
        var after = possible(text, fresh("further", "further-air"));
        assertAddsOneBlock(text, after);
        assertThat(plan(after).site().units().getLast().id()).isEqualTo("further");
    }

    @Test
    void lines_of_another_system_and_a_missing_last_line_feed_stay_as_they_are()
            throws IOException {
        var mini = Files.readString(ETC.resolve("samples/mini.toml"));
        var windows = "\uFEFF" + mini.replace("\n", "\r\n");
        var after = possible(windows, known("fridge-1", "further-air"));
        assertAddsOneBlock(windows, after);
        assertThat(after.replace("\r\n", "")).doesNotContain("\n");

        var cut = first(SiteKind.MINI).stripTrailing() + "\n[sampling]\nperiod = \"10s\"";
        assertThat(possible(cut, fresh("fridge-1", "fridge-1-air")))
                .startsWith(cut + "\n\n[[unit]]\n")
                .endsWith("source   = \"" + ROM + "\"\n");
    }

    @ParameterizedTest
    @EnumSource(SiteKind.class)
    void a_first_site_file_is_good_and_takes_its_first_probe(SiteKind kind) {
        var text = first(kind);

        assertThat(plan(text).site().name()).isEqualTo("王家\"老灶\"助餐点");
        assertThat(plan(text).site().platforms()).hasSize(1);
        var after = possible(text, fresh("fridge-1", "fridge-1-air"));
        assertThat(after).startsWith(text);
        assertThat(plan(after).site().units()).hasSize(1);
    }

    @Test
    void what_makes_no_sense_is_said_with_what_to_do() {
        var text = possible(first(SiteKind.MINI), fresh("fridge-1", "fridge-1-air"));

        assertThat(senseless(text, known("fridge-1", "another")))
                .contains(ROM + " is fridge-1-air of fridge-1 already");
        assertThat(senseless(text, other(known("fridge-2", "another"))))
                .contains("--unit fridge-2", "which has fridge-1", "--kind and --name");
        assertThat(senseless(text, other(fresh("fridge-1", "another"))))
                .contains("in the site file already", "leave out --kind");
    }

    @Test
    void what_the_file_could_not_be_used_with_is_refused_with_its_line() {
        var text = possible(first(SiteKind.MINI), fresh("fridge-1", "fridge-1-air"));
        var same = other(known("fridge-1", "fridge-1-air"));

        assertThat(propose(text, same))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .filteredOn(p -> p.severity() == Problem.Severity.ERROR)
                                        .allSatisfy(p -> {
                                            assertThat(p.line()).isPositive();
                                            assertThat(p.key()).endsWith(".id");
                                        })
                                        .isNotEmpty());
        assertThat(propose(text + "oh no\n", same)).isInstanceOf(Outcome.Broken.class);
    }

    @Test
    void a_header_within_a_text_does_not_lead_astray() {
        var text =
                possible(first(SiteKind.MINI), fresh("fridge-1", "fridge-1-air"))
                        + "\n[operator]\nid = \"op-1\"\nvalid_from = 2026-03-01\nname = \"\"\"\\\n[[unit]]\\\n\"\"\"\n";
        assertThat(plan(text).site().operator()).isPresent();

        assertAddsOneBlock(text, possible(text, other(known("fridge-1", "fridge-1-low"))));
        assertAddsOneBlock(text, possible(text, other(fresh("fridge-2", "fridge-2-air"))));
    }

    @Test
    void a_swap_keeps_mode_and_old_file_and_no_foreign_change() throws IOException {
        var site = folder.resolve("site.toml");
        Swap.write(new Change(site, Optional.empty(), "a"));
        assertThat(mode(site)).isEqualTo("rw-r-----");
        assertThatThrownBy(() -> Swap.write(new Change(site, Optional.empty(), "b")))
                .isInstanceOf(IOException.class);

        Files.setPosixFilePermissions(site, PosixFilePermissions.fromString("rw-rw----"));
        Swap.write(new Change(site, Optional.of("a"), "b"));
        assertThat(site).hasContent("b");
        assertThat(mode(site)).isEqualTo("rw-rw----");
        assertThat(folder.resolve("site.toml.old")).hasContent("a");

        assertThatThrownBy(() -> Swap.write(new Change(site, Optional.of("a"), "c")))
                .hasMessageContaining("somebody else");
        assertThat(site).hasContent("b");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static String first(SiteKind kind) {
        return new FirstSite(
                        "xlgl-duolun-0107",
                        "xlgl-duolun",
                        "gw-1",
                        "王家\"老灶\"助餐点",
                        kind,
                        "Asia/Shanghai",
                        "zh-CN",
                        "cn-catering",
                        "127.0.0.1:8080",
                        Optional.of("mqtts://supervision.example:8883"))
                .text();
    }

    private static NamedSensor known(String unit, String id) {
        return new NamedSensor(unit, Optional.empty(), id, Quantity.TEMPERATURE, ROM, false);
    }

    private static NamedSensor fresh(String unit, String id) {
        var is = new FreshUnit(UnitKind.CHILLED, "冰箱", Optional.of("厨房 \"后\""));
        return new NamedSensor(unit, Optional.of(is), id, Quantity.TEMPERATURE, ROM, false);
    }

    private static NamedSensor other(NamedSensor it) {
        return new NamedSensor(
                it.unit(), it.fresh(), it.id(), it.measures(), "w1:28-0316a2795bbb", false);
    }

    /** What was there is there, in order, and what is new is in one piece. */
    private static void assertAddsOneBlock(String before, String after) {
        var head = 0;
        while (head < before.length() && before.charAt(head) == after.charAt(head)) {
            head++;
        }
        var tail = before.length() - head;
        assertThat(after.substring(after.length() - tail)).isEqualTo(before.substring(head));
    }

    private String possible(String text, NamedSensor named) {
        return switch (propose(text, named)) {
            case Outcome.Possible(var change, _) ->
                    new String(
                            change.after().orElseThrow().getBytes(StandardCharsets.ISO_8859_1),
                            StandardCharsets.UTF_8);
            case Outcome other -> throw new AssertionError(other);
        };
    }

    private String senseless(String text, NamedSensor named) {
        return switch (propose(text, named)) {
            case Outcome.Senseless(var why) -> why;
            case Outcome other -> throw new AssertionError(other);
        };
    }

    private Outcome propose(String text, NamedSensor named) {
        return Naming.of(folder.resolve("site.toml"), text, named, this::read);
    }

    private Checked<Plan> read(String text) {
        return PlanReader.readText(folder.resolve("site.toml"), text, RULES);
    }

    private Plan plan(String text) {
        return switch (read(text)) {
            case Checked.Good<Plan>(var plan, _) -> plan;
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems);
        };
    }
}
