package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.simulator.Batch;
import org.mingchu.simulator.Command;
import org.mingchu.simulator.CoolingPlace;
import org.mingchu.simulator.Weather;

import java.util.List;

/** Batches of food: how long in the danger band, and whether they cool in time. */
class BatchTest {
    private static final String FAILED = "cooling-failed";
    private static final String LATE = "cooling-late";

    private final Larder larder = Larder.chinese();

    // ---- the danger band --------------------------------------------------------------------

    @Test
    void a_batch_warns_at_90_minutes_and_alarms_at_120() {
        larder.begins("soup", "pot").now("pot", 40).says("pot", 40, 120);

        assertThat(larder.told("danger-soon", "danger-over"))
                .containsExactly(
                        "90:00 danger-soon raised unack-active",
                        "120:00 danger-over raised unack-active");
    }

    @Test
    void the_clock_belongs_to_the_batch_and_not_to_the_probe() {
        larder.begins("soup", "pot").now("pot", 40).says("pot", 40, 80).ends("soup");
        larder.begins("rice", "pot").now("pot", 40).says("pot", 40, 80);

        assertThat(larder.told("danger-soon")).isEmpty();
        assertThat(larder.says("pot", 40, 10).told("danger-soon")).hasSize(1);
    }

    @Test
    void two_batches_at_one_probe_have_a_clock_each() {
        larder.begins("soup", "pot").now("pot", 40).says("pot", 40, 60);
        larder.begins("rice", "kitchen-1").says("pot", 40, 30);
        assertThat(larder.told("danger-soon")).hasSize(1);

        larder.ends("soup").says("pot", 40, 1);
        assertThat(larder.told("danger-soon"))
                .last()
                .isEqualTo("91:00 danger-soon returned unack-returned");

        assertThat(larder.says("pot", 40, 60).told("danger-soon")).hasSize(3);
    }

    @Test
    void outside_the_band_nothing_is_counted() {
        larder.begins("soup", "pot").says("pot", 60, 300).says("pot", 8, 300);

        assertThat(larder.told("danger-soon", "danger-over")).isEmpty();
    }

    @Test
    void no_batch_is_nobody_s_clock() {
        assertThat(larder.says("pot", 40, 300).told("danger-soon", LATE, FAILED)).isEmpty();
    }

    // ---- the way down has a time of its own -------------------------------------------------

    private Larder cooled() {
        return larder.begins("soup", "pot")
                .now("pot", 60)
                .goes("pot", 60, 21, 118)
                .goes("pot", 21, 8, 118);
    }

    @Test
    void what_cools_in_time_is_in_no_danger_on_its_way() {
        assertThat(cooled().told("danger-soon", "danger-over", FAILED, LATE)).isEmpty();
    }

    @Test
    void once_it_is_cold_its_time_begins_anew() {
        var warm = cooled().says("pot", 30, 119);
        assertThat(warm.told("danger-over")).isEmpty();
        assertThat(warm.says("pot", 30, 2).told("danger-over")).hasSize(1);
    }

    @Test
    void what_misses_its_time_was_in_danger_all_the_while() {
        larder.begins("soup", "pot").now("pot", 60).goes("pot", 60, 22, 119 + 2);

        assertThat(larder.told("danger-over"))
                .containsExactly("121:00 danger-over raised unack-active");
    }

    @Test
    void what_was_in_danger_before_it_cools_has_no_more_time_for_that() {
        larder.begins("soup", "pot").now("pot", 65).says("pot", 50, 40).says("pot", 65, 1);
        larder.goes("pot", 60, 21, 90);

        assertThat(larder.told("danger-over")).hasSize(1);
    }

    @Test
    void what_never_was_warm_does_not_cool_and_is_in_danger() {
        larder.begins("salad", "pot").now("pot", 20).says("pot", 20, 121);

        assertThat(larder.told("danger-soon", "danger-over"))
                .containsExactly(
                        "90:00 danger-soon raised unack-active",
                        "120:00 danger-over raised unack-active");
    }

    @Test
    void the_fridge_gives_no_time_back_to_what_stood_about() {
        larder.begins("salad", "pot").now("pot", 12).says("pot", 12, 80).says("pot", 5, 10);

        assertThat(larder.says("pot", 12, 41).told("danger-over")).hasSize(1);
    }

    @Test
    void what_was_in_danger_before_it_cooled_is_not_forgiven_in_the_cold() {
        larder.begins("soup", "pot").now("pot", 65).says("pot", 50, 40).says("pot", 65, 1);
        larder.goes("pot", 60, 21, 90).goes("pot", 21, 7, 60);

        assertThat(larder.told("danger-over")).hasSize(1);
    }

    // ---- cooling, F12 -----------------------------------------------------------------------

    @Test
    void f12_22_degrees_at_minute_120_fails_at_minute_120() {
        larder.begins("soup", "pot").now("pot", 60).goes("pot", 60, 22, 119 + 1);

        assertThat(larder.told(FAILED))
                .containsExactly("120:00 cooling-failed raised unack-active");
    }

