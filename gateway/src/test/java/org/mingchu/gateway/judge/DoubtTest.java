package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Quantity;
import org.mingchu.config.RulePack;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** After an outage nothing is green until it is proven. Outage: over 5 min; proof: 30 min. */
class DoubtTest {
    private static Kitchen fridge() {
        return Kitchen.of(Plans.fridge(Plans.CHILLED_HIGH, Plans.CHILLED_LOW)).air(4, 1);
    }

    private static boolean inDoubt(Kitchen kitchen) {
        kitchen.told();
        return kitchen.state().doubts().containsKey("cold-1");
    }

    @Test
    void a_hole_of_exactly_the_limit_is_no_outage_a_longer_one_is() {
        assertThat(inDoubt(fridge().restarts("300s"))).isFalse();
        assertThat(inDoubt(fridge().restarts("300.001s"))).isTrue();
    }

    @Test
    void across_boots_two_synced_clocks_tell_how_long_it_was() {
        assertThat(inDoubt(fridge().powerFails("300s", ClockState.SYNCED))).isFalse();
        assertThat(inDoubt(fridge().powerFails("300.001s", ClockState.SYNCED))).isTrue();
    }

    @Test
    void what_is_kept_in_a_boot_before_the_program_says_that_it_starts_hides_no_outage() {
        var clock = fridge().boots("9h", ClockState.RTC);
        assertThat(inDoubt(clock.says(new Fact.ClockSet(ClockState.RTC, 0, 10)).start())).isTrue();

        var alarm =
                fridge().air(9, 11)
                        .acknowledge()
                        .boots("9h", ClockState.UNSYNCED)
                        .decidesWhatIsDue();
        assertThat(inDoubt(alarm.start())).isTrue();

        var restarted = fridge().air(9, 11).acknowledge().leaves("9h").decidesWhatIsDue();
        assertThat(inDoubt(restarted.start())).isTrue();
    }

    @Test
    void an_epoch_that_begins_in_the_boot_hides_no_outage() {
        var copied = fridge().boots("9h", ClockState.SYNCED).epochEnds("1c02").passes("1s");

        assertThat(inDoubt(copied.start())).isTrue();

        var damaged = fridge().leaves("9h").epochEnds("1c02").passes("1s");
        assertThat(inDoubt(damaged.start())).isTrue();
    }

    @Test
    void where_the_record_of_an_earlier_life_is_lost_a_unit_has_to_prove_itself() {
        var lost =
                Kitchen.of(Plans.fridge(Plans.CHILLED_HIGH, Plans.CHILLED_LOW)).epochEnds("1c02");

        assertThat(inDoubt(lost.start())).isTrue();
        lost.says(new Fact.ClockSet(ClockState.SYNCED, 0, 10));
        assertThat(inDoubt(lost.air(4, 30))).isTrue();
        assertThat(inDoubt(lost.air(4, 1))).isFalse();
    }

    @Test
    void an_epoch_that_began_while_the_program_ran_is_no_outage() {
        var going = fridge().epochEnds("1c02");

        assertThat(inDoubt(going.restarts("10s"))).isFalse();
        assertThat(inDoubt(going.air(4, 10).restarts("10s"))).isFalse();
    }

    @Test
    void a_boot_that_took_no_time_at_all_is_no_outage() {
        assertThat(inDoubt(fridge().powerFails("0s", ClockState.SYNCED))).isFalse();
    }

    @Test
    void across_boots_without_a_synced_clock_it_was_an_outage() {
        for (var trust : List.of(ClockState.HOLDOVER, ClockState.RTC, ClockState.UNSYNCED)) {
            assertThat(inDoubt(fridge().powerFails("30s", trust))).isTrue();
            var later = fridge().powerFails("30s", trust).air(4, 31);
            assertThat(inDoubt(later)).isFalse();
            assertThat(inDoubt(later.powerFails("30s", ClockState.SYNCED))).isTrue();
        }
    }

    @Test
    void a_clock_that_went_back_over_the_boot_proves_nothing() {
        assertThat(inDoubt(fridge().powerFails("-30s", ClockState.SYNCED))).isTrue();
    }

    @Test
    void the_first_start_of_all_doubts_nothing() {
        assertThat(Kitchen.of(Plans.fridge(Plans.CHILLED_HIGH)).state().doubts()).isEmpty();
    }

