package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Attention;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.Scope;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What page, lamps and buzzer show: green only when it is known to be fine. */
class GlanceTest {
    private static Kitchen fridge() {
        return Kitchen.of(Plans.fridge(Plans.CHILLED_HIGH, Plans.CHILLED_LOW, Plans.SILENT));
    }

    private static Rule rule(String id, Priority priority, double limit, Attention attention) {
        return Plans.rule(id, Scope.CHILLED, priority, Plans.above(limit, 0), "0s", "0s")
                .with(Optional.of(Quantity.TEMPERATURE), attention);
    }

    private static Glance.SensorView sensor(Kitchen kitchen) {
        return kitchen.glance()
                .units(kitchen.state(), kitchen.now())
                .getFirst()
                .sensors()
                .getFirst();
    }

    // ---- lights --------------------------------------------------------------------------------

    @Test
    void never_heard_is_unknown() {
        assertThat(fridge().light()).isEqualTo(Light.UNKNOWN);
    }

    @Test
    void a_good_reading_is_fine_for_two_periods() {
        assertThat(fridge().air(4).light()).isEqualTo(Light.FINE);
        assertThat(fridge().air(4).passes("2m").light()).isEqualTo(Light.FINE);
        assertThat(fridge().air(4).passes("120.001s").light()).isEqualTo(Light.UNKNOWN);
    }

    @Test
    void the_age_of_the_value_counts_not_the_age_of_the_round() {
        var old =
                new Reading.Measured(
                        "air",
                        Quantity.TEMPERATURE,
                        4_000,
                        4_000,
                        Plans.time("90s").toNanos(),
                        Set.of());
        assertThat(fridge().round(old).passes("30s").light()).isEqualTo(Light.FINE);
        assertThat(fridge().round(old).passes("31s").light()).isEqualTo(Light.UNKNOWN);
    }

    @Test
    void one_fault_is_no_fault_yet_while_the_last_value_is_fresh() {
        var fridge = fridge().air(4).passes("1m").fault(Fault.CRC);
        assertThat(fridge.light()).isEqualTo(Light.FINE);
        assertThat(sensor(fridge).fault()).contains(Fault.CRC);
        assertThat(fridge.passes("61s").light()).isEqualTo(Light.FAULT);
    }

    @Test
    void a_value_from_before_the_boot_is_not_known_any_more() {
        var fridge = fridge().air(4).powerFails("10s", ClockState.SYNCED);
        assertThat(fridge.light()).isEqualTo(Light.UNKNOWN);
        assertThat(sensor(fridge).valueMilli()).hasValue(4_000);
        assertThat(sensor(fridge).ageNs()).isEmpty();
        var faulty = fridge().fault(Fault.CRC).powerFails("10s", ClockState.SYNCED);
        assertThat(faulty.light()).isEqualTo(Light.UNKNOWN);
    }

    @Test
    void a_value_beyond_its_limit_is_never_green_also_before_the_alarm() {
        assertThat(fridge().air(8.0).light()).isEqualTo(Light.FINE);
        assertThat(fridge().air(8.001).light()).isEqualTo(Light.ATTENTION);
        assertThat(fridge().air(-0.001).light()).isEqualTo(Light.ATTENTION);
    }

    @Test
    void an_unproven_value_is_never_green() {
        assertThat(fridge().air(4, Flag.UNAUTHENTICATED).light()).isEqualTo(Light.ATTENTION);
    }

    @Test
    void an_alarm_shows_until_it_has_returned_and_been_seen() {
        var fridge = fridge().air(8.1, 11);
        assertThat(fridge.light()).isEqualTo(Light.ALARM);
        assertThat(fridge.acknowledge().light()).isEqualTo(Light.ALARM);
        assertThat(fridge.air(4, 6).light()).isEqualTo(Light.FINE);
        assertThat(fridge().air(8.1, 11).air(4, 6).light()).isEqualTo(Light.ATTENTION);
    }

