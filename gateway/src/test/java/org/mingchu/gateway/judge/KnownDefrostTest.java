package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Attention;
import org.mingchu.config.Defrost;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.Scope;
import org.mingchu.config.Unit;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A freezer above -12 degrees: after 30 minutes where nobody knows when it defrosts, after 5 where
 * that is known and it is not coming back. It defrosts at 23:30, for 20 minutes at most; the
 * kitchen's clock stands at 22:13:20 at first.
 */
class KnownDefrostTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final Rule HIGH = high("freezer-high", Optional.of(Duration.ofMinutes(5)));
    private static final Rule LAST = high("freezer-last", Optional.empty());
    private static final String RAISED = " freezer-high raised unack-active";

    /** 23:30 and the fifty minutes that a defrost of twenty may take with its recovery. */
    private static final String WINDOW_ENDS = "126:40";

    private static Rule high(String id, Optional<Duration> known) {
        return new Rule(
                id,
                Scope.FREEZER,
                Optional.of(Quantity.TEMPERATURE),
                Plans.above(-12, 1),
                new Rule.Delay(Duration.ofMinutes(30), known, Duration.ofMinutes(5)),
                Priority.P2,
                Attention.SITE,
                true,
                Optional.empty(),
                id);
    }

    private static Kitchen freezer(Optional<Defrost> defrost, Rule... rules) {
        var unit =
                new Unit(
                        "frost-1",
                        "frost-1",
                        UnitKind.FREEZER,
                        Optional.empty(),
                        Optional.empty(),
                        defrost,
                        List.of(Plans.sensor("air", Quantity.TEMPERATURE)),
                        List.of());
        return Kitchen.of(Plans.plan(List.of(rules), List.of(unit), 0));
    }

    private static Kitchen scheduled(Rule... rules) {
        var times = List.of(LocalTime.of(23, 30));
        return freezer(Optional.of(new Defrost.Scheduled(times, Duration.ofMinutes(20))), rules);
    }

    /** In a straight line, a value each minute. */
    private static Kitchen goes(Kitchen kitchen, double from, double to, int minutes) {
        for (var i = 1; i <= minutes; i++) {
            kitchen.air(from + (to - from) * i / minutes, 1);
        }
        return kitchen;
    }

    // ---- outside its defrosts ---------------------------------------------------------------

    @Test
    void where_its_defrosts_are_known_five_minutes_above_the_limit_are_enough() {
        // It leaves its band at minute 13, passes the limit at 17, and is above it from 18 on.
        var kitchen = goes(scheduled(HIGH).air(-19, 10), -19, -7, 12);
        assertThat(goes(kitchen, -7, -5, 10).told()).containsExactly("23:00" + RAISED);
    }

    @Test
    void where_they_are_not_known_it_takes_the_plain_delay() {
        var kitchen = goes(freezer(Optional.empty(), HIGH).air(-19, 10), -19, -7, 12);
        assertThat(kitchen.air(-7, 30).told()).containsExactly("48:00" + RAISED);
    }

    @Test
    void a_rule_without_a_delay_for_known_defrosts_has_the_plain_one() {
        var kitchen = goes(scheduled(LAST).air(-19, 10), -19, -7, 12);
        assertThat(kitchen.air(-7, 30).told())
                .containsExactly("48:00 freezer-last raised unack-active");
    }

    @Test
    void what_may_be_a_door_that_was_opened_has_nine_minutes_to_come_back() {
        assertThat(scheduled(HIGH).air(-19, 10).air(-10, 20).told())
                .containsExactly("20:00" + RAISED);
    }

    @Test
    void while_it_comes_back_it_has_the_plain_delay() {
        var kitchen = scheduled(HIGH).air(-19, 10).air(-8, 3);
        assertThat(goes(kitchen, -8, -11.9, 24).told()).isEmpty();
        assertThat(goes(kitchen, -11.9, -11.99, 6).told()).containsExactly("41:00" + RAISED);
    }

    @Test
    void when_it_falls_no_further_for_nine_minutes_it_does_not_come_back() {
        var kitchen = scheduled(HIGH).air(-19, 10).air(-8, 3);
        goes(kitchen, -8, -11, 6);
        assertThat(kitchen.air(-10.9, 20).told()).containsExactly("28:00" + RAISED);
    }

    // ---- in a defrost -----------------------------------------------------------------------

    @Test
    void a_defrost_that_came_back_in_its_window_rings_nothing() {
        var kitchen = scheduled(HIGH).air(-19, 77).air(-5, 40);
        assertThat(kitchen.air(-19, 60).told()).isEmpty();
    }

    @Test
    void what_is_still_warm_when_the_window_ends_rings_at_once() {
        assertThat(scheduled(HIGH).air(-19, 77).air(-5, 60).told())
                .containsExactly(WINDOW_ENDS + RAISED);
    }

    @Test
    void what_is_coming_back_then_has_twenty_minutes_more() {
        var kitchen = scheduled(HIGH).air(-19, 77).air(-5, 30);
        assertThat(goes(kitchen, -5, -11.9, 40).told()).containsExactly("146:40" + RAISED);
    }

    @Test
    void the_last_line_of_defence_waits_for_no_defrost() {
        assertThat(scheduled(LAST).air(-19, 77).air(-5, 60).told())
                .containsExactly("108:00 freezer-last raised unack-active");
    }

    @Test
    void what_begins_after_the_window_has_no_more_than_anything_else() {
        var kitchen = scheduled(HIGH).air(-19, 77).air(-5, 20).air(-19, 32);
        assertThat(kitchen.air(-8, 3).told()).isEmpty();
        goes(kitchen, -8, -11.9, 40);
        assertThat(kitchen.told()).containsExactly("160:00" + RAISED);
    }

    @Test
    void an_excuse_of_another_boot_counts_no_more_without_a_clock() {
        var kitchen = scheduled(HIGH).air(-19, 77).air(-5, 10);
        kitchen.powerFails("5m", ClockState.UNSYNCED).air(-5, 40);
        assertThat(kitchen.told()).hasSize(1);
    }

    // ---- by shape ---------------------------------------------------------------------------

    /** Up to -5 degrees in 18 minutes and down again in 9, some days ago. */
    private static Warming warming(long daysAgo) {
        var begun =
                new Moment(
                        "boot-0",
                        0,
                        1_790_000_000_000L - daysAgo * 86_400_000 + daysAgo * 7_000_000,
                        ClockState.SYNCED,
                        5);
        var curve = new ArrayList<Long>();
        for (var at = 0; at <= 27; at += 2) {
            curve.add(-16_000L + Math.round(11_000 * Math.min(at / 18.0, (27 - at) / 9.0)));
        }
        return new Warming(begun, 27 * MINUTE_NS, 18 * MINUTE_NS, -5_000, curve);
    }

    private static Kitchen irregular() {
        var kitchen = freezer(Optional.empty(), HIGH);
        for (var daysAgo = 6; daysAgo > 0; daysAgo -= 2) {
            kitchen.says(new Fact.Warmed("air", warming(daysAgo)));
        }
        return kitchen.air(-19, 10);
    }

    @Test
    void an_irregular_defrost_is_excused_as_long_as_one_may_take_from_where_it_begins() {
        // It leaves its band at minute 11; its defrosts take 27 minutes, and 15 with doors in them.
        var kitchen = goes(irregular(), -17, -5, 18);
        assertThat(kitchen.air(-7, 30).told()).containsExactly("53:00" + RAISED);
    }

    @Test
    void what_looks_like_none_has_the_plain_delay() {
        assertThat(irregular().air(0, 60).told()).containsExactly("41:00" + RAISED);
    }
}
