package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Condition;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Scope;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Silent and faulty sensors, open doors, lost cameras, lost uplinks. */
class LostTest {
    private static Kitchen fridge() {
        return Kitchen.of(Plans.fridge(Plans.SILENT, Plans.FAULTY));
    }

    private static Kitchen kitchen() {
        return Kitchen.of(Plans.kitchen());
    }

    // ---- silent ------------------------------------------------------------------------------

    @Test
    void the_third_silent_round_raises() {
        assertThat(fridge().air(4, 1).fault(Fault.SILENT, 2).told()).isEmpty();
        assertThat(fridge().air(4, 1).fault(Fault.SILENT, 3).told())
                .containsExactly("04:00 sensor-silent raised unack-active");
    }

    @Test
    void the_third_silent_round_raises_even_if_it_comes_early() {
        var fridge = fridge().air(4, 1).fault(Fault.SILENT, 2).passes("31s").fault(Fault.SILENT);
        assertThat(fridge.told()).containsExactly("03:31 sensor-silent raised unack-active");
        // less than half a period after the second it is no third round
        var hasty = fridge().air(4, 1).fault(Fault.SILENT, 2).passes("29s").fault(Fault.SILENT);
        assertThat(hasty.told()).isEmpty();
    }

    @Test
    void two_silent_rounds_and_a_good_one_are_nothing() {
        assertThat(
                        fridge().air(4, 1)
                                .fault(Fault.SILENT, 2)
                                .air(4, 1)
                                .fault(Fault.SILENT, 2)
                                .told())
                .isEmpty();
    }

    @Test
    void when_rounds_stop_the_clock_raises_half_a_period_after_the_third() {
        assertThat(fridge().air(4, 1).passes("1h").told())
                .containsExactly("04:30 sensor-silent raised unack-active");
    }

    @Test
    void a_round_half_a_period_late_is_no_silence() {
        assertThat(fridge().air(4, 1).passes("209s").air(4).told()).isEmpty();
        assertThat(fridge().air(4, 1).passes("210s").air(4).told()).hasSize(2);
    }

    @Test
    void when_rounds_stop_after_silent_ones_the_clock_goes_on() {
        assertThat(fridge().air(4, 1).fault(Fault.SILENT, 2).passes("1h").told())
                .containsExactly("04:30 sensor-silent raised unack-active");
    }

    @Test
    void a_sensor_never_heard_counts_from_the_start_of_the_program() {
        assertThat(fridge().passes("1h").told())
                .containsExactly("03:30 sensor-silent raised unack-active");
        assertThat(fridge().fault(Fault.SILENT, 3).told())
                .containsExactly("03:00 sensor-silent raised unack-active");
    }

    @Test
    void a_good_reading_ends_silence_at_once() {
        assertThat(fridge().passes("4m").air(4).told())
                .endsWith("04:00 sensor-silent returned unack-returned");
    }

    @Test
    void silence_after_it_returned_unseen_alarms_again_under_the_same_id() {
        var fridge = fridge().passes("4m").air(4).passes("1h");
        assertThat(fridge.told()).endsWith("07:30 sensor-silent re-alarmed unack-active");
        assertThat(fridge.events().getFirst().id()).isEqualTo(fridge.last().id());
    }

    @Test
    void a_faulty_answer_is_no_silence_and_does_not_end_one() {
        assertThat(fridge().air(4, 1).fault(Fault.SILENT, 2).fault(Fault.CRC, 1).told()).isEmpty();
        assertThat(fridge().passes("4m").fault(Fault.CRC).told()).hasSize(1);
    }

    @Test
    void an_unproven_sender_is_not_silent_but_ends_no_silence() {
        var heard = fridge();
        for (var minute = 0; minute < 60; minute++) {
            heard.passes("1m").air(4, Flag.UNAUTHENTICATED);
        }
        assertThat(heard.told()).isEmpty();
        assertThat(fridge().passes("4m").air(4, Flag.UNAUTHENTICATED).told()).hasSize(1);
    }

    // ---- faulty ------------------------------------------------------------------------------

    @Test
    void the_third_faulty_answer_raises() {
        assertThat(fridge().air(4, 1).fault(Fault.CRC, 2).told()).isEmpty();
        assertThat(fridge().air(4, 1).fault(Fault.CRC, 1).fault(Fault.DISCONNECTED, 2).told())
                .containsExactly("04:00 sensor-faulty raised unack-active");
    }

    @Test
    void every_fault_but_silence_counts_as_faulty() {
        for (var fault : Fault.values()) {
            var rule = fault == Fault.SILENT ? "sensor-silent" : "sensor-faulty";
            assertThat(fridge().air(4, 1).fault(fault, 3).told())
                    .containsExactly("04:00 " + rule + " raised unack-active");
        }
    }

