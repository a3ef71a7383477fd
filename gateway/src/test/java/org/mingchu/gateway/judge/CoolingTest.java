package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.FoodClock.Cool;
import org.mingchu.gateway.judge.FoodClock.Unseen;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;

/** A batch that cools from 60 to 21 degrees in two hours and to 8 in two more; F12. */
class CoolingTest {
    private static final long MINUTE_NS = 60_000_000_000L;

    private OptionalInt foretoldPercent = OptionalInt.empty();
    private String boot = "boot-1";
    private long bootedMin;
    private ClockState clock = ClockState.SYNCED;
    private long minute;
    private Cool cool = Cooling.begin(moment());

    private Moment moment() {
        return new Moment(
                boot, (minute - bootedMin) * MINUTE_NS, Ward.MONDAY_MS + minute * 60_000, clock, 5);
    }

    private CoolingTest foretold() {
        foretoldPercent = OptionalInt.of(75);
        return this;
    }

    private CoolingTest shows(double degrees) {
        var rule =
                new Condition.Cooling(
                        60_000,
                        new Condition.Leg(21_000, Duration.ofHours(2)),
                        new Condition.Leg(8_000, Duration.ofHours(2)),
                        foretoldPercent);
        minute++;
        var milli = Math.round(degrees * 1000);
        cool = Cooling.after(cool, rule, milli, moment(), 2 * MINUTE_NS);
        return this;
    }

    private CoolingTest goes(double from, double to, int minutes) {
        return follows(t -> from + (to - from) * t / minutes, minutes);
    }

    /** By the minutes since now. */
    private CoolingTest follows(DoubleUnaryOperator degrees, int minutes) {
        for (var t = 1; t <= minutes; t++) {
            shows(degrees.applyAsDouble(t));
        }
        return this;
    }

    private CoolingTest hole(int minutes) {
        minute += minutes - 1;
        return this;
    }

    private long leg() {
        return cool.leg();
    }

    // ---- two legs ---------------------------------------------------------------------------

    @Test
    void above_60_degrees_no_time_runs() {
        shows(80).goes(80, 60, 100);
        assertThat(leg()).isEqualTo(Cooling.BEFORE);
        assertThat(cool.ownNs()).isZero();

        shows(59.999);
        assertThat(leg()).isEqualTo(1);
        assertThat(cool.ownNs()).isEqualTo(MINUTE_NS);
    }

    @Test
    void a_batch_that_is_first_seen_below_counts_from_there() {
        shows(50);
        assertThat(leg()).isEqualTo(1);
        assertThat(cool.ownNs()).isZero();
        assertThat(shows(49).cool.ownNs()).isEqualTo(MINUTE_NS);
    }

    @Test
    void f12_at_21_degrees_after_two_hours_and_8_after_two_more_it_is_cold_in_time() {
        shows(60).goes(60, 21, 120);
        assertThat(leg()).isEqualTo(2);
        assertThat(cool.legNs()).isEqualTo(120 * MINUTE_NS);
        assertThat(cool.failed()).isFalse();

        goes(21, 8, 120);
        assertThat(leg()).isEqualTo(Cooling.COLD);
        assertThat(cool.failed()).isFalse();
    }

    @Test
    void f12_a_thousandth_warmer_after_two_hours_has_failed() {
        shows(60).goes(60, 21.001, 119);
        assertThat(cool.failed()).isFalse();
        assertThat(shows(21.001).cool.failed()).isTrue();
        assertThat(shows(5).cool.failed()).as("and stays so").isTrue();
    }

    @Test
    void who_is_quick_in_the_first_leg_has_more_time_for_the_second() {
        shows(60).goes(60, 21, 30).goes(21, 8.001, 209);
        assertThat(cool.failed()).isFalse();
        assertThat(shows(8).cool.leg()).isEqualTo(Cooling.COLD);

        var slow = new CoolingTest().shows(60).goes(60, 21, 30).goes(21, 8.001, 210);
        assertThat(slow.cool.failed()).isTrue();
    }

    @Test
    void a_probe_put_into_the_pot_after_the_batch_began_counts_from_when_that_was_last_hot() {
        shows(20).goes(20, 20, 5).shows(90).shows(60);
        assertThat(leg()).isEqualTo(Cooling.BEFORE);
        assertThat(cool.ownNs()).isZero();

        assertThat(goes(60, 22, 120).cool.failed()).isTrue();
    }

    @Test
    void one_that_was_in_the_cold_store_has_cooled_nothing() {
        shows(5).goes(5, 5, 5).shows(90).shows(60);
        assertThat(leg()).isEqualTo(Cooling.BEFORE);

        assertThat(goes(60, 22, 120).cool.failed()).isTrue();
    }

