package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Priority;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Flag;

/** Time that adds up over food: in a fridge, and where hot food is held. */
class FoodClockTest {
    private static final String HOUR = "chilled-hour";
    private static final String HOT = "hot-holding-time";

    private final Larder larder = Larder.chinese();

    // ---- an hour of warmth in a day ---------------------------------------------------------

    @Test
    void sixty_minutes_above_8_in_pieces_raise_an_urgent_alarm() {
        for (var opening = 0; opening < 6; opening++) {
            larder.says("air", 4, 30).says("air", 9, 9);
        }
        assertThat(larder.says("air", 4, 30).told(HOUR)).isEmpty();
        larder.says("air", 9, 6);
        assertThat(larder.told(HOUR)).isEmpty();

        larder.says("air", 9, 1);

        assertThat(larder.told(HOUR)).containsExactly("271:00 chilled-hour raised unack-active");
        assertThat(larder.kitchen().last().priority()).isEqualTo(Priority.P1);
    }

    @Test
    void what_is_a_day_old_slides_out_of_the_window_minute_by_minute() {
        larder.says("air", 9, 50).says("air", 4, 1390);
        // 50 minutes of yesterday: from here on as many go out as come in.
        assertThat(larder.says("air", 9, 60).told(HOUR)).isEmpty();

        larder.says("air", 9, 1);

        assertThat(larder.told(HOUR)).containsExactly("1501:00 chilled-hour raised unack-active");
    }

    @Test
    void once_the_fridge_is_cold_again_the_alarm_has_returned_and_one_more_minute_brings_it_back() {
        larder.says("air", 4, 1).says("air", 9, 62).says("air", 4, 40).says("air", 9, 2);

        assertThat(larder.told(HOUR))
                .containsExactly(
                        "62:00 chilled-hour raised unack-active",
                        "95:00 chilled-hour returned unack-returned",
                        "104:00 chilled-hour re-alarmed unack-active");
    }

    @Test
    void the_minute_that_fills_the_hour_alarms_even_if_it_ends_in_the_cold() {
        larder.says("air", 4, 1).says("air", 9, 60).says("air", 4, 1);

        assertThat(larder.told(HOUR)).containsExactly("62:00 chilled-hour raised unack-active");
    }

    @Test
    void cleaning_warms_an_empty_fridge_and_no_food() {
        larder.says("air", 4, 5).kitchen().does(Doing.CLEANING, "4h");

        larder.says("air", 20, 200).says("air", 4, 60);

        assertThat(larder.told(HOUR)).isEmpty();
    }

    @Test
    void food_stays_inside_while_it_is_loaded() {
        larder.says("air", 4, 5).kitchen().does(Doing.LOADING, "45m");

        larder.says("air", 12, 70);

        assertThat(larder.told(HOUR)).isNotEmpty();
    }

    // ---- hot holding, F11 -------------------------------------------------------------------

    @Test
    void f11_59_degrees_for_120_minutes_raises_the_alarm_at_minute_120() {
        assertThat(larder.now("hot", 59).says("hot", 59, 119).told(HOT)).isEmpty();

        larder.says("hot", 59, 1);

        assertThat(larder.told(HOT)).containsExactly("120:00 hot-holding-time raised unack-active");
        assertThat(larder.kitchen().last().priority()).isEqualTo(Priority.P1);
    }

    @Test
    void f11_recovery_to_61_stops_the_clock_and_does_not_reset_it() {
        larder.says("hot", 59, 70).says("hot", 61, 100).says("hot", 59, 50);
        assertThat(larder.told(HOT)).isEmpty();

        larder.says("hot", 59, 1);

        assertThat(larder.told(HOT)).containsExactly("221:00 hot-holding-time raised unack-active");
    }

    @Test
    void a_full_clock_stands_though_it_is_hot_again_until_a_person_has_dealt_with_the_food() {
        larder.now("hot", 59).says("hot", 59, 120).says("hot", 75, 60);
        assertThat(larder.told(HOT)).hasSize(1);

        larder.kitchen().says(new Fact.Checked("hot-1", false, "still lukewarm", Kitchen.STAFF));
        larder.says("hot", 75, 5);
        assertThat(larder.told(HOT)).hasSize(1);

        larder.kitchen().says(new Fact.Checked("hot-1", true, "reheated to 72", Kitchen.STAFF));
        larder.says("hot", 75, 1);

        assertThat(larder.told(HOT))
                .last()
                .isEqualTo("186:00 hot-holding-time returned unack-returned");
        assertThat(larder.says("hot", 59, 120).told(HOT)).hasSize(2);
    }

