package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.Scope;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What people do to a unit changes how it is judged, for a while, in the open. */
class ActsTest {
    private static final Rule HIGH = Plans.CHILLED_HIGH;
    private static final Rule LAST_LINE =
            guarded("last-line", new Rule.Guard(false, Optional.of(Duration.ofMinutes(10)), false));
    private static final Rule LATCHED =
            guarded("latched", new Rule.Guard(true, Optional.empty(), true));

    private static Rule guarded(String id, Rule.Guard guard) {
        var rule =
                Plans.rule(id, Scope.CHILLED, Priority.P1, Plans.above(15, 1), "10m", "5m")
                        .measuring(Quantity.TEMPERATURE);
        return Plans.guarded(rule, guard);
    }

    private static Kitchen fridge(Rule... rules) {
        return Kitchen.of(Plans.fridge(rules)).air(4);
    }

    @Test
    void cleaning_hides_a_warm_fridge_and_shows_it_grey() {
        var kitchen = fridge(HIGH).does(Doing.CLEANING, "2h").air(12, 30);

        assertThat(kitchen.told()).containsExactly("11:00 chilled-high suppressed suppressed");
        assertThat(kitchen.light()).isEqualTo(Light.PLANNED);
        assertThat(kitchen.sounding()).isEmpty();
    }

