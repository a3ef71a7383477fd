package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Plan;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Doing;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Habit;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.StorageState;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.judge.Trace;
import org.mingchu.gateway.judge.Warming;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.Place;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;

/** A start without a snapshot: another site file, after more than a day of record. */
final class RecoveryTest {
    private static final State.Key WARM = new State.Key("freezer-1-air", "freezer-high");
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final FilmClock clock = new FilmClock();
    private final Random chance = new Random(2);
    private final Plan plan = Film.plan();
    private final Journal journal = Journal.inMemory(new Random(1), clock.now());

    @Test
    void an_alarm_raised_before_the_day_that_is_read_again_stays_open() {
        var house = house(plan);
        rounds(house, Recovery.REPLAY_MAX + 500);
        var open = freezer(house.state()).open().orElseThrow();
        assertThat(open.last().evidence().from()).isLessThan(500);

        var changed = new Plan(plan.site(), plan.pack(), "another site file");
        var again = house(changed).state();

        assertThat(freezer(again).open()).contains(open);
        assertThat(again.seq()).isEqualTo(journal.lastSeq());
        assertThat(again.heard()).containsKey("freezer-1-air");
        assertThat(journal.read(journal.lastSeq() - 1, 2).getLast().fact())
                .isInstanceOf(Fact.PlanChanged.class);
    }

    @Test
    void what_people_did_and_what_was_learned_before_that_day_still_holds() {
        Proof.notInShort();
        var house = house(plan);
        rounds(house, 1);
        var stopped =
                new Fact.Done(
                        "freezer-1",
                        Doing.STOPPED,
                        0,
                        clock.now().wallMs() + Duration.ofDays(40).toMillis(),
                        "holidays",
                        Optional.empty(),
                        new Person("person-01", Role.STAFF, Strength.PIN));
        house.say(stopped);
        house.step();
        for (var day = 0; day < 8; day++) {
            house.say(new Fact.Warmed("freezer-1-air", warming(day)));
            house.step();
        }
        rounds(house, 5 * Recovery.PAGE);
        // A start of ten seconds, long ago: it had put nothing in doubt.
        house = house(plan);
        var learned = habit(house.state());
        var acts = house.state().acts();
        assertThat(learned).isPresent();
        rounds(house, Recovery.REPLAY_MAX);

        var changed = new Plan(plan.site(), plan.pack(), "another site file");
        var again = house(changed).state();

        assertThat(again.acts()).isEqualTo(acts).isNotEmpty();
        assertThat(habit(again)).isEqualTo(learned);
        assertThat(house.state().doubts()).isEmpty();
        assertThat(again.doubts()).isEmpty();
    }

    @Test
    void the_long_way_back_is_gone_once() {
        house(plan);
        rounds(house(plan), House.SNAPSHOT_EVERY + 10);
        var changed = new Plan(plan.site(), plan.pack(), "another site file");
        var hash = new Recovery(changed, new Judge(changed), journal).planHash();
        assertThat(journal.snapshot(hash)).isEmpty();

        var house = house(changed);

        assertThat(journal.snapshot(hash)).contains(house.state());
    }

    @Test
    void starts_in_quick_succession_do_not_put_the_snapshot_off() {
        var hash = new Recovery(plan, new Judge(plan), journal).planHash();
        for (var start = 0; start < 3; start++) {
            assertThat(journal.snapshot(hash)).isEmpty();
            rounds(house(plan), House.SNAPSHOT_EVERY / 3);
        }
        assertThat(journal.snapshot(hash)).isPresent();
    }

    private void rounds(House house, int rounds) {
        for (var round = 0; round < rounds; round++) {
            clock.advanceTo(clock.now().upNs() + PERIOD.toNanos());
            house.say(warm());
            house.step();
        }
    }

    @Test
    void time_without_the_program_is_nobodys_silence_and_puts_the_food_in_doubt() {
        rounds(house(plan), 3);
        clock.advanceTo(clock.now().upNs() + Duration.ofHours(1).toNanos());

        var again = house(plan).state();

        assertThat(again.openAlarms()).extracting(AlarmEvent::rule).doesNotContain("sensor-silent");
        assertThat(again.doubts()).containsKey("freezer-1");
    }

