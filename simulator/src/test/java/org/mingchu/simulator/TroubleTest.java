package org.mingchu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

/** What goes wrong on command, and what it looks like from outside. */
final class TroubleTest {
    private static final long MINUTE = Calendar.MINUTE_MS;
    private static final long HOUR = Calendar.HOUR_MS;
    private static final long DAY = Calendar.DAY_MS;

    @Test
    void a_weak_compressor_runs_longer_and_a_very_weak_one_does_not_hold_the_cold() {
        assertThat(dutyOnASunday(new Command.CompressorWeak("freezer-1", 0.7)))
                .isGreaterThan(1.25 * dutyOnASunday(new Command.CompressorWeak("freezer-1", 1)));
        var weather = Kitchens.eight(4);
        weather.obey(new Command.CompressorWeak("freezer-1", 0.2));
        weather.advanceTo(DAY);
        assertThat(weather.airMilliCelsius("freezer-1")).isGreaterThan(-12_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_slow_leak_shows_in_the_running_time_days_before_it_shows_in_the_food(long seed) {
        var weather = Kitchens.eight(seed);
        double healthy = duty(weather, DAY);
        weather.obey(new Command.Leak("freezer-1", 0.05));
        weather.advanceTo(5 * DAY);
        assertThat(duty(weather, DAY)).isGreaterThan(1.15 * healthy);
        assertThat(weather.foodMilliCelsius("freezer-1")).isLessThan(-15_000);
        weather.advanceTo(16 * DAY);
        assertThat(weather.foodMilliCelsius("freezer-1")).isGreaterThan(-12_000);
        weather.obey(new Command.Mended("freezer-1"));
        weather.advanceTo(18 * DAY);
        assertThat(weather.foodMilliCelsius("freezer-1")).isLessThan(-14_000);
    }

    @Test
    void ice_ends_the_defrosts_and_warms_the_air_day_by_day() {
        var weather = Kitchens.eight(5);
        weather.obey(new Command.Icing("freezer-1"));
        long before = Long.MIN_VALUE;
        for (int day = 1; day <= 7; day++) {
            weather.advanceTo(day * DAY);
            assertThat(weather.defrosting("freezer-1")).isFalse();
            if (day >= 4) {
                assertThat(weather.airMilliCelsius("freezer-1")).isGreaterThan(before);
                before = weather.airMilliCelsius("freezer-1");
            }
        }
        assertThat(before).isGreaterThan(-5_000);
        assertThat(defrosts(weather, "freezer-1", DAY)).isZero();
        weather.obey(new Command.Mended("freezer-1"));
        assertThat(defrosts(weather, "freezer-1", DAY)).isEqualTo(3);
    }

    @Test
    void a_heater_that_never_ends_boils_the_freezer_but_burns_nothing() {
        var weather = Kitchens.eight(5);
        weather.advanceTo(HOUR);
        weather.obey(new Command.DefrostStuck("freezer-1"));
        weather.advanceTo(5 * HOUR);
        assertThat(weather.airMilliCelsius("freezer-1")).isBetween(10_000L, 47_000L);
        assertThat(weather.defrosting("freezer-1")).isTrue();
        weather.obey(new Command.MainsLost());
        assertThat(weather.defrosting("freezer-1")).isFalse();
        weather.obey(new Command.MainsBack());
        weather.advanceTo(6 * HOUR);
        assertThat(weather.defrosting("freezer-1")).isTrue();
        weather.obey(new Command.Mended("freezer-1"));
        weather.advanceTo(30 * HOUR);
        assertThat(weather.airMilliCelsius("freezer-1")).isLessThan(-14_000);
    }

    @Test
    void a_door_held_wide_open_is_worse_than_one_ajar() {
        var wide = Kitchens.eight(6);
        var ajar = Kitchens.eight(6);
        wide.obey(new Command.DoorWide("cold-1"));
        ajar.obey(new Command.DoorAjar("cold-1"));
        wide.advanceTo(9 * HOUR);
        ajar.advanceTo(9 * HOUR);
        assertThat(wide.airMilliCelsius("cold-1"))
                .isGreaterThan(ajar.airMilliCelsius("cold-1") + 2_000)
                .isGreaterThan(8_000);
        assertThat(wide.doorOpen("cold-1")).isTrue();
        wide.obey(new Command.DoorShut("cold-1"));
        wide.advanceTo(24 * HOUR);
        assertThat(wide.foodMilliCelsius("cold-1")).isLessThan(6_500);
    }

    @Test
    void a_warm_load_warms_the_air_at_once_and_the_other_food_hardly() {
        var weather = new Weather(6, List.of(Fridge.chilled("cold-1").unopened()));
        weather.advanceTo(3 * HOUR);
        long food = weather.foodMilliCelsius("cold-1");
        weather.obey(new Command.Load("cold-1", 60, 0.2));
        weather.advanceTo(3 * HOUR + 20 * MINUTE);
        assertThat(weather.airMilliCelsius("cold-1")).isBetween(6_500L, 14_000L);
        assertThat(weather.foodMilliCelsius("cold-1") - food).isBetween(200L, 3_000L);
        weather.advanceTo(12 * HOUR);
        assertThat(weather.airMilliCelsius("cold-1")).isLessThan(6_000);
    }

    @Test
    void a_moved_probe_feels_the_room_and_the_air_does_not_care() {
        var weather = Kitchens.eight(6);
        weather.advanceTo(HOUR);
        weather.obey(new Command.ProbeMoved("freezer-1", 0.5));
        weather.advanceTo(HOUR + Weather.STEP_MS);
        long middle = (weather.airMilliCelsius("freezer-1") + weather.ambientMilliCelsius()) / 2;
        assertThat(weather.temperatureMilliCelsius("freezer-1") - middle).isBetween(-150L, 150L);
        weather.obey(new Command.ProbeReplaced("freezer-1"));
        weather.advanceTo(HOUR + 2 * Weather.STEP_MS);
        assertAnswersForItself(weather, "freezer-1");
    }

    @Test
    void swapped_probes_answer_for_each_other_until_they_are_swapped_again() {
        var weather = Kitchens.eight(6);
        weather.advanceTo(HOUR);
        weather.obey(new Command.Swapped("freezer-1", "cold-1"));
        assertThat(weather.temperatureMilliCelsius("cold-1")).isLessThan(-10_000);
        assertThat(weather.temperatureMilliCelsius("freezer-1")).isGreaterThan(0);
        weather.obey(new Command.Swapped("freezer-1", "cold-1"));
        assertAnswersForItself(weather, "freezer-1");
        assertAnswersForItself(weather, "cold-1");
    }

    @Test
    void a_drifting_probe_leaves_the_truth_by_so_much_a_day() {
        var weather = Kitchens.eight(6);
        weather.obey(new Command.ProbeDrift("samples-1", -0.5));
        weather.advanceTo(4 * DAY);
        assertThat(
                        weather.temperatureMilliCelsius("samples-1")
                                - weather.airMilliCelsius("samples-1"))
                .isBetween(-2_150L, -1_850L);
    }

    @Test
    void a_flapping_wire_comes_and_goes_irregularly() {
        var weather = Kitchens.eight(6);
        weather.obey(new Command.ProbeFlaps("cold-1", 2 * MINUTE));
        int gone = 0;
        int flips = 0;
        var last = weather.probe("cold-1");
        for (int i = 0; i < 720; i++) {
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
            var now = weather.probe("cold-1");
            gone += now == ProbeState.UNPLUGGED ? 1 : 0;
            flips += now == last ? 0 : 1;
            last = now;
        }
        assertThat(gone).isBetween(240, 480);
        assertThat(flips).isBetween(22, 40);
        weather.obey(new Command.ProbeReplaced("cold-1"));
        assertThat(weather.probe("cold-1")).isEqualTo(ProbeState.WORKING);
    }

    @Test
    void a_unit_switched_off_warms_like_a_failed_one_and_only_the_weather_knows_which() {
        var weather = Kitchens.eight(6);
        weather.advanceTo(20 * HOUR);
        weather.obey(new Command.SwitchedOff("freezer-1"));
        weather.obey(new Command.CompressorOff("freezer-2"));
        weather.advanceTo(26 * HOUR);
        assertThat(weather.airMilliCelsius("freezer-1")).isGreaterThan(-12_000);
        assertThat(weather.airMilliCelsius("freezer-2")).isGreaterThan(-12_000);
        assertThat(weather.switchedOn("freezer-1")).isFalse();
        assertThat(weather.switchedOn("freezer-2")).isTrue();
        weather.obey(new Command.SwitchedOn("freezer-1"));
        weather.advanceTo(50 * HOUR);
        assertThat(weather.foodMilliCelsius("freezer-1")).isLessThan(-14_000);
    }

    @Test
    void a_closed_kitchen_is_cooler_and_nobody_opens_a_door() {
        var weather = Kitchens.eight(6);
        weather.advanceTo(12 * HOUR);
        long working = weather.ambientMilliCelsius();
        weather.obey(new Command.KitchenClosed());
        assertThat(weather.ambientMilliCelsius()).isLessThan(working - 1_000);
        weather.advanceTo(12 * HOUR + 2 * MINUTE);
        while (weather.timeMs() < 3 * DAY) {
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
            assertThat(weather.ids()).noneMatch(weather::doorOpen);
        }
    }

    @Test
    void a_defrost_by_hand_ends_by_itself_with_the_ice_gone() {
        var weather = Kitchens.eight(6);
        weather.obey(new Command.Icing("freezer-1"));
        weather.advanceTo(3 * DAY);
        weather.obey(new Command.DefrostByHand("freezer-1", 3 * HOUR));
        weather.advanceTo(3 * DAY + 3 * HOUR - MINUTE);
        assertThat(weather.doorOpen("freezer-1")).isTrue();
        assertThat(weather.switchedOn("freezer-1")).isFalse();
        assertThat(weather.airMilliCelsius("freezer-1")).isGreaterThan(5_000);
        weather.advanceTo(3 * DAY + 3 * HOUR + MINUTE);
        assertThat(weather.doorOpen("freezer-1")).isFalse();
        assertThat(weather.switchedOn("freezer-1")).isTrue();
        weather.advanceTo(4 * DAY);
        assertThat(weather.airMilliCelsius("freezer-1")).isLessThan(-14_000);
    }

    @Test
    void contacts_and_power_say_what_is_so_and_the_weather_goes_on_unwatched() {
        var weather = Kitchens.eight(6);
        weather.obey(new Command.Detected(Contact.SMOKE));
        weather.obey(new Command.MainsLost());
        weather.obey(new Command.GatewayOff());
        assertThat(weather.detected(Contact.SMOKE)).isTrue();
        assertThat(weather.detected(Contact.GAS)).isFalse();
        assertThat(weather.mains()).isFalse();
        assertThat(weather.gatewayPowered()).isFalse();
        weather.advanceTo(9 * HOUR);
        assertThat(weather.airMilliCelsius("cold-1")).isGreaterThan(8_000);
        weather.obey(new Command.Quiet(Contact.SMOKE));
        weather.obey(new Command.MainsBack());
        weather.obey(new Command.GatewayOn());
        assertThat(weather.detected(Contact.SMOKE)).isFalse();
        assertThat(weather.mains()).isTrue();
        assertThat(weather.gatewayPowered()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_compressor_that_fails_as_a_defrost_begins_leaves_the_air_where_the_heat_left_it(
            long seed) {
        var weather = new Weather(seed, List.of(Fridge.uprightFreezer("upright")));
        weather.advanceTo(2 * DAY);
        weather.obey(new Command.FailAtDefrost("upright"));
        while (!weather.defrosting("upright")) {
            assertThat(weather.airMilliCelsius("upright")).isLessThan(-12_000);
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
        }
        weather.advanceTo(weather.timeMs() + 2 * HOUR);
        assertThat(weather.running("upright")).isFalse();
        assertThat(weather.airMilliCelsius("upright")).isGreaterThan(-12_000);
        weather.obey(new Command.CompressorOn("upright"));
        weather.advanceTo(weather.timeMs() + 12 * HOUR);
        assertThat(weather.foodMilliCelsius("upright")).isLessThan(-14_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void an_upright_freezer_outlives_a_cut_of_a_night_and_defrosts_again(long seed) {
        var weather = new Weather(seed, List.of(Fridge.uprightFreezer("upright")));
        weather.advanceTo(2 * DAY + 20 * HOUR);
        weather.obey(new Command.MainsLost());
        weather.advanceTo(3 * DAY + 5 * HOUR);
        assertThat(weather.airMilliCelsius("upright")).isGreaterThan(-12_000);
        assertThat(weather.running("upright")).isFalse();
        weather.obey(new Command.MainsBack());
        weather.advanceTo(4 * DAY + 5 * HOUR);
        assertThat(weather.foodMilliCelsius("upright")).isLessThan(-14_000);
        assertThat(defrosts(weather, "upright", 4 * DAY)).isBetween(1, 5);
    }

    @Test
    void an_upright_freezer_is_opened_during_the_shift() {
        var weather = new Weather(3, List.of(Fridge.uprightFreezer("upright")));
        int openings = 0;
        boolean before = false;
        while (weather.timeMs() < 6 * DAY) {
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
            boolean now = weather.doorOpen("upright");
            openings += now && !before ? 1 : 0;
            before = now;
        }
        assertThat(openings).isBetween(18, 60);
    }

    @Test
    void troubles_come_out_the_same_however_the_time_is_cut() {
        var story =
                List.of(
                        new At(HOUR, new Command.Leak("freezer-1", 0.1)),
                        new At(2 * HOUR, new Command.ProbeFlaps("cold-1", MINUTE)),
                        new At(3 * HOUR, new Command.DefrostByHand("freezer-2", 3 * HOUR)),
                        new At(7 * HOUR, new Command.Load("cold-2", 50, 0.3)),
                        new At(8 * HOUR, new Command.FailAtDefrost("upright-1")),
                        new At(9 * HOUR, new Command.Icing("upright-1")));
        var whole = Kitchens.eight(9, story);
        whole.advanceTo(2 * DAY);
        var cut = Kitchens.eight(9, story);
        var chance = new Random(4);
        while (cut.timeMs() < whole.timeMs()) {
            cut.advanceTo(Math.min(whole.timeMs(), cut.timeMs() + chance.nextLong(1, 90_000)));
            cut.advanceTo(Math.min(whole.timeMs(), cut.timeMs() + Weather.STEP_MS));
        }
        for (var id : whole.ids()) {
            assertThat(cut.airMilliCelsius(id)).isEqualTo(whole.airMilliCelsius(id));
            assertThat(cut.probe(id)).isEqualTo(whole.probe(id));
        }
    }

    @Test
    void figures_out_of_their_bounds_are_refused_at_birth() {
        assertThatThrownBy(() -> new Command.CompressorWeak("a", 1.1))
                .hasMessageContaining("share");
        assertThatThrownBy(() -> new Command.Load("a", Double.NaN, 0.1))
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> new Command.ProbeFlaps("a", 0)).hasMessageContaining("length");
    }

    private static void assertAnswersForItself(Weather weather, String id) {
        assertThat(weather.temperatureMilliCelsius(id) - weather.airMilliCelsius(id))
                .isBetween(-130L, 130L);
    }

    private static double dutyOnASunday(Command command) {
        var weather = Kitchens.eight(4);
        weather.advanceTo(6 * DAY);
        weather.obey(command);
        return duty(weather, DAY);
    }

    private static double duty(Weather weather, long lengthMs) {
        long endMs = weather.timeMs() + lengthMs;
        int runs = 0;
        int steps = 0;
        while (weather.timeMs() < endMs) {
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
            runs += weather.running("freezer-1") ? 1 : 0;
            steps++;
        }
        return (double) runs / steps;
    }

    private static int defrosts(Weather weather, String id, long lengthMs) {
        long endMs = weather.timeMs() + lengthMs;
        int begun = 0;
        boolean before = weather.defrosting(id);
        while (weather.timeMs() < endMs) {
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
            boolean now = weather.defrosting(id);
            begun += now && !before ? 1 : 0;
            before = now;
        }
        return begun;
    }
}
