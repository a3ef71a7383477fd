package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A week of a kitchen in Berlin as the real house has judged and kept it. Each noon the fridge is
 * warm three times in a row, of which somebody acknowledges the first and the last; each evening
 * its door is left open; from the fifth day on the freezer is too warm, which is acknowledged once;
 * no platform is ever reached, which is acknowledged and forgotten.
 */
final class LoadDeskTest {
    private static final Path CASES = Path.of("src", "test", "resources", "judge-try");
    private static final Path SHIPPED = Path.of("src", "main", "etc");
    private static final long BEGIN_MS = Instant.parse("2026-11-01T05:00:00Z").toEpochMilli();
    private static final Person COOK = new Person("p-03", Role.STAFF, Strength.TAP);
    private static final String COLD = "4.0";
    private static final String WARM = "9.0";

    private static final Plan PLAN = plan(CASES.resolve("site.toml"), CASES);

    private static final Week WEEK = new Week();

    private final LoadDesk desk = desk(WEEK.journal, WEEK.now, PLAN);

    @BeforeAll
    static void a_week_goes_by() {
        WEEK.goesBy();
    }

    @AfterAll
    static void close() {
        WEEK.journal.close();
    }

    @Test
    void a_week_has_its_bad_actors_with_their_shares_and_a_suggestion_for_each()
            throws IOException {
        var told = desk.load(Map.of());

        assertThat(told.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(told.lines())
                .startsWith(
                        "alarm load from 2026-11-01 06:00 to 2026-11-08 06:00 (Europe/Berlin):"
                                + " 31 calls, 17 raised and 14 re-alarmed; 4.4 a day, most on"
                                + " 2026-11-05: 6");
        assertThat(rows(told))
                .containsExactly(
                        "1 fridge-1-air fridge-warm P2 21 67.74 % 67.74 % ██████████ 14 4 min"
                                + " 10 min - -",
                        "2 fridge-1-door door-open P3 7 22.58 % 90.32 % ████ - - 3 min 11 s - -",
                        "3 freezer-1-air freezer-warm P2 2 6.45 % 96.77 % █ - 1 h 14 min 2 d 17 h"
                                + " 1 2026-11-05 12:31, not acknowledged",
                        "4 gateway uplink-lost P3 1 3.23 % 100.00 % █ - 0 ms 7 d 1"
                                + " 2026-11-01 06:00");
        assertThat(suggestions(told))
                .satisfiesExactly(
                        line -> assertThat(line).contains("Chatters", "door seal", "deadband"),
                        line -> assertThat(line).contains("gone before anybody can act"),
                        line -> assertThat(line).contains("nobody answers it"),
                        line -> assertThat(line).contains("acknowledged and forgotten?"));
        assertThat(told.lines().getLast()).startsWith("Nothing was changed");
    }

    @Test
    void a_machine_gets_the_same_in_one_object() throws IOException {
        var told = desk.load(Map.of("json", "true"));

        assertThat(told.lines()).hasSize(1);
        assertThat(told.lines().getFirst())
                .startsWith(
                        "{\"schema\":\"kfs/alarm-load/1\",\"from\":\"2026-11-01T06:00+01:00\","
                                + "\"to\":\"2026-11-08T06:00+01:00\"")
                .contains("\"calls\":31,\"raised\":17,\"reAlarmed\":14,\"perDay\":4.4")
                .contains("\"chattered\":14,\"stale\":2,\"actors\":4,\"limitsChanged\":false")
                .contains("{\"day\":\"2026-11-02\",\"calls\":4}")
                .contains("\"place\":1,\"subject\":\"fridge-1-air\",\"rule\":\"fridge-warm\"")
                .contains("\"sharePercent\":67.74,\"cumulatedPercent\":67.74,\"chattered\":14")
                .contains("\"medianAcknowledgedAfterMs\":240000,\"medianStoodMs\":600000")
                .contains("\"standsSince\":\"2026-11-05T12:31+01:00\",\"unacknowledgedSince\"")
                .contains("\"suggestion\":\"stale-forgotten\",\"text\":\"Stood for more than");
    }

    @Test
    void a_day_of_the_past_has_its_own_load_and_what_stood_in_it() throws IOException {
        var told = desk.load(Map.of("days", "1", "to", "2026-11-07"));

        assertThat(told.lines().getFirst()).contains("2026-11-07 00:00", "4 calls", "4.0 a day");
        assertThat(rows(told))
                .extracting(row -> row.replaceAll("%.*", "%"))
                .containsExactly(
                        "1 fridge-1-air fridge-warm P2 3 75.00 %",
                        "2 fridge-1-door door-open P3 1 25.00 %",
                        "3 freezer-1-air freezer-warm P2 0 0.00 %",
                        "4 gateway uplink-lost P3 0 0.00 %");
    }

    @Test
    void a_kitchen_that_speaks_chinese_is_told_in_chinese() throws IOException {
        var mini = plan(SHIPPED.resolve("samples/mini.toml"), SHIPPED.resolve("rules"));

        var told = desk(WEEK.journal, WEEK.now, mini).load(Map.of());

        assertThat(told.lines().getFirst()).contains("(Asia/Shanghai)");
        assertThat(suggestions(told).getFirst()).contains("门封和探头位置", "回差");
        assertThat(told.lines().getLast()).startsWith("什么都没有改");
    }

    @Test
    void asking_writes_nothing() throws IOException {
        var image = WEEK.journal.image();

        assertThat(desk.load(Map.of()).lines()).hasSizeGreaterThan(4);

        assertThat(WEEK.journal.image()).isEqualTo(image);
    }

    @Test
    void a_record_without_alarms_says_so_and_that_is_well() throws IOException {
        try (var journal = Journal.inMemory(new Random(1), begin())) {
            var quiet = desk(journal, later(begin(), Duration.ofHours(3)), PLAN);

            var told = quiet.load(Map.of());

            assertThat(told.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(told.lines())
                    .containsExactly(
                            "alarm load from 2026-10-25 09:00 to 2026-11-01 09:00 (Europe/Berlin):"
                                    + " no alarm",
                            "the record begins 2026-11-01 06:00");
            assertThat(quiet.load(Map.of("json", "true")).lines().getFirst())
                    .contains("\"calls\":0", "\"recordFrom\":\"2026-11-01T06:00+01:00\"")
                    .endsWith("\"days\":[],\"worst\":[]}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    days | 0         | mingchu: --days '0': expected a whole number from 1 to 366
                    days | 367       | mingchu: --days '367': expected a whole number from 1 to 366
                    days | week      | mingchu: --days 'week': expected a whole number from 1 to 366
                    to   | yesterday | mingchu: --to 'yesterday' is no time; expected 2026-11-01
                    """)
    void a_word_that_cannot_be_used_is_named(String key, String word, String why)
            throws IOException {
        var told = desk.load(Map.of(key, word));

        assertThat(told.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(told.lines().getFirst()).startsWith(why);
    }

    /** The kitchen, a reading a minute. */
    private static final class Week {
        private final Judge judge = new Judge(PLAN);
        private final Journal journal;
        private final House house;
        private Moment now = begin();
        private String freezer = "-19.0";

        Week() {
            journal = Journal.inMemory(new Random(1), now);
            house = new House(PLAN, judge, journal, () -> now, (_, _, _) -> {});
        }

        void goesBy() {
            house.begin(new Fact.Started("test", true));
            acknowledged("uplink-lost");
            for (var day = 1; day <= 7; day++) {
                minutes(6 * 60, COLD, false);
                freezer = day == 5 ? "-10.0" : freezer;
                noon();
                if (day == 5) {
                    acknowledged("freezer-warm");
                }
                minutes(6 * 60, COLD, false);
                minutes(8, COLD, true);
                minutes(24 * 60 - 12 * 60 - 105 - 8, COLD, false);
            }
        }

        /** 105 minutes. */
        private void noon() {
            minutes(15, WARM, false);
            acknowledged("fridge-warm");
            minutes(20, COLD, false);
            minutes(15, WARM, false);
            minutes(20, COLD, false);
            minutes(15, WARM, false);
            acknowledged("fridge-warm");
            minutes(20, COLD, false);
        }

        private void minutes(int n, String fridge, boolean open) {
            for (var minute = 0; minute < n; minute++) {
                var next = later(now, Duration.ofMinutes(1));
                for (var due = dueNs(); due < next.upNs(); due = dueNs()) {
                    now = later(now, Duration.ofNanos(due - now.upNs()));
                    house.step();
                }
                now = next;
                house.say(
                        new Fact.Round(
                                List.of(
                                        value("fridge-1-air", Quantity.TEMPERATURE, milli(fridge)),
                                        value("fridge-1-door", Quantity.DOOR, open ? 1_000 : 0),
                                        value(
                                                "freezer-1-air",
                                                Quantity.TEMPERATURE,
                                                milli(freezer)))));
                house.step();
            }
        }

        private long dueNs() {
            return judge.nextDeadlineUpNs(house.state()).orElse(Long.MAX_VALUE);
        }

        private void acknowledged(String rule) {
            house.state().openAlarms().stream()
                    .filter(alarm -> alarm.rule().equals(rule))
                    .map(alarm -> new Fact.Acknowledged(alarm.id(), COOK, Optional.empty()))
                    .forEach(house::say);
            house.step();
        }
    }

    private static LoadDesk desk(Journal journal, Moment now, Plan plan) {
        return new LoadDesk(journal, () -> now, () -> Kitchen.of(plan));
    }

    private static Moment begin() {
        return new Moment("a", 0, BEGIN_MS, ClockState.SYNCED, 0);
    }

    private static Moment later(Moment moment, Duration by) {
        return moment.before(-by.toNanos());
    }

    private static long milli(String degrees) {
        return Math.round(Double.parseDouble(degrees) * 1_000);
    }

    private static Reading value(String id, Quantity quantity, long milli) {
        return new Reading.Measured(id, quantity, milli, milli, 0, Set.of());
    }

    private static List<String> rows(Told told) {
        return told.lines().stream()
                .map(String::strip)
                .filter(line -> line.matches("\\d+  .*"))
                .map(line -> line.replaceAll(" {2,}", " "))
                .toList();
    }

    private static List<String> suggestions(Told told) {
        return told.lines().stream().filter(line -> line.startsWith("    ")).toList();
    }

    private static Plan plan(Path site, Path rules) {
        return switch (PlanReader.read(site, rules)) {
            case Checked.Good<Plan>(var plan, _) -> plan;
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems.toString());
        };
    }
}
