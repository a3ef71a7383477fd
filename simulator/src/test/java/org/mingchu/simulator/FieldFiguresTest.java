package org.mingchu.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.IntStream;

/** The model against the recordings and models it stands for. */
final class FieldFiguresTest {
    private static final long MINUTE = Calendar.MINUTE_MS;

    /** Field: 9 defrosts in 14 days, each 38 to 49 min above −12 °C, air peak up to +8.4 °C. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void an_upright_freezer_stays_38_to_49_min_above_minus_12_in_each_defrost(long seed) {
        var weather = upright(seed);
        var defrosts =
                Excursions.watch(weather, "upright", -12_000, 14)
                        .only(excursion -> excursion.peakMilli() > 0);
        assertThat(defrosts.list()).hasSizeBetween(7, 12);
        assertThat(defrosts.minutes()).allSatisfy(m -> assertThat(m).isBetween(38.0, 49.0));
        assertThat(defrosts.peaks())
                .allSatisfy(peak -> assertThat(peak).isBetween(6_500L, 8_900L))
                .anySatisfy(peak -> assertThat(peak).isGreaterThan(7_400L));
    }

    /** Field: 22 to 25 min above −5 °C. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void an_upright_freezer_stays_22_to_25_min_above_minus_5_in_each_defrost(long seed) {
        var defrosts =
                Excursions.watch(upright(seed), "upright", -5_000, 14)
                        .only(excursion -> excursion.peakMilli() > 0);
        assertThat(defrosts.minutes())
                .hasSizeBetween(7, 12)
                .allSatisfy(minutes -> assertThat(minutes).isBetween(21.0, 26.5));
        assertThat(defrosts.minutes().stream().mapToDouble(m -> m).average().orElseThrow())
                .isBetween(22.0, 25.0);
    }

    /** Field: irregular intervals; a schedule would repeat within minutes. */
    @Test
    void an_upright_freezer_keeps_no_schedule() {
        var starts =
                Excursions.watch(upright(3), "upright", 0, 30).list().stream()
                        .map(Excursions.Excursion::startMs)
                        .toList();
        var intervalsHours =
                IntStream.range(1, starts.size())
                        .mapToLong(i -> (starts.get(i) - starts.get(i - 1)) / Calendar.HOUR_MS)
                        .summaryStatistics();
        assertThat(intervalsHours.getMax() - intervalsHours.getMin()).isGreaterThan(12);
    }

    /** Field: mean −19.1 °C. */
    @Test
    void an_upright_freezer_has_a_mean_of_minus_19_1() {
        assertThat(meanMilli(upright(1), "upright", 14)).isBetween(-19_400.0, -18_800.0);
    }

    /** Model of one year: crosses −12 °C 108 min after the compressor stops. */
    @Test
    void a_freezer_crosses_minus_12_some_108_min_after_its_compressor_stops() {
        var weather = freezerAlone(new Command.CompressorOff("freezer"));
        assertThat(minutesUntilAbove(weather, -12_000)).isBetween(95.0, 121.0);
    }

    /** Model of one year: crosses −12 °C 5 min after the door is left ajar. */
    @Test
    void a_freezer_crosses_minus_12_some_5_min_after_its_door_is_left_ajar() {
        var weather = freezerAlone(new Command.DoorAjar("freezer"));
        assertThat(minutesUntilAbove(weather, -12_000)).isBetween(3.5, 7.0);
    }

    /** Model of one year: excursions above −12 °C median 2 min, p95 19 min, longest 27 min. */
    @Test
    void a_freezer_with_25_door_openings_a_day_makes_the_excursions_of_the_yearly_model() {
        var weather = new Weather(11, List.of(Fridge.freezer("freezer")));
        var excursions = Excursions.watch(weather, "freezer", -12_000, 90);
        assertThat(excursions.minutesAtQuantile(0.5)).isBetween(0.5, 3.0);
        assertThat(excursions.minutesAtQuantile(0.95)).isBetween(16.0, 23.0);
        assertThat(excursions.minutesAtQuantile(1)).isBetween(23.0, 33.0);
    }

    /** Model of one year: three defrosts of 15 to 22 min a day, +10 to +14 K. */
    @Test
    void a_freezers_defrosts_lift_its_air_by_10_to_14_kelvin_three_times_a_day() {
        var weather = new Weather(5, List.of(Fridge.freezer("freezer").unopened()));
        var defrosts = Excursions.watch(weather, "freezer", -12_000, 30);
        assertThat(defrosts.list()).hasSize(90);
        assertThat(defrosts.peaks())
                .allSatisfy(peak -> assertThat(peak + 19_000).isBetween(10_000L, 16_000L));
    }

    /** Model of one year: recovery with a time constant of 6 to 12 min. */
    @Test
    void a_freezer_recovers_from_a_defrost_with_a_time_constant_of_6_to_12_min() {
        var weather = new Weather(5, List.of(Fridge.freezer("freezer").unopened()));
        weather.advanceTo(120 * MINUTE + Weather.STEP_MS);
        while (weather.defrosting("freezer")) {
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
        }
        long endedMs = weather.timeMs();
        // What a compressor that ran for ever would settle at, from three points on the curve.
        double first = weather.airMilliCelsius("freezer");
        weather.advanceTo(endedMs + 3 * MINUTE);
        double second = weather.airMilliCelsius("freezer");
        weather.advanceTo(endedMs + 6 * MINUTE);
        double third = weather.airMilliCelsius("freezer");
        double tauMin = 3 / Math.log((first - second) / (second - third));
        assertThat(tauMin).isBetween(6.0, 12.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void healthy_units_keep_their_food_where_it_belongs_for_a_month(long seed) {
        var weather = Kitchens.eight(seed);
        while (weather.timeMs() < 30 * Calendar.DAY_MS) {
            weather.advanceTo(weather.timeMs() + MINUTE);
            assertThat(weather.foodMilliCelsius("cold-1")).isBetween(1_000L, 6_500L);
            assertThat(weather.foodMilliCelsius("samples-1")).isBetween(1_000L, 7_000L);
            assertThat(weather.foodMilliCelsius("freezer-1")).isLessThan(-12_000);
            assertThat(weather.foodMilliCelsius("upright-1")).isLessThan(-14_000);
            assertThat(weather.foodMilliCelsius("hot-1")).isGreaterThan(62_000);
        }
    }

    private static Weather upright(long seed) {
        return new Weather(seed, List.of(Fridge.uprightFreezer("upright")));
    }

    private static Weather freezerAlone(Command command) {
        var weather =
                new Weather(7, List.of(Fridge.freezer("freezer").withoutDefrost().unopened()));
        weather.advanceTo(6 * Calendar.HOUR_MS);
        weather.obey(command);
        return weather;
    }

    private static double minutesUntilAbove(Weather weather, long limitMilli) {
        long fromMs = weather.timeMs();
        while (weather.temperatureMilliCelsius("freezer") <= limitMilli) {
            weather.advanceTo(weather.timeMs() + Weather.STEP_MS);
            assertThat(weather.timeMs()).as("crosses within a day").isLessThan(Calendar.DAY_MS);
        }
        return (double) (weather.timeMs() - fromMs) / MINUTE;
    }

    private static double meanMilli(Weather weather, String unit, long days) {
        long sum = 0;
        long count = 0;
        while (weather.timeMs() < days * Calendar.DAY_MS) {
            weather.advanceTo(weather.timeMs() + MINUTE);
            sum += weather.temperatureMilliCelsius(unit);
            count++;
        }
        return (double) sum / count;
    }
}