    @Test
    void a_good_answer_begins_the_count_anew() {
        assertThat(fridge().air(4, 1).fault(Fault.CRC, 2).air(4, 1).fault(Fault.CRC, 2).told())
                .isEmpty();
    }

    @Test
    void faults_that_alternate_with_silence_are_found_too() {
        var fridge = fridge().air(4, 1);
        for (var minute = 0; minute < 2; minute++) {
            fridge.fault(Fault.CRC, 1).fault(Fault.SILENT, 1);
        }
        assertThat(fridge.told()).containsExactly("04:00 sensor-faulty raised unack-active");
    }

    @Test
    void an_unproven_reading_does_not_end_faults() {
        var fridge = fridge().air(4, 1).fault(Fault.CRC, 2).air(4, Flag.UNAUTHENTICATED);
        assertThat(fridge.fault(Fault.CRC, 1).told())
                .containsExactly("04:00 sensor-faulty raised unack-active");
        assertThat(fridge.air(4, Flag.UNAUTHENTICATED).told()).hasSize(1);
        assertThat(fridge.air(4).told()).hasSize(2);
    }

    // ---- door --------------------------------------------------------------------------------

    private static Kitchen door() {
        return new Kitchen(
                Plans.plan(
                        List.of(Plans.DOOR_OPEN),
                        List.of(
                                Plans.unit(
                                        "cold-1",
                                        UnitKind.CHILLED,
                                        Plans.sensor("door", Quantity.DOOR))),
                        0));
    }

    @Test
    void a_door_open_for_5_min_alarms() {
        var kitchen = door().door(1000);
        for (var minute = 0; minute < 5; minute++) {
            kitchen.passes("1m").door(1000);
        }
        assertThat(kitchen.told()).containsExactly("05:00 door-open raised unack-active");
    }

    @Test
    void a_door_closed_in_time_alarms_nobody() {
        var kitchen = door();
        for (var minute = 0; minute < 60; minute++) {
            kitchen.passes("1m").door(minute % 5 == 0 ? 0 : 1000);
        }
        assertThat(kitchen.told()).isEmpty();
    }

    @Test
    void a_door_closed_for_10_s_returns() {
        var kitchen = door().door(1000);
        for (var minute = 0; minute < 5; minute++) {
            kitchen.passes("1m").door(1000);
        }
        assertThat(kitchen.door(0).passes("10s").door(0).told())
                .endsWith("05:10 door-open returned unack-returned");
    }

    // ---- camera ------------------------------------------------------------------------------

    @Test
    void every_verdict_but_healthy_is_a_lost_camera_after_the_delay() {
        for (var verdict : CameraVerdict.values()) {
            var kitchen = camera();
            for (var i = 0; i < 7; i++) {
                kitchen.passes("30s").camera(verdict);
            }
            if (verdict == CameraVerdict.HEALTHY) {
                assertThat(kitchen.told()).isEmpty();
            } else {
                assertThat(kitchen.told()).containsExactly("03:30 camera-lost raised unack-active");
            }
        }
    }

    @Test
    void a_healthy_camera_returns_after_the_off_delay() {
        var kitchen = camera();
        for (var i = 0; i < 7; i++) {
            kitchen.passes("30s").camera(CameraVerdict.REFUSED);
        }
        for (var i = 0; i < 3; i++) {
            kitchen.passes("30s").camera(CameraVerdict.HEALTHY);
        }
        assertThat(kitchen.told()).endsWith("05:00 camera-lost returned unack-returned");
    }

    @Test
    void a_camera_not_heard_after_a_start_is_unknown_not_lost() {
        assertThat(camera().passes("24h").told()).isEmpty();
    }

    private static Kitchen camera() {
        return Kitchen.of(Plans.plan(List.of(Plans.CAMERA_LOST), List.of(Plans.fridgeUnit()), 0));
    }

    // ---- uplink ------------------------------------------------------------------------------

    private static Kitchen uplink(int platforms) {
        return Kitchen.of(
                Plans.plan(List.of(Plans.UPLINK_LOST), List.of(Plans.fridgeUnit()), platforms));
    }

    @Test
    void a_platform_never_reached_counts_from_the_start() {
        assertThat(uplink(1).passes("1h").told())
                .containsExactly("15:00 uplink-lost raised unack-active");
        assertThat(uplink(1).passes("1m").link("p1", LinkState.DOWN).passes("1h").told())
                .containsExactly("15:00 uplink-lost raised unack-active");
    }

