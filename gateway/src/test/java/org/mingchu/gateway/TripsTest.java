package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Checked;
import org.mingchu.config.Plan;
import org.mingchu.config.PlanReader;
import org.mingchu.config.Quantity;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.FoodClock.Count;
import org.mingchu.gateway.judge.FoodClock.Span;
import org.mingchu.gateway.judge.FoodClock.Unseen;
import org.mingchu.gateway.judge.Judge;
import org.mingchu.gateway.judge.Person;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.judge.State;
import org.mingchu.gateway.judge.Strength;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A box that nobody heard for 100 minutes delivers its curve, and only then somebody says that its
 * batch began with the trip. It was hot for 20 minutes and in danger for 80.
 */
final class TripsTest {
    private static final long TRIP_MIN = 100;
    private static final Person STAFF = new Person("p-03", Role.STAFF, Strength.TAP);

    @TempDir private Path folder;
    private final FilmClock clock = new FilmClock();
    private final Plan plan = plan();
    private Journal journal = Journal.inMemory(new Random(1), clock.now());

    @AfterEach
    void close() {
        journal.close();
    }

    private static Plan plan() {
        var site = Path.of("src", "test", "resources", "food", "trip.toml");
        return switch (PlanReader.read(site, Path.of("src", "main", "etc", "rules"))) {
            case Checked.Good<Plan>(var good, _) -> good;
            case Checked.Bad<Plan>(var problems) -> throw new AssertionError(problems);
        };
    }

    @Test
    void a_batch_begun_after_its_trip_has_been_in_danger_for_as_long_as_its_probe_had_told() {
        var house = house();
        trip(house);
        house.step();
        pass(1);
        begins(house, TRIP_MIN + 1);
        house.step();

        inDangerFor(80, house.state());
        assertThat(began().agoMs()).isEqualTo(Duration.ofMinutes(TRIP_MIN + 1).toMillis());
        assertThat(began().earlier())
                .hasSize(21)
                .startsWith(new Fact.Earlier(101 * 60_000, 65_000, true))
                .endsWith(new Fact.Earlier(60_000, 50_000, true));
    }

    @Test
    void so_it_has_when_both_are_kept_in_one_commit() {
        var house = house();
        trip(house);
        begins(house, TRIP_MIN);
        house.step();

        inDangerFor(80, house.state());
    }

    @Test
    void so_it_has_after_the_program_was_started_anew_without_a_snapshot() {
        var house = house();
        trip(house);
        house.step();
        begins(house, TRIP_MIN);
        house.step();
        journal.close();

        journal = Journal.open(folder, new Random(3), clock.now());
        var again = new House(plan, new Judge(plan), journal, clock, (_, _, _) -> {});

        inDangerFor(80, again.state());
        assertThat(again.state().food()).isEqualTo(house.state().food());
    }

    @Test
    void only_what_the_trip_has_seen_counts() {
        var house = house();
        trip(house);
        house.step();
        begins(house, 30);
        house.step();

        inDangerFor(30, house.state());
        assertThat(began().earlier()).hasSize(7);
    }

    @Test
    void what_comes_later_still_fills_the_trip() {
        var house = house();
        say(house, 65, 0);
        house.step();
        pass(TRIP_MIN);
        begins(house, TRIP_MIN);
        say(house, 50, 0);
        house.step();
        assertThat(danger(house.state()).unseen().ns())
                .isEqualTo(Duration.ofMinutes(TRIP_MIN).toNanos());

        backlog(house);
        house.step();

        inDangerFor(80, house.state());
    }

    /** Unheard from the first minute on, then its curve and a value of now. */
    private void trip(House house) {
        say(house, 65, 0);
        house.step();
        pass(TRIP_MIN);
        backlog(house);
        say(house, 50, 0);
    }

    private void backlog(House house) {
        for (var minute = 5; minute < TRIP_MIN; minute += 5) {
            say(house, minute < 20 ? 62 : 50, TRIP_MIN - minute);
        }
    }

    private void say(House house, long degrees, long minutesAgo) {
        var milli = degrees * 1_000;
        var flags = minutesAgo > 0 ? Set.of(Flag.BACKFILLED) : Set.<Flag>of();
        var ageNs = Duration.ofMinutes(minutesAgo).toNanos();
        house.say(
                new Fact.Round(
                        List.of(
                                new Reading.Measured(
                                        "box", Quantity.TEMPERATURE, milli, milli, ageNs, flags))));
    }

    private void begins(House house, long minutesAgo) {
        var agoMs = Duration.ofMinutes(minutesAgo).toMillis();
        house.say(new Fact.BatchBegan("soup", "box-1", STAFF, agoMs, List.of()));
    }

    private void pass(long minutes) {
        clock.advanceTo(clock.now().upNs() + Duration.ofMinutes(minutes).toNanos());
    }

    private House house() {
        journal.close();
        journal = Journal.open(folder, new Random(2), clock.now());
        var house = new House(plan, new Judge(plan), journal, clock, (_, _, _) -> {});
        house.begin(new Fact.Started("test", true));
        return house;
    }

    private Fact.BatchBegan began() {
        return journal.read(1, 1_000).stream()
                .map(Entry::fact)
                .filter(Fact.BatchBegan.class::isInstance)
                .map(Fact.BatchBegan.class::cast)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static Count danger(State state) {
        var batch = requireNonNull(state.food().batches().get("soup"));
        return (Count) requireNonNull(batch.clocks().get("danger-over"));
    }

    private static void inDangerFor(long minutes, State state) {
        var clock = danger(state);
        assertThat(clock.spans().stream().mapToLong(Span::ns).sum())
                .isEqualTo(Duration.ofMinutes(minutes).toNanos());
        assertThat(clock.unseen()).isEqualTo(new Unseen(0, 0));
    }
}
