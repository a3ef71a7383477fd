package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.simulator.Command;
import org.mingchu.simulator.Steriliser;
import org.mingchu.simulator.Weather;

import java.time.Duration;
import java.util.List;

/** Disinfection, recognised from the temperature alone; F15. */
class CycleTest {
    private static final String INFRARED = "cycle-infrared";
    private static final String ABSENT = "no-cycle";

    /** The kitchen's clock stands at 22:13:20 at first. */
    private static final Duration BEGUN = Duration.parse("PT22H13M20S");

    private final Larder larder = Larder.chinese();

    @Test
    void f15_120_degrees_for_10_minutes_pass_and_are_recorded() {
        larder.now("ir", 25).every("10s", "ir", 121, 61).every("10s", "ir", 60, 1);

        assertThat(larder.told(INFRARED)).isEmpty();
        var cycle = larder.facts(Fact.Cycled.class).getLast().cycle();
        assertThat(cycle.passed()).isTrue();
        assertThat(Duration.ofNanos(cycle.heldNs())).isEqualTo(Duration.ofMinutes(10));
        assertThat(cycle.minMilli()).isEqualTo(121_000);
        assertThat(cycle.maxMilli()).isEqualTo(121_000);
    }

    @Test
    void f15_9_minutes_30_fail() {
        larder.now("ir", 25).every("10s", "ir", 121, 58).every("10s", "ir", 60, 1);

        assertThat(larder.told(INFRARED))
                .containsExactly("09:50 cycle-infrared raised unack-active");
        var cycle = larder.facts(Fact.Cycled.class).getLast().cycle();
        assertThat(cycle.passed()).isFalse();
        assertThat(Duration.ofNanos(cycle.heldNs())).isEqualTo(Duration.parse("PT9M30S"));
    }

    @Test
    void a_cycle_that_passes_ends_the_alarm_of_the_one_that_failed() {
        larder.now("ir", 25).every("10s", "ir", 121, 30).every("10s", "ir", 60, 6);
        larder.every("10s", "ir", 121, 61).every("10s", "ir", 60, 2);

        assertThat(larder.told(INFRARED)).last().asString().endsWith("returned unack-returned");
        assertThat(larder.facts(Fact.Cycled.class))
                .extracting(fact -> fact.cycle().passed())
                .containsExactly(false, true);
    }

    @Test
    void a_dip_below_the_heat_begins_the_time_anew() {
        larder.now("ir", 25).every("10s", "ir", 121, 40);
        larder.every("10s", "ir", 119.9, 1).every("10s", "ir", 121, 40).every("10s", "ir", 60, 1);

        assertThat(larder.told(INFRARED)).hasSize(1);
    }

    @Test
    void a_hole_in_the_time_at_heat_breaks_it_and_is_told() {
        larder.now("ir", 25).every("10s", "ir", 121, 40);
        larder.kitchen().passes("2m");
        larder.every("10s", "ir", 121, 40).every("10s", "ir", 60, 1);

        var cycle = larder.facts(Fact.Cycled.class).getLast().cycle();
        assertThat(cycle.passed()).isFalse();
        assertThat(cycle.unseen()).isEqualTo(new FoodClock.Unseen(Plans.time("130s").toNanos(), 0));
    }

    @Test
    void steam_that_never_boils_is_a_cycle_that_failed() {
        larder.now("steam", 25).every("10s", "steam", 98, 100).every("10s", "steam", 60, 1);

        assertThat(larder.told("cycle-steam")).hasSize(1);
        assertThat(larder.facts(Fact.Cycled.class).getLast().cycle().heldNs()).isZero();
    }

    @Test
    void each_unit_has_only_the_rule_of_its_method() {
        larder.now("steam", 25).every("10s", "steam", 101, 61).every("10s", "steam", 60, 1);

        assertThat(larder.facts(Fact.Cycled.class))
                .extracting(Fact.Cycled::rule)
                .containsExactly("cycle-steam");
    }

    // ---- the simulator's cabinets -----------------------------------------------------------

    @Test
    void every_machine_of_the_simulator_passes_as_its_maker_meant_it_and_fails_when_broken_off() {
        assertThat(simulated(Steriliser.steamCabinet("steam"), new Command.Cycle("steam")))
                .isTrue();
        assertThat(simulated(Steriliser.infraredCabinet("ir"), new Command.Cycle("ir"))).isTrue();
        assertThat(simulated(Steriliser.dishwasher("wash"), new Command.Cycle("wash"))).isTrue();
        assertThat(
                        simulated(
                                Steriliser.infraredCabinet("ir"),
                                new Command.CycleOf("ir", 121, 9 * 60_000 + 20_000)))
                .isFalse();
        assertThat(
                        simulated(
                                Steriliser.dishwasher("wash"),
                                new Command.CycleOf("wash", 86, 30_000)))
                .isFalse();
    }

    private boolean simulated(Steriliser machine, Command cycle) {
        var weather = new Weather(3, List.of(machine));
        weather.obey(cycle);
        for (var step = 1; step <= 12 * 90; step++) {
            weather.advanceTo(step * Weather.STEP_MS);
            larder.kitchen().passes("5s");
            larder.now(machine.id(), weather.temperatureMilliCelsius(machine.id()) / 1000.0);
        }
        return larder.facts(Fact.Cycled.class).getLast().cycle().passed();
    }

    // ---- before a meal ----------------------------------------------------------------------

    @Test
    void f15_no_cycle_between_two_meals_alarms_half_an_hour_before_the_next() {
        until("10:40").cycle(61);
        assertThat(idleUntil("16:59").told(ABSENT)).isEmpty();

        assertThat(idleUntil("17:01").told(ABSENT)).hasSize(1);
        assertThat(idleUntil("18:31").told(ABSENT)).last().asString().contains("returned");
    }

    @Test
    void a_cycle_after_the_last_meal_is_good_for_the_next() {
        until("10:40").cycle(61);
        until("13:00").cycle(61);

        assertThat(idleUntil("18:31").told(ABSENT)).isEmpty();
    }

    @Test
    void a_cycle_that_failed_is_none_and_one_that_comes_late_ends_the_alarm() {
        until("10:40").cycle(61);
        until("13:00").cycle(50);
        assertThat(idleUntil("17:05").told(ABSENT)).hasSize(1);

        cycle(61);

        assertThat(larder.told(ABSENT)).last().asString().contains("returned");
    }

    @Test
    void a_cycle_that_runs_and_has_held_its_time_is_enough() {
        until("10:40").cycle(61);
        until("16:55").larder.every("10s", "ir", 121, 61);

        assertThat(larder.facts(Fact.Cycled.class)).hasSize(1);
        assertThat(larder.told(ABSENT)).hasSize(2).last().asString().contains("returned");
    }

    private CycleTest cycle(int valuesAtHeat) {
        larder.every("10s", "ir", 121, valuesAtHeat).every("10s", "ir", 60, 1);
        return this;
    }

    private CycleTest until(String time) {
        idleUntil(time);
        return this;
    }

    /** The cabinet is idle until the clock shows this for the next time. */
    private Larder idleUntil(String time) {
        var now =
                Duration.ofMillis(larder.kitchen().now().wallMs() - 1_790_000_000_000L).plus(BEGUN);
        var left = Duration.parse("PT" + time.replace(":", "H") + "M").minus(now);
        while (left.isNegative()) {
            left = left.plusDays(1);
        }
        return larder.every("10s", "ir", 25, (int) left.dividedBy(Duration.ofSeconds(10)));
    }
}
