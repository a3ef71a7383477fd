package org.mingchu.sensors.mqtt;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The time a payload gives itself: ISO 8601 with an offset, without one in the site's zone, or
 * seconds or milliseconds since 1970. Nothing before 2020: that is a device which was never told
 * the time.
 */
final class OwnTime {
    private static final long BELIEVED_FROM_MS =
            Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final long BELIEVED_TO_MS = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    /** A number below it counts seconds; as milliseconds it would be in 1973. */
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    private static final Pattern ZONED = Pattern.compile("T.{5,30}(Z|[+-]\\d\\d:?\\d\\d)$");

    private OwnTime() {}

    /** Milliseconds since 1970. */
    static OptionalLong ms(Scalar scalar, ZoneId zone) {
        var ms =
                switch (scalar) {
                    case Scalar.Num(var value) when value.precision() - value.scale() <= 15 ->
                            epoch(value.longValue());
                    case Scalar.Word(var text) -> iso(text, zone);
                    case Scalar.Num _, Scalar.Truth _, Scalar.Nothing _, Scalar.Heap _ -> 0;
                };
        return ms >= BELIEVED_FROM_MS && ms < BELIEVED_TO_MS
                ? OptionalLong.of(ms)
                : OptionalLong.empty();
    }

    private static long epoch(long value) {
        return value < MILLISECONDS_FROM ? value * 1000 : value;
    }

    private static long iso(String text, ZoneId zone) {
        try {
            return ZONED.matcher(text).find()
                    ? OffsetDateTime.parse(colonised(text)).toInstant().toEpochMilli()
                    : LocalDateTime.parse(text).atZone(zone).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException _) {
            return 0;
        }
    }

    /** {@code +0800} is as good as {@code +08:00}. */
    private static String colonised(String text) {
        var hours = text.length() - 2;
        return text.endsWith("Z") || text.charAt(hours - 1) == ':'
                ? text
                : text.substring(0, hours) + ":" + text.substring(hours);
    }
}
