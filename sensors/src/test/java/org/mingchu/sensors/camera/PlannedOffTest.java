package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mingchu.config.CameraVerdict.HEALTHY;
import static org.mingchu.config.CameraVerdict.PLANNED_OFF;
import static org.mingchu.config.CameraVerdict.UNKNOWN;
import static org.mingchu.config.CameraVerdict.UNREACHABLE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Hours;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Sensor;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

final class PlannedOffTest {
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    private final HandClock clock = new HandClock();
    private int asked;
    private CameraVerdict verdict = HEALTHY;

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T21:59:59, HEALTHY", // a Monday
        "2026-11-23T22:00:00, PLANNED_OFF",
        "2026-11-24T05:59:59, PLANNED_OFF",
        "2026-11-24T06:00:00, HEALTHY",
        "2026-11-24T22:30:00, HEALTHY",
        "2026-11-25T05:00:00, HEALTHY",
        "2026-11-23T05:00:00, HEALTHY",
        "2026-11-28T00:00:00, PLANNED_OFF",
        "2026-11-28T23:59:59, PLANNED_OFF",
        "2026-11-29T00:00:00, HEALTHY",
        "2026-11-26T13:00:00, PLANNED_OFF",
        "2026-11-26T14:00:00, HEALTHY",
    })
    void a_window_holds_by_the_sites_own_clock_and_may_cross_midnight(
            String local, CameraVerdict expected) {
        at(local, ClockState.SYNCED);

        assertThat(read()).isEqualTo(expected);
        assertThat(asked).isEqualTo(expected == PLANNED_OFF ? 0 : 1);
    }

    @Test
    void while_nobody_knows_the_time_a_healthy_camera_is_healthy_and_a_lost_one_unknown() {
        at("2026-11-23T23:00:00", ClockState.UNSYNCED);
        assertThat(read()).isEqualTo(HEALTHY);
        verdict = UNREACHABLE;
        assertThat(read()).isEqualTo(UNKNOWN);
        at("2026-11-23T12:00:00", ClockState.SYNCED);
        assertThat(read()).isEqualTo(UNREACHABLE);
    }

    @Test
    void a_camera_without_windows_is_as_it_is() {
        at("2026-11-23T23:00:00", ClockState.UNSYNCED);
        verdict = UNREACHABLE;

        assertThat(new PlannedOff(camera(), List.of(), BEIJING, clock).read())
                .isEqualTo(new Reading.Seen("cam", UNREACHABLE, 0));
    }

    private CameraVerdict read() {
        var windows =
                List.of(
                        window(DayOfWeek.MONDAY, "22:00", "06:00"),
                        window(DayOfWeek.THURSDAY, "13:00", "14:00"),
                        window(DayOfWeek.SATURDAY, "00:00", "00:00"));
        var sensor = new PlannedOff(camera(), windows, BEIJING, clock);
        assertThat(sensor.id()).isEqualTo("cam");
        return ((Reading.Seen) sensor.read()).verdict();
    }

    private Sensor camera() {
        return new Sensor() {
            @Override
            public String id() {
                return "cam";
            }

            @Override
            public Reading read() {
                asked++;
                return new Reading.Seen("cam", verdict, 0);
            }
        };
    }

    private void at(String local, ClockState state) {
        var instant = LocalDateTime.parse(local).atZone(BEIJING).toInstant();
        clock.wall(instant.toEpochMilli(), state);
    }

    private static Hours.Opening window(DayOfWeek day, String from, String to) {
        return new Hours.Opening(Set.of(day), LocalTime.parse(from), LocalTime.parse(to));
    }
}
