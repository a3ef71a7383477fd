package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Priority;
import org.mingchu.config.Quantity;
import org.mingchu.config.Rule;
import org.mingchu.config.Scope;
import org.mingchu.config.UnitKind;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What one entry changes in what is remembered, and what it does not. */
class RecollectionTest {
    private static final Rule HIGH = Plans.CHILLED_HIGH;

    private static Kitchen fridge() {
        return Kitchen.of(Plans.fridge(HIGH)).air(4);
    }

    private static Trace.Now air(Kitchen kitchen) {
        return requireNonNull(kitchen.state().traces().get("air")).now().orElseThrow();
    }

    @Test
    void entries_that_are_no_matter_of_the_judge_change_nothing() {
        var kitchen = fridge().air(12, 11);
        var alarm = kitchen.last().id();
        var begun = kitchen.now();
        var was = kitchen.state();
        for (var fact :
                List.of(
                        new Fact.Unshelved(alarm, Kitchen.STAFF),
                        new Fact.Reset(alarm, Kitchen.STAFF, ""),
                        new Fact.Delivered("p1", List.of(), List.of()),
                        gap(),
                        new Fact.CarriedCheckpoint("e", 1, ""),
                        new Fact.Rekeyed(kitchen.journal().getFirst()),
                        new Fact.Checkpointed(""),
                        new Fact.Receipted("p1", ""),
                        new Fact.HoldPlaced("h", 0, 1, "", Kitchen.STAFF),
                        new Fact.HoldReleased("h", "", Kitchen.STAFF),
                        new Fact.BatchJudged("soup", "air", begun, List.of()),
                        new Fact.Relearned("cam-1", "", Kitchen.STAFF),
                        new Fact.Corrected("e", 1, "", Kitchen.STAFF))) {
            kitchen.says(fact);
            assertThat(kitchen.state())
                    .as(fact.toString())
                    .isEqualTo(at(was, kitchen.seq(), kitchen.now()));
        }
        assertThat(kitchen.told()).hasSize(1);
    }

    private static Fact gap() {
        return new Fact.Gap(
                "e",
                Optional.empty(),
                new SeqRange(1, 2),
                2,
                GapCause.DROPPED,
                Optional.empty(),
                Optional.empty());
    }

    private static State at(State was, long seq, Moment at) {
        return new State(
                was.epoch(),
                seq,
                Optional.of(at),
                was.heard(),
                was.traces(),
                was.watching(),
                was.links(),
                was.doubts(),
                was.acts(),
                was.services(),
                was.shelves(),
                was.food(),
                was.duties(),
                was.silencedUntil());
    }

    // ---- what is learned --------------------------------------------------------------------

    @Test
    void nothing_is_learned_from_an_unproven_sender_or_from_history() {
        var kitchen = fridge();
        var was = air(kitchen);
        kitchen.passes("1m").air(9, Flag.UNAUTHENTICATED);
        kitchen.passes("1m").air(9, Flag.BACKFILLED);
        assertThat(air(kitchen)).isEqualTo(was);

        assertThat(air(kitchen.passes("1m").air(9)).milli()).isEqualTo(9_000);
    }

    @Test
    void a_warming_of_a_probe_nobody_follows_is_not_learned() {
        var warming = new Warming(fridge().now(), 1, 1, 0, List.of());
        var kitchen = fridge().says(new Fact.Warmed("nowhere", warming));
        assertThat(kitchen.state().traces()).containsOnlyKeys("air");

        kitchen.says(new Fact.Warmed("air", warming));
        assertThat(requireNonNull(kitchen.state().traces().get("air")).warmings())
                .containsExactly(warming);
    }

