package org.mingchu.sensors.camera.onvif;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A device's clock, and the ages of what it dates. Many recorders write {@code Z} behind local time
 * (Hikvision's record search does), others mean it; so an age is the youngest that is possible: a
 * recording that has just ended is seen as fresh either way, one of days is late by hours at most.
 * Immutable.
 *
 * @param utcMs the device's time of now, as it counts it
 * @param offset how far its local time is ahead of that
 */
record DeviceTime(long utcMs, ZoneOffset offset) {
    /** A recording that goes on is dated a little ahead by some. */
    private static final long AHEAD_MS_MAX = 120_000;

    private static final long SECOND_MS = 1000;
    private static final Instant FIRST = Instant.parse("1969-12-30T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    /** The age of what the device dates so; none when it is no date, or one in the future. */
    Optional<Long> ageMs(String date) {
        return instantMs(date).flatMap(this::ageMs);
    }

    private Optional<Long> ageMs(long datedMs) {
        var localMs = utcMs + offset.getTotalSeconds() * SECOND_MS;
        return LongStream.of(utcMs - datedMs, localMs - datedMs)
                .filter(age -> age >= -AHEAD_MS_MAX)
                .map(age -> Math.max(age, 0))
                .boxed()
                .min(Long::compare);
    }

    /** What the {@code Date} of an HTTP answer says. */
    static Optional<DeviceTime> http(String date) {
        try {
            var now = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, OffsetDateTime::from);
            return instantMs(now).map(ms -> new DeviceTime(ms, ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** A date as {@code Z} or an offset says, or without either as UTC. */
    static Optional<Long> instantMs(String date) {
        try {
            return instantMs(OffsetDateTime.parse(date));
        } catch (DateTimeException _) {
            return naiveMs(date);
        }
    }

    private static Optional<Long> naiveMs(String date) {
        try {
            return instantMs(LocalDateTime.parse(date).atOffset(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Long> instantMs(OffsetDateTime date) {
        return Optional.of(date.toInstant())
                .filter(DeviceTime::possible)
                .map(Instant::toEpochMilli);
    }

    /**
     * Whether a device can mean it: a clock without a battery begins in 1970, or the day before.
     */
    static boolean possible(Instant date) {
        return date.isAfter(FIRST) && date.isBefore(LAST);
    }

    /** The date of so long ago as the device's local time with the {@code Z} that it expects. */
    String localDate(long ageMs) {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(utcMs - ageMs, SECOND_MS), 0, offset)
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT));
    }
}
