package org.mingchu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Disinfection, hot holding and cooling, against the times the rules ask for. */
final class HeatTest {
    private static final long MINUTE = Calendar.MINUTE_MS;
    private static final long HOUR = Calendar.HOUR_MS;

    @ParameterizedTest
    @CsvSource({"steam,100,600", "infrared,120,600", "dishwasher,85,40"})
    void a_cycle_as_the_maker_meant_it_holds_what_the_rules_ask_for(
            String id, long celsius, long seconds) {
        var weather = cabinets(1);
        weather.advanceTo(6 * HOUR);
        assertThat(weather.airMilliCelsius(id)).isBetween(18_000L, 32_000L);
        weather.obey(new Command.Cycle(id));
        assertThat(secondsAbove(weather, id, celsius * 1000L, 2 * HOUR))
                .isGreaterThanOrEqualTo(seconds)
                .isLessThan(3 * seconds);
        weather.advanceTo(weather.timeMs() + 4 * HOUR);
        assertThat(weather.airMilliCelsius(id)).isBetween(18_000L, 34_000L);
        assertThat(weather.running(id)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"570", "600", "630"})
    void a_cycle_on_order_holds_so_long_and_is_cooler_within_20_seconds(long seconds) {
        var weather = cabinets(2);
        weather.obey(new Command.CycleOf("infrared", 120, seconds * 1000L));
        assertThat(secondsAbove(weather, "infrared", 120_000, 2 * HOUR))
                .isBetween(seconds, seconds + 20);
    }

    @Test
    void a_broken_cycle_and_a_cut_end_the_hold() {
        var broken = cabinets(3);
        broken.obey(new Command.Cycle("steam"));
        broken.advanceTo(18 * MINUTE);
        assertThat(broken.airMilliCelsius("steam")).isGreaterThan(100_000);
        broken.obey(new Command.CycleBroken("steam"));
        broken.advanceTo(20 * MINUTE);
        assertThat(broken.airMilliCelsius("steam")).isLessThan(100_000);
        var cut = cabinets(3);
        cut.obey(new Command.Cycle("steam"));
        cut.advanceTo(18 * MINUTE);
        cut.obey(new Command.MainsLost());
        cut.obey(new Command.MainsBack());
        cut.advanceTo(40 * MINUTE);
        assertThat(cut.airMilliCelsius("steam")).isLessThan(90_000);
    }

    /** The rule: 60 to 21 °C within 120 min, to 8 °C within another 120 min. */
    @ParameterizedTest
    @CsvSource({
        "pan,CHILLER,true,true",
        "pan,FRIDGE,false,false",
        "pan,ROOM,false,false",
        "pot,CHILLER,false,false",
        "pot,ROOM,false,false"
    })
    void a_pan_cools_in_time_in_a_blast_chiller_and_nowhere_else(
            String id, CoolingPlace place, boolean firstHalf, boolean whole) {
        for (long seed = 1; seed <= 5; seed++) {
            var weather = new Weather(seed, List.of(Batch.pan("pan"), Batch.pot("pot")));
            weather.advanceTo(10 * HOUR);
            weather.obey(new Command.Cooked(id, 75));
            weather.obey(new Command.Cooling(id, place));
            long at60 = whenBelow(weather, id, 60_000);
            weather.advanceTo(at60 + 120 * MINUTE);
            assertThat(weather.foodMilliCelsius(id) <= 21_000).isEqualTo(firstHalf);
            weather.advanceTo(at60 + 240 * MINUTE);
            assertThat(weather.foodMilliCelsius(id) <= 8_000).isEqualTo(whole);
        }
    }

    @Test
    void a_pan_moved_to_the_chiller_after_an_hour_on_the_bench_cools_faster_from_then_on() {
        var weather = new Weather(1, List.of(Batch.pan("pan")));
        weather.obey(new Command.Cooked("pan", 75));
        weather.advanceTo(HOUR);
        long bench = 75_000 - weather.foodMilliCelsius("pan");
        weather.obey(new Command.Cooling("pan", CoolingPlace.CHILLER));
        weather.advanceTo(2 * HOUR);
        assertThat(75_000 - bench - weather.foodMilliCelsius("pan")).isGreaterThan(2 * bench);
    }

    @Test
    void a_hot_holding_falls_below_60_without_its_heater_and_faster_without_its_lid() {
        long lidOn = minutesUntilBelow60(List.of(new Command.CompressorOff("hot")));
        long lidOff =
                minutesUntilBelow60(
                        List.of(new Command.CompressorOff("hot"), new Command.DoorWide("hot")));
        assertThat(lidOn).isBetween(20L, 240L);
        assertThat(lidOff).isLessThan(lidOn / 2);
    }

    @Test
    void what_a_unit_cannot_do_is_refused() {
        var weather = cabinets(1);
        assertThatThrownBy(() -> weather.obey(new Command.CompressorOff("steam")))
                .hasMessage("steam is not a cold store or a hot holding");
        assertThatThrownBy(() -> weather.obey(new Command.Cooked("steam", 75)))
                .hasMessage("steam is not a batch of food");
        assertThatThrownBy(() ->
                        new Weather(
                                1,
                                List.of(Fridge.sampleFridge("samples")),
                                List.of(new At(0, new Command.FailAtDefrost("samples")))))
                .hasMessage("samples has no ice heater");
    }

    private static Weather cabinets(long seed) {
        return new Weather(
                seed,
                List.of(
                        Steriliser.steamCabinet("steam"),
                        Steriliser.infraredCabinet("infrared"),
                        Steriliser.dishwasher("dishwasher")));
    }

    private static long secondsAbove(Weather weather, String id, long milli, long withinMs) {
        long endMs = weather.timeMs() + withinMs;
        long aboveMs = 0;
        while (weather.timeMs() < endMs) {
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
            aboveMs += weather.temperatureMilliCelsius(id) >= milli ? Weather.STEP_MS : 0;
        }
        return aboveMs / 1000;
    }

    private static long whenBelow(Weather weather, String id, long milli) {
        while (weather.foodMilliCelsius(id) > milli) {
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
        }
        return weather.timeMs();
    }

    private static long minutesUntilBelow60(List<Command> commands) {
        var weather = new Weather(1, List.of(Fridge.hotHolding("hot").unopened()));
        weather.advanceTo(HOUR);
        commands.forEach(weather::obey);
        return (whenBelowProbe(weather) - HOUR) / MINUTE;
    }

    private static long whenBelowProbe(Weather weather) {
        while (weather.temperatureMilliCelsius("hot") >= 60_000) {
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
        }
        return weather.timeMs();
    }
}
