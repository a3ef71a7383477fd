package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Allowance;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What a technician reads of three days of a kitchen in Berlin, of which one has 25 hours: the
 * fridge is at 4 ℃, for 25 minutes of each day at 9.5 ℃, and on the last day its plug is pulled for
 * 40 minutes.
 */
final class RecordQuestionsTest {
    private static final String FRIDGE = "fridge-1-air";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final LocalDate LONG_DAY = LocalDate.of(2026, 10, 25);
    private static final long BEGIN_MS = ms(LONG_DAY.minusDays(1));
    private static final long END_MS = ms(LONG_DAY.plusDays(2));
    private static final long PERIOD_MS = 30_000;

    private final Journal journal = Journal.inMemory(new Random(1), at(BEGIN_MS));
    private final RecordQuestions questions =
            new RecordQuestions(
                    journal, () -> at(END_MS), () -> new Kitchen(ZONE, Optional.empty()));

    @BeforeEach
    void three_days_go_by() {
        for (var ms = BEGIN_MS; ms < END_MS; ms += PERIOD_MS) {
            var minute = (ms - BEGIN_MS) / 60_000 % (24 * 60);
            var pulled = ms >= END_MS - 100 * 60_000 && ms < END_MS - 60 * 60_000;
            Reading fridge =
                    pulled
                            ? new Reading.Silent(FRIDGE, Fault.DISCONNECTED, "plug pulled")
                            : value(FRIDGE, minute >= 600 && minute < 625 ? 9_500 : 4_000);
            journal.append(
                    at(ms),
                    List.of(new Fact.Round(List.of(fridge, value("freezer-1-air", -18_000)))));
            if (minute % 30 == 0) {
                journal.commit();
                journal.tend(at(ms));
            }
        }
        journal.commit();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void the_last_values_have_an_age() {
        assertThat(questions.last(Map.of()).lines())
                .containsExactly(
                        "sensor            value   age  ± of it  at                   now",
                        "freezer-1-air  -18.0 °C  30 s        0  2026-10-26 23:59:30",
                        "fridge-1-air     4.0 °C  30 s        0  2026-10-26 23:59:30");
        assertThat(text(questions.last(Map.of("json", "true"))))
                .contains("\"subject\":\"fridge-1-air\"", "\"ageMs\":30000,\"ageErrorMs\":0");
    }

    /** 25 hours, of which 25 minutes are warm: 4 + 5.5 x 25 / 1500. */
    @Test
    void a_day_is_the_kitchens_day_be_it_of_25_hours() {
        var words = Map.of("subject", FRIDGE, "days", "3");
        var lines = questions.chart(words).lines();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).contains("temperature in °C", "2026-10-24 00:00", "Europe/Berlin");
        assertThat(lines.get(2)).startsWith("2026-10-24    4.0  4.095       9.5");
        assertThat(lines.get(3)).startsWith("2026-10-25    4.0  4.091       9.5");
        assertThat(lines.get(4)).contains("40 min", "●──", "──┤");
        var json = text(questions.chart(json(words)));
        assertThat(json)
                .contains("\"from\":\"2026-10-25T00:00+02:00\",\"to\":\"2026-10-26T00:00+01:00\"")
                .contains("\"count\":3000");
    }

    @Test
    void a_day_of_thinned_hours_says_the_same_and_is_marked() {
        var words = Map.of("subject", FRIDGE, "days", "3");
        var before = questions.chart(words).lines();
        thin();
        var after = questions.chart(words).lines();
        assertThat(after.getLast()).contains("its readings were thinned");
        assertThat(after.get(2)).isEqualTo(before.get(2) + " m");
        assertThat(after.get(3)).isEqualTo(before.get(3) + " m");
    }

    @Test
    void what_a_probe_had_buffered_is_told_on_the_day_on_which_it_was_so() {
        var age = Duration.ofDays(2).plusHours(3);
        var late =
                new Reading.Measured(
                        FRIDGE,
                        Quantity.TEMPERATURE,
                        12_000,
                        12_000,
                        age.toNanos(),
                        Set.of(Flag.BACKFILLED));
        journal.append(at(END_MS - 1), List.of(new Fact.Round(List.of(late))));
        journal.commit();
        var chart = questions.chart(Map.of("subject", FRIDGE, "days", "3")).lines();
        assertThat(chart.get(2)).startsWith("2026-10-24").contains("  12.0 ");
        assertThat(chart.get(4)).startsWith("2026-10-26").doesNotContain("12.0");
        var words = Map.of("subject", FRIDGE, "above", "10", "from", "2026-10-24");
        assertThat(questions.excursions(words).lines())
                .anyMatch(line -> line.startsWith("2026-10-24 21:59:59"));
        assertThat(questions.sample(words).lines())
                .anyMatch(line -> line.contains("greatest 12.0 °C"));
        assertThat(questions.last(Map.of()).lines())
                .anyMatch(line -> line.startsWith("fridge-1-air     4.0 °C  30 s"));
    }

    @Test
    void an_empty_stretch_is_a_gap_and_no_line() {
        var words = Map.of("subject", FRIDGE, "to", "2026-10-26", "days", "5", "buckets", "5");
        var lines = questions.chart(words).lines();
        assertThat(lines).hasSize(7);
        assertThat(lines.get(2)).endsWith("1 d").contains(" - ");
    }