    @Test
    void a_site_without_platforms_misses_none() {
        assertThat(uplink(0).passes("24h").told()).isEmpty();
    }

    @Test
    void down_and_refused_are_lost_up_and_unheard_are_not() {
        for (var link : LinkState.values()) {
            var kitchen = uplink(1).link("p1", LinkState.UP).passes("1h").link("p1", link);
            var told = kitchen.passes("1h").told();
            switch (link) {
                case DOWN, REFUSED ->
                        assertThat(told).containsExactly("75:00 uplink-lost raised unack-active");
                case UP, UNHEARD -> assertThat(told).isEmpty();
            }
        }
    }

    @Test
    void one_lost_platform_of_two_is_enough() {
        var kitchen = uplink(2).link("p1", LinkState.UP).passes("10m");
        assertThat(kitchen.link("p1", LinkState.DOWN).passes("5m").told())
                .as("the other has not been reached since the start")
                .containsExactly("15:00 uplink-lost raised unack-active");
        assertThat(kitchen.link("p2", LinkState.UP).passes("1h").told()).hasSize(1);
        assertThat(kitchen.link("p1", LinkState.UP).passes("2m").told())
                .endsWith("77:00 uplink-lost returned unack-returned");
    }

    @Test
    void down_then_refused_is_one_loss() {
        var kitchen = uplink(1).link("p1", LinkState.UP).passes("1m").link("p1", LinkState.DOWN);
        kitchen.passes("10m").link("p1", LinkState.REFUSED);
        assertThat(kitchen.passes("10m").told())
                .containsExactly("16:00 uplink-lost raised unack-active");
    }

    @Test
    void a_link_that_flaps_faster_than_the_off_delay_stays_one_alarm() {
        var kitchen = uplink(1).passes("15m");
        for (var i = 0; i < 20; i++) {
            kitchen.link("p1", LinkState.UP).passes("119s").link("p1", LinkState.DOWN).passes("1s");
        }
        assertThat(kitchen.told()).hasSize(1);
    }

    @Test
    void a_link_remembers_since_when_it_is_as_it_is() {
        var kitchen = uplink(1).link("p1", LinkState.DOWN);
        var since = kitchen.now();
        kitchen.passes("1m").link("p1", LinkState.DOWN);
        assertThat(kitchen.seenLink("p1").since()).isEqualTo(since);
        kitchen.passes("1m").link("p1", LinkState.UP);
        assertThat(kitchen.seenLink("p1").since()).isEqualTo(kitchen.now());
    }

    @Test
    void a_platform_that_the_plan_does_not_know_is_nobody() {
        var kitchen = uplink(1).link("p1", LinkState.UP).link("other", LinkState.DOWN);
        assertThat(kitchen.passes("1h").told()).isEmpty();
        assertThat(kitchen.state().links()).containsOnlyKeys("p1");
    }

    @Test
    void a_delay_of_the_rule_comes_on_top_of_the_missed_periods() {
        var silent = Plans.rule("s", Scope.ANY, Priority.P2, new Condition.Silent(3), "60s", "60s");
        var faulty = Plans.rule("f", Scope.ANY, Priority.P2, new Condition.Faulty(3), "60s", "60s");
        var plan = Plans.fridge(silent.plain(), faulty.plain());
        assertThat(Kitchen.of(plan).air(4, 1).fault(Fault.SILENT, 3).told()).isEmpty();
        assertThat(Kitchen.of(plan).air(4, 1).fault(Fault.SILENT, 4).told())
                .containsExactly("05:00 s raised unack-active");
        assertThat(Kitchen.of(plan).air(4, 1).fault(Fault.CRC, 3).told()).isEmpty();
        assertThat(Kitchen.of(plan).air(4, 1).fault(Fault.CRC, 4).told())
                .containsExactly("05:00 f raised unack-active");
        assertThat(Kitchen.of(plan).fault(Fault.CRC, 4).air(4, 1).passes("119s").told())
                .as("gone for the off-delay by the clock, with its second of room")
                .contains("06:01 f returned unack-returned");
    }

    @Test
    void faults_that_stop_coming_are_found_by_the_clock() {
        var plan = Plans.fridge(Plans.FAULTY);
        assertThat(Kitchen.of(plan).air(4, 1).fault(Fault.CRC, 2).passes("1h").told())
                .containsExactly("04:30 sensor-faulty raised unack-active");
    }

