package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.Allowance;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.tend.ExitCode;
import org.mingchu.gateway.tend.Told;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * {@code judge replay} on a record that the real house has kept: the fridge is warm for half an
 * hour, which somebody acknowledges, and lukewarm for half an hour later on; the house wakes a
 * little late each time.
 */
final class ReplayTest {
    private static final Path CASES = Path.of("src", "test", "resources", "judge-try");
    private static final Path SITE = CASES.resolve("site.toml");
    private static final long BEGIN_MS = Instant.parse("2026-11-01T05:00:00Z").toEpochMilli();
    private static final Person COOK = new Person("p-03", Role.STAFF, Strength.TAP);
    private static final long LATE_NS = 3_000_000;

    @TempDir private Path folder;

    private Moment now = at("a", 0);
    private final Plan plan = good(PlanReader.read(SITE, CASES));
    private final Judge judge = new Judge(plan);
    private final Journal journal = Journal.inMemory(new Random(1), now);
    private final ReplayDesk desk =
            new ReplayDesk(
                    journal,
                    pack ->
                            pack.map(file -> PlanReader.readWith(SITE, file))
                                    .orElseGet(() -> new Checked.Good<>(plan, List.of())));
    private House house = started();

    @BeforeEach
    void a_day_goes_by() {
        minutes(60, "4.0");
        minutes(15, "9.0");
        acknowledged();
        minutes(15, "9.0");
        minutes(60, "4.0");
        minutes(30, "7.0");
        minutes(60, "4.0");
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void the_rules_of_then_say_the_same_again() {
        var told = desk.replay(Map.of());

        assertThat(told.exitCode()).as(text(told)).isEqualTo(ExitCode.OK);
        assertThat(told.lines()).filteredOn(line -> line.startsWith("same ")).hasSize(5);
        assertThat(text(told))
                .contains("same              2026-11-01 07:11:00  raised        P2  fridge-1-air")
                .contains("acknowledged", "returned", "cleared", "uplink-lost")
                .contains("5 same, 0 only then, 0 only now, 0 changed time")
                .contains("240 rounds from 2026-11-01 06:01:00 to 2026-11-01 10:00:00")
                .endsWith("judged again by try 1.0.0; nothing was written");
    }

    @Test
    void a_replay_writes_nothing() {
        var before = journal.lastSeq();
        var image = journal.image();

        desk.replay(Map.of());

        assertThat(journal.lastSeq()).isEqualTo(before);
        assertThat(journal.image()).isEqualTo(image);
    }

    @Test
    void a_stricter_pack_finds_what_was_let_pass() {
        var told = desk.replay(Map.of("pack", CASES.resolve("stricter.toml").toString()));

        assertThat(told.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(told.lines())
                .filteredOn(line -> line.startsWith("only now "))
                .anySatisfy(line -> assertThat(line).contains("08:41:00  raised", "fridge-warm"));
        assertThat(told.lines()).noneMatch(line -> line.startsWith("only then "));
    }

    @Test
    void a_looser_pack_would_have_been_silent_and_a_slower_one_late() throws IOException {
        var looser = pack("above = 8.0", "above = 12.0");
        var told = desk.replay(Map.of("pack", looser));
        assertThat(told.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(told.lines())
                .filteredOn(line -> line.startsWith("only then "))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).contains("fridge-warm"));

        var slower = pack("plain = \"10m\"", "plain = \"12m\"");
        assertThat(text(desk.replay(Map.of("pack", slower))))
                .contains("changed time      2026-11-01 07:11:00  raised")
                .contains("now 2026-11-01 07:13:00, 2 min later")
                .contains("same              2026-11-01 07:36:00  returned");
    }

    @Test
    void another_priority_is_a_difference() throws IOException {
        var told = desk.replay(Map.of("pack", pack("\"P2\"", "\"P1\"")));

        assertThat(told.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(text(told)).contains("changed priority", ": now P1", "4 changed priority");
    }

    @Test
    void machines_get_a_line_for_each_and_a_summary() {
        var told = desk.replay(Map.of("json", "true"));

        assertThat(told.lines()).hasSize(6);
        assertThat(told.lines().get(1))
                .startsWith("{\"schema\":\"kfs/judge-replay/1\",\"kind\":\"same\"")
                .contains("\"then\":{\"at\":\"2026-11-01T07:11")
                .contains("\"now\":{\"at\":\"2026-11-01T07:11");
        assertThat(told.lines().getLast())
                .contains("\"same\":5,\"only-then\":0", "\"notCompared\":0", "\"rounds\":240");
    }

    /** The id depends on the first entry that shows it alone, so both sides have the same one. */
    @Test
    void an_alarm_that_is_the_same_has_the_same_name() {
        var found = Replay.of(plan, journal);

        assertThat(found.now().stream().map(Replay.Said::id).toList())
                .isEqualTo(found.then().stream().map(Replay.Said::id).toList());
    }

    @Test
    void a_range_shows_what_happened_in_it() {
        var told = desk.replay(Map.of("from", "2026-11-01T07:12", "to", "2026-11-01T07:30"));

        assertThat(told.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(told.lines().getFirst()).contains("acknowledged");
        assertThat(text(told)).contains("1 same, 0 only then");
        assertThat(desk.replay(Map.of("from", "2027-01-01", "to", "2026-01-01")).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_restart_and_another_boot_change_nothing() {
        house = started();
        minutes(20, "9.5");
        now = new Moment("b", 0, now.wallMs() + Duration.ofHours(9).toMillis(), now.clock(), 0);
        house = started();
        minutes(30, "9.5");
        minutes(10, "4.0");

        var told = desk.replay(Map.of());

        assertThat(told.exitCode()).as(text(told)).isEqualTo(ExitCode.OK);
    }

    /** What rests on thinned readings is not held against anything, and is counted. */
    @Test
    void what_is_no_longer_raw_is_not_compared() {
        for (var day = 0; day < 3; day++) {
            minutes(24 * 60, "4.0");
        }
        minutes(15, "9.0");
        thin();

        var told = desk.replay(Map.of());

        assertThat(told.exitCode()).as(text(told)).isEqualTo(ExitCode.OK);
        assertThat(text(told)).contains("recorded steps were not compared");
    }

    private void thin() {
        journal.allow(new Allowance(Duration.ofDays(1), 0, List.of(), List.of()));
        now = later(Duration.ofDays(1));
        minutes(30, "4.0");
    }

    private House started() {
        var begun = new House(plan, judge, journal, () -> now, (_, _, _) -> {});
        begun.begin(new Fact.Started("test", true));
        return begun;
    }

    private void minutes(int n, String fridge) {
        var milli = Math.round(Double.parseDouble(fridge) * 1_000);
        for (var minute = 0; minute < n; minute++) {
            var next = later(Duration.ofMinutes(1));
            for (var due = dueNs(); due < next.upNs(); due = dueNs()) {
                now = later(Duration.ofNanos(due - now.upNs() + LATE_NS));
                house.step();
            }
            now = next;
            house.say(round(milli));
            house.step();
        }
    }

    private long dueNs() {
        return judge.nextDeadlineUpNs(house.state()).orElse(Long.MAX_VALUE);
    }

    private Moment later(Duration by) {
        return now.before(-by.toNanos());
    }

    private void acknowledged() {
        var alarm =
                house.state().openAlarms().stream()
                        .filter(open -> open.rule().equals("fridge-warm"))
                        .findFirst()
                        .orElseThrow();
        house.say(new Fact.Acknowledged(alarm.id(), COOK, Optional.empty()));
        house.step();
    }

    private static Fact round(long milli) {
        return new Fact.Round(
                List.of(
                        value("fridge-1-air", Quantity.TEMPERATURE, milli),
                        value("fridge-1-door", Quantity.DOOR, 0),
                        value("freezer-1-air", Quantity.TEMPERATURE, -19_000)));
    }

    private static Reading value(String id, Quantity quantity, long milli) {
        return new Reading.Measured(id, quantity, milli, milli, 0, Set.of());
    }

    private String pack(String from, String to) throws IOException {
        var text = Files.readString(CASES.resolve("rules").resolve("try.toml"));
        var file = folder.resolve("changed.toml");
        Files.writeString(file, text.replace(from, to));
        return file.toString();
    }

    private static Moment at(String boot, long upNs) {
        return new Moment(
                boot, upNs, BEGIN_MS + Duration.ofNanos(upNs).toMillis(), ClockState.SYNCED, 0);
    }

    private static Plan good(Checked<Plan> checked) {
        return switch (checked) {
            case Checked.Good<Plan>(var plan, _) -> plan;
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static String text(Told told) {
        return String.join("\n", told.lines());
    }
}
