package org.mingchu.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.ZoneId;
import java.util.List;

/** Which warmings may be the same machine doing the same thing. */
class WarmingTest {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** From -16 degrees at 10:00. */
    private static Warming warming(double lengthMin, double riseMin, double peak) {
        return warming(600, lengthMin, riseMin, peak);
    }

    private static Warming warming(long minute, double lengthMin, double riseMin, double peak) {
        var begun =
                new Moment(
                        "boot-1",
                        minute * MINUTE_NS,
                        Ward.MONDAY_MS + minute * 60_000,
                        ClockState.SYNCED,
                        5);
        return new Warming(
                begun,
                Math.round(lengthMin * MINUTE_NS),
                Math.round(riseMin * MINUTE_NS),
                Math.round(peak * 1000),
                List.of(-16_000L, Math.round(peak * 1000)));
    }

    private static boolean alike(Warming one, Warming other, long fifths) {
        assertThat(other.alike(one, fifths)).isEqualTo(one.alike(other, fifths));
        return one.alike(other, fifths);
    }

    @Test
    void peaks_may_lie_a_quarter_of_the_higher_rise_apart() {
        var warm = warming(27, 18, 0);
        assertThat(alike(warm, warming(27, 18, -4), Warming.LITTLE)).isTrue();
        assertThat(alike(warm, warming(27, 18, -4.001), Warming.LITTLE)).isFalse();
    }

    @Test
    void and_two_and_a_half_kelvin_at_least() {
        var low = warming(27, 18, -12);
        assertThat(alike(low, warming(27, 18, -9.5), Warming.LITTLE)).isTrue();
        assertThat(alike(low, warming(27, 18, -9.499), Warming.LITTLE)).isFalse();
    }

    @Test
    void of_a_timer_lengths_differ_by_three_fifths_and_two_steps_at_most() {
        var short20 = warming(20, 10, -5);
        assertThat(alike(short20, warming(36, 10, -5), Warming.LITTLE)).isTrue();
        assertThat(alike(short20, warming(36.1, 10, -5), Warming.LITTLE)).isFalse();
    }

    @Test
    void thick_ice_takes_twice_as_long() {
        var short20 = warming(20, 10, -5);
        assertThat(alike(short20, warming(44, 10, -5), Warming.MUCH)).isTrue();
        assertThat(alike(short20, warming(44.1, 10, -5), Warming.MUCH)).isFalse();
    }

    @Test
    void the_way_to_the_warmest_is_compared_as_well() {
        var quick = warming(30, 10, -5);
        assertThat(alike(quick, warming(30, 20, -5), Warming.LITTLE)).isTrue();
        assertThat(alike(quick, warming(30, 20.1, -5), Warming.LITTLE)).isFalse();
    }

    @Test
    void it_has_risen_from_where_its_curve_begins() {
        assertThat(warming(27, 18, -5).roseMilli()).isEqualTo(11_000);
        var without = new Warming(warming(27, 18, -5).begun(), 0, 0, -5_000, List.of());
        assertThat(without.roseMilli()).isZero();
    }

    @Test
    void it_lies_over_the_minutes_it_takes_and_twenty_before_and_after_it() {
        var spans = warming(27, 18, -5).spans(SHANGHAI);
        assertThat(spans.test(579)).isFalse();
        assertThat(spans.test(580)).isTrue();
        assertThat(spans.test(647)).isTrue();
        assertThat(spans.test(648)).isFalse();
    }

    @Test
    void over_midnight_as_well() {
        var spans = warming(1430, 27, 18, -5).spans(SHANGHAI);
        assertThat(spans.test(1409)).isFalse();
        assertThat(spans.test(1410)).isTrue();
        assertThat(spans.test(37)).isTrue();
        assertThat(spans.test(38)).isFalse();
    }
}