    @Test
    void a_p3_asks_for_attention_only() {
        var fridge = Kitchen.of(Plans.fridge(rule("warm", Priority.P3, 8, Attention.SITE))).air(9);
        assertThat(fridge.told()).hasSize(1);
        assertThat(fridge.light()).isEqualTo(Light.ATTENTION);
    }

    @Test
    void a_silent_or_faulty_sensor_is_a_fault_not_an_alarm() {
        assertThat(fridge().passes("4m").light()).isEqualTo(Light.FAULT);
        var faulty = Kitchen.of(Plans.fridge(Plans.FAULTY)).fault(Fault.CRC, 3);
        assertThat(faulty.light()).isEqualTo(Light.FAULT);
    }

    @Test
    void after_an_outage_it_is_in_doubt_until_proven() {
        var fridge = fridge().air(4, 5).restarts("1h").air(4, 30);
        assertThat(fridge.light()).isEqualTo(Light.DOUBT);
        assertThat(fridge.glance().units(fridge.state(), fridge.now()).getFirst().doubt())
                .isPresent();
        assertThat(fridge.air(4, 1).light()).isEqualTo(Light.FINE);
    }

    @Test
    void the_worst_part_shows() {
        var kitchen = Kitchen.of(Plans.kitchen()).round(Kitchen.temperature("air", 4));
        assertThat(kitchen.light()).as("the door has not been heard").isEqualTo(Light.UNKNOWN);
        assertThat(kitchen.door(0).light()).isEqualTo(Light.FINE);
        assertThat(Light.ALARM.or(Light.FINE)).isEqualTo(Light.ALARM);
        assertThat(Light.FINE.or(Light.ALARM)).isEqualTo(Light.ALARM);
        assertThat(Light.FINE.or(Light.FINE)).isEqualTo(Light.FINE);
    }

    @Test
    void an_alarm_shows_on_its_own_unit_only() {
        var kitchen = Kitchen.of(Plans.kitchen());
        for (var minute = 0; minute < 11; minute++) {
            kitchen.passes("1m")
                    .round(Kitchen.temperature("air", 8.1), Kitchen.temperature("frost", -20))
                    .door(0);
        }
        var units = kitchen.glance().units(kitchen.state(), kitchen.now());
        assertThat(units)
                .extracting(Glance.UnitView::light)
                .containsExactly(Light.ALARM, Light.FINE);
        assertThat(units.getFirst().alarms()).hasSize(1);
        assertThat(units.getLast().alarms()).isEmpty();
    }

    // ---- values and limits
    // -----------------------------------------------------------------------

    @Test
    void a_sensor_shows_value_age_and_its_strictest_limits() {
        var plan =
                Plans.fridge(
                        Plans.CHILLED_HIGH,
                        Plans.CHILLED_LOW,
                        rule("stricter", Priority.P3, 5, Attention.SITE),
                        Plans.rule(
                                        "low",
                                        Scope.CHILLED,
                                        Priority.P3,
                                        Plans.below(-3, 0),
                                        "0s",
                                        "0s")
                                .measuring(Quantity.TEMPERATURE));
        var view = sensor(Kitchen.of(plan).air(4.25).passes("7s"));
        assertThat(view.valueMilli()).isEqualTo(OptionalLong.of(4_250));
        assertThat(view.ageNs()).isEqualTo(OptionalLong.of(7_000_000_000L));
        assertThat(view.highMilli()).isEqualTo(OptionalLong.of(5_000));
        assertThat(view.lowMilli()).isEqualTo(OptionalLong.of(0));
        assertThat(view.fault()).isEmpty();
    }

    @Test
    void under_a_fault_the_last_value_stays_with_its_growing_age() {
        var view = sensor(fridge().air(4.25).passes("1m").fault(Fault.DISCONNECTED));
        assertThat(view.valueMilli()).hasValue(4_250);
        assertThat(view.ageNs()).hasValue(60_000_000_000L);
        assertThat(view.fault()).contains(Fault.DISCONNECTED);
    }