    @Test
    void what_is_heated_again_on_its_way_counts_from_there() {
        shows(60).goes(60, 40, 60).shows(60);
        assertThat(leg()).isEqualTo(Cooling.BEFORE);
        assertThat(goes(60, 21, 120).cool.failed()).isFalse();
    }

    @Test
    void one_value_may_end_both() {
        assertThat(shows(70).shows(5).leg()).isEqualTo(Cooling.COLD);
        var was = cool;
        assertThat(shows(70).cool).as("cold is cold").isSameAs(was);
    }

    // ---- holes ------------------------------------------------------------------------------

    @Test
    void what_is_cold_after_a_hole_beyond_the_time_is_not_proven() {
        var inTime = new CoolingTest().shows(60).hole(120).shows(21);
        assertThat(inTime.cool.failed()).isFalse();
        assertThat(inTime.leg()).isEqualTo(2);

        shows(60).hole(121).shows(21);
        assertThat(cool.failed()).isTrue();
        assertThat(cool.unseen()).isEqualTo(new Unseen(121 * MINUTE_NS, 0));
    }

    @Test
    void one_lost_value_is_no_hole_and_a_cut_without_a_clock_is_of_unknown_length() {
        shows(60).hole(2).shows(50);
        assertThat(cool.unseen()).isEqualTo(Unseen.NOTHING);

        boot = "boot-2";
        bootedMin = minute;
        clock = ClockState.UNSYNCED;
        shows(49);
        assertThat(cool.unseen()).isEqualTo(new Unseen(0, 1));
        assertThat(cool.ownNs()).isEqualTo(2 * MINUTE_NS);
    }

    @Test
    void a_value_from_before_the_latest_changes_nothing() {
        shows(60).goes(60, 50, 10);
        var was = cool;
        minute -= 3;
        assertThat(shows(5).cool).isSameAs(was);
    }

    // ---- foretold ---------------------------------------------------------------------------

    @Test
    void f12_at_minute_90_a_line_that_will_miss_by_a_little_is_foretold() {
        foretold().shows(60).follows(t -> 60 - 38.9 * t / 120, 89);
        assertThat(cool.late()).isFalse();
        assertThat(shows(60 - 38.9 * 90 / 120).cool.late()).isTrue();
        assertThat(cool.failed()).isFalse();
    }

    @Test
    void a_line_that_will_just_do_is_not() {
        foretold().shows(60).follows(t -> 60 - 39.1 * t / 120, 119);
        assertThat(cool.late()).isFalse();
    }

    /** By Newton's law toward an air of so many degrees, to be at one at minute 120. */
    private static DoubleUnaryOperator newton(double air, double at120) {
        var rate = -Math.log((at120 - air) / (60 - air)) / 120;
        return t -> air + (60 - air) * Math.exp(-rate * t);
    }

    @Test
    void a_curve_that_flattens_is_foretold_by_where_it_flattens_to() {
        foretold().shows(60).follows(newton(15, 21.5), 90);
        assertThat(cool.late()).isTrue();
        assertThat(new CoolingTest().foretold().shows(60).follows(newton(15, 20.5), 90).cool.late())
                .isFalse();
    }

    @Test
    void one_that_warms_again_is_as_warm_as_it_is() {
        foretold().shows(60).goes(60, 22, 45).goes(22, 24, 45);
        assertThat(cool.late()).isTrue();
    }

    @Test
    void one_that_has_stood_hot_and_then_falls_goes_on_as_it_falls() {
        foretold().shows(60).goes(59.9, 59.9, 45).goes(59.9, 34, 45);
        assertThat(cool.late()).as("17.3 kelvin more in half an hour").isFalse();
        var slower = new CoolingTest().foretold().shows(60);
        assertThat(slower.goes(59.9, 59.9, 45).goes(59.9, 37, 45).cool.late()).isTrue();
    }

    @Test
    void the_second_leg_is_foretold_from_three_quarters_of_its_own_time() {
        foretold().shows(60).goes(60, 21, 80);
        // it has 160 minutes; three quarters of them are 120
        follows(t -> 21 - 12.9 * t / 160, 119);
        assertThat(cool.late()).isFalse();
        assertThat(shows(21 - 12.9 * 120 / 160).cool.late()).isTrue();
    }

    @Test
    void who_does_not_foretell_is_never_late() {
        shows(60).goes(60, 50, 110);
        assertThat(cool.late()).isFalse();
    }
}
