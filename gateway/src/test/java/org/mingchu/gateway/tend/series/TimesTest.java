package org.mingchu.gateway.tend.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;

/** Times as loggers write them, in a kitchen in Berlin. */
final class TimesTest {
    private final Times times = new Times(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T06:30, 2026-11-01T05:30:00Z",
        "2026-11-01 06:30, 2026-11-01T05:30:00Z",
        "2026-11-01T06:30:15, 2026-11-01T05:30:15Z",
        "2026-11-01T06:30:15.25, 2026-11-01T05:30:15.250Z",
        "2026-07-01T06:30:15, 2026-07-01T04:30:15Z",
        "2026-11-01T06:30:15Z, 2026-11-01T06:30:15Z",
        "2026-11-01T06:30:15.000+08:00, 2026-10-31T22:30:15Z",
        "2026-11-01T06:30+0800, 2026-10-31T22:30:00Z",
        "2026-11-01T06:30:15+8, 2026-10-31T22:30:15Z",
        "2026-11-01T06:30:15-03, 2026-11-01T09:30:15Z"
    })
    void iso_8601_is_read_with_and_without_an_offset(String text, Instant at) {
        assertThat(times.next(text)).isEqualTo(new Times.Read.At(at.toEpochMilli()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "06:30",
                "2026-11-01",
                "2026-13-01T06:30",
                "2026-02-30T06:30",
                "1.11.2026 06:30",
                "2026-11-01T06:3",
                "2026-11-01T06:30:1",
                "2026-11-01T06:30:15.",
                "1762000000",
                "2026-11-01T06:30:15+25",
                "2026-11-01T06:30:15 Uhr",
                "2026_11_01T06:30"
            })
    void anything_else_is_refused(String text) {
        assertThat(times.next(text)).isInstanceOf(Times.Read.Not.class);
    }

    /** On 25 October 2026 the clocks of Berlin show 02:30 twice, and on 29 March not at all. */
    @Test
    void the_hour_that_comes_twice_is_told_by_the_order_of_the_rows() {
        assertThat(times.next("2026-10-25T02:30:00"))
                .isEqualTo(new Times.Read.At(ms("2026-10-25T00:30:00Z")));
        assertThat(times.next("2026-10-25T02:45:00"))
                .isEqualTo(new Times.Read.At(ms("2026-10-25T00:45:00Z")));
        assertThat(times.next("2026-10-25T02:00:00"))
                .isEqualTo(new Times.Read.At(ms("2026-10-25T01:00:00Z")));
        assertThat(times.next("2026-10-25T02:30:00"))
                .isEqualTo(new Times.Read.At(ms("2026-10-25T01:30:00Z")));
        assertThat(times.next("2026-10-25T02:30:00")).isInstanceOf(Times.Read.Not.class);
    }

    @Test
    void the_hour_that_never_was_is_refused() {
        assertThat(times.next("2026-03-29T02:30:00"))
                .isInstanceOfSatisfying(
                        Times.Read.Not.class,
                        not -> assertThat(not.expected().text()).contains("leapt", "+01:00"));
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
