package org.mingchu.sensors.camera.onvif;

import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the time zones of POSIX, {@code CST-8:00:00}, which count to the west. */
final class Zones {
    private static final Pattern POSIX =
            Pattern.compile(
                    "(?:[A-Za-z]+|<[^>]*>)([+-]?)([0-9]{1,2})(?::([0-9]{2}))?(?::.*|[A-Z,<].*)?");

    private static final int HOURS_MAX = 14;
    private static final int MINUTES_MAX = 59;

    private Zones() {}

    /** How far local time is ahead of UTC, without summer time; none when it is no such zone. */
    static Optional<ZoneOffset> ahead(String posix) {
        var zone = POSIX.matcher(posix);
        if (!zone.matches()) {
            return Optional.empty();
        }
        var hours = Integer.parseInt(zone.group(2));
        var minutes = Optional.ofNullable(zone.group(3)).map(Integer::valueOf).orElse(0);
        if (hours > HOURS_MAX || minutes > MINUTES_MAX) {
            return Optional.empty();
        }
        var sign = "-".equals(zone.group(1)) ? 1 : -1;
        return Optional.of(ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes));
    }
}
