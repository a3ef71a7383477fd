package org.mingchu.sensors.camera.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;

final class HeartTest {
    private static final Heart UNTOLD = new Heart(Optional.empty(), Optional.empty());

    /** Seconds a heart may be silent, by what the site file says. */
    @ParameterizedTest
    @CsvSource({
        "60, 3, 180",
        "30, 3, 90",
        "60, 1, 100",
        "5, 3, 45",
        "5, 10, 50",
        "3600, 1, 4320",
        "3600, 10, 36000",
        "0, 3, 180",
        "-1, 3, 180",
        "4, 3, 180",
        "3601, 3, 180",
        "999999, 3, 180",
        "60, 0, 180",
        "60, -1, 180",
        "60, 11, 180",
        "60, 999999, 180",
    })
    void the_limit_is_interval_by_misses_and_at_least_one_interval_and_its_jitter(
            long interval, int misses, long limit) {
        var heart = new Heart(Optional.of(Duration.ofSeconds(interval)), Optional.of(misses));
        assertThat(heart.limit()).hasSeconds(limit);
    }

    @Test
    void the_standards_sixty_seconds_by_three_hold_where_nothing_is_said() {
        assertThat(UNTOLD.limit()).hasSeconds(180);
    }

    @ParameterizedTest
    @CsvSource({"5", "10", "30", "60", "300", "3600"})
    void beats_twenty_seconds_off_their_time_never_reach_the_limit(int interval) {
        for (var misses = 1; misses <= 10; misses++) {
            var heart = new Heart(Optional.of(Duration.ofSeconds(interval)), Optional.of(misses));
            assertThat(heart.limit().toSeconds()).isGreaterThanOrEqualTo(interval + 40);
        }
    }

    @ParameterizedTest
    @CsvSource({"30, 90", "55, 180", "60, 180", "70, 180", "120, 360", "600, 1800", "3600, 10800"})
    void beats_teach_another_interval_where_it_is_much_another(int interval, long limit) {
        var heart = new Heart(Optional.empty(), Optional.empty());
        beat(heart, 0, 5, interval, 0);
        assertThat(heart.limit()).hasSeconds(limit);
    }

    @Test
    void a_configured_interval_is_stretched_by_beats_but_never_shortened() {
        var slow = new Heart(Optional.of(Duration.ofMinutes(1)), Optional.empty());
        beat(slow, 0, 5, 300, 0);
        assertThat(slow.interval()).hasSeconds(300);
        var quick = new Heart(Optional.of(Duration.ofMinutes(1)), Optional.empty());
        beat(quick, 0, 5, 10, 0);
        assertThat(quick.interval()).hasSeconds(60);
    }

    @Test
    void jitter_teaches_nothing() {
        var chance = new Random(5);
        var heart = new Heart(Optional.empty(), Optional.empty());
        for (var i = 0L; i < 1_000; i++) {
            heart.beat(OptionalLong.of(i), seconds(i * 60 + chance.nextInt(-20, 21) + 100));
            assertThat(heart.limit()).hasSeconds(180);
        }
    }

    @Test
    void lost_beats_are_not_taken_for_slow_ones() {
        var heart = new Heart(Optional.empty(), Optional.empty());
        var chance = new Random(6);
        for (var i = 0L; i < 200; i++) {
            if (chance.nextInt(3) == 0) {
                heart.beat(OptionalLong.of(i), seconds(i * 60 + 100));
                assertThat(heart.limit()).isLessThanOrEqualTo(Duration.ofMinutes(18));
            }
        }
        beat(heart, 13_000, 15, 60, 500);
        assertThat(heart.limit()).hasSeconds(180);
    }

    @Test
    void a_slow_camera_that_loses_none_teaches_its_interval_with_its_second_beat() {
        var heart = new Heart(Optional.empty(), Optional.empty());
        heart.beat(OptionalLong.of(7), seconds(100));
        heart.beat(OptionalLong.of(8), seconds(400));
        assertThat(heart.limit()).hasSeconds(900);
    }

    @Test
    void a_gap_after_which_numbers_are_missing_teaches_nothing() {
        var heart = new Heart(Optional.empty(), Optional.empty());
        heart.beat(OptionalLong.of(7), seconds(100));
        heart.beat(OptionalLong.of(12), seconds(400));
        assertThat(heart.limit()).hasSeconds(180);
    }

    @Test
    void a_gap_across_a_login_teaches_nothing() {
        var heart = new Heart(Optional.empty(), Optional.empty());
        heart.beat(OptionalLong.of(7), seconds(100));
        heart.restart(seconds(300));
        heart.beat(OptionalLong.of(8), seconds(400));
        assertThat(heart.limit()).hasSeconds(180);
    }

    private static void beat(Heart heart, long fromS, int times, long everyS, long number) {
        for (var i = 0L; i < times; i++) {
            heart.beat(OptionalLong.of(number + i), seconds(fromS + 100 + i * everyS));
        }
    }

    private static long seconds(long s) {
        return TimeUnit.SECONDS.toNanos(s);
    }
}
