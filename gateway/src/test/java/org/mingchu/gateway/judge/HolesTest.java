package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;
import org.mingchu.gateway.judge.FoodClock.Count;
import org.mingchu.gateway.judge.FoodClock.Unseen;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** What a probe had buffered fills the holes of clocks over food, in whatever order it comes. */
class HolesTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final Counting.How BUFFERED =
            new Counting.How(2 * MINUTE_NS, Optional.empty(), Optional.empty(), true);
    private static final Counting.How WIRED =
            new Counting.How(2 * MINUTE_NS, Optional.empty(), Optional.empty(), false);
    private static final Counting.How IN_AN_HOUR =
            new Counting.How(2 * MINUTE_NS, Optional.of(60 * MINUTE_NS), Optional.empty(), true);

    private final Larder road = Larder.onTheRoad();

    private static Counting.Value value(double degrees, long minute) {
        var milli = Math.round(degrees * 1000);
        return new Counting.Value(milli, moment(minute), milli > 8_000);
    }

    private static Moment moment(long minute) {
        return new Moment(
                "boot-1",
                minute * MINUTE_NS,
                Ward.MONDAY_MS + minute * 60_000,
                ClockState.SYNCED,
                5);
    }

    /** Warm from minute 10 to minute 40, heard only outside of 5 to 55. */
    private static Count holed(Counting.How how) {
        var count = Counting.begin(moment(0));
        for (var minute = 1; minute <= 5; minute++) {
            count = Counting.after(count, value(4, minute), how);
        }
        for (var minute = 55; minute <= 60; minute++) {
            count = Counting.after(count, value(4, minute), how);
        }
        return count;
    }

    private static List<Counting.Value> buffered() {
        var late = new ArrayList<Counting.Value>();
        for (var minute = 6; minute < 55; minute++) {
            late.add(value(minute >= 10 && minute < 40 ? 12 : 4, minute));
        }
        return late;
    }

    private static long sumMin(Count count, Counting.How how) {
        return Counting.sumNs(count, how.windowNs()) / MINUTE_NS;
    }

    @Test
    void a_hole_of_a_probe_that_buffers_is_remembered_and_of_a_wire_it_is_not() {
        assertThat(holed(BUFFERED).holes()).hasSize(1);
        assertThat(holed(BUFFERED).holes().getFirst().ns()).isEqualTo(50 * MINUTE_NS);
        assertThat(holed(WIRED).holes()).isEmpty();
    }

    @Test
    void what_comes_late_counts_as_if_it_had_been_heard_at_once() {
        var count = holed(BUFFERED);
        for (var late : buffered()) {
            count = Counting.after(count, late, BUFFERED);
        }
        assertThat(sumMin(count, BUFFERED)).isEqualTo(30);
        assertThat(count.holes()).isEmpty();
        assertThat(count.unseen()).isEqualTo(Unseen.NOTHING);
    }

    @Test
    void the_order_in_which_packs_come_late_does_not_matter() {
        for (var seed = 0; seed < 50; seed++) {
            var packs = new ArrayList<List<Counting.Value>>();
            for (var first = 0; first < buffered().size(); first += 10) {
                packs.add(buffered().subList(first, Math.min(first + 10, buffered().size())));
            }
            Collections.shuffle(packs, new Random(seed));
            var count = holed(BUFFERED);
            for (var value : packs.stream().flatMap(List::stream).toList()) {
                count = Counting.after(count, value, BUFFERED);
            }
            assertThat(sumMin(count, BUFFERED)).isEqualTo(30);
            assertThat(count.unseen()).isEqualTo(Unseen.NOTHING);
        }
    }

    @Test
    void what_has_been_told_twice_counts_once() {
        var count = holed(BUFFERED);
        for (var late : buffered()) {
            count = Counting.after(count, late, BUFFERED);
            count = Counting.after(count, late, BUFFERED);
        }
        assertThat(sumMin(count, BUFFERED)).isEqualTo(30);
    }

    @Test
    void what_stays_untold_stays_unseen_and_counts_for_nothing() {
        var count = holed(BUFFERED);
        for (var late : buffered().subList(0, 10)) {
            count = Counting.after(count, late, BUFFERED);
        }
        assertThat(sumMin(count, BUFFERED)).as("warm from 10, told up to 15").isEqualTo(5);
        assertThat(count.unseen().ns()).isEqualTo(40 * MINUTE_NS);
    }

    @Test
    void a_window_takes_what_it_still_holds() {
        var count = holed(IN_AN_HOUR);
        for (var late : buffered()) {
            count = Counting.after(count, late, IN_AN_HOUR);
        }
        assertThat(sumMin(count, IN_AN_HOUR)).isEqualTo(30);
        for (var minute = 61; minute <= 85; minute++) {
            count = Counting.after(count, value(4, minute), IN_AN_HOUR);
        }
        assertThat(sumMin(count, IN_AN_HOUR)).as("minutes 10 to 25 have slid out").isEqualTo(15);
    }

    @Test
    void holes_do_not_grow_beyond_a_trip() {
        var count = Counting.begin(moment(0));
        for (var hour = 1; hour <= 100; hour++) {
            count = Counting.after(count, value(4, hour * 60L), BUFFERED);
        }
        assertThat(count.holes()).hasSize(8);
        assertThat(count.holes().getLast().from()).isEqualTo(moment(99 * 60L));
    }

    @Test
    void nothing_late_ever_makes_less_of_what_was_counted() {
        var chance = RandomGenerator.of("L64X128MixRandom");
        for (var trial = 0; trial < 200; trial++) {
            var count = Counting.begin(moment(0));
            for (var minute = 1L; minute < 200; minute += 1 + chance.nextInt(9)) {
                count = Counting.after(count, value(chance.nextInt(16), minute), BUFFERED);
            }
            for (var late = 0; late < 50; late++) {
                var before = Counting.sumNs(count, Optional.empty());
                var value = value(chance.nextInt(16), chance.nextInt(200));
                count = Counting.after(count, value, BUFFERED);
                assertThat(Counting.sumNs(count, Optional.empty()))
                        .isBetween(before, count.ownNs());
                assertThat(count.unseen().ns()).isNotNegative();
            }
        }
    }

    // ---- on the road ------------------------------------------------------------------------

    @Test
    void the_danger_clock_of_a_box_counts_the_whole_trip_once_its_own_curve_has_come() {
        road.begins("soup", "box").every("5m", "box", 65, 3);
        road.kitchen().passes("100m");
        road.now("box", 40);
        var heard = requireNonNull(danger());
        assertThat(heard.unseen().ns()).isEqualTo(100 * MINUTE_NS);
        assertThat(Counting.sumNs(heard, Optional.empty())).isZero();

        // Below 60 degrees from the 20th minute of the trip on.
        for (var minute = 5; minute < 100; minute += 5) {
            road.late("box", minute < 20 ? 62 : 50, Duration.ofMinutes(100 - minute));
        }

        var whole = requireNonNull(danger());
        assertThat(whole.unseen()).isEqualTo(Unseen.NOTHING);
        assertThat(Counting.sumNs(whole, Optional.empty())).isEqualTo(80 * MINUTE_NS);
    }

    @Test
    void a_curve_that_shows_too_long_a_danger_raises_its_alarm_when_it_comes() {
        road.begins("soup", "box").every("5m", "box", 65, 3);
        road.kitchen().passes("300m");
        road.now("box", 50);
        assertThat(road.told("danger-over")).isEmpty();

        for (var minute = 5; minute < 300; minute += 5) {
            road.late("box", 50, Duration.ofMinutes(300 - minute));
        }
        road.every("5m", "box", 50, 1);

        assertThat(road.told("danger-over")).hasSize(1);
    }

    /** Below 60 degrees from the 20th minute of a trip of 100 minutes on. */
    private static double onTheRoad(long minute) {
        return minute < 20 ? 62 : 50;
    }

    @Test
    void a_batch_begun_after_its_trip_counts_what_its_probe_had_told_before_that() {
        road.every("5m", "box", 65, 1).kitchen().passes("100m");
        for (var minute = 5; minute < 100; minute += 5) {
            road.late("box", onTheRoad(minute), Duration.ofMinutes(100 - minute));
        }
        road.now("box", 50);

        var earlier = new ArrayList<Fact.Earlier>();
        for (var minute = 0L; minute <= 100; minute += 5) {
            var milli = Math.round(onTheRoad(minute) * 1_000);
            earlier.add(new Fact.Earlier((100 - minute) * 60_000, milli, true));
        }
        road.begins("soup", "box", Duration.ofMinutes(100), earlier);

        var whole = requireNonNull(danger());
        assertThat(whole.unseen()).isEqualTo(Unseen.NOTHING);
        assertThat(Counting.sumNs(whole, Optional.empty())).isEqualTo(80 * MINUTE_NS);
    }

    @Test
    void a_batch_begun_after_its_trip_counts_the_curve_that_comes_after_that() {
        road.every("5m", "box", 65, 1).kitchen().passes("100m");
        road.begins("soup", "box", Duration.ofMinutes(100), List.of());
        road.now("box", 50);
        assertThat(requireNonNull(danger()).unseen().ns()).isEqualTo(100 * MINUTE_NS);
        for (var minute = 0; minute < 100; minute += 5) {
            road.late("box", onTheRoad(minute), Duration.ofMinutes(100 - minute));
        }

        var whole = requireNonNull(danger());
        assertThat(whole.unseen()).isEqualTo(Unseen.NOTHING);
        assertThat(Counting.sumNs(whole, Optional.empty())).isEqualTo(80 * MINUTE_NS);
    }

    @Test
    void what_no_proven_sender_told_of_a_trip_counts_only_when_it_is_bad() {
        var earlier =
                List.of(
                        new Fact.Earlier(10 * 60_000, 50_000, true),
                        new Fact.Earlier(5 * 60_000, 65_000, false),
                        new Fact.Earlier(60_000, 50_000, true));
        road.every("5m", "box", 65, 1).begins("soup", "box", Duration.ofMinutes(10), earlier);

        assertThat(Counting.sumNs(requireNonNull(danger()), Optional.empty()))
                .isEqualTo(9 * MINUTE_NS);
    }

    private Count danger() {
        var batch = requireNonNull(road.kitchen().state().food().batches().get("soup"));
        return (Count) requireNonNull(batch.clocks().get("danger-over"));
    }
}
