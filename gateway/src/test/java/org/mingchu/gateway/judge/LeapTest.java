package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.Reading;

import java.util.Set;

/** What no food does: a leap with the door shut, and the same value for hours. */
class LeapTest {
    private static final String LEAP = "chilled-leap";

    private final Larder larder = Larder.chinese();

    @Test
    void ten_kelvin_in_a_minute_with_the_door_shut_are_no_temperature() {
        door(0);
        larder.says("air", 4, 5).says("air", 14, 1);

        assertThat(larder.told(LEAP)).containsExactly("06:00 chilled-leap raised unack-active");
        assertThat(larder.kitchen().last().valueMilli()).hasValue(14_000);
    }

    @Test
    void a_leap_that_is_over_returns_after_half_an_hour() {
        larder.says("air", 4, 5).says("air", 14, 40);

        assertThat(larder.told(LEAP))
                .containsExactly(
                        "06:00 chilled-leap raised unack-active",
                        "38:00 chilled-leap returned unack-returned");
    }

    @Test
    void less_is_none() {
        assertThat(larder.says("air", 4, 5).says("air", 13.9, 5).told(LEAP)).isEmpty();
    }

    @Test
    void an_open_door_explains_it() {
        larder.says("air", 4, 5);
        door(1000);
        assertThat(larder.says("air", 16, 5).told(LEAP)).isEmpty();
    }

    @Test
    void a_slow_rise_is_none_however_far_it_goes() {
        assertThat(larder.goes("frost", -20, 10, 30).told("freezer-leap")).isEmpty();
    }

    @Test
    void values_that_come_faster_are_held_against_the_whole_minute() {
        larder.now("air", 4);
        for (var step = 1; step <= 6; step++) {
            larder.kitchen().passes("10s");
            larder.now("air", 4 + 2 * step);
        }
        assertThat(larder.told(LEAP)).hasSize(1);
    }

    @Test
    void six_hours_of_the_very_same_value_are_told() {
        assertThat(larder.now("air", 4).says("air", 4, 359).told("chilled-stuck")).isEmpty();

        assertThat(larder.says("air", 4, 1).told("chilled-stuck"))
                .containsExactly("360:00 chilled-stuck raised unack-active");
        assertThat(larder.says("air", 4.1, 1).told("chilled-stuck")).hasSize(2);
    }

    private void door(long milli) {
        larder.kitchen()
                .round(new Reading.Measured("door", Quantity.DOOR, milli, milli, 0, Set.of()));
    }
}