    @Test
    void a_unit_that_is_switched_off_ends_the_holding() {
        larder.says("hot", 59, 60).says("hot", 30, 16).says("hot", 59, 100);
        assertThat(larder.told(HOT)).isEmpty();

        assertThat(larder.says("hot", 59, 22).told(HOT)).hasSize(1);
    }

    @Test
    void a_moment_in_the_cold_is_no_end_of_the_holding() {
        larder.now("hot", 59).says("hot", 59, 60).says("hot", 39, 10).says("hot", 59, 49);
        assertThat(larder.told(HOT)).isEmpty();

        assertThat(larder.says("hot", 59, 1).told(HOT)).hasSize(1);
    }

    // ---- what nobody saw --------------------------------------------------------------------

    @Test
    void silence_counts_for_nothing_and_is_told() {
        larder.now("hot", 59).says("hot", 59, 60);
        for (var minute = 0; minute < 30; minute++) {
            larder.kitchen().passes("1m").round(Larder.silent("hot"));
        }
        larder.says("hot", 59, 60);
        assertThat(larder.told(HOT)).isEmpty();
        assertThat(count("hot", HOT).unseen())
                .isEqualTo(new FoodClock.Unseen(Plans.time("31m").toNanos(), 0));

        assertThat(larder.says("hot", 59, 1).told(HOT)).hasSize(1);
    }

    @Test
    void a_power_cut_of_known_length_counts_for_nothing_and_the_proven_time_goes_on() {
        larder.now("hot", 59).says("hot", 59, 90);
        larder.kitchen().powerFails("40m", ClockState.SYNCED);
        assertThat(larder.now("hot", 59).says("hot", 59, 29).told(HOT)).isEmpty();
        assertThat(count("hot", HOT).unseen())
                .isEqualTo(new FoodClock.Unseen(Plans.time("40m").toNanos(), 0));

        assertThat(larder.says("hot", 59, 1).told(HOT)).hasSize(1);
    }

    @Test
    void a_power_cut_of_unknown_length_is_told_as_such() {
        larder.now("hot", 59).says("hot", 59, 90);
        larder.kitchen().powerFails("40m", ClockState.UNSYNCED);
        larder.now("hot", 59).says("hot", 59, 30);

        assertThat(larder.told(HOT)).hasSize(1);
        assertThat(count("hot", HOT).unseen()).isEqualTo(new FoodClock.Unseen(0, 1));
    }

    @Test
    void across_a_cut_of_unknown_length_nothing_slides_out_of_the_window() {
        larder.now("air", 9).says("air", 9, 40).says("air", 4, 10);
        larder.kitchen().powerFails("30h", ClockState.UNSYNCED);

        assertThat(larder.now("air", 9).says("air", 9, 20).told(HOUR)).hasSize(1);
    }

    @Test
    void across_a_cut_of_known_length_the_window_slides_on() {
        larder.now("air", 9).says("air", 9, 40).says("air", 4, 10);
        larder.kitchen().powerFails("30h", ClockState.SYNCED);

        assertThat(larder.now("air", 9).says("air", 9, 59).told(HOUR)).isEmpty();
    }

    @Test
    void a_restart_of_the_program_counts_for_nothing_but_loses_nothing() {
        larder.now("hot", 59).says("hot", 59, 90);
        larder.kitchen().restarts("10m");
        assertThat(larder.now("hot", 59).says("hot", 59, 29).told(HOT)).isEmpty();

        assertThat(larder.says("hot", 59, 1).told(HOT)).hasSize(1);
    }

    @Test
    void an_unproven_sender_cannot_stop_the_clock() {
        larder.now("hot", 59).says("hot", 59, 119);
        larder.now("hot", 80, Flag.UNAUTHENTICATED);

        assertThat(larder.says("hot", 59, 1).told(HOT)).hasSize(1);
    }

    private FoodClock.Count count(String subject, String rule) {
        return larder.kitchen()
                .state()
                .food()
                .clock(new State.Key(subject, rule), FoodClock.Count.class)
                .orElseThrow();
    }
}