    @Test
    void a_sensor_with_its_own_period_is_fresh_for_two_of_those() {
        var slow = Plans.sensor("air", Quantity.TEMPERATURE, Optional.of(Plans.time("15m")));
        var unit = Plans.unit("cold-1", UnitKind.CHILLED, slow);
        var plan = Plans.plan(List.of(Plans.CHILLED_HIGH), List.of(unit), 0);
        assertThat(Kitchen.of(plan).air(4).passes("30m").light()).isEqualTo(Light.FINE);
        assertThat(Kitchen.of(plan).air(4).passes("31m").light()).isEqualTo(Light.UNKNOWN);
    }

    // ---- cameras
    // -----------------------------------------------------------------------------------

    @Test
    void a_camera_is_unknown_until_heard_and_again_when_it_falls_silent() {
        var kitchen = Kitchen.of(Plans.kitchen());
        assertThat(camera(kitchen).light()).isEqualTo(Light.UNKNOWN);
        assertThat(camera(kitchen.camera(CameraVerdict.HEALTHY)).light()).isEqualTo(Light.FINE);
        assertThat(camera(kitchen.passes("60s")).light()).isEqualTo(Light.FINE);
        assertThat(camera(kitchen.passes("1s")).light()).isEqualTo(Light.UNKNOWN);
        kitchen.camera(CameraVerdict.AUTH);
        assertThat(camera(kitchen).light()).isEqualTo(Light.ATTENTION);
        assertThat(camera(kitchen).verdict()).contains(CameraVerdict.AUTH);
        kitchen.powerFails("1s", ClockState.SYNCED);
        assertThat(camera(kitchen).verdict()).isEmpty();
    }

    @Test
    void a_lost_camera_shows_its_alarm() {
        var kitchen = Kitchen.of(Plans.kitchen());
        for (var i = 0; i < 7; i++) {
            kitchen.passes("30s").camera(CameraVerdict.UNREACHABLE);
        }
        assertThat(camera(kitchen).alarms())
                .extracting(AlarmEvent::rule)
                .containsExactly("camera-lost");
        assertThat(camera(kitchen).light()).isEqualTo(Light.ATTENTION);
    }

    private static Glance.CameraView camera(Kitchen kitchen) {
        return kitchen.glance().cameras(kitchen.state(), kitchen.now()).getFirst();
    }

    // ---- the list of alarms
    // ------------------------------------------------------------------------

    @Test
    void the_most_urgent_alarm_comes_first() {
        var kitchen =
                Kitchen.of(
                        Plans.fridge(
                                rule("a", Priority.P3, 5, Attention.SITE),
                                rule("b", Priority.P2, 6, Attention.SITE),
                                rule("c", Priority.P2, 7, Attention.SITE),
                                rule("d", Priority.P2, 7, Attention.SITE),
                                rule("e", Priority.P1, 8, Attention.SITE)));
        kitchen.air(5.5).air(6.5).air(9);
        assertThat(rules(kitchen)).containsExactly("e", "c", "d", "b", "a");
        kitchen.acknowledge(kitchen.alarm("c"));
        assertThat(rules(kitchen)).containsExactly("e", "d", "b", "c", "a");
    }

    private static List<String> rules(Kitchen kitchen) {
        return kitchen.glance().alarms(kitchen.state()).stream().map(AlarmEvent::rule).toList();
    }

    // ---- the buzzer
    // --------------------------------------------------------------------------------

    @Test
    void the_highest_priority_that_nobody_has_seen_sounds() {
        var kitchen =
                Kitchen.of(
                        Plans.fridge(
                                rule("p3", Priority.P3, 5, Attention.SITE),
                                rule("p2", Priority.P2, 6, Attention.SITE),
                                rule("p1", Priority.P1, 7, Attention.NONE)));
        assertThat(kitchen.sounding()).isEmpty();
        assertThat(kitchen.air(5.5).sounding()).contains(Priority.P3);
        assertThat(kitchen.air(6.5).sounding()).contains(Priority.P2);
        assertThat(kitchen.air(7.5).sounding()).contains(Priority.P1);
        assertThat(kitchen.acknowledge(kitchen.alarm("p1")).sounding()).contains(Priority.P2);
        assertThat(kitchen.air(4).sounding()).isEmpty();
    }

