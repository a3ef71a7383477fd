package org.mingchu.config;

import static org.assertj.core.api.Assertions.assertThat;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.TUESDAY;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;

class TimesTest {
    private static final Form<Duration> PERIOD =
            Times.duration(Duration.ofSeconds(1), Duration.ofMinutes(15));

    @ParameterizedTest
    @CsvSource({"1s, 1000", "10s, 10000", "1500ms, 1500", "15m, 900000", "900s, 900000"})
    void a_duration_is_a_number_with_its_unit(String text, long ms) {
        assertThat(PERIOD.parse().apply(text)).isEqualTo(Parsed.right(Duration.ofMillis(ms)));
    }

    @ParameterizedTest
    @CsvSource({
        "999ms, ",
        "901s, ",
        "0s, ",
        "-5s, ",
        "1h, ",
        "99999999999s, ",
        "1.5s, ",
        "'', ",
        "10, ",
        "10 sec, 10s",
        "5 min, 5m",
        "10S, 10s"
    })
    void another_text_is_refused_with_what_was_likely_meant(String text, String meant) {
        var hint = Optional.ofNullable(meant).map(Problems::quoted);
        assertThat(PERIOD.parse().apply(text))
                .isEqualTo(new Parsed.Wrong<>(PERIOD.expected(), hint));
    }

    @Test
    void a_bare_number_was_likely_meant_in_seconds() {
        assertThat(PERIOD.parse().apply(10L)).isEqualTo(Parsed.wrong(PERIOD.expected(), "\"10s\""));
    }

    @ParameterizedTest
    @CsvSource({"0s, 0", "500ms, 500", "10s, 10000", "5m, 300000", "2h, 7200000", "90s, 90000"})
    void a_duration_is_shown_as_it_is_written(String text, long ms) {
        assertThat(Times.text(Duration.ofMillis(ms))).isEqualTo(text);
    }

    @Test
    void an_opening_names_days_and_hours() {
        assertThat(opening("Mon-Fri 06:00-14:00"))
                .hasValueSatisfying(o -> {
                    assertThat(o.days()).hasSize(5).contains(MONDAY, FRIDAY);
                    assertThat(o.from()).isEqualTo(LocalTime.of(6, 0));
                    assertThat(o.to()).isEqualTo(LocalTime.of(14, 0));
                });
        assertThat(opening("Sat 00:00-23:59").map(Hours.Opening::days)).contains(Set.of(SATURDAY));
        assertThat(opening("Mon-Tue,Sun 06:00-14:00").map(Hours.Opening::days))
                .contains(Set.of(MONDAY, TUESDAY, SUNDAY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fri-Mon 06:00-14:00",
                "Mon-Wed-Fri 06:00-14:00",
                "Mo 06:00-14:00",
                "Mon 14:00-06:00",
                "Mon 06:00-06:00",
                "Mon 6:00-14:00",
                "Mon 06:00-24:00",
                "Mon 06:60-14:00",
                "Mon, 06:00-14:00",
                "06:00-14:00",
                "Mon"
            })
    void another_opening_is_refused(String text) {
        assertThat(opening(text)).isEmpty();
    }

    private static Optional<Hours.Opening> opening(String text) {
        return switch (Times.OPENING_FORM.parse().apply(text)) {
            case Parsed.Right<Hours.Opening>(var value) -> Optional.of(value);
            case Parsed.Wrong<Hours.Opening> _ -> Optional.empty();
        };
    }
}
