package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.Trace.Rise;
import org.mingchu.gateway.judge.Trace.Usual;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What a unit does while nothing happens, and which of its rises are remembered. */
class TraceTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final Habit.Lore LORE = new Habit.Lore(3, ZoneId.of("Asia/Shanghai"));

    private static Rise up(long minutes, long fromMilli, long peakMilli) {
        return new Rise(minutes * MINUTE_NS, fromMilli, peakMilli);
    }

    // ---- usual ups ------------------------------------------------------------------------

    @Test
    void fifteen_ups_are_too_few_to_be_usual() {
        var few = Usual.of(Collections.nCopies(15, up(10, 4_000, 5_000)));
        assertThat(few.known()).isFalse();
        assertThat(few.steep(20_000)).as("nobody knows what is steep").isFalse();
        assertThat(few.with(up(10, 4_000, 5_000)).known()).isTrue();
    }

    @Test
    void they_end_a_kelvin_above_three_quarters_of_them_and_their_spread() {
        var ups = new ArrayList<>(Collections.nCopies(5, up(10, 4_000, 5_000)));
        ups.addAll(Collections.nCopies(7, up(10, 4_000, 5_500)));
        ups.addAll(Collections.nCopies(8, up(10, 4_000, 5_700)));
        assertThat(Usual.of(ups).ceilingMilli()).isEqualTo(5_700 + 200 + 1_000);

        ups.set(5, up(10, 4_000, 4_900));
        assertThat(Usual.of(ups).ceilingMilli()).isEqualTo(5_700 + 700 + 1_000);
    }

    @Test
    void one_in_twenty_may_be_longer_than_the_longest_usual_one() {
        var ups = new ArrayList<>(Collections.nCopies(18, up(10, 4_000, 5_000)));
        ups.add(up(12, 4_000, 5_000));
        ups.add(up(60, 4_000, 5_000));
        assertThat(Usual.of(ups).longNs()).isEqualTo(12 * MINUTE_NS);
        assertThat(Usual.of(ups.subList(1, 20)).longNs())
                .as("of fewer than twenty none may")
                .isEqualTo(60 * MINUTE_NS);
    }

    @Test
    void steep_is_more_than_twice_what_most_ups_do_in_four_minutes_and_a_probe_trembles() {
        var ups = new ArrayList<>(Collections.nCopies(9, up(10, 4_000, 5_000)));
        ups.addAll(Collections.nCopies(8, up(10, 4_000, 14_000)));
        // 6 kelvin an hour, 0.4 in four minutes
        assertThat(Usual.of(ups).steep(1_100)).isFalse();
        assertThat(Usual.of(ups).steep(1_101)).isTrue();
    }

    @Test
    void an_up_of_no_length_has_no_slope() {
        assertThat(new Rise(0, 4_000, 5_000).slope()).isZero();
        assertThat(new Rise(1_000, 4_000, 4_001).slope()).isPositive();
    }

    @Test
    void the_latest_sixty_four_are_kept() {
        var usual = Usual.NOTHING;
        for (var n = 1; n <= 66; n++) {
            usual = usual.with(up(n, 4_000, 5_000));
        }
        assertThat(usual.rises()).hasSize(64);
        assertThat(usual.rises().getFirst()).isEqualTo(up(3, 4_000, 5_000));
        assertThat(usual.rises().getLast()).isEqualTo(up(66, 4_000, 5_000));
    }

    // ---- warmings -------------------------------------------------------------------------

    private static Warming warming(long minute, long lengthMin, long peakMilli) {
        var begun =
                new Moment(
                        "boot-1",
                        minute * MINUTE_NS,
                        Ward.MONDAY_MS + minute * 60_000,
                        ClockState.SYNCED,
                        5);
        var curve = List.of(-15_000L, peakMilli, -15_000L);
        return new Warming(begun, lengthMin * MINUTE_NS, 10 * MINUTE_NS, peakMilli, curve);
    }

    @Test
    void forty_eight_are_remembered_and_the_oldest_is_forgotten_where_none_is_a_habit() {
        var trace = Trace.NOTHING;
        for (var n = 0; n < 50; n++) {
            // each one much longer than the one before: none are alike
            trace = trace.learned(warming(n * 1_700L, 1L + (long) n * n * n, -14_000), LORE);
        }
        assertThat(trace.warmings()).hasSize(48);
        assertThat(trace.warmings().getFirst().begun().upNs()).isEqualTo(2 * 1_700 * MINUTE_NS);
    }

    @Test
    void of_the_older_half_the_first_that_is_no_defrost_is_forgotten() {
        var trace = Trace.NOTHING;
        for (var n = 0; n < 48; n++) {
            var door = n == 5 || n == 20 || n == 24;
            trace =
                    trace.learned(
                            warming(n * 1_700L, door ? 6 : 27, door ? -14_000 : -5_000), LORE);
        }
        assertThat(trace.habit()).isPresent();
        trace = trace.learned(warming(48 * 1_700L, 27, -5_000), LORE);
        assertThat(lengths(trace, 6)).containsExactly(20L, 24L);
        trace = trace.learned(warming(49 * 1_700L, 27, -5_000), LORE);
        assertThat(lengths(trace, 6)).containsExactly(24L);
        assertThat(trace.warmings().getFirst().begun().upNs()).isZero();

        trace = trace.learned(warming(50 * 1_700L, 27, -5_000), LORE);
        assertThat(lengths(trace, 6)).as("now in the older half").isEmpty();
        trace = trace.learned(warming(51 * 1_700L, 27, -5_000), LORE);
        assertThat(trace.warmings().getFirst().begun().upNs()).isEqualTo(1_700 * MINUTE_NS);
    }

    /** Which of them are so long. */
    private static List<Long> lengths(Trace trace, long minutes) {
        return trace.warmings().stream()
                .filter(one -> one.lengthNs() == minutes * MINUTE_NS)
                .map(one -> one.begun().upNs() / MINUTE_NS / 1_700)
                .toList();
    }

    @Test
    void what_is_learned_is_not_learned_again() {
        var at = warming(0, 27, -5_000).begun();
        var now =
                new Trace.Now(
                        at,
                        4_000,
                        at,
                        0,
                        0,
                        9_000_000,
                        new Trace.Swing(true, 0, at, 0, at, at),
                        Usual.NOTHING,
                        List.of(),
                        Optional.empty(),
                        Optional.of(warming(0, 27, -5_000)),
                        Optional.of(at),
                        Effort.NOTHING);
        var trace = Trace.NOTHING.at(now).learned(warming(0, 27, -5_000), LORE);

        assertThat(trace.now().orElseThrow().ended()).isEmpty();
        assertThat(trace.warmings()).hasSize(1);
        assertThat(trace.withFreshFood().now().orElseThrow().productMicro())
                .as("other food is as cold as the air")
                .isEqualTo(4_000_000);
        assertThat(now.excusedUntilNs("boot-2")).as("said in another boot").isZero();
    }
}
