package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Scope;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.util.List;
import java.util.Set;

/** High and low limits: on-delay, deadband, off-delay; what faults and strangers do to them. */
class LimitTest {
    private static final String RAISED = "chilled-high raised unack-active";
    private static final String RETURNED = "chilled-high returned unack-returned";

    private static Kitchen fridge() {
        return Kitchen.of(Plans.fridge(Plans.CHILLED_HIGH, Plans.CHILLED_LOW));
    }

    private static Kitchen freezer() {
        var frost = Plans.sensor("air", Quantity.TEMPERATURE);
        var unit = Plans.unit("frost-1", UnitKind.FREEZER, frost);
        return Kitchen.of(Plans.plan(List.of(Plans.FREEZER_HIGH), List.of(unit), 0));
    }

    // ---- F01, F03 -------------------------------------------------------------------------

    @Test
    void f01_a_freezer_above_its_limit_for_30_min_alarms_at_minute_30() {
        assertThat(freezer().air(-19, 5).air(-11.9, 31).told())
                .containsExactly("36:00 freezer-high raised unack-active");
    }

    @Test
    void f01_a_defrost_of_20_min_up_to_minus_5_alarms_nobody() {
        var freezer = freezer();
        for (var day = 0; day < 9; day++) {
            freezer.air(-19, 60).air(-5, 20);
        }
        assertThat(freezer.air(-19, 60).told()).isEmpty();
    }

    @Test
    void f03_above_8_degrees_for_10_min_alarms() {
        assertThat(fridge().air(4, 5).air(8.1, 11).told()).containsExactly("16:00 " + RAISED);
    }

    @Test
    void f03_above_8_degrees_for_9_min_does_not() {
        assertThat(fridge().air(4, 5).air(8.1, 10).air(7.9, 30).told()).isEmpty();
    }

