package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Hours;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.Sensor;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * A camera that is off on purpose in some windows of the week: it is not asked then. While nobody
 * knows what time it is it is asked, and what is wrong with it stays unknown. As the sensor within.
 */
public final class PlannedOff implements Sensor {
    private final Sensor camera;
    private final List<Hours.Opening> windows;
    private final ZoneId zone;
    private final Clock clock;

    /**
     * @param windows when it is off; one that ends at or before its beginning ends the next day
     */
    public PlannedOff(Sensor camera, List<Hours.Opening> windows, ZoneId zone, Clock clock) {
        this.camera = camera;
        this.windows = List.copyOf(windows);
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public String id() {
        return camera.id();
    }

    @Override
    public Reading read() {
        var now = clock.now();
        if (now.clock() == ClockState.UNSYNCED) {
            return doubted(camera.read());
        }
        return off(LocalDateTime.ofInstant(Instant.ofEpochMilli(now.wallMs()), zone))
                ? new Reading.Seen(id(), CameraVerdict.PLANNED_OFF, 0)
                : camera.read();
    }

    private Reading doubted(Reading reading) {
        return !windows.isEmpty()
                        && reading instanceof Reading.Seen(var subject, var verdict, var ageNs)
                        && verdict.wrong()
                ? new Reading.Seen(subject, CameraVerdict.UNKNOWN, ageNs)
                : reading;
    }

    private boolean off(LocalDateTime now) {
        return windows.stream().anyMatch(w -> within(w, now.getDayOfWeek(), now.toLocalTime()));
    }

    private static boolean within(Hours.Opening window, DayOfWeek day, LocalTime at) {
        if (window.from().isBefore(window.to())) {
            return window.days().contains(day)
                    && !at.isBefore(window.from())
                    && at.isBefore(window.to());
        }
        var begun = window.days().contains(day) && !at.isBefore(window.from());
        var goesOn = window.days().contains(day.minus(1)) && at.isBefore(window.to());
        return begun || goesOn;
    }
}