    @Test
    void in_range_for_30_min_it_is_proven() {
        var fridge = fridge().restarts("1h").air(4, 30);
        assertThat(inDoubt(fridge)).isTrue();
        assertThat(inDoubt(fridge.passes("59s").air(4))).isTrue();
        assertThat(inDoubt(fridge.passes("1s").air(4))).isFalse();
    }

    @Test
    void one_reading_beyond_a_limit_begins_the_proof_anew() {
        assertThat(inDoubt(fridge().restarts("1h").air(4, 20).air(8.1, 1).air(4, 30))).isTrue();
        assertThat(inDoubt(fridge().restarts("1h").air(4, 20).air(-0.1, 1).air(4, 30))).isTrue();
        assertThat(inDoubt(fridge().restarts("1h").air(4, 20).air(8.1, 1).air(4, 31))).isFalse();
    }

    @Test
    void within_the_deadband_is_in_range() {
        assertThat(inDoubt(fridge().restarts("1h").air(7.9, 31))).isFalse();
    }

    @Test
    void one_fault_begins_the_proof_anew() {
        var fridge = fridge().restarts("1h").air(4, 20).fault(Fault.CRC, 1);
        assertThat(inDoubt(fridge.air(4, 30))).isTrue();
        assertThat(inDoubt(fridge.air(4, 1))).isFalse();
    }

    @Test
    void an_unproven_reading_proves_nothing() {
        var fridge = fridge().restarts("1h").air(4, 30).passes("1m");
        assertThat(inDoubt(fridge.air(4, Flag.UNAUTHENTICATED))).isTrue();
        assertThat(inDoubt(fridge.air(4, 30))).isTrue();
        assertThat(inDoubt(fridge.air(4, 1))).isFalse();
    }

    @Test
    void a_hole_of_more_than_two_periods_begins_the_proof_anew() {
        assertThat(inDoubt(fridge().restarts("1h").air(4, 20).passes("2m").air(4).air(4, 9)))
                .isFalse();
        assertThat(inDoubt(fridge().restarts("1h").air(4, 20).passes("121s").air(4).air(4, 29)))
                .isTrue();
        assertThat(inDoubt(fridge().restarts("1h").air(4, 20).passes("121s").air(4).air(4, 30)))
                .isFalse();
    }

    @Test
    void a_boot_within_the_proof_begins_it_anew() {
        var fridge = fridge().restarts("1h").air(4, 20).powerFails("60s", ClockState.SYNCED);
        assertThat(inDoubt(fridge.air(4, 30))).isTrue();
        assertThat(inDoubt(fridge.air(4, 1))).isFalse();
    }

    @Test
    void a_second_outage_keeps_the_first_moment_and_begins_the_proof_anew() {
        var fridge = fridge();
        var last = fridge.now();
        fridge.restarts("1h").air(4, 20).restarts("1h");
        var doubt = requireNonNull(fridge.state().doubts().get("cold-1"));
        assertThat(doubt.from()).isEqualTo(last);
        assertThat(doubt.inRangeSince()).isEmpty();
    }

    @Test
    void only_units_that_keep_a_temperature_can_be_in_doubt() {
        var door = Plans.unit("hatch", UnitKind.AMBIENT, Plans.sensor("hatch", Quantity.DOOR));
        var plan = Plans.plan(Plans.ALL, List.of(Plans.fridgeUnit(), door), 0);
        var kitchen = Kitchen.of(plan).restarts("1h");
        assertThat(kitchen.state().doubts()).containsOnlyKeys("cold-1");
    }

    @Test
    void a_unit_is_proven_only_when_all_its_temperature_sensors_are() {
        var unit =
                Plans.unit(
                        "cold-1",
                        UnitKind.CHILLED,
                        Plans.sensor("air", Quantity.TEMPERATURE),
                        Plans.sensor("core", Quantity.TEMPERATURE),
                        Plans.sensor("wet", Quantity.HUMIDITY));
        var kitchen = Kitchen.of(Plans.plan(Plans.ALL, List.of(unit), 0)).air(4, 1).restarts("1h");
        assertThat(inDoubt(kitchen.air(4, 40))).isTrue();
        for (var minute = 0; minute < 30; minute++) {
            kitchen.passes("1m").round(air(4), core(4));
        }
        assertThat(inDoubt(kitchen)).isTrue();
        assertThat(inDoubt(kitchen.passes("1m").round(air(4), core(4)))).isFalse();
    }

