package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Corrected.Basis;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class ChronologyTest {
    private static final long EARLIEST_MS = ms("2026-01-01T00:00:00Z");
    private static final long NOON_MS = ms("2026-11-23T04:00:00Z");
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long NONE = Moment.ERROR_UNKNOWN_MS;

    private final Chronology chronology = new Chronology(EARLIEST_MS);
    private long seq;

    @Test
    void a_synced_moment_stays_as_it_is() {
        keep(synced("a", 0, NOON_MS));
        var later = keep(synced("a", 10_000, NOON_MS + 10_003));
        assertThat(corrected(later)).isEqualTo(clock(NOON_MS + 10_003, 12));
    }

    @Test
    void a_boot_in_1970_is_read_right_after_a_sync_six_hours_later() {
        var first = keep(unsynced("a", 60_000, 60_000));
        assertThat(corrected(first))
                .isEqualTo(new Corrected(EARLIEST_MS, NONE, EARLIEST_MS, Basis.UNKNOWN));

        keep(synced("a", 60_000 + 6 * HOUR_MS, NOON_MS));

        // 50 ppm of six hours are 1080 ms
        assertThat(corrected(first))
                .isEqualTo(
                        new Corrected(
                                NOON_MS - 6 * HOUR_MS,
                                12 + 1_080 + 1,
                                NOON_MS - 6 * HOUR_MS - 1_093,
                                Basis.ANCHOR));
    }

    @Test
    void between_two_anchors_only_what_both_allow_is_left() {
        keep(synced("a", 0, NOON_MS));
        var middle = keep(unsynced("a", 3 * HOUR_MS, 0));
        keep(synced("a", 6 * HOUR_MS, NOON_MS + 6 * HOUR_MS + 400));

        // before: 540 + 13 ms around +0; after: the same around +400
        assertThat(corrected(middle))
                .isEqualTo(
                        new Corrected(
                                NOON_MS + 3 * HOUR_MS + 200,
                                353,
                                NOON_MS + 3 * HOUR_MS - 153,
                                Basis.ANCHOR));
    }

    @Test
    void an_anchor_every_six_hours_keeps_the_bound_of_a_lasting_boot_below_a_second() {
        for (var hour = 0; hour <= 24 * 30; hour++) {
            keep(synced("a", hour * HOUR_MS, NOON_MS + hour * HOUR_MS));
        }
        for (var hour = 0; hour < 24 * 30; hour++) {
            var at = corrected(unsynced("a", hour * HOUR_MS + HOUR_MS / 2, 0));
            assertThat(at.wallMs()).isEqualTo(NOON_MS + hour * HOUR_MS + HOUR_MS / 2);
            assertThat(at.errorMs()).isLessThanOrEqualTo(12 + 540 + 1);
        }
    }

    @Test
    void the_sawtooth_of_the_kernels_bound_costs_no_precision() {
        // the bound grows by 500 ppm until the next answer of the server, every 2048 s
        for (var second = 0; second < 6 * 3600; second += 16) {
            var errorMs = 10 + second % 2048 / 2;
            keep(
                    new Moment(
                            "a",
                            second * 1_000_000_000L,
                            NOON_MS + second * 1000L,
                            ClockState.SYNCED,
                            errorMs));
        }
        assertThat(corrected(unsynced("a", 6 * HOUR_MS, 0)).errorMs()).isLessThan(200);
    }

    @Test
    void a_synced_clock_that_is_set_two_hours_ahead_and_back_again_leaves_all_where_it_was() {
        var before = keep(synced("a", 0, NOON_MS));
        var ahead = keep(synced("a", HOUR_MS, NOON_MS + 3 * HOUR_MS));
        // as receivers of record/clock have to: the later word counts
        assertThat(corrected(before).wallMs()).isEqualTo(NOON_MS + 2 * HOUR_MS);

        var back = keep(synced("a", 2 * HOUR_MS, NOON_MS + 2 * HOUR_MS));

        assertThat(corrected(before)).isEqualTo(clock(NOON_MS, 12));
        assertThat(corrected(ahead).wallMs()).isEqualTo(NOON_MS + HOUR_MS);
        assertThat(corrected(ahead).errorMs()).isLessThan(500);
        assertThat(corrected(ahead).basis()).isEqualTo(Basis.ANCHOR);
        assertThat(corrected(back)).isEqualTo(clock(NOON_MS + 2 * HOUR_MS, 12));
    }

    @Test
    void boots_without_a_clock_lie_between_their_neighbours_in_order() {
        keep(synced("a", 0, NOON_MS));
        var b1 = keep(unsynced("b", 10_000, 10_000));
        var b2 = keep(unsynced("b", HOUR_MS, HOUR_MS));
        var c1 = keep(unsynced("c", 10_000, 10_000));
        var c2 = keep(unsynced("c", HOUR_MS, HOUR_MS));
        assertThat(corrected(b1).basis()).isEqualTo(Basis.AFTER);
        assertThat(corrected(c1).wallMs()).isGreaterThanOrEqualTo(corrected(b2).wallMs());

        keep(synced("d", 0, NOON_MS + 24 * HOUR_MS));

        // 24 h hold 3590 s of both boots: the rest is the hole
        for (var at : List.of(b1, b2, c1, c2)) {
            assertThat(corrected(at).basis()).isEqualTo(Basis.BETWEEN);
            assertThat(corrected(at).errorMs())
                    .isBetween(11 * HOUR_MS + 10_000, 11 * HOUR_MS + 10_500);
            assertThat(corrected(at).notBeforeMs()).isGreaterThan(NOON_MS - 100);
        }
        assertThat(List.of(b1, b2, c1, c2))
                .isSortedAccordingTo(
                        (x, y) -> Long.compare(corrected(x).wallMs(), corrected(y).wallMs()));
    }

    @Test
    void a_battery_clock_stands_within_what_the_neighbours_allow() {
        keep(synced("a", 0, NOON_MS));
        var battery = keep(new Moment("b", 0, NOON_MS + 5 * HOUR_MS, ClockState.RTC, NONE));
        var wrong = keep(new Moment("c", 0, NOON_MS - HOUR_MS, ClockState.RTC, NONE));
        assertThat(corrected(battery).wallMs()).isEqualTo(NOON_MS + 5 * HOUR_MS);
        assertThat(corrected(battery).errorMs()).isEqualTo(NONE);
        assertThat(corrected(battery).basis()).isEqualTo(Basis.RTC);

        keep(synced("d", 0, NOON_MS + 6 * HOUR_MS));

        assertThat(corrected(battery).errorMs()).isBetween(5 * HOUR_MS, 5 * HOUR_MS + 50);
        assertThat(corrected(wrong).wallMs()).isBetween(NOON_MS - 50, NOON_MS);
    }

    @Test
    void one_clock_that_once_ran_ahead_holds_nothing_back() {
        keep(synced("a", 0, ms("2099-01-01T00:00:00Z")));
        keep(synced("b", 0, NOON_MS));
        var at = keep(unsynced("c", 0, 0));
        keep(synced("d", 0, NOON_MS + HOUR_MS));
        assertThat(corrected(at).wallMs()).isBetween(NOON_MS, NOON_MS + HOUR_MS);
    }

    @Test
    void entries_kept_again_in_a_new_epoch_lie_before_it() {
        var old = unsynced("a", 10_000, 10_000);
        keep(synced("b", 10_000, NOON_MS));
        chronology.add(
                new Entry(
                        "e2",
                        ++seq,
                        synced("b", 20_000, NOON_MS + 10_000),
                        new Fact.Rekeyed(new Entry("e1", 7, old, new Fact.Started("1", true)))));
        assertThat(corrected(old).basis()).isEqualTo(Basis.BETWEEN);
        assertThat(corrected(old).wallMs()).isLessThan(NOON_MS);
    }

    @Test
    void a_boot_that_the_record_does_not_know_has_no_bound_but_the_first() {
        assertThat(corrected(unsynced("x", 5, 5)))
                .isEqualTo(new Corrected(EARLIEST_MS, NONE, EARLIEST_MS, Basis.UNKNOWN));
        assertThat(corrected(synced("x", 5, NOON_MS))).isEqualTo(clock(NOON_MS, 12));
    }

    private Corrected corrected(Moment moment) {
        return chronology.corrected(moment);
    }

    private Moment keep(Moment at) {
        chronology.add(new Entry("e1", ++seq, at, new Fact.Started("1", true)));
        return at;
    }

    private static Corrected clock(long wallMs, long errorMs) {
        return new Corrected(wallMs, errorMs, wallMs - errorMs, Basis.CLOCK);
    }

    private static Moment synced(String boot, long upMs, long wallMs) {
        return new Moment(boot, upMs * 1_000_000, wallMs, ClockState.SYNCED, 12);
    }

    private static Moment unsynced(String boot, long upMs, long wallMs) {
        return new Moment(boot, upMs * 1_000_000, wallMs, ClockState.UNSYNCED, NONE);
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
