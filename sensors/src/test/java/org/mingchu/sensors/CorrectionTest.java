package org.mingchu.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.Calibration;
import org.mingchu.config.Quantity;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

final class CorrectionTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate DUE = LocalDate.of(2027, 6, 30);

    private final HandClock clock = new HandClock();

    @Test
    void the_offset_is_added_and_the_raw_value_kept() {
        var reading = correction().of("air", Quantity.TEMPERATURE, -18_000);

        assertThat(reading.rawMilli()).isEqualTo(-18_000);
        assertThat(reading.milli()).isEqualTo(-18_120);
        assertThat(reading.ageNs()).isZero();
    }

    @Test
    void a_certificate_holds_until_the_last_second_of_its_last_day_in_the_kitchens_time_zone() {
        clock.wall(millis(ZonedDateTime.of(2027, 6, 30, 23, 59, 59, 0, SHANGHAI)), synced());
        assertThat(flags()).isEmpty();

        clock.wall(millis(ZonedDateTime.of(2027, 7, 1, 0, 0, 0, 0, SHANGHAI)), synced());
        assertThat(flags()).containsExactly(Flag.CALIBRATION_EXPIRED);
    }

    @Test
    void a_clock_that_nobody_has_set_expires_no_certificate() {
        var late = millis(ZonedDateTime.of(2029, 1, 1, 0, 0, 0, 0, SHANGHAI));

        clock.wall(late, ClockState.UNSYNCED);
        assertThat(flags()).isEmpty();

        clock.wall(late, ClockState.RTC);
        assertThat(flags()).containsExactly(Flag.CALIBRATION_EXPIRED);
    }

    @Test
    void standing_flags_are_on_every_reading() {
        var simulated = new Correction(Calibration.NONE, Set.of(Flag.SIMULATED), clock, SHANGHAI);

        assertThat(simulated.of("air", Quantity.TEMPERATURE, 0).flags())
                .containsExactly(Flag.SIMULATED);
    }

    private Set<Flag> flags() {
        return correction().of("air", Quantity.TEMPERATURE, 0).flags();
    }

    private Correction correction() {
        var calibration = new Calibration(-120, Optional.of("GZ-2026-1187"), Optional.of(DUE));
        return new Correction(calibration, Set.of(), clock, SHANGHAI);
    }

    private static ClockState synced() {
        return ClockState.SYNCED;
    }

    private static long millis(ZonedDateTime time) {
        return time.toInstant().toEpochMilli();
    }
}