    @Test
    void f12_21_degrees_at_118_and_8_at_236_pass() {
        larder.begins("soup", "pot")
                .now("pot", 60)
                .goes("pot", 60, 21, 118)
                .goes("pot", 21, 8, 118);
        assertThat(larder.told(FAILED)).isEmpty();

        larder.ends("soup");

        assertThat(finding(FAILED).outcome()).isEqualTo(Fact.Outcome.PASSED);
        assertThat(finding(FAILED).ns()).isEqualTo(Plans.time("236m").toNanos());
    }

    @Test
    void the_second_leg_fails_at_minute_240() {
        larder.begins("soup", "pot")
                .now("pot", 60)
                .goes("pot", 60, 21, 118)
                .goes("pot", 21, 9, 125);

        assertThat(larder.told(FAILED))
                .containsExactly("240:00 cooling-failed raised unack-active");
        larder.ends("soup");
        assertThat(finding(FAILED).outcome()).isEqualTo(Fact.Outcome.FAILED);
    }

    @Test
    void above_60_degrees_no_time_runs() {
        larder.begins("soup", "pot").says("pot", 85, 200).goes("pot", 60, 21, 118);

        assertThat(larder.told(FAILED)).isEmpty();
    }

    @Test
    void f12_at_minute_90_a_line_that_will_miss_is_foretold() {
        larder.begins("soup", "pot").now("pot", 60).goes("pot", 60, 22, 120);

        assertThat(larder.told(LATE)).first().isEqualTo("90:00 cooling-late raised unack-active");
    }

    @Test
    void a_line_that_will_just_do_is_not() {
        larder.begins("soup", "pot").now("pot", 60).goes("pot", 60, 20.5, 120);

        assertThat(larder.told(LATE, FAILED)).isEmpty();
    }

    @Test
    void a_curve_that_flattens_is_foretold_though_its_tangent_would_do() {
        // Toward 4 ℃, to 21.5 ℃ at minute 120; at minute 90 the last minutes fall fast enough.
        larder.begins("soup", "pot").now("pot", 60);
        newton(60, 4, 21.5, 120);

        assertThat(larder.told(LATE)).first().isEqualTo("90:00 cooling-late raised unack-active");
        assertThat(larder.told(FAILED))
                .containsExactly("120:00 cooling-failed raised unack-active");
    }

    @Test
    void a_curve_that_flattens_and_will_do_is_not() {
        larder.begins("soup", "pot").now("pot", 60);
        newton(60, 4, 20.5, 120);

        assertThat(larder.told(LATE, FAILED)).isEmpty();
    }

    @Test
    void what_is_cold_after_a_hole_beyond_the_time_is_not_proven() {
        larder.begins("soup", "pot").now("pot", 60).goes("pot", 60, 30, 100);
        larder.kitchen().passes("30m");

        assertThat(larder.now("pot", 15).told(FAILED)).hasSize(1);
    }

    @Test
    void a_batch_that_is_ended_too_soon_is_unfinished_and_its_alarms_return() {
        larder.begins("soup", "pot").now("pot", 60).goes("pot", 60, 25, 121).ends("soup");
        larder.says("pot", 25, 1);

        assertThat(finding(FAILED).outcome()).isEqualTo(Fact.Outcome.FAILED);
        assertThat(larder.told(FAILED)).last().asString().endsWith("returned unack-returned");
        assertThat(larder.kitchen().state().food().batches()).isEmpty();
    }

    // ---- the simulator's own batches --------------------------------------------------------

    @Test
    void a_pan_in_the_blast_chiller_passes() {
        simulated(Batch.pan("pot"), CoolingPlace.CHILLER, 300);

        assertThat(larder.told(LATE, FAILED)).isEmpty();
        assertThat(finding(FAILED).outcome()).isEqualTo(Fact.Outcome.PASSED);
    }

    @Test
    void a_pot_on_the_bench_is_foretold_and_fails() {
        simulated(Batch.pot("pot"), CoolingPlace.ROOM, 900);

        assertThat(larder.told(LATE)).isNotEmpty();
        assertThat(larder.told(FAILED)).hasSize(1);
        assertThat(finding(FAILED).outcome()).isEqualTo(Fact.Outcome.FAILED);
    }

    private void simulated(Batch batch, CoolingPlace place, int minutes) {
        var weather = new Weather(7, List.of(batch));
        weather.obey(new Command.Cooked("pot", 75));
        weather.obey(new Command.Cooling("pot", place));
        larder.begins("soup", "pot");
        for (var minute = 1; minute <= minutes; minute++) {
            weather.advanceTo(minute * 60_000L);
            larder.kitchen().passes("1m");
            larder.now("pot", weather.temperatureMilliCelsius("pot") / 1000.0);
        }
        larder.ends("soup");
    }

    private void newton(double from, double air, double to, int minutes) {
        for (var minute = 1; minute <= minutes; minute++) {
            larder.kitchen().passes("1m");
            var share = Math.pow((to - air) / (from - air), (double) minute / minutes);
            larder.now("pot", air + (from - air) * share);
        }
    }

    private Fact.Finding finding(String rule) {
        return larder.facts(Fact.BatchJudged.class).getLast().findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }
}
