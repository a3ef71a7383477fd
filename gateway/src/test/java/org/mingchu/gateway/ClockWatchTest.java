package org.mingchu.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class ClockWatchTest {
    private static final long WALL_MS = 1_793_548_800_000L;
    private static final long HOUR_MS = 3_600_000;
    private static final long NONE = Moment.ERROR_UNKNOWN_MS;

    @Test
    void a_first_sync_says_how_far_all_before_it_was_off() {
        var watch = watching(unsynced(10_000, 10_000));
        assertThat(watch.changed(unsynced(20_000, 20_000))).isEmpty();
        watch.kept(unsynced(20_000, 20_000));

        assertThat(watch.changed(synced(30_000, WALL_MS + 30_000)))
                .contains(new Fact.ClockSet(ClockState.SYNCED, WALL_MS, 12));
    }

    @Test
    void an_edge_without_a_step_has_no_offset() {
        var watch = watching(synced(0, WALL_MS));
        assertThat(watch.changed(held(10_000, WALL_MS + 10_000, 13)))
                .contains(new Fact.ClockSet(ClockState.HOLDOVER, 0, 13));
    }

    @Test
    void a_clock_that_drifted_as_it_may_and_is_set_right_moves_nothing() {
        var heldMs = 10 * HOUR_MS;
        var watch = watching(held(heldMs, WALL_MS + heldMs, 1_813));

        assertThat(watch.changed(synced(heldMs + 1_000, WALL_MS + heldMs + 1_000 + 900)))
                .contains(new Fact.ClockSet(ClockState.SYNCED, 0, 12));
        assertThat(watch.changed(synced(heldMs + 1_000, WALL_MS + heldMs + 1_000 + 1_900)))
                .contains(new Fact.ClockSet(ClockState.SYNCED, 1_900, 12));
    }

    @Test
    void a_step_of_a_synced_clock_is_said_and_slewing_is_not() {
        var watch = watching(synced(0, WALL_MS));
        assertThat(watch.changed(synced(1_000, WALL_MS + 1_000 + 499))).isEmpty();
        assertThat(watch.changed(synced(1_000, WALL_MS + 1_000 - 7_200_000)))
                .contains(new Fact.ClockSet(ClockState.SYNCED, -7_200_000, 12));
    }

    @Test
    void a_synced_clock_is_affirmed_every_six_hours() {
        var watch = watching(synced(0, WALL_MS));
        var affirmedAfterMs = new ArrayList<Long>();
        for (long ms = 10_000; ms <= 20 * HOUR_MS; ms += 10_000) {
            var now = synced(ms, WALL_MS + ms);
            watch.changed(now)
                    .ifPresent(fact -> {
                        assertThat(fact).isEqualTo(new Fact.ClockSet(ClockState.SYNCED, 0, 12));
                        affirmedAfterMs.add(now.upNs() / 1_000_000);
                    });
            watch.kept(now);
        }
        assertThat(affirmedAfterMs).isEqualTo(List.of(6 * HOUR_MS, 12 * HOUR_MS, 18 * HOUR_MS));
    }

    @Test
    void a_clock_that_nobody_sets_is_never_affirmed() {
        var watch = watching(unsynced(0, 0));
        for (long ms = 10_000; ms <= 20 * HOUR_MS; ms += 10_000) {
            assertThat(watch.changed(unsynced(ms, ms))).isEmpty();
            watch.kept(unsynced(ms, ms));
        }
    }

    @Test
    void a_boot_that_begins_synced_has_its_anchor_and_one_that_does_not_has_none() {
        var watch = watching(synced(0, WALL_MS));
        assertThat(watch.changed(in("other", synced(20_000, WALL_MS + HOUR_MS))))
                .contains(new Fact.ClockSet(ClockState.SYNCED, 0, 12));
        assertThat(watch.changed(in("other", unsynced(20_000, 20_000)))).isEmpty();
    }

    @Test
    void a_step_while_the_program_did_not_run_is_noticed_by_the_next() {
        var watch = watching(synced(0, WALL_MS));
        assertThat(watch.changed(unsynced(60_000, WALL_MS + 60_000 + HOUR_MS)))
                .contains(new Fact.ClockSet(ClockState.UNSYNCED, HOUR_MS, NONE));
    }

    @Test
    void what_was_not_kept_is_said_again() {
        var watch = watching(synced(0, WALL_MS));
        var stepped = synced(1_000, WALL_MS + HOUR_MS);
        assertThat(watch.changed(stepped)).isPresent();
        assertThat(watch.changed(stepped)).isPresent();
        watch.kept(stepped);
        assertThat(watch.changed(stepped)).isEmpty();
    }

    private static ClockWatch watching(Moment recorded) {
        return new ClockWatch(Optional.of(recorded));
    }

    private static Moment synced(long upMs, long wallMs) {
        return moment(upMs, wallMs, ClockState.SYNCED, 12);
    }

    private static Moment held(long upMs, long wallMs, long errorMs) {
        return moment(upMs, wallMs, ClockState.HOLDOVER, errorMs);
    }

    private static Moment unsynced(long upMs, long wallMs) {
        return moment(upMs, wallMs, ClockState.UNSYNCED, NONE);
    }

    private static Moment in(String boot, Moment at) {
        return new Moment(boot, at.upNs(), at.wallMs(), at.clock(), at.errorMs());
    }

    private static Moment moment(long upMs, long wallMs, ClockState clock, long errorMs) {
        return new Moment("boot", Duration.ofMillis(upMs).toNanos(), wallMs, clock, errorMs);
    }
}
