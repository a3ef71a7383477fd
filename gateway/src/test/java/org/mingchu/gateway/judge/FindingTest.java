package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.Fact.Outcome;
import org.mingchu.gateway.judge.FoodClock.Cool;
import org.mingchu.gateway.judge.FoodClock.Count;
import org.mingchu.gateway.judge.FoodClock.Run;
import org.mingchu.gateway.judge.FoodClock.Span;
import org.mingchu.gateway.judge.FoodClock.Unseen;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** What the record says of a batch that has ended: nothing passes that nobody has seen. */
class FindingTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final Moment NOW = new Moment("boot-1", 0, 0, ClockState.SYNCED, 5);
    private static final Condition.Danger DANGER =
            new Condition.Danger(8_000, 60_000, Duration.ofHours(2));

    private static Condition.Cooling cooling(OptionalInt foretoldPercent) {
        return new Condition.Cooling(
                60_000,
                new Condition.Leg(21_000, Duration.ofHours(2)),
                new Condition.Leg(8_000, Duration.ofHours(2)),
                foretoldPercent);
    }

    private static Fact.Finding inDanger(long minutes, Unseen unseen) {
        var spans = List.of(new Span(minutes * MINUTE_NS, minutes * MINUTE_NS));
        var count = new Count(NOW, false, minutes * MINUTE_NS, 0, unseen, spans, List.of());
        return Finding.of(DANGER, "danger-over", count, false).orElseThrow();
    }

    private static Fact.Finding cooled(long leg, boolean failed, Unseen unseen) {
        var cool = new Cool(NOW, 200 * MINUTE_NS, leg, 0, failed, false, unseen, List.of());
        return Finding.of(cooling(OptionalInt.empty()), "cooling-failed", cool, false)
                .orElseThrow();
    }

    @Test
    void two_hours_in_the_danger_band_have_failed_and_less_has_passed() {
        assertThat(inDanger(120, Unseen.NOTHING).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(inDanger(119, Unseen.NOTHING).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(inDanger(119, Unseen.NOTHING).ns()).isEqualTo(119 * MINUTE_NS);
    }

    @Test
    void less_than_two_hours_with_a_hole_in_them_prove_nothing() {
        var unseen = new Unseen(MINUTE_NS, 0);
        assertThat(inDanger(119, unseen).outcome()).isEqualTo(Outcome.UNPROVEN);
        assertThat(inDanger(119, unseen).unseen()).isEqualTo(unseen);
        assertThat(inDanger(119, new Unseen(0, 1)).outcome()).isEqualTo(Outcome.UNPROVEN);
        assertThat(inDanger(120, unseen).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_batch_that_is_cold_in_time_has_passed() {
        assertThat(cooled(Cooling.COLD, false, Unseen.NOTHING).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(cooled(Cooling.COLD, false, Unseen.NOTHING).ns()).isEqualTo(200 * MINUTE_NS);
    }

    @Test
    void a_batch_that_is_ended_before_it_is_cold_is_unfinished() {
        assertThat(cooled(1, false, Unseen.NOTHING).outcome()).isEqualTo(Outcome.UNFINISHED);
        assertThat(cooled(2, true, Unseen.NOTHING).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_hole_of_known_length_is_time_and_one_of_unknown_length_proves_nothing() {
        assertThat(cooled(Cooling.COLD, false, new Unseen(9 * MINUTE_NS, 0)).outcome())
                .isEqualTo(Outcome.PASSED);
        assertThat(cooled(Cooling.COLD, false, new Unseen(0, 1)).outcome())
                .isEqualTo(Outcome.UNPROVEN);
    }

    @Test
    void what_only_foretells_or_judges_no_batch_finds_nothing() {
        var cool = new Cool(NOW, 0, 1, 0, false, true, Unseen.NOTHING, List.of());
        assertThat(Finding.of(cooling(OptionalInt.of(75)), "cooling-late", cool, false)).isEmpty();
        var leap = new Condition.Leap(10_000, Duration.ofMinutes(1));
        assertThat(Finding.of(leap, "leap", Run.NOTHING, false)).isEmpty();
        assertThat(Finding.of(DANGER, "danger-over", null, false)).isEmpty();
    }
}