    @Test
    void f03_toggling_around_the_limit_each_minute_for_2_h_never_alarms_twice() {
        var fridge = fridge();
        for (var minute = 0; minute < 60; minute++) {
            fridge.air(7.9, 1).air(8.1, 1);
        }
        assertThat(fridge.told()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void f03_toggling_around_the_limit_after_an_alarm_stays_one_alarm() {
        var fridge = fridge().air(8.1, 11);
        for (var minute = 0; minute < 60; minute++) {
            fridge.air(7.9, 1).air(8.1, 1);
        }
        assertThat(fridge.told()).containsExactly("11:00 " + RAISED);
    }

    // ---- edges of the limit ----------------------------------------------------------------

    @Test
    void exactly_at_the_limit_is_within_it() {
        assertThat(fridge().air(8.0, 60).air(0.0, 60).told()).isEmpty();
    }

    @Test
    void a_thousandth_above_the_limit_is_beyond_it() {
        assertThat(fridge().air(8.001, 11).told()).containsExactly("11:00 " + RAISED);
    }

    @Test
    void a_thousandth_below_the_low_limit_is_beyond_it() {
        assertThat(fridge().air(-0.001, 31).told())
                .containsExactly("31:00 chilled-low raised unack-active");
    }

    @Test
    void within_the_deadband_an_alarm_stays() {
        assertThat(fridge().air(8.1, 11).air(7.501, 60).told()).containsExactly("11:00 " + RAISED);
        assertThat(fridge().air(-0.1, 31).air(0.499, 60).told()).hasSize(1);
    }

    @Test
    void at_the_far_edge_of_the_deadband_it_returns_after_the_off_delay() {
        assertThat(fridge().air(8.1, 11).air(7.5, 6).told())
                .containsExactly("11:00 " + RAISED, "17:00 " + RETURNED);
        assertThat(fridge().air(-0.1, 31).air(0.5, 6).told())
                .endsWith("37:00 chilled-low returned unack-returned");
    }

    @Test
    void a_value_within_the_deadband_starts_nothing() {
        var fridge = fridge().air(7.9, 30);
        assertThat(fridge.state().watching()).isEmpty();
        assertThat(fridge.told()).isEmpty();
    }

    // ---- delays ----------------------------------------------------------------------------

    @Test
    void one_reading_within_the_limit_begins_the_on_delay_anew() {
        assertThat(fridge().air(8.1, 10).air(7.9, 1).air(8.1, 10).told()).isEmpty();
        assertThat(fridge().air(8.1, 10).air(7.9, 1).air(8.1, 11).told())
                .containsExactly("22:00 " + RAISED);
    }

    @Test
    void beyond_again_during_the_off_delay_cancels_the_return() {
        assertThat(fridge().air(8.1, 11).air(5, 5).air(8.1, 1).air(5, 5).told())
                .containsExactly("11:00 " + RAISED);
        assertThat(fridge().air(8.1, 11).air(5, 5).air(8.1, 1).air(5, 6).told())
                .containsExactly("11:00 " + RAISED, "23:00 " + RETURNED);
    }

    @Test
    void a_reading_within_the_deadband_during_the_off_delay_begins_it_anew() {
        assertThat(fridge().air(8.1, 11).air(5, 5).air(7.9, 1).air(5, 5).told()).hasSize(1);
        assertThat(fridge().air(8.1, 11).air(5, 5).air(7.9, 1).air(5, 6).told())
                .endsWith("23:00 " + RETURNED);
    }

    @Test
    void the_clock_alone_raises_when_the_next_reading_is_late() {
        assertThat(fridge().air(8.1, 10).passes("90s").told()).containsExactly("11:01 " + RAISED);
    }

    @Test
    void the_clock_alone_returns_when_the_next_reading_is_late() {
        assertThat(fridge().air(8.1, 11).air(5, 5).passes("90s").told())
                .endsWith("17:01 " + RETURNED);
    }

    @Test
    void a_reading_due_with_the_deadline_is_heard_first() {
        var high = fridge().air(8.1, 10).passes("1m").air(4);
        assertThat(high.passes("30s").told()).isEmpty();
        var back = fridge().air(8.1, 11).air(5, 5).passes("1m").air(8.1);
        assertThat(back.passes("30s").told()).hasSize(1);
    }

    @Test
    void a_rule_without_delays_speaks_at_once() {
        var rule =
                Plans.rule("now", Scope.CHILLED, Priority.P1, Plans.above(8, 0), "0s", "0s")
                        .measuring(Quantity.TEMPERATURE);
        assertThat(Kitchen.of(Plans.fridge(rule)).air(8.1, 1).air(8.0, 1).told())
                .containsExactly(
                        "01:00 now raised unack-active", "02:00 now returned unack-returned");
    }

    @Test
    void the_delay_is_the_plain_one_while_no_defrost_is_known() {
        assertThat(Plans.CHILLED_HIGH.delay().defrostKnown()).isPresent();
        assertThat(fridge().air(8.1, 10).told()).isEmpty();
    }

    @Test
    void a_step_of_the_wall_clock_changes_no_delay() {
        var fridge = fridge().air(8.1, 5).says(clockSet(7_200_000)).air(8.1, 6);
        assertThat(fridge.told()).containsExactly("11:00 " + RAISED);
    }

    private static Fact clockSet(long offsetMs) {
        return new Fact.ClockSet(ClockState.SYNCED, offsetMs, 10);
    }

    // ---- faults and silence are never a temperature ----------------------------------------

    @Test
    void a_sensor_fault_is_never_a_temperature_alarm() {
        for (var fault : Fault.values()) {
            assertThat(fridge().air(4, 5).fault(fault, 120).told()).isEmpty();
        }
    }

    @Test
    void while_the_latest_word_is_a_fault_the_delay_is_held() {
        assertThat(fridge().air(8.1, 10).fault(Fault.CRC, 60).told()).isEmpty();
    }

    @Test
    void a_delay_that_ran_out_under_a_fault_fires_with_the_next_reading_beyond() {
        assertThat(fridge().air(8.1, 10).fault(Fault.CRC, 5).air(8.1, 1).told())
                .containsExactly("16:00 " + RAISED);
    }

    @Test
    void a_delay_not_yet_over_goes_on_after_a_fault() {
        assertThat(fridge().air(8.1, 5).fault(Fault.CRC, 2).air(8.1, 4).told())
                .containsExactly("11:00 " + RAISED);
    }

    @Test
    void a_reading_within_the_limit_after_a_fault_ends_the_delay() {
        assertThat(fridge().air(8.1, 10).fault(Fault.CRC, 5).air(7.9, 1).air(8.1, 10).told())
                .isEmpty();
    }

    @Test
    void without_any_reading_the_delay_is_held_as_well() {
        // The last word is two periods old when the delay is over: that is still its word.
        var rule =
                Plans.rule("slow", Scope.CHILLED, Priority.P2, Plans.above(8, 0), "119s", "0s")
                        .measuring(Quantity.TEMPERATURE);
        assertThat(Kitchen.of(Plans.fridge(rule)).air(8.1, 1).passes("1h").told())
                .containsExactly("03:00 slow raised unack-active");
        // A second more, and only a further reading can tell.
        var slower =
                Plans.rule("slow", Scope.CHILLED, Priority.P2, Plans.above(8, 0), "120s", "0s")
                        .measuring(Quantity.TEMPERATURE);
        var fridge = Kitchen.of(Plans.fridge(slower)).air(8.1, 1).passes("1h");
        assertThat(fridge.told()).isEmpty();
        assertThat(fridge.air(8.1).told()).containsExactly("61:00 slow raised unack-active");
    }

    @Test
    void a_fault_during_the_off_delay_begins_it_anew() {
        assertThat(fridge().air(8.1, 11).air(5, 5).fault(Fault.CRC, 1).air(5, 5).told()).hasSize(1);
        assertThat(fridge().air(8.1, 11).air(5, 5).fault(Fault.CRC, 1).air(5, 6).told())
                .endsWith("23:00 " + RETURNED);
    }

    @Test
    void a_hole_in_the_off_delay_proves_nothing() {
        // two periods of silence are bridged, more are not
        assertThat(fridge().air(8.1, 11).air(5, 3).passes("2m").air(5).told()).hasSize(1);
        assertThat(fridge().air(8.1, 11).air(5, 3).passes("2m").air(5).air(5, 1).told())
                .endsWith("17:00 " + RETURNED);
        assertThat(fridge().air(8.1, 11).air(5, 3).passes("121s").air(5).air(5, 2).told())
                .hasSize(1);
        assertThat(fridge().air(8.1, 11).air(5, 3).passes("121s").air(5).air(5, 3).told())
                .endsWith("19:01 " + RETURNED);
    }

    @Test
    void an_open_alarm_stays_open_through_faults_and_silence() {
        assertThat(fridge().air(8.1, 11).fault(Fault.DISCONNECTED, 60).passes("5h").told())
                .containsExactly("11:00 " + RAISED);
    }

    // ---- strangers ---------------------------------------------------------------------------

    @Test
    void an_unproven_good_reading_never_ends_a_delay() {
        var fridge = fridge().air(8.1, 10).air(4, Flag.UNAUTHENTICATED).air(8.1, 1);
        assertThat(fridge.told()).containsExactly("11:00 " + RAISED);
    }

    @Test
    void an_unproven_good_reading_never_returns_an_alarm() {
        var fridge = fridge().air(8.1, 11);
        for (var minute = 0; minute < 30; minute++) {
            fridge.passes("1m").air(4, Flag.UNAUTHENTICATED);
        }
        assertThat(fridge.told()).containsExactly("11:00 " + RAISED);
    }

    @Test
    void an_unproven_reading_beyond_the_limit_is_taken_seriously() {
        var fridge = fridge();
        for (var minute = 0; minute < 11; minute++) {
            fridge.passes("1m").air(8.1, Flag.UNAUTHENTICATED);
        }
        assertThat(fridge.told()).containsExactly("11:00 " + RAISED);
    }

    @Test
    void other_flags_change_nothing() {
        var fridge = fridge().air(8.1, 11);
        for (var minute = 0; minute < 6; minute++) {
            fridge.passes("1m").air(4, Flag.LATE, Flag.CALIBRATION_EXPIRED, Flag.NOT_INDEPENDENT);
        }
        assertThat(fridge.told()).endsWith("17:00 " + RETURNED);
    }

    @Test
    void a_value_the_probe_had_buffered_is_history() {
        var fridge = fridge().air(8.1, 10).air(4, Flag.BACKFILLED).air(8.1, 1);
        assertThat(fridge.told()).containsExactly("11:00 " + RAISED);
        assertThat(fridge.heard("air").latest()).isEqualTo(Kitchen.temperature("air", 8.1));
    }

    @Test
    void the_calibrated_value_is_judged_not_the_raw_one() {
        var fridge = fridge();
        var low = new Reading.Measured("air", Quantity.TEMPERATURE, 9_000, 8_000, 0, Set.of());
        for (var minute = 0; minute < 30; minute++) {
            fridge.passes("1m").round(low);
        }
        assertThat(fridge.told()).isEmpty();
    }

    @Test
    void a_subject_that_the_plan_does_not_know_leaves_no_trace() {
        var fridge = fridge().round(Kitchen.temperature("stranger", 50));
        assertThat(fridge.state().heard()).isEmpty();
        assertThat(fridge.told()).isEmpty();
    }
}
