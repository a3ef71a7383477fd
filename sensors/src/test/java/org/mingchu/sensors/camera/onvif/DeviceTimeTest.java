package org.mingchu.sensors.camera.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

final class DeviceTimeTest {
    private static final DeviceTime BEIJING = at("2026-11-23T04:00:00Z", 8);
    private static final DeviceTime LIMA = at("2026-11-23T04:00:00Z", -5);

    @Test
    void a_recording_that_has_just_ended_is_fresh_whether_z_is_meant_or_not() {
        assertThat(BEIJING.ageMs("2026-11-23T12:00:00Z")).contains(0L);
        assertThat(BEIJING.ageMs("2026-11-23T04:00:00Z")).contains(0L);
        assertThat(BEIJING.ageMs("2026-11-23T12:00:00+08:00")).contains(0L);
        assertThat(LIMA.ageMs("2026-11-22T23:00:00Z")).contains(0L);
        assertThat(LIMA.ageMs("2026-11-23T04:00:00Z")).contains(0L);
    }

    @Test
    void a_recording_of_days_ago_is_as_old_but_for_the_width_of_the_zone() {
        assertThat(BEIJING.ageMs("2026-11-20T12:00:00Z"))
                .contains(Duration.ofHours(72 - 8).toMillis());
        assertThat(BEIJING.ageMs("2026-11-20T04:00:00")).contains(Duration.ofDays(3).toMillis());
    }

    @Test
    void the_future_has_no_age_beyond_what_a_running_recording_is_ahead() {
        assertThat(BEIJING.ageMs("2026-11-23T12:01:00Z")).contains(0L);
        assertThat(BEIJING.ageMs("2026-11-23T12:03:00Z")).isEmpty();
        assertThat(BEIJING.ageMs("2030-01-01T00:00:00Z")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2019-02-20T15:22:34-8:00",
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "1066-10-14T00:00:00Z"
            })
    void what_is_no_date_has_no_age(String text) {
        assertThat(BEIJING.ageMs(text)).isEmpty();
    }

    @Test
    void a_search_asks_in_local_time() {
        assertThat(BEIJING.localDate(3_600_000)).isEqualTo("2026-11-23T11:00:00Z");
        assertThat(LIMA.localDate(-120_000)).isEqualTo("2026-11-22T23:02:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "CST-8:00:00, +08:00",
        "CST-8, +08:00",
        "UTC, ''",
        "UTC0, Z",
        "EST5EDT, -05:00",
        "EST+5EDT, -05:00",
        "<+0545>-5:45, +05:45",
        "CST-8:00:00DST01:00:00, +08:00",
        "CST-99, ''",
        "nonsense, ''",
    })
    void a_posix_zone_counts_to_the_west(String zone, String ahead) {
        assertThat(Zones.ahead(zone).map(ZoneOffset::getId).orElse("")).isEqualTo(ahead);
    }

    private static DeviceTime at(String utc, int hours) {
        return new DeviceTime(Instant.parse(utc).toEpochMilli(), ZoneOffset.ofHours(hours));
    }
}
