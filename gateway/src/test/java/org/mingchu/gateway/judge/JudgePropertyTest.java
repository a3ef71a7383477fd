package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Random days in a kitchen. {@link Kitchen} itself holds at every step that a restart finds the
 * living state again in the journal, that each deadline brings a decision, and that none is
 * forgotten; {@link Checker} looks at the journal with rules of its own.
 */
class JudgePropertyTest {
    private static final int STEPS = 600;

    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final List<LinkState> LINKS = List.of(LinkState.values());
    private static final List<CameraVerdict> VERDICTS = List.of(CameraVerdict.values());

    private double air = 7.9;
    private double frost = -12.2;

    static LongStream seeds() {
        var seeds = System.getProperty("mingchu.proof", "short").equals("proof") ? 5_000 : 40;
        return LongStream.rangeClosed(1, seeds);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_journal_of_any_day_keeps_the_rules(long seed) {
        var kitchen = day(seed);
        assertThat(kitchen.told()).as("a day on which nothing happens proves nothing").isNotEmpty();
        var checker = new Checker(kitchen.journal());
        checker.everyEventIsLegal();
        checker.everyLimitAlarmIsEarned("air", "chilled-high", 8_000, Plans.time("10m"));
        checker.everyLimitAlarmIsEarned("frost", "freezer-high", -12_000, Plans.time("30m"));
        checker.everyBreachIsAnnounced("air", "chilled-high", 8_000, Plans.time("10m"));
        checker.everyBreachIsAnnounced("frost", "freezer-high", -12_000, Plans.time("30m"));
        checker.everyReturnIsEarned("air", "chilled-high", 7_500, Plans.time("5m"));
        checker.everyReturnIsEarned("frost", "freezer-high", -13_000, Plans.time("5m"));
        checker.idsAreUnique();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void two_runs_of_one_day_give_the_same_record(long seed) {
        var first = day(seed);
        air = 7.9;
        frost = -12.2;
        var second = day(seed);
        assertThat(second.journal()).isEqualTo(first.journal());
        assertThat(second.state()).isEqualTo(first.state());
    }

    private Kitchen day(long seed) {
        var chance = new SplittableRandom(seed);
        var kitchen = Kitchen.of(Plans.kitchen());
        for (var step = 0; step < STEPS; step++) {
            kitchen.passes(chance.nextInt(50) == 0 ? "400s" : 55 + chance.nextInt(10) + "s");
            act(kitchen, chance);
            round(kitchen, chance);
        }
        return kitchen;
    }

    private static void act(Kitchen kitchen, SplittableRandom chance) {
        switch (chance.nextInt(100)) {
            case 0, 1, 2, 3 -> acknowledgeSomething(kitchen, chance);
            case 4, 5 -> kitchen.link("p1", LINKS.get(chance.nextInt(LINKS.size())));
            case 6, 7 -> kitchen.link("p2", LINKS.get(chance.nextInt(LINKS.size())));
            case 8 -> kitchen.says(new Fact.Silenced(chance.nextInt(700_000)));
            case 9 -> kitchen.restarts(1 + chance.nextInt(400) + "s");
            case 10 ->
                    kitchen.powerFails(
                            1 + chance.nextInt(4_000) + "s",
                            chance.nextBoolean() ? ClockState.SYNCED : ClockState.UNSYNCED);
            default -> {}
        }
    }

    private static void acknowledgeSomething(Kitchen kitchen, SplittableRandom chance) {
        if (!kitchen.events().isEmpty()) {
            var events = kitchen.events();
            kitchen.acknowledge(events.get(chance.nextInt(events.size())).id());
        }
    }

    private void round(Kitchen kitchen, SplittableRandom chance) {
        air += (chance.nextInt(21) - 10) * 0.05 + (8.1 - air) * 0.05;
        frost += (chance.nextInt(21) - 10) * 0.05 + (-11.8 - frost) * 0.05;
        var readings = new ArrayList<Reading>();
        if (chance.nextInt(60) != 0) {
            readings.add(temperature("air", air, chance));
        }
        if (chance.nextInt(60) != 0) {
            readings.add(temperature("frost", frost, chance));
        }
        var door = chance.nextInt(8) == 0 ? 0L : 1000L;
        readings.add(new Reading.Measured("door", Quantity.DOOR, door, door, 0, Set.of()));
        var verdict =
                chance.nextInt(5) == 0
                        ? CameraVerdict.HEALTHY
                        : VERDICTS.get(chance.nextInt(VERDICTS.size()));
        readings.add(new Reading.Seen("cam", verdict, 0));
        kitchen.says(new Fact.Round(readings));
    }

    private static Reading temperature(String subject, double degrees, SplittableRandom chance) {
        return switch (chance.nextInt(40)) {
            case 0 ->
                    new Reading.Silent(
                            subject, FAULTS.get(chance.nextInt(FAULTS.size())), "chance");
            case 1 -> Kitchen.temperature(subject, degrees - 5, Flag.UNAUTHENTICATED);
            case 2 -> Kitchen.temperature(subject, degrees - 5, Flag.BACKFILLED);
            default -> Kitchen.temperature(subject, degrees);
        };
    }
}
