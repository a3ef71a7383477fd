package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Plan;
import org.mingchu.sensors.Flag;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Which clocks over food run, and what people's words do to them. */
class FoodsTest {
    private static final State.Key HOT = new State.Key("hot", "hot-holding-time");
    private static final State.Key HOUR = new State.Key("air", "chilled-hour");

    private final Larder larder = Larder.chinese();

    private Food food() {
        return larder.kitchen().state().food();
    }

    private Food.Batch batch(String id) {
        return requireNonNull(food().batches().get(id));
    }

    // ---- batches ----------------------------------------------------------------------------

    @Test
    void a_batch_may_be_named_by_its_probe_or_by_the_unit_that_has_one() {
        larder.begins("soup", "pot").begins("rice", "kitchen-1");

        assertThat(batch("soup").subject()).isEqualTo("pot");
        assertThat(batch("rice").subject()).isEqualTo("pot");
        assertThat(batch("rice").person()).isEqualTo(Kitchen.STAFF);
    }

    @Test
    void one_at_a_probe_nobody_knows_or_that_judges_no_batch_does_not_begin() {
        larder.begins("soup", "nowhere").begins("rice", "door");
        assertThat(food().batches()).isEmpty();
    }

    @Test
    void an_id_that_runs_already_begins_nothing_anew() {
        larder.begins("soup", "pot").says("pot", 40, 10);
        var was = food();
        larder.begins("soup", "pot");
        assertThat(food()).isEqualTo(was);
    }

    @Test
    void nobody_cooks_more_than_sixty_four_batches_side_by_side() {
        for (var n = 1; n <= 65; n++) {
            larder.begins("batch-" + n, "pot");
        }
        assertThat(food().batches()).hasSize(64).doesNotContainKey("batch-65");
        larder.ends("batch-7").begins("batch-65", "pot");
        assertThat(food().batches()).hasSize(64).containsKey("batch-65");
    }

    @Test
    void a_batch_counts_from_when_it_began_and_only_what_its_own_probe_says() {
        larder.begins("soup", "pot").says("air", 40, 10);
        assertThat(batch("soup").clocks()).isEmpty();

        larder.says("pot", 40, 3);
        assertThat(batch("soup").clocks())
                .containsKeys("danger-soon", "danger-over", "cooling-failed");
        assertThat(food().clocks()).doesNotContainKey(new State.Key("pot", "danger-over"));
    }

    @Test
    void one_that_has_ended_twice_is_judged_once() {
        larder.begins("soup", "pot").now("pot", 70).ends("soup").ends("soup");

        assertThat(larder.facts(Fact.BatchJudged.class)).hasSize(1);
        var judged = larder.facts(Fact.BatchJudged.class).getFirst();
        assertThat(judged.batch()).isEqualTo("soup");
        assertThat(judged.subject()).isEqualTo("pot");
        assertThat(judged.findings())
                .extracting(Fact.Finding::rule)
                .contains("danger-over", "cooling-failed")
                .doesNotContain("cooling-late");
    }

    // ---- units ------------------------------------------------------------------------------

    @Test
    void a_clock_that_counts_nothing_is_not_remembered() {
        larder.says("air", 4, 5);
        assertThat(food().clocks()).doesNotContainKey(HOUR);
        larder.says("air", 9, 5);
        assertThat(food().clocks()).containsKey(HOUR);
    }

    @Test
    void a_value_the_probe_had_buffered_counts_at_its_own_time() {
        larder.says("air", 4, 1);
        larder.kitchen().passes("10m");
        for (var minute = 9; minute >= 4; minute--) {
            larder.late("air", 9, Duration.ofMinutes(minute));
        }
        assertThat(Counting.sumNs(counted(HOUR), Optional.empty()))
                .isEqualTo(Duration.ofMinutes(5).toNanos());
    }

    @Test
    void an_unproven_sender_is_believed_only_what_is_bad() {
        larder.now("hot", 59).says("hot", 59, 4);
        for (var i = 0; i < 5; i++) {
            larder.kitchen().passes("1m");
            larder.now("hot", 70, Flag.UNAUTHENTICATED);
        }
        assertThat(counted(HOT).counting()).as("it has not stopped").isTrue();
        larder.kitchen().passes("1m");
        larder.now("hot", 59, Flag.UNAUTHENTICATED);
        assertThat(counted(HOT).at()).isEqualTo(larder.kitchen().now());
    }

    private FoodClock.Count counted(State.Key key) {
        return food().clock(key, FoodClock.Count.class).orElseThrow();
    }

    @Test
    void found_fit_or_taken_out_its_time_begins_anew_and_that_of_others_goes_on() {
        larder.now("hot", 59).says("hot", 59, 5).says("air", 9, 5);
        larder.kitchen().says(new Fact.Checked("hot-1", true, "hot again", Kitchen.STAFF));

        assertThat(food().clocks()).doesNotContainKey(HOT).containsKey(HOUR);
        larder.says("hot", 59, 5);
        larder.kitchen().says(new Fact.Checked("cold-1", true, "fit", Kitchen.STAFF));
        assertThat(food().clocks())
                .as("what slides out of a window needs nobody")
                .containsKeys(HOT, HOUR);
        larder.kitchen()
                .says(
                        new Fact.Done(
                                "hot-1",
                                Doing.CLEANING,
                                600_000,
                                0,
                                "",
                                Optional.empty(),
                                Kitchen.STAFF));
        assertThat(food().clocks()).doesNotContainKey(HOT);
    }

    @Test
    void what_another_plan_does_not_know_is_forgotten_and_the_rest_goes_on() {
        larder.begins("soup", "pot").says("pot", 40, 3).says("air", 9, 5);
        larder.now("hot", 59).says("hot", 59, 5);
        var was = food();
        larder.kitchen().replan(chinese());
        assertThat(food()).isEqualTo(was);

        larder.kitchen().replan(Plans.fridge(Plans.CHILLED_HIGH));
        assertThat(food()).isEqualTo(Food.NOTHING);
    }

    private static Plan chinese() {
        return Larder.plan("cn.toml", Path.of("src/main/etc/rules"));
    }
}
