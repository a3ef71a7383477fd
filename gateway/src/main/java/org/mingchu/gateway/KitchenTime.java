package org.mingchu.gateway;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads and writes times as people in the kitchen have them. Immutable. */
record KitchenTime(ZoneId zone) {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final long MS_PER_SECOND = 1_000;

    /** At most four digits of hours and five of minutes: no act is longer. */
    private static final Pattern SPAN = Pattern.compile("(?:([0-9]{1,4})h)?(?:([0-9]{1,5})m)?");

    /**
     * A time as somebody writes it, milliseconds since 1970.
     *
     * @param ofDay when only a day is named
     * @throws DateTimeException when it is none
     */
    long ms(String word, LocalTime ofDay) {
        try {
            if (!word.contains("T")) {
                return LocalDate.parse(word).atTime(ofDay).atZone(zone).toInstant().toEpochMilli();
            }
            var zoned = word.endsWith("Z") || word.matches(".*[+-]\\d\\d:?\\d\\d");
            return zoned
                    ? OffsetDateTime.parse(word).toInstant().toEpochMilli()
                    : LocalDateTime.parse(word).atZone(zone).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new DateTimeException(
                    "'" + word + "' is no time; expected 2026-11-01 or 2026-11-01T06:30", e);
        }
    }

    /** How long, as somebody writes it: 45m, 2h, 1h30m; empty when it is no such thing. */
    static Optional<Duration> span(String word) {
        var match = SPAN.matcher(word);
        if (word.isEmpty() || !match.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                Duration.ofHours(number(match.group(1))).plusMinutes(number(match.group(2))));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** What to say of a word that is none. */
    static String noSpan(String option, String word) {
        return "%s '%s' is no length of time; expected 45m, 2h or 1h30m".formatted(option, word);
    }

    /** The day that a moment lies in. */
    LocalDate day(long ms) {
        return Instant.ofEpochMilli(ms).atZone(zone).toLocalDate();
    }

    /** When a day begins, milliseconds since 1970. */
    long begin(LocalDate day) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    String seconds(long ms) {
        return SECONDS.format(Instant.ofEpochMilli(ms).atZone(zone));
    }

    String minutes(long ms) {
        return MINUTES.format(Instant.ofEpochMilli(ms).atZone(zone));
    }

    /** With its offset, for machines. */
    String offset(long ms) {
        return Instant.ofEpochMilli(ms).atZone(zone).toOffsetDateTime().toString();
    }

    /** How long, in the two largest units that say something. */
    static String length(long ms) {
        var time = Duration.ofMillis(ms);
        if (ms < MS_PER_SECOND) {
            return ms + " ms";
        }
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 1) {
            return pair(time.toMinutes(), "min", time.toSecondsPart(), "s");
        }
        return time.toDays() < 1
                ? pair(time.toHours(), "h", time.toMinutesPart(), "min")
                : pair(time.toDays(), "d", time.toHoursPart(), "h");
    }

    private static String pair(long large, String largeUnit, int small, String smallUnit) {
        return small == 0
                ? large + " " + largeUnit
                : large + " " + largeUnit + " " + small + " " + smallUnit;
    }
}