    @Test
    void a_rise_that_came_back_by_itself_is_kept_once_as_an_entry_of_its_own() {
        var kitchen = Kitchen.of(Plans.fridge()).air(4, 60).air(9, 8).air(10, 2).air(4, 5);

        var kept =
                kitchen.journal().stream()
                        .map(Entry::fact)
                        .filter(Fact.Warmed.class::isInstance)
                        .map(Fact.Warmed.class::cast)
                        .toList();
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst().subject()).isEqualTo("air");
        assertThat(kept.getFirst().warming().peakMilli()).isEqualTo(10_000);
        assertThat(requireNonNull(kitchen.state().traces().get("air")).warmings())
                .containsExactly(kept.getFirst().warming());
        assertThat(kitchen.told()).isEmpty();
    }

    // ---- other food -------------------------------------------------------------------------

    private static Kitchen two() {
        return Kitchen.of(
                Plans.plan(
                        List.of(HIGH),
                        List.of(
                                Plans.fridgeUnit(),
                                Plans.unit(
                                        "cold-2",
                                        UnitKind.CHILLED,
                                        Plans.sensor("too", Quantity.TEMPERATURE))),
                        0));
    }

    /** Both warm for an hour, then cold until the first is back in use. */
    private static Kitchen warmedAndCold(Kitchen kitchen) {
        for (var minute = 0; minute < 60 + 31; minute++) {
            var degrees = minute < 60 ? 20 : 4;
            kitchen.passes("1m")
                    .round(
                            Kitchen.temperature("air", degrees),
                            Kitchen.temperature("too", degrees));
        }
        return kitchen;
    }

    @Test
    void back_in_use_after_a_cleaning_there_is_other_food_in_it_as_cold_as_the_air() {
        var kitchen = two();
        kitchen.does(Doing.CLEANING, "1h");
        warmedAndCold(kitchen);

        assertThat(kitchen.state().acts()).isEmpty();
        assertThat(air(kitchen).productMicro()).isEqualTo(4_000_000);
        assertThat(
                        requireNonNull(kitchen.state().traces().get("too"))
                                .now()
                                .orElseThrow()
                                .productMicro())
                .as("nobody has taken anything out of the other one")
                .isGreaterThan(6_000_000);
    }

    @Test
    void after_loading_the_food_is_the_same() {
        var kitchen = two();
        kitchen.does(Doing.LOADING, "45m");
        warmedAndCold(kitchen);

        assertThat(kitchen.state().acts()).isEmpty();
        assertThat(air(kitchen).productMicro()).isGreaterThan(6_000_000);
    }

    // ---- shelving ---------------------------------------------------------------------------

    private static Rule shelvedFor(String id, String longest) {
        var rule =
                Plans.rule(id, Scope.CHILLED, Priority.P2, Plans.above(8, 0.5), "10m", "5m")
                        .measuring(Quantity.TEMPERATURE);
        var guard = new Rule.Guard(true, Optional.of(Plans.time(longest)), false);
        return Plans.guarded(rule, guard);
    }

    @Test
    void of_two_open_alarms_each_is_put_aside_for_as_long_as_its_own_rule_allows() {
        var kitchen =
                Kitchen.of(Plans.fridge(shelvedFor("strict", "10m"), shelvedFor("mild", "1h")))
                        .air(12, 11);
        var forMs = Duration.ofMinutes(30).toMillis();
        for (var rule : List.of("strict", "mild")) {
            kitchen.says(new Fact.Shelved(kitchen.alarm(rule), forMs, false, "", Kitchen.STAFF));
        }
        assertThat(kitchen.state().shelves()).containsOnlyKeys(kitchen.alarm("mild"));
    }

    @Test
    void an_alarm_that_is_not_open_is_not_put_aside() {
        var kitchen = fridge().air(12, 11);
        var other = AlarmId.of(Kitchen.EPOCH, "air", "chilled-low", 1);
        kitchen.says(new Fact.Shelved(other, 60_000, false, "", Kitchen.STAFF));
        assertThat(kitchen.state().shelves()).isEmpty();
        assertThat(
                        kitchen.judge()
                                .refuses(
                                        kitchen.state(),
                                        new Fact.Shelved(other, 1, false, "", Kitchen.STAFF)))
                .contains(Refusal.NO_SUCH_ALARM);
    }
}
