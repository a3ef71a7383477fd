package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Attention;
import org.mingchu.config.Plan;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.Scope;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A freezer above -12 degrees whose controller tells when it defrosts: after 5 minutes, from its
 * first day on.
 */
class SignalledDefrostTest {
    private static final String RAISED = " freezer-high raised unack-active";
    private static final Rule HIGH =
            new Rule(
                    "freezer-high",
                    Scope.FREEZER,
                    Optional.of(Quantity.TEMPERATURE),
                    Plans.above(-12, 1),
                    new Rule.Delay(
                            Duration.ofMinutes(30),
                            Optional.of(Duration.ofMinutes(5)),
                            Duration.ofMinutes(5)),
                    Priority.P2,
                    Attention.SITE,
                    true,
                    Optional.empty(),
                    "freezer-high");

    private static final Plan PLAN =
            Plans.plan(
                    List.of(HIGH),
                    List.of(
                            Plans.unit(
                                    "frost-1",
                                    UnitKind.FREEZER,
                                    Plans.sensor("air", Quantity.TEMPERATURE),
                                    Plans.sensor("heater", Quantity.DEFROST))),
                    0);

    private final Kitchen kitchen = Kitchen.of(PLAN).air(-19, 10);

    private Kitchen heater(boolean on) {
        var milli = on ? 1_000 : 0;
        return kitchen.round(
                new Reading.Measured("heater", Quantity.DEFROST, milli, milli, 0, Set.of()));
    }

    /** A value each minute, and the heater's word with it. */
    private Kitchen air(double degrees, int minutes, boolean on) {
        for (var i = 0; i < minutes; i++) {
            kitchen.air(degrees, 1);
            heater(on);
        }
        return kitchen;
    }

    @Test
    void what_warms_without_it_rings_after_the_short_delay_on_the_first_day() {
        assertThat(air(-5, 20, false).told()).containsExactly("20:00" + RAISED);
    }

    @Test
    void a_defrost_and_its_way_back_ring_nothing() {
        heater(true);
        air(-5, 25, true);
        air(-8, 15, false);
        assertThat(air(-19, 60, false).told()).isEmpty();
    }

    @Test
    void half_an_hour_after_it_the_air_must_be_back() {
        heater(true);
        air(-5, 20, true);
        // On from minute 10 to 30, and back by 60; doors have twenty minutes of their own.
        assertThat(air(-8, 60, false).told()).containsExactly("82:00" + RAISED);
    }

    @Test
    void a_heater_that_stays_on_is_excused_for_an_hour_once() {
        heater(true);
        assertThat(air(-5, 59, true).told()).isEmpty();
        assertThat(air(-5, 240, true).told()).containsExactly("71:00" + RAISED);
    }

    @Test
    void a_contact_that_falls_off_for_a_moment_goes_on() {
        heater(true);
        air(-5, 5, true);
        heater(false);
        air(-5, 45, true);
        assertThat(air(-19, 60, false).told()).isEmpty();
    }

    @Test
    void one_that_falls_off_again_and_again_excuses_no_more_than_an_hour() {
        heater(true);
        for (var i = 0; i < 40; i++) {
            heater(false);
            air(-5, 5, true);
        }
        assertThat(kitchen.told()).containsExactly("71:00" + RAISED);
    }

    @Test
    void the_next_defrost_has_an_hour_of_its_own() {
        for (var defrost = 0; defrost < 4; defrost++) {
            heater(true);
            air(-5, 30, true);
            air(-19, 90, false);
        }
        assertThat(kitchen.told()).isEmpty();
    }

    @Test
    void it_may_begin_before_the_air_warms_and_after_the_door_has_warmed_it() {
        heater(true);
        air(-19, 10, true);
        air(-5, 20, true);
        air(-19, 60, false);
        air(-11, 2, false);
        heater(true);
        air(-5, 25, true);
        assertThat(air(-19, 60, false).told()).isEmpty();
    }

    @Test
    void a_failure_is_foretold_of_no_unit_that_defrosts() {
        heater(true);
        var trace = Objects.requireNonNull(kitchen.air(-15, 1).state().traces().get("air"));
        var course = Objects.requireNonNull(Bounds.of(PLAN).courses().get("air"));
        assertThat(course.awaitsDefrost(trace, trace.now().orElseThrow())).isTrue();
    }

    @Test
    void a_contact_that_is_silent_excuses_nothing() {
        kitchen.round(new Reading.Silent("heater", Fault.BUS, ""));
        assertThat(kitchen.air(-5, 20).told()).containsExactly("20:00" + RAISED);
    }
}
