package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.Trace.Now;
import org.mingchu.gateway.judge.Trace.Swing;
import org.mingchu.gateway.judge.Trace.Usual;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When each of two probes is where the other one was: a fridge at 4 and a freezer at -18. */
class SwapsTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long FRESH_NS = 2 * MINUTE_NS;
    private static final int DAY_MIN = 1440;
    private static final Condition.Swapped RULE = new Condition.Swapped(10_000, Duration.ofDays(1));

    private static Moment at(String boot, long minute) {
        return new Moment(boot, minute * MINUTE_NS, 0, ClockState.SYNCED, 5);
    }

    static Trace probe(double mean, double now) {
        return probe(mean, now, DAY_MIN, at("boot-1", 0));
    }

    private static Trace probe(double mean, double now, long watchedMin, Moment at) {
        var milli = Math.round(now * 1000);
        return Trace.NOTHING.at(
                new Now(
                        at,
                        milli,
                        at,
                        watchedMin * MINUTE_NS,
                        Math.round(mean * 1_000_000),
                        0,
                        new Swing(true, milli, at, milli, at, at),
                        Usual.NOTHING,
                        List.of(milli),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Effort.NOTHING));
    }

    private static boolean suspected(Trace one, Trace other) {
        return Swaps.suspected(RULE, one, other, at("boot-1", 2), FRESH_NS);
    }

    @Test
    void each_where_the_other_one_is_in_calm_times_is_suspected() {
        assertThat(suspected(probe(4, -18), probe(-18, 4))).isTrue();
        assertThat(suspected(probe(-18, 4), probe(4, -18))).isTrue();
    }

    @Test
    void each_in_its_own_place_is_not_nor_is_one_that_stayed() {
        assertThat(suspected(probe(4, 4), probe(-18, -18))).isFalse();
        assertThat(suspected(probe(4, -18), probe(-18, -18))).isFalse();
        assertThat(suspected(probe(4, 4), probe(-18, 4))).isFalse();
    }

    @Test
    void nearer_than_a_third_of_the_way_is_there_on_either_side() {
        // 21 kelvin apart: seven are a third
        assertThat(suspected(probe(3, -11), probe(-18, 3))).isTrue();
        assertThat(suspected(probe(3, -25), probe(-18, 3))).isTrue();
        assertThat(suspected(probe(3, -10.999), probe(-18, 3))).isFalse();
        assertThat(suspected(probe(3, -25.001), probe(-18, 3))).isFalse();
        assertThat(suspected(probe(3, -18), probe(-18, -4.001))).isFalse();
    }

    @Test
    void units_less_far_apart_cannot_be_told_from_each_other() {
        assertThat(suspected(probe(4, -6), probe(-6, 4))).isTrue();
        assertThat(suspected(probe(4, -5.999), probe(-5.999, 4))).isFalse();
    }

    @Test
    void both_must_have_been_watched_for_a_day() {
        var young = probe(-18, 4, DAY_MIN - 1, at("boot-1", 0));
        assertThat(suspected(probe(4, -18), young)).isFalse();
        assertThat(suspected(young, probe(4, -18))).isFalse();
    }

    @Test
    void an_old_value_or_one_of_another_boot_says_nothing_of_the_present() {
        assertThat(suspected(probe(4, -18), probe(-18, 4, DAY_MIN, at("boot-1", -1)))).isFalse();
        assertThat(suspected(probe(4, -18), probe(-18, 4, DAY_MIN, at("boot-0", 0)))).isFalse();
        assertThat(suspected(probe(4, -18), Trace.NOTHING)).isFalse();
        assertThat(suspected(Trace.NOTHING, probe(4, -18))).isFalse();
    }
}