    @Test
    void an_epoch_that_began_before_the_start_takes_over_what_is_open_and_blames_nobody() {
        rounds(house(plan), 400);
        clock.advanceTo(clock.now().upNs() + Duration.ofHours(1).toNanos());
        journal.endForPlatform(clock.now());
        clock.advanceTo(clock.now().upNs() + Duration.ofSeconds(1).toNanos());

        var again = house(plan).state();

        assertThat(freezerAlarms(again)).containsExactly("freezer-high");
        assertThat(again.doubts()).containsKey("freezer-1");
        assertThat(carried(journal))
                .hasSameSizeAs(again.openAlarms())
                .extracting(AlarmEvent::rule)
                .contains("freezer-high");
    }

    @Test
    void what_was_open_before_a_damaged_file_was_mended_is_open_again(@TempDir Path folder)
            throws IOException {
        var file = folder.resolve("journal.db");
        try (var sound = open(folder, Runnable::run)) {
            rounds(house(plan, sound), 400);
        }
        try (var pages = FileChannel.open(file, StandardOpenOption.WRITE)) {
            pages.write(ByteBuffer.allocate(4096));
        }
        clock.advanceTo(clock.now().upNs() + Duration.ofHours(1).toNanos());
        var work = new ArrayList<Runnable>();
        try (var mended = open(folder, work::add)) {
            var house = house(plan, mended);
            assertThat(freezerAlarms(house.state())).isEmpty();
            work.forEach(Runnable::run);
            rounds(house, 1);

            assertThat(mended.condition()).isEqualTo(StorageState.DAMAGED);
            assertThat(freezerAlarms(house.state())).contains("freezer-high");
            assertThat(house.state().doubts()).containsKey("freezer-1");
            assertThat(carried(mended)).extracting(AlarmEvent::rule).contains("freezer-high");
            assertThat(new Recovery(plan, new Judge(plan), mended).state(Optional.empty()))
                    .isEqualTo(house.state());
        }
    }

    private Journal open(Path folder, Executor mender) {
        var place = new Place(folder, "here", Optional.empty());
        return Journal.open(place, chance, clock.now(), mender);
    }

    private static List<String> freezerAlarms(State state) {
        return state.openAlarms().stream()
                .filter(alarm -> alarm.subject().equals("freezer-1-air"))
                .map(AlarmEvent::rule)
                .toList();
    }

    /** What the epoch of now says that an earlier one had open. */
    private static List<AlarmEvent> carried(Journal journal) {
        return journal.read(1, Recovery.PAGE).stream()
                .map(Entry::fact)
                .filter(Fact.CarriedAlarm.class::isInstance)
                .map(fact -> ((Fact.CarriedAlarm) fact).event())
                .toList();
    }

    @Test
    void the_last_start_is_known() {
        house(plan);
        assertThat(new Recovery(plan, new Judge(plan), journal).lastStart())
                .contains(new Fact.Started("test", true));
    }

    private static Optional<Habit> habit(State state) {
        return Optional.ofNullable(state.traces().get("freezer-1-air")).flatMap(Trace::habit);
    }

    /** Half an hour each day, at the same time. */
    private Warming warming(int day) {
        var begun = clock.now().before(Duration.ofDays(8L - day).toNanos());
        var curve = List.of(-16_000L, -12_000L, -9_000L, -7_000L, -6_000L, -9_000L, -15_000L);
        return new Warming(
                begun,
                Duration.ofMinutes(14).toNanos(),
                Duration.ofMinutes(8).toNanos(),
                -6_000,
                curve);
    }

    private static State.Watching freezer(State state) {
        return Optional.ofNullable(state.watching().get(WARM)).orElseThrow();
    }

    private House house(Plan bound) {
        return house(bound, journal);
    }

    private House house(Plan bound, Journal record) {
        var house = new House(bound, new Judge(bound), record, clock, (_, _, _) -> {});
        house.begin(new Fact.Started("test", true));
        return house;
    }

    private static Fact warm() {
        return new Fact.Round(
                List.of(
                        new Reading.Measured(
                                "freezer-1-air",
                                Quantity.TEMPERATURE,
                                -5_000,
                                -5_000,
                                0,
                                Set.of())));
    }
}
