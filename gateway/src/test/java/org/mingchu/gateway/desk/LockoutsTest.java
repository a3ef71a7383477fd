package org.mingchu.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class LockoutsTest {
    private final Lockouts lockouts = new Lockouts();

    @Test
    void each_failure_after_the_fifth_doubles_the_wait_up_to_an_hour() {
        var nowNs = 0L;
        var waits = new StringBuilder();
        for (var i = 0; i < 14; i++) {
            var wait = lockouts.failed("p-01", nowNs);
            waits.append(wait.toSeconds()).append(' ');
            nowNs += wait.toNanos();
        }
        assertThat(waits.toString())
                .isEqualTo("0 0 0 0 60 120 240 480 960 1920 3600 3600 3600 3600 ");
    }

    /** At most so many of a million PINs are tried in a year: one in a hundred. */
    @Test
    void a_year_of_guessing_finds_a_pin_once_in_a_hundred_years() {
        var nowNs = 0L;
        var tries = 0;
        while (nowNs < Duration.ofDays(365).toNanos()) {
            nowNs += lockouts.failed("p-01", nowNs).toNanos();
            tries++;
        }
        assertThat(tries).isLessThan(10_000);
    }

    @Test
    void a_night_without_a_failure_forgets_them() {
        for (var i = 0; i < 4; i++) {
            lockouts.failed("p-01", 0);
        }
        var later = Lockouts.FORGOTTEN_AFTER.toNanos();
        assertThat(lockouts.failed("p-01", later)).isZero();
        assertThat(lockouts.failed("p-01", later + 1)).isZero();
    }

    @Test
    void no_flood_of_names_makes_it_grow() {
        for (var i = 0; i < 10 * Lockouts.NAMES_MAX; i++) {
            lockouts.failed("192.0.2." + i, i);
        }
        assertThat(lockouts.size()).isEqualTo(Lockouts.NAMES_MAX);
    }
}
