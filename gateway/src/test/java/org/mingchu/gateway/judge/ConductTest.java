package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.mingchu.config.RulePack;
import org.mingchu.config.UnitKind;
import org.mingchu.gateway.judge.Conduct.Phase;
import org.mingchu.gateway.judge.State.Act;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How long what people do to a unit lasts, and what is refused. */
class ConductTest {
    private static final long HOUR_MS = 3_600_000;
    private static final Moment BEGUN = at("boot-1", 0, ClockState.SYNCED);
    private static final Conduct CONDUCT =
            new Conduct(Map.of("cold-1", UnitKind.CHILLED), RulePack.Acts.DEFAULT);

    private static Moment at(String boot, long ms, ClockState clock) {
        var up = Duration.ofHours(10).toNanos() + ms * 1_000_000;
        return new Moment(boot, up, Ward.MONDAY_MS + ms, clock, 5);
    }

    private static Moment at(long ms) {
        return at("boot-1", ms, ClockState.SYNCED);
    }

    private static Act act(Doing doing, long forMs, long untilMs, Optional<Moment> ended) {
        return new Act(doing, BEGUN, forMs, untilMs, "", Kitchen.STAFF, ended, Optional.empty());
    }

    private static final Act CLEANED = act(Doing.CLEANING, HOUR_MS, 0, Optional.empty());
    private static final Act STOPPED =
            act(Doing.STOPPED, 0, Ward.MONDAY_MS + 24 * HOUR_MS, Optional.empty());

    private static Fact.Done does(String unit, Doing doing, long forMs, long untilMs) {
        return new Fact.Done(unit, doing, forMs, untilMs, "", Optional.empty(), Kitchen.STAFF);
    }

    // ---- how long it lasts ------------------------------------------------------------------

    @Test
    void a_cleaning_runs_for_its_time_and_three_hours_later_the_unit_should_be_cold() {
        assertThat(CONDUCT.phase(CLEANED, at(HOUR_MS - 1))).isEqualTo(Phase.RUNNING);
        assertThat(CONDUCT.phase(CLEANED, at(HOUR_MS))).isEqualTo(Phase.PULL_DOWN);
        assertThat(CONDUCT.phase(CLEANED, at(4 * HOUR_MS - 1))).isEqualTo(Phase.PULL_DOWN);
        assertThat(CONDUCT.phase(CLEANED, at(4 * HOUR_MS))).isEqualTo(Phase.LATE);
    }

    @Test
    void it_is_over_when_somebody_says_so() {
        var ended = act(Doing.CLEANING, HOUR_MS, 0, Optional.of(at(600_000)));
        assertThat(CONDUCT.phase(ended, at(600_000))).isEqualTo(Phase.PULL_DOWN);
        assertThat(CONDUCT.phase(ended, at(600_000 + 3 * HOUR_MS))).isEqualTo(Phase.LATE);
    }

    @Test
    void after_a_power_cut_it_is_over_and_has_three_hours_from_the_boot() {
        var boot = new Moment("boot-2", 0, 0, ClockState.UNSYNCED, 5);
        var later = boot.before(-Duration.ofHours(3).toNanos());
        var ended = act(Doing.CLEANING, HOUR_MS, 0, Optional.of(at(600_000)));
        for (var act : new Act[] {CLEANED, ended}) {
            assertThat(CONDUCT.phase(act, boot)).isEqualTo(Phase.PULL_DOWN);
            assertThat(CONDUCT.phase(act, later)).isEqualTo(Phase.LATE);
        }
    }

    @Test
    void a_stop_has_a_date_in_any_boot_and_no_end_while_nobody_knows_the_date() {
        for (var boot : new String[] {"boot-1", "boot-2"}) {
            var before = at(boot, 24 * HOUR_MS - 1, ClockState.SYNCED);
            var then = at(boot, 24 * HOUR_MS, ClockState.SYNCED);
            assertThat(CONDUCT.phase(STOPPED, before)).isEqualTo(Phase.RUNNING);
            assertThat(CONDUCT.phase(STOPPED, then)).isEqualTo(Phase.PULL_DOWN);
        }
        var unsure = at("boot-2", 72 * HOUR_MS, ClockState.UNSYNCED);
        assertThat(CONDUCT.phase(STOPPED, unsure)).isEqualTo(Phase.RUNNING);
    }

    // ---- what is said -----------------------------------------------------------------------

    @Test
    void what_is_done_to_an_unknown_unit_or_for_no_time_or_until_now_is_refused() {
        assertThat(CONDUCT.refuses(does("cold-9", Doing.CLEANING, HOUR_MS, 0), BEGUN))
                .contains(Refusal.NO_SUCH_UNIT);
        assertThat(CONDUCT.refuses(does("cold-1", Doing.CLEANING, 0, 0), BEGUN))
                .contains(Refusal.TOO_LONG);
        assertThat(CONDUCT.refuses(does("cold-1", Doing.CLEANING, 1, 0), BEGUN)).isEmpty();
        assertThat(CONDUCT.refuses(does("cold-1", Doing.CLEANING, 4 * HOUR_MS, 0), BEGUN))
                .isEmpty();
        assertThat(CONDUCT.refuses(does("cold-1", Doing.CLEANING, 4 * HOUR_MS + 1, 0), BEGUN))
                .contains(Refusal.TOO_LONG);
        assertThat(CONDUCT.refuses(does("cold-1", Doing.STOPPED, 0, BEGUN.wallMs()), BEGUN))
                .contains(Refusal.NOT_IN_THE_FUTURE);
        assertThat(CONDUCT.refuses(does("cold-1", Doing.STOPPED, 0, BEGUN.wallMs() + 1), BEGUN))
                .isEmpty();
        assertThat(CONDUCT.refuses(does("cold-1", Doing.IN_USE, 0, 0), BEGUN)).isEmpty();
    }

    @Test
    void back_in_use_after_loading_nothing_is_left_and_after_cleaning_it_has_to_get_cold() {
        var inUse = does("cold-1", Doing.IN_USE, 0, 0);
        var loading = act(Doing.LOADING, HOUR_MS, 0, Optional.empty());

        assertThat(CONDUCT.after(Map.of("cold-1", loading), inUse, at(60_000))).isEmpty();
        var then = CONDUCT.after(Map.of("cold-1", CLEANED), inUse, at(60_000));
        assertThat(requireNonNull(then.get("cold-1")).ended()).hasValue(at(60_000));
        assertThat(requireNonNull(then.get("cold-1")).begun()).isEqualTo(BEGUN);
    }

    @Test
    void back_in_use_without_having_been_out_of_it_changes_nothing() {
        var was = Map.of("cold-2", CLEANED);
        assertThat(CONDUCT.after(was, does("cold-1", Doing.IN_USE, 0, 0), at(60_000)))
                .isEqualTo(was);
    }

    @Test
    void what_is_done_now_takes_the_place_of_what_was_done_before() {
        var was = Map.of("cold-1", CLEANED, "cold-2", CLEANED);
        var then = CONDUCT.after(was, does("cold-1", Doing.LOADING, 60_000, 0), at(60_000));

        assertThat(requireNonNull(then.get("cold-1")).doing()).isEqualTo(Doing.LOADING);
        assertThat(requireNonNull(then.get("cold-1")).begun()).isEqualTo(at(60_000));
        assertThat(then.get("cold-2")).isEqualTo(CLEANED);
    }
}
