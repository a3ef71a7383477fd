package org.mingchu.sensors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

final class OwnTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-29T16:17:00Z, 2026-11-29T16:17:00Z",
        "2026-11-30T00:17:00+08:00, 2026-11-29T16:17:00Z",
        "2026-11-30T00:17:00+0800, 2026-11-29T16:17:00Z",
        "2022-07-18T09:34:15.775023242+00:00, 2022-07-18T09:34:15.775Z",
        "2026-11-30T00:17:00, 2026-11-29T16:17:00Z",
        "1795999999999, 2026-11-30T00:53:19.999Z",
        "1795999999, 2026-11-30T00:53:19Z",
        "1795999999.5, 2026-11-30T00:53:19Z"
    })
    void every_form_is_read(String text, Instant time) {
        assertThat(OwnTime.ms(Scalar.ofText(text), Room.ZONE)).hasValue(time.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:05:00",
                "1970-01-01T00:05:00Z",
                "0",
                "-5",
                "12",
                "1e80",
                "99999999999999999",
                "yesterday",
                "2026-13-01T00:00:00Z",
                "2026-11-30",
                "+999999999-12-31T23:59:59Z",
                "2026-11-30T00:00:00+99:99",
                "T00000Z",
                "Z",
                ""
            })
    void what_no_clock_says_is_not_believed(String text) {
        assertThat(OwnTime.ms(Scalar.ofText(text), Room.ZONE)).isEmpty();
    }
}
