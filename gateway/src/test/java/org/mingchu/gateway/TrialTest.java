package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.PlanReader;
import org.mingchu.gateway.tell.Schemas;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.TryAsk;
import org.mingchu.gateway.tend.Voice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code judge try}, as golden folders: a series, and what the rules say of it. */
final class TrialTest {
    private static final Path CASES = Path.of("src", "test", "resources", "judge-try");
    private static final Path SITE = CASES.resolve("site.toml");

    @TempDir private Path folder;

    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private final TrialDesk desk =
            new TrialDesk(
                    (site, pack) ->
                            pack.map(file -> PlanReader.readWith(site, file))
                                    .orElseGet(() -> PlanReader.read(site, CASES)),
                    CASES,
                    "0.0.0",
                    steps::add);

    @ParameterizedTest
    @ValueSource(strings = {"ten-seconds", "a-minute", "a-quarter", "irregular-with-a-gap"})
    void a_series_of_any_interval_is_judged(String name) throws IOException {
        var exit = ask(series(name), false);

        assertThat(exit).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out).isEqualTo(expected(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten-seconds", "a-minute", "a-quarter", "irregular-with-a-gap"})
    void each_line_of_json_is_an_alarm_event_of_the_contract(String name) throws IOException {
        ask(series(name), false);
        var raisedInWords = out.stream().filter(line -> line.contains("  raised ")).count();
        out.clear();

        var exit = ask(series(name), true);

        assertThat(exit).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Schemas.problems("alarm-event", line)).isEmpty());
        assertThat(out).allSatisfy(line -> assertThat(line).contains("\"simulated\":true"));
        assertThat(out.stream().filter(line -> line.contains("\"event\":\"raised\"")))
                .hasSize((int) raisedInWords);
    }

    @ParameterizedTest
    @ValueSource(strings = {"faults", "faults-in-the-first-line"})
    void everything_that_is_wrong_is_named_at_once(String name) throws IOException {
        var exit = ask(series(name), false);

        assertThat(exit).isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(out).isEmpty();
        var file = series(name).toString();
        assertThat(err.stream().map(line -> line.replace(file, "readings.csv")).toList())
                .isEqualTo(expected(name));
    }

    @Test
    void a_file_of_nothing_but_faults_is_not_repeated_whole() throws IOException {
        var file = folder.resolve("readings.csv");
        Files.writeString(file, "time,fridge-1-air\n" + "yesterday,4\n".repeat(1_000));

        assertThat(ask(file, false)).isEqualTo(ExitCode.CONFIGURATION_INVALID);

        assertThat(err).hasSizeLessThan(60);
        assertThat(err).anySatisfy(line -> assertThat(line).contains("950 more problems"));
    }

    @Test
    void sensors_without_a_column_are_named_once_and_not_silent() throws IOException {
        ask(series("ten-seconds"), false);

        assertThat(err).containsExactly("mingchu: not judged, no column: freezer-1-air");
        assertThat(out).noneMatch(line -> line.contains("freezer-1-air"));
    }