    @Test
    void a_sensor_that_stops_speaking_stops_the_proof_of_its_unit() {
        var unit =
                Plans.unit(
                        "cold-1",
                        UnitKind.CHILLED,
                        Plans.sensor("air", Quantity.TEMPERATURE),
                        Plans.sensor("core", Quantity.TEMPERATURE));
        var kitchen = Kitchen.of(Plans.plan(Plans.ALL, List.of(unit), 0)).air(4, 1).restarts("1h");
        for (var minute = 0; minute < 20; minute++) {
            kitchen.passes("1m").round(air(4), core(4));
        }
        assertThat(inDoubt(kitchen.air(4, 20))).isTrue();
        assertThat(kitchen.state().doubts().values())
                .allSatisfy(doubt -> assertThat(doubt.inRangeSince()).isEmpty());
    }

    private static Reading air(double degrees) {
        return Kitchen.temperature("air", degrees);
    }

    private static Reading core(double degrees) {
        var milli = Math.round(degrees * 1000);
        return new Reading.Measured("core", Quantity.TEMPERATURE, milli, milli, 0, Set.of());
    }

    private static Kitchen checked() {
        return Kitchen.of(Plans.checked(Plans.CHILLED_HIGH)).air(4, 1);
    }

    @Test
    void after_an_outage_it_is_never_green_before_a_person_has_looked() {
        var kitchen = checked().powerFails("9h", ClockState.UNSYNCED).air(4, 24 * 60);

        assertThat(kitchen.light()).isEqualTo(Light.DOUBT);
        kitchen.says(new Fact.Checked("cold-1", false, "warm", Kitchen.STAFF)).air(4, 1);
        assertThat(kitchen.light()).as("not fit").isEqualTo(Light.DOUBT);
        kitchen.says(new Fact.Checked("cold-1", true, "cold", Kitchen.STAFF)).air(4, 1);
        assertThat(kitchen.light()).isEqualTo(Light.FINE);
        assertThat(inDoubt(kitchen)).isFalse();
    }

    @Test
    void the_values_on_either_side_of_the_outage_are_remembered() {
        var kitchen = checked().powerFails("9h", ClockState.UNSYNCED).air(9).air(5, 3);
        var doubt = requireNonNull(kitchen.state().doubts().get("cold-1"));

        assertThat(doubt.beforeMilli()).hasValue(4_000);
        assertThat(doubt.afterMilli()).hasValue(9_000);
    }

    @Test
    void a_round_of_others_that_comes_first_makes_no_value_of_before_one_of_after() {
        var fridge = Plans.fridgeUnit();
        var other =
                Plans.unit("cold-2", UnitKind.CHILLED, Plans.sensor("core", Quantity.TEMPERATURE));
        var kitchen =
                Kitchen.of(Plans.plan(Plans.ALL, List.of(fridge, other), 0))
                        .round(air(4), core(4))
                        .powerFails("9h", ClockState.UNSYNCED)
                        .round(core(5));
        assertThat(requireNonNull(kitchen.state().doubts().get("cold-1")).afterMilli()).isEmpty();
        assertThat(requireNonNull(kitchen.air(9).state().doubts().get("cold-1")).afterMilli())
                .hasValue(9_000);
    }

    @Test
    void a_clock_that_is_set_later_tells_how_long_it_was() {
        var kitchen = checked().powerFails("30s", ClockState.UNSYNCED).air(4, 1);
        assertThat(inDoubt(kitchen)).isTrue();

        kitchen.syncs().says(new Fact.ClockSet(ClockState.SYNCED, 0, 5));
        assertThat(inDoubt(kitchen)).as("it was no outage").isFalse();

        var longer = checked().powerFails("9h", ClockState.UNSYNCED).air(4, 1);
        longer.syncs().says(new Fact.ClockSet(ClockState.SYNCED, 0, 5));
        var doubt = requireNonNull(longer.state().doubts().get("cold-1"));
        assertThat(doubt.back().wallMs() - doubt.from().wallMs())
                .isEqualTo(Plans.time("9h").toMillis());
        assertThat(doubt.back().clock()).isEqualTo(ClockState.SYNCED);
    }

    @Test
    void two_outages_without_a_check_between_them_are_one() {
        var kitchen = checked().powerFails("2h", ClockState.SYNCED).air(6, 5);
        kitchen.powerFails("1h", ClockState.SYNCED).air(7, 5);
        var doubt = requireNonNull(kitchen.state().doubts().get("cold-1"));

        assertThat(doubt.beforeMilli()).hasValue(4_000);
        assertThat(doubt.back().wallMs() - doubt.from().wallMs())
                .isEqualTo(Plans.time("185m").toMillis());
    }