    @Test
    void a_p3_that_asks_for_nobody_does_not_sound() {
        var quiet = Kitchen.of(Plans.fridge(rule("digest", Priority.P3, 5, Attention.NONE)));
        assertThat(quiet.air(6).told()).hasSize(1);
        assertThat(quiet.sounding()).isEmpty();
    }

    @Test
    void silence_lasts_as_long_as_asked_and_is_not_clear() {
        var fridge = fridge().air(8.1, 11).says(new Fact.Silenced(60_000));
        assertThat(fridge.sounding()).isEmpty();
        assertThat(fridge.light()).isEqualTo(Light.ALARM);
        assertThat(fridge.told()).hasSize(1);
        assertThat(fridge.passes("59.999s").sounding()).isEmpty();
        assertThat(fridge.passes("0.001s").sounding()).contains(Priority.P2);
    }

    @Test
    void ten_minutes_is_the_longest_silence_and_a_longer_one_is_none() {
        var fridge = fridge().air(8.1, 11);
        assertThat(fridge.says(new Fact.Silenced(600_001)).sounding()).contains(Priority.P2);
        assertThat(fridge.says(new Fact.Silenced(0)).state().silencedUntil()).isEmpty();
        assertThat(fridge.says(new Fact.Silenced(-1)).state().silencedUntil()).isEmpty();
        assertThat(fridge.says(new Fact.Silenced(1)).state().silencedUntil()).isPresent();
        assertThat(fridge.says(new Fact.Silenced(600_000)).sounding()).isEmpty();
    }

    @Test
    void a_new_alarm_ends_the_silence() {
        var kitchen =
                Kitchen.of(
                        Plans.fridge(
                                rule("first", Priority.P2, 5, Attention.SITE),
                                rule("digest", Priority.P3, 6, Attention.NONE),
                                rule("second", Priority.P2, 7, Attention.SITE)));
        kitchen.air(5.5).says(new Fact.Silenced(600_000)).air(6.5);
        assertThat(kitchen.told()).hasSize(2);
        assertThat(kitchen.sounding()).as("one that makes no sound itself").isEmpty();
        assertThat(kitchen.air(7.5).sounding()).contains(Priority.P2);
    }

    @Test
    void an_acknowledgement_does_not_end_the_silence() {
        var kitchen =
                Kitchen.of(
                        Plans.fridge(
                                rule("first", Priority.P2, 5, Attention.SITE),
                                rule("second", Priority.P2, 5, Attention.SITE)));
        kitchen.air(6).says(new Fact.Silenced(600_000)).acknowledge();
        assertThat(kitchen.state().silencedUntil()).isPresent();
        assertThat(kitchen.sounding()).isEmpty();
    }

    @Test
    void the_same_alarm_again_ends_the_silence() {
        var kitchen = Kitchen.of(Plans.fridge(rule("warm", Priority.P2, 5, Attention.SITE)));
        kitchen.air(6).air(4).says(new Fact.Silenced(600_000));
        assertThat(kitchen.air(6).sounding()).contains(Priority.P2);
    }

    @Test
    void silence_does_not_survive_a_boot() {
        var fridge = fridge().air(8.1, 11).says(new Fact.Silenced(600_000));
        assertThat(fridge.restarts("10s").sounding()).isEmpty();
        assertThat(fridge.powerFails("10s", ClockState.SYNCED).sounding()).contains(Priority.P2);
    }

    @Test
    void the_words_of_the_lights_are_those_of_the_page() {
        assertThat(Light.values())
                .extracting(Light::word)
                .containsExactly(
                        "fine", "planned", "unknown", "attention", "doubt", "fault", "alarm");
    }
}
