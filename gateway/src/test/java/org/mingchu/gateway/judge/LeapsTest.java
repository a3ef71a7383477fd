package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.FoodClock.Still;
import org.mingchu.gateway.judge.FoodClock.Taken;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;

/** Ten kelvin within a minute: how far back a value is held against. */
class LeapsTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final Condition.Leap RULE = new Condition.Leap(10_000, Duration.ofMinutes(1));

    private Still still = Still.NOTHING;
    private long periodS = 60;
    private String boot = "boot-1";
    private double second;

    private LeapsTest after(double seconds, double degrees, boolean doorShut) {
        second += seconds;
        var at = new Moment(boot, Math.round(second * SECOND_NS), 0, ClockState.SYNCED, 5);
        var value = new Taken(at, Math.round(degrees * 1000));
        still = Leaps.after(still, RULE, value, periodS * SECOND_NS, doorShut);
        return this;
    }

    private LeapsTest after(double seconds, double degrees) {
        return after(seconds, degrees, true);
    }

    private boolean leapt() {
        return still.leapedAt().isPresent();
    }

    @Test
    void ten_kelvin_either_way_are_a_leap_and_less_is_none() {
        assertThat(after(0, 4).after(60, 13.999).leapt()).isFalse();
        assertThat(after(60, 23.999).leapt()).isTrue();
        assertThat(new LeapsTest().after(0, 4).after(60, -6).leapt()).isTrue();
    }

    @Test
    void a_round_may_be_late_by_half_a_period() {
        assertThat(after(0, 4).after(90, 14).leapt()).isTrue();
        assertThat(new LeapsTest().after(0, 4).after(90.001, 14).leapt()).isFalse();
    }

    @Test
    void a_period_longer_than_the_time_of_the_rule_gives_no_more_of_it() {
        periodS = 61;
        assertThat(after(0, 4).after(60, 14).leapt()).isTrue();
        var later = new LeapsTest();
        later.periodS = 61;
        assertThat(later.after(0, 4).after(60.001, 14).leapt()).isFalse();
    }

    @Test
    void what_comes_each_second_is_held_against_the_whole_minute_by_a_few_values() {
        periodS = 1;
        for (var degrees = 0; degrees <= 60; degrees++) {
            after(1, degrees * 0.16);
        }
        assertThat(still.recent()).hasSizeBetween(7, 9);
        assertThat(leapt()).as("9.6 kelvin").isFalse();
        assertThat(after(1, 11.5).leapt()).isTrue();
    }

    @Test
    void what_follows_a_leap_is_held_against_where_it_is_now() {
        after(0, 4).after(60, 30).after(60, 30);
        assertThat(still.recent()).extracting(Taken::milli).containsOnly(30_000L);
        assertThat(leapt()).as("a minute later").isTrue();
        assertThat(after(1, 30).leapt()).isFalse();
    }

    @Test
    void an_open_door_or_another_boot_explains_it() {
        assertThat(after(0, 4).after(60, 30, false).leapt()).isFalse();
        boot = "boot-2";
        assertThat(after(30, 4).leapt()).isFalse();
        assertThat(still.recent()).hasSize(1);
    }
}