    @Test
    void what_is_missing_has_its_reason() {
        var lines = questions.completeness(Map.of("day", "2026-10-26", "days", "2")).lines();
        assertThat(lines.getLast())
                .contains(FRIDGE, "2026-10-26", "97.22 %", "2800 of 2880", "80 disconnected");
        assertThat(lines.get(lines.size() - 2)).contains("100.00 %", "3000 of 3000");
    }

    @Test
    void minutes_outside_and_holes_are_named() {
        var lines =
                questions
                        .excursions(Map.of("subject", FRIDGE, "above", "8", "from", "2026-10-26"))
                        .lines();
        assertThat(lines)
                .anyMatch(l -> l.contains("25.0") && l.contains("above") && l.contains("9.5 °C"))
                .contains("above: 25.0 minutes in all")
                .anyMatch(l -> l.startsWith("1 hole without values, 40.0 minutes"))
                .anyMatch(l -> l.startsWith("2026-10-26 22:20:00  2026-10-26 23:00:00"));
    }

    @Test
    void a_sample_has_its_history() {
        var words =
                Map.of(
                        "subject",
                        FRIDGE,
                        "above",
                        "8",
                        "below",
                        "0",
                        "from",
                        "2026-10-24T12:00",
                        "to",
                        "2026-10-26T12:00");
        assertThat(questions.sample(words).lines())
                .contains(
                        "kept for: 2 d 1 h",
                        "least 4.0 °C, mean 4.093 °C, greatest 9.5 °C, of 5880 values",
                        "below: 0.0 minutes",
                        "above: 50.0 minutes",
                        "no holes: there were values all the time");
        assertThat(text(questions.sample(json(words)))).contains("\"aboveMs\":3000000");
    }

    @Test
    void readings_stream_as_they_were_and_by_the_minute() throws IOException {
        var words = Map.of("subject", FRIDGE, "from", "2026-10-24", "to", "2026-10-26");
        var whole = readings(words).lines().toList();
        assertThat(whole).hasSize(1 + (int) ((END_MS - BEGIN_MS) / PERIOD_MS));
        assertThat(whole)
                .filteredOn(line -> line.contains(",disconnected,plug pulled,"))
                .hasSize(80);
        assertThat(whole.get(1)).startsWith("2026-10-24T00:00+02:00,").contains(",value,4.000,");
        assertThat(readings(json(words)).lines().skip(1).findFirst().orElseThrow())
                .startsWith("{\"at\":\"2026-10-24T00:00:30+02:00\"")
                .contains("\"value\":4.000");
        thin();
        var minutes = readings(words).lines().filter(line -> line.contains(",minute,")).toList();
        assertThat(minutes).hasSizeGreaterThan(48 * 60);
        assertThat(minutes.get(600)).contains(",minute,9.500,9.500,9.500,2,Cel,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    subject | fridge-9   | SUBJECT 'fridge-9': the record knows no such sensor
                    from    | yesterday  | --from 'yesterday' is no time; expected 2026-11-01
                    from    | 2026-10-28 | --from 2026-10-28: it must lie before --to
                    above   | warm       | --above 'warm': expected a number in the sensor's unit
                    above   | 8.0001     | --above '8.0001': expected a number
                    below   | 9          | --below 9: it lies above --above 8; exchange them
                    """)
    void a_word_that_cannot_be_used_is_named_with_its_remedy(String key, String word, String why) {
        var words = new HashMap<>(Map.of("subject", FRIDGE, "from", "2026-10-24", "above", "8"));
        words.put(key, word);
        var told = questions.excursions(words);
        assertThat(told.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(text(told)).startsWith(why);
    }

    @Test
    void numbers_have_bounds() {
        var chart = questions.chart(Map.of("subject", FRIDGE, "days", "0"));
        assertThat(chart.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(text(chart)).isEqualTo("--days '0': expected a whole number from 1 to 1000");
        assertThat(questions.completeness(Map.of("day", "2027-01-01")).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    private String readings(Map<String, String> words) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(questions.readings(words, _ -> out)).isEmpty();
        return out.toString(UTF_8);
    }

    private static Map<String, String> json(Map<String, String> words) {
        var more = new HashMap<>(words);
        more.put("json", "true");
        return more;
    }

    private static String text(Told told) {
        return String.join("\n", told.lines());
    }

    /** All but the last two days of the record is beyond its budget of nothing. */
    private void thin() {
        journal.allow(new Allowance(Duration.ofDays(1), 0, List.of(), List.of()));
        for (var i = 0; i < 20; i++) {
            var now = at(END_MS + Duration.ofDays(2).toMillis() + i * 60_000L);
            journal.append(
                    now,
                    List.of(new Fact.Round(List.of(new Reading.Silent("x", Fault.SILENT, "")))));
            journal.commit();
            journal.tend(now);
            journal.append(now, journal.findings());
            journal.commit();
        }
    }

    private static Reading value(String subject, long milli) {
        return new Reading.Measured(subject, Quantity.TEMPERATURE, milli, milli, 0, Set.of());
    }

    private static long ms(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
    }

    private static Moment at(long ms) {
        return new Moment("a", (ms - BEGIN_MS) * 1_000_000, ms, ClockState.SYNCED, 20);
    }
}