    /** The fridge of the case is warm from 06:01 to 06:13, local time. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-01, 2026-11-01, 1, 156",
        "2026-11-01T06:13, 2026-11-02, 0, 78",
        "2026-11-01T05:01:00Z, 2026-11-01T06:11:10, 1, 61",
        "2026-11-01T06:02, 2026-11-01T06:12, 0, 60"
    })
    void only_the_rows_of_the_range_are_judged(String from, String to, int warm, int rows)
            throws IOException {
        desk.answer(
                new TryAsk(
                        SITE,
                        series("ten-seconds"),
                        Optional.empty(),
                        Optional.of(from),
                        Optional.of(to),
                        false),
                voice());

        assertThat(out.stream().filter(l -> l.contains("raised") && l.contains("fridge-warm")))
                .hasSize(warm);
        assertThat(out.getLast()).contains(" in " + rows + " rows ");
    }

    @Test
    void a_range_without_rows_says_where_the_rows_are() {
        var exit =
                desk.answer(
                        new TryAsk(
                                SITE,
                                series("ten-seconds"),
                                Optional.empty(),
                                Optional.of("2027-01-01"),
                                Optional.empty(),
                                false),
                        voice());

        assertThat(exit).isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(err.getFirst()).contains("from 2026-11-01T06:00 to 2026-11-01T06:25:50");
    }

    @Test
    void a_word_that_is_no_time_is_a_slip_of_the_command() {
        var exit =
                desk.answer(
                        new TryAsk(
                                SITE,
                                series("ten-seconds"),
                                Optional.empty(),
                                Optional.of("gestern"),
                                Optional.empty(),
                                false),
                        voice());

        assertThat(exit).isEqualTo(ExitCode.USAGE);
        assertThat(err.getFirst()).contains("--from", "gestern", "2026-11-01");
    }

    /** The kitchen's fridge at 7 degrees: fine by its own pack, too warm by the one tried. */
    @Test
    void another_pack_may_be_tried_under_any_name() throws IOException {
        var file = folder.resolve("readings.csv");
        Files.writeString(file, minutes(60, "7.0"));
        assertThat(ask(file, false)).isEqualTo(ExitCode.OK);
        assertThat(out).singleElement().asString().startsWith("alarms: 0, in 60 rows");
        out.clear();

        var stricter = Optional.of(CASES.resolve("stricter.toml"));
        var exit =
                desk.answer(
                        new TryAsk(SITE, file, stricter, Optional.empty(), Optional.empty(), false),
                        voice());

        assertThat(exit).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(out.getFirst()).contains("fridge-warm: 7.0 °C, limit 6.0 °C");
        assertThat(out.getLast()).endsWith("by try 1.1.0");
    }

    @Test
    void the_same_file_gives_the_same_bytes() throws IOException {
        ask(series("a-minute"), true);
        var once = List.copyOf(out);
        out.clear();

        ask(series("a-minute"), true);

        assertThat(out).isEqualTo(once);
    }

    /** Each day of the series the fridge is warm for an hour; a row a quarter of an hour. */
    @Test
    void a_year_of_a_logger_goes_by_with_an_alarm_for_each_episode() throws IOException {
        var days = Proof.pick(60, 365, 365);
        var file = folder.resolve("readings.csv");
        var text = new StringBuilder("time,fridge-1-air,freezer-1-air\n");
        var begin = Instant.parse("2025-01-01T00:00:00Z");
        for (var quarter = 0; quarter < days * 96; quarter++) {
            var warm = quarter % 96 >= 40 && quarter % 96 < 44;
            text.append(begin.plusSeconds(quarter * 900L))
                    .append(warm ? ",9.5,-19.3\n" : ",4.5,-19.3\n");
        }
        Files.writeString(file, text);

        assertThat(ask(file, false)).isEqualTo(ExitCode.CHECK_FAILED);

        assertThat(out.stream().filter(line -> line.contains("  raised "))).hasSize(days);
        assertThat(out.stream().filter(line -> line.contains("re-alarmed"))).isEmpty();
        assertThat(out.getLast()).startsWith("alarms: %d, in %d rows".formatted(days, days * 96));
        assertThat(steps).contains("reading 50 %", "judging 50 %").endsWith("");
    }

    private static String minutes(int rows, String value) {
        var text = new StringBuilder("time,fridge-1-air\n");
        for (var minute = 0; minute < rows; minute++) {
            text.append("2026-11-01T06:%02d:00,%s\n".formatted(minute, value));
        }
        return text.toString();
    }

    private static Path series(String name) {
        return CASES.resolve(name).resolve("readings.csv");
    }

    private static List<String> expected(String name) throws IOException {
        return Files.readAllLines(CASES.resolve(name).resolve("expected.txt"), UTF_8);
    }

    private int ask(Path readings, boolean json) {
        return desk.answer(
                new TryAsk(
                        SITE, readings, Optional.empty(), Optional.empty(), Optional.empty(), json),
                voice());
    }

    private Voice voice() {
        return new Voice(out::add, err::add);
    }
}