    @Test
    void the_outage_is_told_with_what_is_known_and_no_more() {
        var unknown = checked().powerFails("9h", ClockState.UNSYNCED).air(9);
        var told = outage(unknown);
        assertThat(told.leastMs()).as("up for 20 s").isEqualTo(20_000);
        assertThat(told.mostMs()).isEmpty();
        assertThat(told.worstMilli()).as("nobody knows how long").isEmpty();
        assertThat(told.check()).isTrue();

        var known = outage(checked().powerFails("2h", ClockState.SYNCED).air(5));
        assertThat(known.leastMs()).isEqualTo(Plans.time("2h").toMillis() - 20);
        assertThat(known.mostMs()).hasValue(Plans.time("2h").toMillis() + 20);
        // Half of the four hours from 4 to 8 degrees.
        assertThat(known.worstMilli().orElseThrow()).isBetween(5_990L, 6_010L);
    }

    @Test
    void how_long_it_may_have_been_above_its_limit_is_told_on_the_safe_side() {
        assertThat(outage(checked().powerFails("9h", ClockState.UNSYNCED).air(5)).beyondMostMs())
                .as("nobody knows how long")
                .isEmpty();
        assertThat(outage(checked().powerFails("2h", ClockState.SYNCED).air(5)).beyondMostMs())
                .as("a closed refrigerator keeps four hours")
                .hasValue(0);
        assertThat(outage(checked().powerFails("5h", ClockState.SYNCED).air(7)).beyondMostMs())
                .hasValue(Plans.time("1h").toMillis() + 20);
        assertThat(outage(checked().powerFails("2h", ClockState.SYNCED).air(9)).beyondMostMs())
                .as("measured above it: perhaps all the time")
                .hasValue(Plans.time("2h").toMillis() + 20);
    }

    /** After more than five minutes it is proven by being in range, after an hour by a person. */
    private static Kitchen afterAnHour(String cut) {
        var proof =
                new RulePack.Proof(
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Optional.of(Duration.ofHours(1)),
                        Duration.ofHours(4),
                        Duration.ofHours(24));
        var pack = Plans.checked(Plans.CHILLED_HIGH).pack();
        var less =
                new RulePack(
                        pack.id(),
                        pack.version(),
                        true,
                        pack.rules(),
                        proof,
                        pack.habits(),
                        pack.calls(),
                        pack.acts(),
                        pack.retention(),
                        pack.sha256());
        return Kitchen.of(Plans.plan(less, List.of(Plans.fridgeUnit()), 0))
                .air(4, 1)
                .powerFails(cut, ClockState.SYNCED)
                .air(4, 35);
    }

    @Test
    void a_short_outage_needs_nobody_and_a_long_one_does() {
        assertThat(inDoubt(afterAnHour("60m"))).isFalse();
        assertThat(inDoubt(afterAnHour("61m"))).isTrue();
    }

    @Test
    void a_unit_is_back_in_use_by_its_own_half_hour_in_range_not_by_another_one_s() {
        var units =
                List.of(
                        Plans.fridgeUnit(),
                        Plans.unit(
                                "cold-2",
                                UnitKind.CHILLED,
                                Plans.sensor("too", Quantity.TEMPERATURE)));
        assertThat(backAfterMin(units)).isEqualTo(75);
    }

    private static int backAfterMin(List<Unit> units) {
        var kitchen = Kitchen.of(Plans.plan(List.of(Plans.CHILLED_HIGH), units, 0));
        kitchen.says(
                new Fact.Done(
                        "cold-2", Doing.CLEANING, 600_000, 0, "", Optional.empty(), Kitchen.STAFF));
        for (var minute = 0; minute < 120; minute++) {
            if (kitchen.state().acts().isEmpty()) {
                return minute - 1;
            }
            kitchen.passes("1m")
                    .round(
                            Kitchen.temperature("air", 4),
                            Kitchen.temperature("too", minute < 45 ? 12 : 4));
        }
        throw new AssertionError("it never came back");
    }

    private static Glance.Outage outage(Kitchen kitchen) {
        var view = new Glance(Plans.checked(Plans.CHILLED_HIGH));
        return view.units(kitchen.state(), kitchen.now()).getFirst().doubt().orElseThrow();
    }
}
