package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.simulator.Command;
import org.mingchu.simulator.Fridge;
import org.mingchu.simulator.Weather;

import java.util.List;

/** Two probes that each show what the other one did. */
class SwapTest {
    private static final String[] SWAPPED = {"chilled-swapped", "freezer-swapped"};

    private final Larder larder = Larder.chinese();

    @Test
    void probes_that_have_changed_places_are_suspected_after_half_an_hour() {
        both(4, -18, 25 * 60);
        assertThat(larder.told(SWAPPED)).isEmpty();
        both(-18, 4, 32);

        // Of one round the first probe is held against what the second said the round before.
        assertThat(larder.told(SWAPPED))
                .containsExactlyInAnyOrder(
                        "1532:00 chilled-swapped raised unack-active",
                        "1531:00 freezer-swapped raised unack-active");
    }

    @Test
    void one_that_goes_where_the_other_stays_is_no_exchange() {
        both(4, -18, 25 * 60);
        both(4, 4, 300);
        both(-18, -18, 300);

        assertThat(larder.told(SWAPPED)).isEmpty();
    }

    @Test
    void before_a_day_nothing_is_suspected() {
        both(4, -18, 23 * 60);
        both(-18, 4, 40);

        assertThat(larder.told(SWAPPED)).isEmpty();
    }

    @Test
    void the_simulator_s_exchanged_wires_are_found_and_its_ordinary_days_are_not() {
        var weather = new Weather(11, List.of(Fridge.chilled("air"), Fridge.freezer("frost")));
        simulated(weather, 0, 3 * 24 * 60);
        assertThat(larder.told(SWAPPED)).isEmpty();

        weather.obey(new Command.Swapped("air", "frost"));
        simulated(weather, 3 * 24 * 60, 3 * 24 * 60 + 90);

        assertThat(larder.told(SWAPPED)).hasSizeGreaterThanOrEqualTo(2);
    }

    private void simulated(Weather weather, int fromMinute, int toMinute) {
        for (var minute = fromMinute + 1; minute <= toMinute; minute++) {
            weather.advanceTo(minute * 60_000L);
            both(
                    weather.temperatureMilliCelsius("air") / 1000.0,
                    weather.temperatureMilliCelsius("frost") / 1000.0,
                    1);
        }
    }

    private void both(double air, double frost, int minutes) {
        for (var minute = 0; minute < minutes; minute++) {
            larder.kitchen()
                    .passes("1m")
                    .round(Kitchen.temperature("air", air), Kitchen.temperature("frost", frost));
        }
    }
}