    @Test
    void with_periods_below_two_seconds_the_clock_waits_half_a_period() {
        var sensor = Plans.sensor("air", Quantity.TEMPERATURE, Optional.of(Duration.ofSeconds(1)));
        var unit = Plans.unit("cold-1", UnitKind.CHILLED, sensor);
        var rule = Plans.rule("r", Scope.ANY, Priority.P2, Plans.above(8, 0), "1s", "1s");
        var plan = Plans.plan(List.of(rule.measuring(Quantity.TEMPERATURE)), List.of(unit), 0);
        var kitchen = Kitchen.of(plan).air(9);
        assertThat(kitchen.judge().nextDeadlineUpNs(kitchen.state()))
                .hasValue(kitchen.now().upNs() + 1_500_000_000L);
        kitchen.passes("1s").air(9).air(4);
        assertThat(kitchen.told()).hasSize(1);
        assertThat(kitchen.judge().nextDeadlineUpNs(kitchen.state()))
                .hasValue(kitchen.now().upNs() + 1_500_000_000L);
    }

    @Test
    void a_reading_says_nothing_about_what_it_does_not_measure() {
        var kitchen = Kitchen.of(Plans.kitchen()).link("p1", LinkState.UP).link("p2", LinkState.UP);
        for (var minute = 0; minute < 60; minute++) {
            kitchen.passes("1m")
                    .round(
                            new Reading.Silent("cam", Fault.BUS, ""),
                            new Reading.Seen("air", CameraVerdict.AUTH, 0),
                            new Reading.Seen("door", CameraVerdict.AUTH, 0),
                            Kitchen.temperature("frost", -20))
                    .round(Kitchen.temperature("cam", 50));
        }
        assertThat(kitchen.told()).isEmpty();
        assertThat(kitchen.state().watching()).isEmpty();
    }

    @Test
    void a_fault_of_the_camera_probe_holds_the_delay() {
        var kitchen = camera().camera(CameraVerdict.REFUSED);
        kitchen.passes("30s").round(new Reading.Silent("cam", Fault.BUS, ""));
        for (var i = 0; i < 5; i++) {
            kitchen.passes("30s").camera(CameraVerdict.REFUSED);
        }
        assertThat(kitchen.told()).containsExactly("03:00 camera-lost raised unack-active");
    }

    @Test
    void subjects_without_any_rule_are_heard_all_the_same() {
        var kitchen =
                Kitchen.of(Plans.plan(List.of(Plans.DOOR_OPEN), List.of(Plans.fridgeUnit()), 0))
                        .air(4)
                        .camera(CameraVerdict.HEALTHY);
        assertThat(kitchen.state().heard()).containsOnlyKeys("air", "cam");
        assertThat(kitchen.light()).isEqualTo(Light.FINE);
    }

    @Test
    void the_last_healthy_picture_is_remembered_through_bad_ones() {
        var kitchen = camera().camera(CameraVerdict.AUTH);
        assertThat(kitchen.heard("cam").lastGood()).isEmpty();
        kitchen.camera(CameraVerdict.HEALTHY);
        var good = kitchen.now();
        kitchen.passes("30s").camera(CameraVerdict.AUTH);
        assertThat(kitchen.heard("cam").lastGoodAt()).contains(good);
        assertThat(kitchen.heard("cam").at()).isEqualTo(kitchen.now());
    }

    @Test
    void of_two_deadlines_in_one_wake_the_earlier_is_decided_first() {
        var late = Plans.rule("late", Scope.ANY, Priority.P2, Plans.above(8, 0), "90s", "0s");
        var soon = Plans.rule("soon", Scope.ANY, Priority.P2, Plans.above(8, 0), "80s", "0s");
        var kitchen =
                Kitchen.of(
                        Plans.fridge(
                                late.measuring(Quantity.TEMPERATURE),
                                soon.measuring(Quantity.TEMPERATURE)));
        kitchen.air(9);
        var at = kitchen.now().before(-Plans.time("100s").toNanos());
        assertThat(Kitchen.alarms(kitchen.judge().advance(kitchen.state(), at)))
                .extracting(AlarmEvent::rule)
                .containsExactly("soon", "late");
    }

    @Test
    void alarms_due_in_one_wake_come_in_order_of_their_deadlines() {
        assertThat(kitchen().passes("1h").told())
                .containsExactly(
                        "03:30 sensor-silent raised unack-active",
                        "03:30 sensor-silent raised unack-active",
                        "03:30 sensor-silent raised unack-active",
                        "15:00 uplink-lost raised unack-active");
        var late = kitchen();
        var up = late.now().upNs() + Duration.ofHours(1).toNanos();
        var then = new Moment(late.now().boot(), up, 0, ClockState.RTC, 0);
        assertThat(Kitchen.alarms(late.judge().advance(late.state(), then)))
                .extracting(AlarmEvent::subject)
                .containsExactly("air", "door", "frost", "gateway");
    }
}
