package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Condition;
import org.mingchu.config.Plan;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.Scope;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The figures an event carries: those the decision was made with. */
class EventsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Condition.Limit ABOVE = new Condition.Above(8_000, 500);
    private static final Condition.Limit BELOW = new Condition.Below(1_000, 500);

    private static Rule rule(String id, Condition when) {
        return Plans.rule(id, Scope.CHILLED, Priority.P2, when, "10m", "5m")
                .measuring(Quantity.TEMPERATURE);
    }

    /** The event that a rule would raise in this kitchen now. */
    private static AlarmEvent raised(Kitchen kitchen, String id, Rule... rules) {
        return raised(kitchen, "air", id, Plans.fridge(rules));
    }

    private static AlarmEvent raised(Kitchen kitchen, String subject, String id, Plan plan) {
        var bounds = Bounds.of(plan);
        var bound =
                bounds.at(subject).stream()
                        .filter(b -> b.watch().rule().id().equals(id))
                        .findFirst()
                        .orElseThrow();
        var run = State.Pending.begin(kitchen.now(), kitchen.seq(), 0);
        var step = new Life.Step(AlarmChange.RAISED, AlarmState.UNACK_ACTIVE);
        return new Events(plan.pack(), bounds).raised(bound, kitchen.state(), run, step);
    }

    private static OptionalLong limit(Condition when) {
        var kitchen = Kitchen.of(Plans.fridge()).air(9);
        return raised(kitchen, "r", rule("r", when)).limitMilli();
    }

    @Test
    void an_event_says_the_limit_that_was_passed() {
        assertThat(limit(ABOVE)).hasValue(8_000);
        assertThat(limit(BELOW)).hasValue(1_000);
        assertThat(limit(new Condition.ProductAbove(7_000, 500))).hasValue(7_000);
        assertThat(limit(new Condition.Cumulative(ABOVE, HOUR, Optional.empty(), Optional.empty())))
                .hasValue(8_000);
        assertThat(limit(new Condition.Cumulative(BELOW, HOUR, Optional.empty(), Optional.empty())))
                .hasValue(1_000);
        assertThat(limit(new Condition.Danger(8_000, 60_000, HOUR))).hasValue(60_000);
    }

    @Test
    void a_cycle_that_failed_says_the_heat_it_should_have_had_and_a_missing_one_says_none() {
        var plan = Larder.plan("cn.toml", Path.of("src/main/etc/rules"));
        var kitchen = Kitchen.of(plan);
        assertThat(raised(kitchen, "ir", "cycle-infrared", plan).limitMilli()).hasValue(120_000);
        assertThat(raised(kitchen, "ir", "no-cycle", plan).limitMilli()).isEmpty();
    }

    @Test
    void what_has_no_limit_of_its_own_says_none() {
        assertThat(limit(new Condition.Stuck(HOUR))).isEmpty();
        assertThat(limit(new Condition.Drift(2_000, 24))).isEmpty();
        assertThat(limit(new Condition.DefrostOverdue(150))).isEmpty();
        assertThat(limit(new Condition.Leap(10_000, HOUR))).isEmpty();
        assertThat(limit(new Condition.Swapped(10_000, HOUR))).isEmpty();
        assertThat(limit(new Condition.Silent(3))).isEmpty();
        assertThat(limit(new Condition.Faulty(3))).isEmpty();
        assertThat(limit(new Condition.Contact())).isEmpty();
    }

    // ---- what is foretold -------------------------------------------------------------------

    private static final Rule HIGH = rule("high", ABOVE);
    private static final Rule FORETELLS = rule("foretells", new Condition.NotCooling("high", HOUR));

    private static Kitchen warming(double perMinute) {
        var kitchen = Kitchen.of(Plans.fridge());
        for (var minute = 0; minute <= 30; minute++) {
            kitchen.air(2 + perMinute * minute, 1);
        }
        return kitchen;
    }

    @Test
    void what_foretells_a_limit_says_that_and_how_long_it_is_until_then() {
        var event = raised(warming(0.1), "foretells", HIGH, FORETELLS);

        assertThat(event.limitMilli()).hasValue(8_000);
        assertThat(Duration.ofMillis(event.leftMs().orElseThrow()))
                .as("3 kelvin at a tenth a minute, told from values two minutes apart")
                .isBetween(Duration.ofMinutes(28), Duration.ofMinutes(32));
    }

    @Test
    void a_unit_that_does_not_warm_has_no_time_left_to_tell_nor_has_any_other_rule() {
        assertThat(raised(warming(0), "foretells", HIGH, FORETELLS).leftMs()).isEmpty();
        assertThat(raised(warming(0.1), "high", HIGH, FORETELLS).leftMs()).isEmpty();
        var never = Kitchen.of(Plans.fridge());
        assertThat(raised(never, "foretells", HIGH, FORETELLS).leftMs()).isEmpty();
    }
}
