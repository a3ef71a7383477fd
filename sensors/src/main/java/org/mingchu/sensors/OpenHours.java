package org.mingchu.sensors;

import org.mingchu.config.Hours;
import org.mingchu.sensors.camera.picture.Opening;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether somebody is in the kitchen now, by the site file. While nobody knows what time it is the
 * kitchen counts as closed: dark pictures at an unknown hour prove nothing. Immutable.
 *
 * @param hours where there are none, every hour counts as open
 */
record OpenHours(Optional<Hours> hours, ZoneId zone, Clock clock) implements Supplier<Opening> {
    @Override
    public Opening get() {
        var now = clock.now();
        if (hours.isEmpty()) {
            return Opening.OPEN;
        }
        if (now.clock() == ClockState.UNSYNCED) {
            return Opening.CLOSED;
        }
        var at = LocalDateTime.ofInstant(Instant.ofEpochMilli(now.wallMs()), zone);
        return hours.filter(h -> open(h, at)).isPresent() ? Opening.OPEN : Opening.CLOSED;
    }

    private static boolean open(Hours hours, LocalDateTime at) {
        var day = at.toLocalDate();
        var closed =
                hours.closures().stream()
                        .anyMatch(c -> !day.isBefore(c.from()) && !day.isAfter(c.to()));
        return !closed && hours.weekly().stream().anyMatch(o -> within(o, at));
    }

    private static boolean within(Hours.Opening opening, LocalDateTime at) {
        return opening.days().contains(at.getDayOfWeek())
                && !at.toLocalTime().isBefore(opening.from())
                && at.toLocalTime().isBefore(opening.to());
    }
}
