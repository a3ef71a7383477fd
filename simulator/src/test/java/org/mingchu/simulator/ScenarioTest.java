package org.mingchu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

final class ScenarioTest {
    private static final long MINUTE = Calendar.MINUTE_MS;
    private static final String WHOLE = "seed 1\nlength 3d\nperiod 1m\nunit cold-1 chilled\n";

    @Test
    void a_file_says_what_happens_and_when() {
        var scenario = Scenario.read("quiet-evening.txt", file("quiet-evening.txt"));
        assertThat(scenario.seed()).isEqualTo(7);
        assertThat(scenario.lengthMs()).isEqualTo(3 * Calendar.DAY_MS);
        assertThat(scenario.periodMs()).isEqualTo(MINUTE);
        assertThat(scenario.units())
                .containsExactly(
                        Fridge.freezer("freezer-1"),
                        Fridge.chilled("cold-1").unopened(),
                        Steriliser.steamCabinet("steam-1"));
        assertThat(scenario.timeline())
                .containsExactly(
                        new At(
                                330 * MINUTE + 15_000,
                                new Command.CycleOf("steam-1", 100, 10 * MINUTE)),
                        new At(day(1, 12, 0), new Command.Swapped("cold-1", "freezer-1")),
                        new At(day(1, 12, 1), new Command.MainsLost()),
                        new At(day(2, 19, 0), new Command.CompressorOff("freezer-1")),
                        new At(day(2, 21, 30), new Command.CompressorOn("freezer-1")));
        assertThat(scenario.deeds())
                .containsExactly(new Deed(day(2, 19, 40), List.of("p-03", "acknowledge")));
    }

    @Test
    void a_scenario_becomes_weather() {
        var weather = Scenario.read("quiet-evening.txt", file("quiet-evening.txt")).weather();
        weather.advanceTo(day(2, 21, 0));
        assertThat(weather.mains()).isFalse();
        assertThat(weather.airMilliCelsius("freezer-1")).isGreaterThan(0);
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_with_its_place_and_what_is_allowed() {
        var places =
                problems(file("all-wrong.txt")).stream()
                        .map(p -> "%d:%d %s".formatted(p.line(), p.column(), p.found()))
                        .toList();
        assertThat(places)
                .containsExactly(
                        "1:9 \"seven\"",
                        "2:11 \"d\"",
                        "4:1 a second period",
                        "5:9 \"Freezer-1\"",
                        "6:19 \"frezer\"",
                        "7:9 \"cold-1\"",
                        "8:27 \"unopend\"",
                        "9:9 \"gas\"",
                        "10:4 \"2d25:00\"",
                        "11:13 \"cold-9\"",
                        "12:20 \"compresor\"",
                        "13:31 \"140%\"",
                        "14:26 \"now\"",
                        "15:13 \"cold-2\"",
                        "16:19 the end of the line",
                        "17:17 \"cold-8\"",
                        "18:25 \"cold-7\"",
                        "19:11 the end of the line",
                        "20:1 \"when\"");
    }

    @Test
    void what_is_allowed_is_named() {
        assertThat(only(WHOLE + "at 10:00 cold-1 door opn\n"))
                .isEqualTo("case.txt:5:22: found \"opn\"; allowed: ajar, open, shut");
        assertThat(only(WHOLE + "at 10:00 cold-1 compressor\n"))
                .isEqualTo("case.txt:5:27: found the end of the line; allowed: off, on, SHARE%");
        assertThat(only(WHOLE + "at 10:00 cold-1 icing now\n")).endsWith("allowed: nothing more");
        assertThat(only(WHOLE + "unit cold-2 fridge\n"))
                .contains("\"fridge\"")
                .contains("chilled, ")
                .contains("upright-freezer");
        assertThat(only(WHOLE + "at 3d00:00 cold-1 icing\n")).contains("before the length is over");
        assertThat(only(WHOLE + "unit s-1 sample-fridge\nat 10:00 s-1 fail at next defrost\n"))
                .contains("s-1 has no ice heater");
        assertThat(only(WHOLE + "unit steam-1 steam-cabinet unopened\n")).contains("nothing more");
    }

    @ParameterizedTest
    @MethodSource("presets")
    void every_preset_makes_weather(String preset) {
        var text = "seed 1\nlength 1d\nperiod 1m\nunit one " + preset + "\n";
        var weather = Scenario.read("case.txt", text.getBytes(StandardCharsets.UTF_8)).weather();
        weather.advanceTo(6 * Calendar.HOUR_MS);
        assertThat(weather.temperatureMilliCelsius("one")).isBetween(-32_000L, 72_000L);
    }

    private static List<String> presets() {
        return Presets.NAMES;
    }

    @Test
    void what_is_missing_is_said_behind_the_last_line() {
        var problems =
                problems("# nothing\nat 10:00 mains lost\n".getBytes(StandardCharsets.UTF_8));
        assertThat(problems).extracting(BadScenario.Problem::line).containsOnly(3);
        assertThat(problems)
                .extracting(BadScenario.Problem::found)
                .containsExactly("no seed", "no length", "no period", "no unit");
    }

    @Test
    void bytes_that_are_no_text_are_named_with_their_place() {
        var bytes = (WHOLE + "# \u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(problems(bytes))
                .containsExactly(
                        new BadScenario.Problem("case.txt", 5, 3, "byte 0xE9", "text in UTF-8"));
    }

    @Test
    void lines_may_end_as_another_system_ends_them() {
        var windows = (WHOLE + "at 10:00 cold-1 icing\n").replace("\n", "\r\n");
        var scenario = Scenario.read("case.txt", windows.getBytes(StandardCharsets.UTF_8));
        assertThat(scenario.timeline()).hasSize(1);
    }

    private static String only(String text) {
        var problems = problems(text.getBytes(StandardCharsets.UTF_8));
        assertThat(problems).hasSize(1);
        return problems.getFirst().toString();
    }

    private static List<BadScenario.Problem> problems(byte[] utf8) {
        var bad = catchThrowableOfType(BadScenario.class, () -> Scenario.read("case.txt", utf8));
        assertThat(bad).isNotNull();
        assertThat(String.valueOf(bad.getMessage()).lines()).hasSameSizeAs(bad.problems());
        return bad.problems();
    }

    private static byte[] file(String name) {
        try (var in = ScenarioTest.class.getResourceAsStream("/scenarios/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long day(int day, int hour, int minute) {
        return day * Calendar.DAY_MS + hour * Calendar.HOUR_MS + minute * MINUTE;
    }
}
