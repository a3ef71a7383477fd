package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Condition;
import org.mingchu.config.Disinfection;
import org.mingchu.config.Plan;
import org.mingchu.gateway.judge.FoodClock.Count;
import org.mingchu.gateway.judge.FoodClock.Going;
import org.mingchu.gateway.judge.FoodClock.Run;
import org.mingchu.gateway.judge.FoodClock.Span;
import org.mingchu.gateway.judge.FoodClock.Unseen;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a watch that counts time is bound to, and what it says. */
class TimedTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final State.Key KEY = new State.Key("air", "r");
    private static final Moment NOW = new Moment("boot-1", 0, 0, ClockState.SYNCED, 5);
    private static final Plan PLAN = Larder.plan("cn.toml", Path.of("src/main/etc/rules"));

    private static Timed of(String subject, String rule) {
        return PLAN.watches().stream()
                .filter(w -> w.subject().equals(subject) && w.rule().id().equals(rule))
                .findFirst()
                .flatMap(watch -> Timed.of(PLAN, watch))
                .orElseThrow();
    }

    // ---- what it is bound to ----------------------------------------------------------------

    @Test
    void it_knows_the_doors_of_its_own_unit() {
        assertThat(of("air", "chilled-hour").doors()).containsExactly("door");
        assertThat(of("air", "chilled-hour").unit()).contains("cold-1");
        assertThat(of("hot", "hot-holding-time").doors()).isEmpty();
    }

    @Test
    void a_probe_may_have_been_exchanged_with_each_of_another_unit_that_is_watched_for_it() {
        assertThat(of("air", "chilled-swapped").others()).containsExactly("frost");
        assertThat(of("frost", "freezer-swapped").others()).containsExactly("air");
        assertThat(of("air", "chilled-hour").others()).isEmpty();
    }

    @Test
    void a_meal_without_a_cycle_asks_for_the_cycles_of_its_own_unit() {
        var infrared = of("ir", "no-cycle").cycle().orElseThrow();
        assertThat(infrared.key()).isEqualTo(new State.Key("ir", "cycle-infrared"));
        assertThat(infrared.when().method()).isEqualTo(Disinfection.INFRARED);
        assertThat(of("steam", "no-cycle").cycle().orElseThrow().key().rule())
                .isEqualTo("cycle-steam");
        assertThat(of("ir", "cycle-infrared").cycle()).isEmpty();
    }

    @Test
    void what_counts_no_time_is_none() {
        var limit =
                PLAN.watches().stream()
                        .filter(w -> w.rule().when() instanceof Condition.Above)
                        .findFirst()
                        .orElseThrow();
        assertThat(Timed.of(PLAN, limit)).isEmpty();
    }

    // ---- what it says -----------------------------------------------------------------------

    private static Timed timed(Condition.OfTime when, String... others) {
        return new Timed(
                when,
                KEY,
                MINUTE_NS,
                Optional.of("cold-1"),
                List.of(),
                List.of(others),
                Optional.empty(),
                new Meals(List.of(), new Calendar(Optional.empty(), ZoneId.of("Asia/Shanghai"))),
                false);
    }

    private static Word says(Condition.OfTime when, FoodClock clock, long milli) {
        return timed(when).says(Food.NOTHING.with(KEY, clock), Map.of(), milli, NOW);
    }

    /** So many minutes have been counted, and the latest of them some time ago. */
    private static Count count(long minutes) {
        var spans = List.of(new Span(minutes * MINUTE_NS, minutes * MINUTE_NS));
        return new Count(
                NOW, false, (minutes + 5) * MINUTE_NS, 0, Unseen.NOTHING, spans, List.of());
    }

    private static Condition.Cumulative hourOfADay(Condition.Limit limit) {
        return new Condition.Cumulative(
                limit, HOUR, Optional.of(Duration.ofDays(1)), Optional.empty());
    }

    @Test
    void an_hour_in_a_day_holds_while_the_value_is_beyond_its_limit() {
        var above = hourOfADay(new Condition.Above(8_000, 500));
        assertThat(says(above, count(60), 8_001)).isEqualTo(Word.SHOWS);
        assertThat(says(above, count(60), 8_000)).isEqualTo(Word.NEITHER);
        assertThat(says(above, count(60), 7_501)).isEqualTo(Word.NEITHER);
        assertThat(says(above, count(60), 7_500)).isEqualTo(Word.GONE);
        assertThat(says(above, count(59), 9_000)).isEqualTo(Word.GONE);

        var below = hourOfADay(new Condition.Below(0, 500));
        assertThat(says(below, count(60), -1)).isEqualTo(Word.SHOWS);
        assertThat(says(below, count(60), 0)).isEqualTo(Word.NEITHER);
        assertThat(says(below, count(60), 499)).isEqualTo(Word.NEITHER);
        assertThat(says(below, count(60), 500)).isEqualTo(Word.GONE);
    }

    @Test
    void the_value_that_fills_it_shows_it_though_it_is_good_itself() {
        var spans = List.of(new Span(60 * MINUTE_NS, 60 * MINUTE_NS));
        var just = new Count(NOW, false, 60 * MINUTE_NS, 0, Unseen.NOTHING, spans, List.of());
        assertThat(says(hourOfADay(new Condition.Above(8_000, 500)), just, 4_000))
                .isEqualTo(Word.SHOWS);
    }

    @Test
    void without_a_window_a_full_clock_stands_whatever_the_value_is() {
        var held =
                new Condition.Cumulative(
                        new Condition.Below(60_000, 0), HOUR, Optional.empty(), Optional.empty());
        assertThat(says(held, count(60), 75_000)).isEqualTo(Word.SHOWS);
        assertThat(says(held, count(59), 20_000)).isEqualTo(Word.GONE);
        assertThat(timed(held).runsUntilEnded()).isTrue();
        assertThat(timed(hourOfADay(new Condition.Above(8_000, 0))).runsUntilEnded()).isFalse();
    }

    @Test
    void a_cycle_that_failed_shows_until_another_begins() {
        var rule = new Condition.Cycle(Disinfection.STEAM, 100_000, HOUR, 60_000);
        var failed = new Run(Optional.empty(), Optional.empty(), Optional.empty(), true);
        var going = new Going(NOW, NOW, Optional.empty(), Optional.empty(), 61_000, Unseen.NOTHING);
        var again = new Run(Optional.of(going), Optional.empty(), Optional.empty(), true);

        assertThat(says(rule, failed, 25_000)).isEqualTo(Word.SHOWS);
        assertThat(says(rule, again, 61_000)).isEqualTo(Word.GONE);
        assertThat(says(rule, Run.NOTHING, 25_000)).isEqualTo(Word.GONE);
    }

    @Test
    void a_batch_is_judged_by_its_own_probe() {
        var danger = new Condition.Danger(8_000, 60_000, HOUR);
        var full = Map.<String, FoodClock>of("r", count(60));
        var own = new Food.Batch("air", NOW, Kitchen.STAFF, full);
        var other = new Food.Batch("pot", NOW, Kitchen.STAFF, full);

        assertThat(timed(danger).says(Food.NOTHING.with("soup", own), Map.of(), 40_000, NOW))
                .isEqualTo(Word.SHOWS);
        assertThat(timed(danger).says(Food.NOTHING.with("soup", other), Map.of(), 40_000, NOW))
                .isEqualTo(Word.GONE);
    }

    @Test
    void a_probe_is_held_against_each_of_the_others() {
        var swapped = timed(new Condition.Swapped(10_000, Duration.ofDays(1)), "frost", "third");
        var air = SwapsTest.probe(4, -18);
        var there = SwapsTest.probe(-18, 4);
        var at = new Moment("boot-1", MINUTE_NS, 0, ClockState.SYNCED, 5);

        assertThat(swapped.says(Food.NOTHING, Map.of("air", air, "third", there), -18_000, at))
                .isEqualTo(Word.SHOWS);
        assertThat(swapped.says(Food.NOTHING, Map.of("air", air, "pot", there), -18_000, at))
                .isEqualTo(Word.GONE);
    }
}
