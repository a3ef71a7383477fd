package org.mingchu.sensors.camera.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Duration;

final class SkewTest {
    private static final long WALL_MS = 1_800_000_000_000L;

    @Test
    void a_skew_is_counted_from_the_middle_of_the_round_trip_and_of_the_second() {
        var asked = moment(0, ClockState.SYNCED, 20);
        var answered = moment(100, ClockState.SYNCED, 20);

        assertThat(Skew.of(asked, answered, WALL_MS + 3_000))
                .isEqualTo(new Skew(3_450, 50 + 500 + 20, true));
    }

    /** NTP steps our own clock between the question and the answer. */
    @Test
    void a_step_of_our_own_clock_on_the_way_does_not_count() {
        var asked = moment(0, ClockState.SYNCED, 0);
        var later = moment(100, ClockState.SYNCED, 0);
        var stepped =
                new Moment("boot", later.upNs(), later.wallMs() + 7_200_000, later.clock(), 0);

        assertThat(Skew.of(asked, stepped, WALL_MS + 7_200_000).verdict())
                .isEqualTo(CameraVerdict.HEALTHY);
    }

    @ParameterizedTest
    @CsvSource({
        "0, HEALTHY",
        "PT30S, HEALTHY",
        "PT-30S, HEALTHY",
        "PT40S, CLOCK_WRONG",
        "PT-40S, CLOCK_WRONG",
        "PT15M, CLOCK_ZONE",
        "PT-15M, CLOCK_ZONE",
        "PT8H, CLOCK_ZONE",
        "PT-8H20S, CLOCK_ZONE",
        "PT5H45M, CLOCK_ZONE",
        "PT5H46M, CLOCK_WRONG",
        "PT14H, CLOCK_ZONE",
        "PT14H15M, CLOCK_WRONG",
        "PT-496752H, CLOCK_WRONG",
    })
    void half_a_minute_is_borne_and_whole_quarters_of_an_hour_are_a_zone(
            String ahead, CameraVerdict verdict) {
        var ms = ahead.equals("0") ? 0 : Duration.parse(ahead).toMillis();
        assertThat(new Skew(ms, 600, true).verdict()).isEqualTo(verdict);
    }

    @Test
    void what_may_be_the_roads_fault_is_not_the_cameras() {
        assertThat(new Skew(31_000, 1_500, true).verdict()).isEqualTo(CameraVerdict.HEALTHY);
        assertThat(new Skew(31_000, 900, true).verdict()).isEqualTo(CameraVerdict.CLOCK_WRONG);
    }

    @ParameterizedTest
    @CsvSource({
        "SYNCED, 5, CLOCK_WRONG",
        "SYNCED, 9223372036854775807, CLOCK_WRONG",
        "HOLDOVER, 2000, CLOCK_WRONG",
        "HOLDOVER, 100000, HEALTHY",
        "HOLDOVER, 9223372036854775807, UNKNOWN",
        "RTC, 9223372036854775807, UNKNOWN",
        "UNSYNCED, 9223372036854775807, UNKNOWN",
        "UNSYNCED, 5, UNKNOWN",
    })
    void nobody_judges_another_clock_by_one_he_does_not_trust(
            ClockState state, long errorMs, CameraVerdict verdict) {
        var skew = Skew.of(moment(0, state, errorMs), moment(10, state, errorMs), WALL_MS + 60_000);

        assertThat(skew.verdict()).isEqualTo(verdict);
    }

    private static Moment moment(long ms, ClockState state, long errorMs) {
        return new Moment("boot", ms * 1_000_000, WALL_MS + ms, state, errorMs);
    }
}
