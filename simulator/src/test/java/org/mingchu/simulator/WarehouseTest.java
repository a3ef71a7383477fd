package org.mingchu.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** The warehouse against the recording it stands for: 329 days at 15 min, and its alarms. */
final class WarehouseTest {
    @ParameterizedTest
    @CsvSource({"1,329", "2,60", "3,60"})
    void a_tight_band_is_left_some_eleven_times_a_day_as_in_the_recording(long seed, int days) {
        var seen = Deviations.of(Warehouse.of(seed, days), days);
        assertThat(seen.perDay()).isBetween(9.5, 12.5);
        assertThat(seen.daysWithSome()).isGreaterThan(days * 95L / 100);
        assertThat(seen.mostInADay()).isLessThanOrEqualTo(28);
        assertThat(seen.medianMinutes()).isBetween(90.0, 120.0);
        assertThat(seen.share(episode -> episode.minutes() <= 30)).isBetween(0.18, 0.27);
        assertThat(seen.share(episode -> episode.minutes() > 60)).isBetween(0.58, 0.70);
        assertThat(seen.raisedAgain()).isBetween(0.13, 0.22);
        assertThat(seen.share(Deviations.Episode::cold)).isBetween(0.42, 0.56);
        for (var deep : List.of("deep-1", "deep-2")) {
            assertThat(seen.quantile(deep, 0.5)).isBetween(-31_200L, -30_400L);
            assertThat(seen.quantile(deep, 0.99)).isBetween(-21_900L, -20_100L);
        }
    }

    @Test
    void a_seed_tells_one_story() {
        assertThat(Warehouse.of(5, 60)).isEqualTo(Warehouse.of(5, 60));
        assertThat(Warehouse.of(5, 60).timeline()).isNotEqualTo(Warehouse.of(6, 60).timeline());
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void it_knows_what_was_truly_broken_and_each_of_it_shows_in_the_air(long seed) {
        var warehouse = Warehouse.of(seed, Warehouse.DAYS);
        assertThat(warehouse.failures()).hasSizeBetween(3, 22);
        for (var failure : warehouse.failures()) {
            assertThat(warmestOverAim(warehouse, failure)).as("%s", failure).isGreaterThan(2);
        }
    }

    /** Only the room that failed, from its beginning: K above its aim at the worst. */
    private static double warmestOverAim(Warehouse warehouse, Failure failure) {
        var room =
                warehouse.units().stream()
                        .filter(unit -> unit.id().equals(failure.unit()))
                        .findFirst()
                        .orElseThrow();
        var alone =
                warehouse.timeline().stream()
                        .filter(at -> at.timeMs() == failure.fromMs())
                        .filter(at ->
                                at.command() instanceof Command.ForUnit change
                                        && change.unit().equals(failure.unit()))
                        .toList();
        assertThat(alone).isNotEmpty();
        var weather = new Weather(warehouse.seed(), List.of(room.withoutDefrost()));
        alone.forEach(at -> weather.obey(at.command()));
        double worst = 0;
        while (weather.timeMs() < failure.toMs() - failure.fromMs()) {
            weather.advanceTo(weather.timeMs() + Calendar.HOUR_MS);
            double over = weather.airMilliCelsius(room.id()) / 1000.0 - room.thermostat().target();
            worst = Math.max(worst, over);
        }
        return worst;
    }
}
