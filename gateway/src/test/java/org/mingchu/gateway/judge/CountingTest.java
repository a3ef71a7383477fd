package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Condition;
import org.mingchu.gateway.judge.Counting.How;
import org.mingchu.gateway.judge.FoodClock.Count;
import org.mingchu.gateway.judge.FoodClock.Span;
import org.mingchu.gateway.judge.FoodClock.Unseen;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;
import java.util.Optional;

/** Time that adds up above 8 degrees, a value each minute. */
class CountingTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final How FOR_EVER = how(Optional.empty(), Optional.empty());
    private static final How IN_AN_HOUR = how(Optional.of(60 * MINUTE_NS), Optional.empty());

    /** Below 5 degrees for half an hour a unit is out of use. */
    private static final How AT_REST =
            how(Optional.empty(), Optional.of(new Condition.Rest(5_000, Duration.ofMinutes(30))));

    private How how = FOR_EVER;
    private String boot = "boot-1";
    private long bootedMin;
    private ClockState clock = ClockState.SYNCED;
    private long minute;
    private Count count = Counting.begin(moment());

    private static How how(Optional<Long> windowNs, Optional<Condition.Rest> rest) {
        return new How(2 * MINUTE_NS, windowNs, rest, false);
    }

    private Moment moment() {
        return new Moment(
                boot, (minute - bootedMin) * MINUTE_NS, Ward.MONDAY_MS + minute * 60_000, clock, 5);
    }

    private CountingTest shows(double degrees, int minutes) {
        for (var i = 0; i < minutes; i++) {
            minute++;
            var milli = Math.round(degrees * 1000);
            count = Counting.after(count, new Counting.Value(milli, moment(), milli > 8_000), how);
        }
        return this;
    }

    private CountingTest hole(int minutes) {
        minute += minutes - 1;
        return this;
    }

    private CountingTest cut(int minutes, ClockState after) {
        hole(minutes);
        boot = boot + "+";
        bootedMin = minute;
        clock = after;
        return this;
    }

    private long sumMin() {
        return Counting.sumNs(count, how.windowNs()) / MINUTE_NS;
    }

    @Test
    void a_value_counts_until_the_next_one() {
        assertThat(shows(9, 1).sumMin()).isZero();
        assertThat(shows(9, 10).sumMin()).isEqualTo(10);
        assertThat(shows(7, 1).sumMin()).as("the minute that ends in the cold").isEqualTo(11);
        assertThat(shows(7, 10).sumMin()).isEqualTo(11);
        assertThat(shows(9, 1).sumMin()).isEqualTo(11);
        assertThat(shows(9, 1).sumMin()).isEqualTo(12);
    }

    @Test
    void the_value_that_ends_time_that_counts_is_told_from_those_after_it() {
        shows(9, 2);
        assertThat(Counting.justCounted(count)).isTrue();
        shows(7, 1);
        assertThat(Counting.justCounted(count)).isTrue();
        shows(7, 1);
        assertThat(Counting.justCounted(count)).isFalse();
        assertThat(Counting.justCounted(Counting.begin(moment()))).isFalse();
    }

    @Test
    void what_lies_in_a_hole_counts_for_nothing_and_is_told() {
        shows(9, 5).hole(2).shows(9, 1);
        assertThat(sumMin()).as("one lost value is no hole").isEqualTo(6);
        hole(3).shows(9, 2);

        assertThat(sumMin()).isEqualTo(7);
        assertThat(count.unseen()).isEqualTo(new Unseen(3 * MINUTE_NS, 0));
        assertThat(count.ownNs()).as("its own time goes on").isEqualTo(minute * MINUTE_NS);
    }

    @Test
    void a_power_cut_counts_for_nothing_however_short_and_may_be_of_unknown_length() {
        shows(9, 5).cut(1, ClockState.SYNCED).shows(9, 2);
        assertThat(sumMin()).isEqualTo(5);
        assertThat(count.unseen()).isEqualTo(new Unseen(MINUTE_NS, 0));

        var ownNs = count.ownNs();
        cut(20, ClockState.UNSYNCED).shows(9, 2);
        assertThat(sumMin()).isEqualTo(6);
        assertThat(count.unseen()).isEqualTo(new Unseen(MINUTE_NS, 1));
        assertThat(count.ownNs()).isEqualTo(ownNs + MINUTE_NS);
    }

    @Test
    void a_value_from_before_the_latest_changes_nothing_and_one_of_the_same_time_does() {
        shows(9, 5);
        var was = count;
        minute -= 2;
        assertThat(shows(7, 1).count).isSameAs(was);
        assertThat(shows(7, 1).count.counting()).isFalse();
    }

    // ---- a window ---------------------------------------------------------------------------

    @Test
    void from_a_window_time_slides_out_minute_by_minute() {
        how = IN_AN_HOUR;
        shows(9, 21).shows(7, 40);
        assertThat(sumMin()).as("20 minutes and the one that ends in the cold").isEqualTo(21);
        assertThat(shows(7, 1).sumMin()).isEqualTo(20);
        assertThat(shows(7, 19).sumMin()).isEqualTo(1);
        assertThat(count.spans()).hasSize(1);
        assertThat(shows(7, 1).sumMin()).isZero();
        assertThat(count.spans()).isEmpty();
    }

    @Test
    void two_times_apart_are_two_spans_and_one_that_goes_on_is_one() {
        how = IN_AN_HOUR;
        shows(9, 4).shows(7, 3).shows(9, 3);
        assertThat(count.spans())
                .containsExactly(
                        new Span(5 * MINUTE_NS, 4 * MINUTE_NS),
                        new Span(10 * MINUTE_NS, 2 * MINUTE_NS));
    }

    @Test
    void without_a_window_all_is_one_sum() {
        shows(9, 4).shows(7, 3).shows(9, 3);
        assertThat(count.spans()).containsExactly(new Span(10 * MINUTE_NS, 6 * MINUTE_NS));
    }

    @Test
    void of_more_openings_than_a_day_has_the_two_oldest_are_taken_as_one() {
        how = how(Optional.of(10_000 * MINUTE_NS), Optional.empty());
        for (var opening = 0; opening < 97; opening++) {
            shows(9, 2).shows(7, 3);
        }
        assertThat(count.spans()).hasSize(96);
        assertThat(count.spans().getFirst()).isEqualTo(new Span(8 * MINUTE_NS, 4 * MINUTE_NS));
        assertThat(sumMin()).isEqualTo(2 * 97);
    }

    // ---- at rest ----------------------------------------------------------------------------

    @Test
    void as_cold_as_a_unit_out_of_use_for_half_an_hour_ends_it() {
        how = AT_REST;
        shows(9, 10).shows(4.999, 30);
        assertThat(sumMin()).isEqualTo(10);
        assertThat(Counting.isNothing(count)).isFalse();

        shows(4.999, 1);
        assertThat(count.spans()).isEmpty();
        assertThat(count.counting()).isFalse();
        assertThat(count.unseen()).isEqualTo(Unseen.NOTHING);
    }

    @Test
    void at_the_very_temperature_it_is_in_use() {
        how = AT_REST;
        assertThat(shows(9, 10).shows(5, 60).sumMin()).isEqualTo(10);
        assertThat(count.coldNs()).isZero();
    }

    @Test
    void a_hole_begins_the_rest_anew() {
        how = AT_REST;
        shows(9, 10).shows(4, 20).hole(10).shows(4, 30);
        assertThat(sumMin()).isEqualTo(10);
        assertThat(shows(4, 1).count.spans()).isEmpty();
    }

    @Test
    void at_rest_it_stays_until_it_is_used_again() {
        how = AT_REST;
        shows(9, 10).shows(4, 100);
        assertThat(count.coldNs()).isGreaterThanOrEqualTo(30 * MINUTE_NS);
        assertThat(shows(9, 3).sumMin()).isEqualTo(2);
        assertThat(count.coldNs()).isZero();
    }

    @Test
    void only_what_counts_or_rests_or_has_counted_is_remembered() {
        assertThat(Counting.isNothing(shows(7, 1).count)).isTrue();
        assertThat(Counting.isNothing(shows(9, 1).count)).isFalse();
        how = AT_REST;
        assertThat(Counting.isNothing(new CountingTest().resting().shows(4, 1).count)).isFalse();
    }

    private CountingTest resting() {
        how = AT_REST;
        return this;
    }
}