    @Test
    void cold_again_for_half_an_hour_after_cleaning_it_is_back_and_not_a_minute_before() {
        var kitchen = fridge(HIGH).does(Doing.CLEANING, "1h").air(12, 60).backInUse().air(12, 20);
        kitchen.air(4, 30);

        assertThat(kitchen.light()).isEqualTo(Light.PLANNED);
        assertThat(kitchen.air(4, 1).light()).isEqualTo(Light.FINE);
        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 chilled-high suppressed suppressed",
                        "81:00 chilled-high unsuppressed normal");
    }

    @Test
    void still_warm_three_hours_after_cleaning_it_is_an_alarm() {
        var kitchen = fridge(HIGH).does(Doing.CLEANING, "1h").air(12, 245);

        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 chilled-high suppressed suppressed",
                        "240:00 chilled-high unsuppressed normal",
                        "240:00 chilled-high raised unack-active");
    }

    @Test
    void loading_is_over_when_its_time_is_over() {
        var kitchen = fridge(HIGH).does(Doing.LOADING, "30m").air(12, 40);

        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 chilled-high suppressed suppressed",
                        "30:00 chilled-high unsuppressed normal",
                        "30:00 chilled-high raised unack-active");
        assertThat(kitchen.state().acts()).isEmpty();
    }

    @Test
    void an_alarm_that_was_on_goes_out_of_sight_as_well() {
        var kitchen = fridge(HIGH).air(12, 11).does(Doing.LOADING, "10m").air(12, 25);

        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 chilled-high raised unack-active",
                        "11:00 chilled-high suppressed suppressed",
                        "21:00 chilled-high unsuppressed normal",
                        "22:00 chilled-high raised unack-active");
    }

    @Test
    void the_last_line_holds_while_cleaning_and_loading_but_not_in_a_stop() {
        assertThat(fridge(LAST_LINE).does(Doing.CLEANING, "2h").air(20, 12).told())
                .containsExactly("11:00 last-line raised unack-active");
        assertThat(fridge(LAST_LINE).stops("48h").air(20, 12).told())
                .containsExactly("11:00 last-line suppressed suppressed");
    }

    @Test
    void a_broken_probe_is_told_whatever_is_done_to_the_fridge() {
        var kitchen =
                fridge(HIGH, Plans.FAULTY).does(Doing.CLEANING, "2h").fault(Fault.DISCONNECTED, 4);

        assertThat(kitchen.told()).containsExactly("03:00 sensor-faulty raised unack-active");
    }

    @Test
    void what_is_too_long_is_refused_and_changes_nothing() {
        var kitchen = fridge(HIGH);
        var tooLong =
                new Fact.Done(
                        "cold-1",
                        Doing.LOADING,
                        Duration.ofMinutes(46).toMillis(),
                        0,
                        "",
                        Optional.empty(),
                        Kitchen.STAFF);

        assertThat(kitchen.judge().refuses(tooLong, kitchen.now())).contains(Refusal.TOO_LONG);
        assertThat(kitchen.says(tooLong).state().acts()).isEmpty();
        assertThat(kitchen.does(Doing.LOADING, "45m").state().acts()).containsKey("cold-1");
        assertThat(kitchen.does(Doing.CLEANING, "241m").state().acts().get("cold-1"))
                .extracting(State.Act::doing)
                .isEqualTo(Doing.LOADING);
    }

    @Test
    void a_sample_fridge_is_not_emptied_without_saying_where_the_samples_are() {
        var plan =
                Plans.plan(
                        List.of(HIGH),
                        List.of(
                                Plans.unit(
                                        "cold-1",
                                        UnitKind.SAMPLE_FRIDGE,
                                        Plans.sensor("air", Quantity.TEMPERATURE)),
                                Plans.unit(
                                        "cold-2",
                                        UnitKind.CHILLED,
                                        Plans.sensor("air-2", Quantity.TEMPERATURE))),
                        0);
        var kitchen = Kitchen.of(plan);

        assertThat(kitchen.does(Doing.CLEANING, "1h").state().acts()).isEmpty();
        assertThat(kitchen.does(Doing.CLEANING, "1h", Optional.of("cold-1")).state().acts())
                .isEmpty();
        assertThat(kitchen.does(Doing.CLEANING, "1h", Optional.of("cold-2")).state().acts())
                .containsKey("cold-1");
    }

    @Test
    void a_stop_lasts_until_its_date_through_power_cuts() {
        var kitchen = fridge(HIGH).stops("72h").air(20, 15);
        kitchen.powerFails("24h", ClockState.SYNCED).air(20, 15);

        assertThat(kitchen.light()).isIn(Light.PLANNED, Light.DOUBT);
        assertThat(kitchen.told()).containsExactly("11:00 chilled-high suppressed suppressed");
        assertThat(kitchen.passes("48h").air(20, 5).state().acts()).containsKey("cold-1");
    }

    @Test
    void after_a_power_cut_nobody_knows_how_long_the_cleaning_still_takes() {
        var kitchen = fridge(HIGH).does(Doing.CLEANING, "4h").air(12, 15);
        kitchen.powerFails("1h", ClockState.SYNCED).air(12, 181);

        assertThat(kitchen.told())
                .as("it may take as long to get cold as after any cleaning")
                .containsExactly(
                        "11:00 chilled-high suppressed suppressed",
                        "256:00 chilled-high unsuppressed normal",
                        "256:00 chilled-high raised unack-active");
    }

    @Test
    void an_alarm_put_aside_comes_back_by_itself() {
        var kitchen = fridge(HIGH).air(12, 11).shelve("2h", false).air(12, 125);

        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 chilled-high raised unack-active",
                        "11:00 chilled-high shelved shelved",
                        "131:00 chilled-high unshelved normal",
                        "131:00 chilled-high re-alarmed unack-active");
        assertThat(kitchen.events()).extracting(AlarmEvent::id).containsOnly(kitchen.last().id());
        assertThat(kitchen.state().shelves()).isEmpty();
    }

    @Test
    void more_than_two_hours_are_refused_and_not_clamped() {
        var kitchen = fridge(HIGH).air(12, 11);
        var eight =
                new Fact.Shelved(
                        kitchen.last().id(),
                        Duration.ofHours(8).toMillis(),
                        false,
                        "",
                        Kitchen.STAFF);

        assertThat(kitchen.judge().refuses(kitchen.state(), eight)).contains(Refusal.TOO_LONG);
        assertThat(kitchen.says(eight).told())
                .containsExactly("11:00 chilled-high raised unack-active");
    }

    @Test
    void a_rule_may_allow_less() {
        var kitchen = fridge(LAST_LINE).air(20, 11);

        assertThat(kitchen.shelve("11m", false).told()).hasSize(1);
        assertThat(kitchen.shelve("10m", false).told()).hasSize(2);
    }

    @Test
    void put_aside_once_it_ends_when_the_fridge_is_cold_and_sounds_when_it_is_warm_again() {
        var kitchen = fridge(HIGH).air(12, 11).shelve("2h", true).air(12, 5).air(4, 2).air(12, 12);

        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 chilled-high raised unack-active",
                        "11:00 chilled-high shelved shelved",
                        "17:00 chilled-high unshelved normal",
                        "17:00 chilled-high cleared normal",
                        "29:00 chilled-high raised unack-active");
    }

    @Test
    void put_aside_for_a_time_it_stays_aside_though_the_fridge_gets_cold_and_warm_again() {
        var kitchen = fridge(HIGH).air(12, 11).shelve("1h", false).air(4, 10).air(12, 30);

        assertThat(kitchen.told()).hasSize(2);
    }

    @Test
    void somebody_may_take_it_up_again() {
        var kitchen = fridge(HIGH).air(12, 11).shelve("2h", false).air(12, 20);
        kitchen.says(new Fact.Unshelved(kitchen.last().id(), Kitchen.STAFF));

        assertThat(kitchen.air(12, 1).told().getLast())
                .isEqualTo("31:00 chilled-high re-alarmed unack-active");
    }

    @Test
    void a_probe_out_of_service_says_nothing_until_it_is_back() {
        var kitchen = fridge(HIGH, Plans.FAULTY);
        takenOut(kitchen, "1h");
        kitchen.fault(Fault.DISCONNECTED, 5).air(12, 15);

        assertThat(kitchen.light()).isEqualTo(Light.PLANNED);
        assertThat(kitchen.told())
                .containsExactly(
                        "03:00 sensor-faulty out-of-service out-of-service",
                        "06:00 sensor-faulty in-service normal",
                        "16:00 chilled-high out-of-service out-of-service");
        kitchen.says(new Fact.Serviced("air", false, 0, "done", Kitchen.STAFF));
        assertThat(kitchen.air(12, 1).told().getLast())
                .isEqualTo("20:00 chilled-high raised unack-active");
    }

    private static void takenOut(Kitchen kitchen, String time) {
        var dueMs = kitchen.now().wallMs() + Plans.time(time).toMillis();
        kitchen.says(new Fact.Serviced("air", true, dueMs, "new probe", Kitchen.STAFF));
    }

    @Test
    void a_probe_that_was_due_back_is_watched_again_though_nobody_has_put_it_back() {
        var kitchen = fridge(HIGH);
        takenOut(kitchen, "20m");
        kitchen.air(12, 19);
        assertThat(kitchen.light()).isEqualTo(Light.PLANNED);

        kitchen.air(12, 2);

        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 chilled-high out-of-service out-of-service",
                        "20:00 chilled-high in-service normal",
                        "20:00 chilled-high raised unack-active");
        assertThat(kitchen.light()).isEqualTo(Light.ALARM);
    }

    @Test
    void a_boot_without_a_clock_does_not_hide_again_what_was_due_back() {
        var kitchen = fridge(HIGH);
        takenOut(kitchen, "20m");
        kitchen.air(12, 30).powerFails("1h", ClockState.UNSYNCED).air(12, 30);

        assertThat(kitchen.last().state()).isEqualTo(AlarmState.UNACK_ACTIVE);
    }

    @Test
    void what_is_latched_stays_until_somebody_has_looked() {
        var kitchen = fridge(LATCHED).air(20, 11).air(4, 6);
        assertThat(kitchen.last().state()).isEqualTo(AlarmState.LATCHED_UNACK);
        var alarm = kitchen.last().id();

        kitchen.says(new Fact.Reset(alarm, Kitchen.STAFF, "too early"));
        assertThat(kitchen.last().state()).isEqualTo(AlarmState.LATCHED_UNACK);

        kitchen.acknowledge().says(new Fact.Reset(alarm, Kitchen.STAFF, "mended"));
        assertThat(kitchen.told())
                .containsExactly(
                        "11:00 latched raised unack-active",
                        "17:00 latched returned latched-unack",
                        "17:00 latched acknowledged latched-ack",
                        "17:00 latched reset normal",
                        "17:00 latched cleared normal");
        assertThat(kitchen.state().openAlarms()).isEmpty();
    }
}
