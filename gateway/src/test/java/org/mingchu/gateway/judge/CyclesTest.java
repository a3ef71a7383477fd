package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Condition;
import org.mingchu.config.Disinfection;
import org.mingchu.config.Meal;
import org.mingchu.gateway.judge.FoodClock.Cycle;
import org.mingchu.gateway.judge.FoodClock.Run;
import org.mingchu.gateway.judge.FoodClock.Unseen;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cycles of an infrared cabinet, a value each ten seconds: 120 degrees for ten minutes. */
class CyclesTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long FRESH_NS = 20 * SECOND_NS;
    private static final Condition.Cycle RULE =
            new Condition.Cycle(Disinfection.INFRARED, 120_000, Duration.ofMinutes(10), 60_000);

    private Run run = Run.NOTHING;
    private String boot = "boot-1";
    private long bootedS;
    private ClockState clock = ClockState.SYNCED;
    private long second;

    private Moment moment() {
        return new Moment(
                boot, (second - bootedS) * SECOND_NS, Ward.MONDAY_MS + second * 1_000, clock, 5);
    }

    private CyclesTest shows(double degrees, int times) {
        for (var i = 0; i < times; i++) {
            second += 10;
            run = Cycles.after(run, RULE, Math.round(degrees * 1000), moment(), FRESH_NS);
        }
        return this;
    }

    private CyclesTest hole(int seconds) {
        second += seconds - 10;
        return this;
    }

    private CyclesTest cut(int seconds, ClockState after) {
        hole(seconds);
        boot = boot + "+";
        bootedS = second;
        clock = after;
        return this;
    }

    private Cycle cycle() {
        return run.ended().orElseThrow();
    }

    private static Duration held(Cycle cycle) {
        return Duration.ofNanos(cycle.heldNs());
    }

    // ---- F15 --------------------------------------------------------------------------------

    @Test
    void f15_ten_minutes_at_heat_pass() {
        shows(25, 1).shows(121, 61).shows(59, 1);

        assertThat(cycle().passed()).isTrue();
        assertThat(held(cycle())).isEqualTo(Duration.ofMinutes(10));
        assertThat(Duration.ofNanos(cycle().lengthNs())).isEqualTo(Duration.ofSeconds(610));
        assertThat(cycle().unseen()).isEqualTo(Unseen.NOTHING);
        assertThat(run.failed()).isFalse();
        assertThat(run.passedAt()).hasValue(moment());
        assertThat(run.going()).isEmpty();
    }

    @Test
    void f15_ten_seconds_less_fail() {
        shows(25, 1).shows(121, 60).shows(59, 1);

        assertThat(cycle().passed()).isFalse();
        assertThat(held(cycle())).isEqualTo(Duration.ofSeconds(590));
        assertThat(run.failed()).isTrue();
        assertThat(run.passedAt()).isEmpty();
    }

    @Test
    void below_its_idle_temperature_no_cycle_runs() {
        assertThat(shows(59.9, 5).run).isSameAs(Run.NOTHING);
        assertThat(shows(60, 1).run.going()).isPresent();
    }

    @Test
    void at_the_very_temperature_is_at_heat_and_a_thousandth_below_breaks_it() {
        shows(120, 61).shows(59, 1);
        assertThat(cycle().passed()).isTrue();

        shows(121, 40).shows(119.999, 1).shows(121, 40).shows(59, 1);
        assertThat(cycle().passed()).isFalse();
        assertThat(held(cycle())).isEqualTo(Duration.ofSeconds(390));
    }

    @Test
    void the_longest_time_at_heat_counts_with_its_coolest_value() {
        shows(123, 1).shows(122, 20).shows(125, 9);
        shows(100, 1).shows(121, 10).shows(59, 1);

        assertThat(held(cycle())).isEqualTo(Duration.ofSeconds(290));
        assertThat(cycle().minMilli()).isEqualTo(122_000);
        assertThat(cycle().maxMilli()).isEqualTo(125_000);
    }

    @Test
    void one_that_never_gets_hot_tells_how_hot_it_was() {
        shows(80, 30).shows(98, 10).shows(90, 5).shows(59, 1);

        assertThat(held(cycle())).isZero();
        assertThat(cycle().minMilli()).isEqualTo(98_000);
        assertThat(cycle().maxMilli()).isEqualTo(98_000);
        assertThat(cycle().passed()).isFalse();
    }

    // ---- holes ------------------------------------------------------------------------------

    @Test
    void one_lost_value_breaks_nothing_two_do_and_are_told() {
        shows(121, 31).hole(20).shows(121, 29).shows(59, 1);
        assertThat(cycle().passed()).isTrue();
        assertThat(cycle().unseen()).isEqualTo(Unseen.NOTHING);

        shows(121, 31).hole(21).shows(121, 31).shows(59, 1);
        assertThat(cycle().passed()).isFalse();
        assertThat(held(cycle())).isEqualTo(Duration.ofMinutes(5));
        assertThat(cycle().unseen()).isEqualTo(new Unseen(21 * SECOND_NS, 0));
    }

    @Test
    void a_power_cut_breaks_it_however_short_and_one_without_a_clock_is_of_unknown_length() {
        shows(121, 31).cut(10, ClockState.SYNCED).shows(121, 31);
        cut(60, ClockState.UNSYNCED).shows(121, 1).shows(59, 1);

        assertThat(cycle().passed()).isFalse();
        assertThat(held(cycle())).isEqualTo(Duration.ofMinutes(5));
        assertThat(cycle().unseen()).isEqualTo(new Unseen(10 * SECOND_NS, 1));
        assertThat(cycle().lengthNs()).as("nobody knows").isZero();
    }

    @Test
    void a_value_from_before_the_latest_changes_nothing() {
        shows(121, 5);
        var was = run;
        second -= 30;
        assertThat(shows(59, 1).run).isSameAs(was);
    }

    // ---- what is remembered -----------------------------------------------------------------

    @Test
    void one_that_passes_makes_good_for_one_that_failed_and_is_not_forgotten_for_the_next() {
        shows(121, 10).shows(59, 1);
        assertThat(run.failed()).isTrue();

        shows(121, 61).shows(59, 1);
        var passed = moment();
        assertThat(run.failed()).isFalse();

        shows(121, 10);
        assertThat(run.passedAt()).as("while another runs").hasValue(passed);
        shows(59, 1);
        assertThat(run.failed()).isTrue();
        assertThat(run.passedAt()).hasValue(passed);
    }

    @Test
    void what_the_record_has_is_not_told_again() {
        shows(121, 61).shows(59, 1);
        var kept = Cycles.kept(run);

        assertThat(kept.ended()).isEmpty();
        assertThat(kept.passedAt()).isEqualTo(run.passedAt());
        assertThat(kept.failed()).isFalse();
    }

    // ---- before a meal ----------------------------------------------------------------------

    private static final State.Key CYCLE = new State.Key("ir", "cycle-infrared");

    /** Lunch from 11:00 to 13:00, supper from 17:00 to 19:00; it is asked half an hour before. */
    private static Word beforeMeal(
            Optional<Timed.CycleRule> cycle, Run run, String now, ClockState clock) {
        var meals =
                List.of(
                        new Meal("lunch", "", LocalTime.of(11, 0), LocalTime.of(13, 0)),
                        new Meal("supper", "", LocalTime.of(17, 0), LocalTime.of(19, 0)));
        var timed =
                new Timed(
                        new Condition.NoCycle(Duration.ofMinutes(30)),
                        new State.Key("ir", "no-cycle"),
                        10 * SECOND_NS,
                        Optional.of("ir-1"),
                        List.of(),
                        List.of(),
                        cycle,
                        new Meals(
                                meals, new Calendar(Optional.empty(), ZoneId.of("Asia/Shanghai"))),
                        false);
        return timed.says(Food.NOTHING.with(CYCLE, run), Map.of(), 25_000, local(now, clock));
    }

    private static Word beforeMeal(Run run, String now) {
        var cycle = Optional.of(new Timed.CycleRule(CYCLE, RULE));
        return beforeMeal(cycle, run, now, ClockState.SYNCED);
    }

    private static Moment local(String time, ClockState clock) {
        var seconds = LocalTime.parse(time).toSecondOfDay();
        return new Moment(
                "boot-1", seconds * SECOND_NS, Ward.MONDAY_MS + seconds * 1_000L, clock, 5);
    }

    private static Run passed(String time) {
        return new Run(
                Optional.empty(),
                Optional.empty(),
                Optional.of(local(time, ClockState.SYNCED)),
                false);
    }

    @Test
    void without_a_cycle_since_the_last_meal_it_is_told_half_an_hour_before_the_next() {
        assertThat(beforeMeal(passed("12:00"), "16:29")).isEqualTo(Word.GONE);
        assertThat(beforeMeal(passed("12:00"), "16:30")).isEqualTo(Word.SHOWS);
        assertThat(beforeMeal(Run.NOTHING, "16:30")).isEqualTo(Word.SHOWS);
    }

    @Test
    void one_that_has_passed_since_is_good_for_the_next() {
        assertThat(beforeMeal(passed("13:00"), "16:30")).isEqualTo(Word.GONE);
        assertThat(beforeMeal(passed("12:59"), "16:30")).isEqualTo(Word.SHOWS);
    }

    @Test
    void one_that_runs_is_enough_from_when_it_has_held_its_time() {
        assertThat(beforeMeal(shows(121, 60).run, "16:30")).isEqualTo(Word.SHOWS);
        assertThat(beforeMeal(shows(121, 1).run, "16:30")).isEqualTo(Word.GONE);
    }

    @Test
    void a_unit_without_a_method_or_a_kitchen_without_a_clock_misses_none() {
        assertThat(beforeMeal(Optional.empty(), Run.NOTHING, "16:30", ClockState.SYNCED))
                .isEqualTo(Word.NOTHING);
        var cycle = Optional.of(new Timed.CycleRule(CYCLE, RULE));
        assertThat(beforeMeal(cycle, Run.NOTHING, "16:30", ClockState.UNSYNCED))
                .isEqualTo(Word.GONE);
    }
}
