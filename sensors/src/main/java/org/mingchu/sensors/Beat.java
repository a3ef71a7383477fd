package org.mingchu.sensors;

import java.time.Duration;
import java.util.List;

/**
 * Sensors that are asked together, and how often. Immutable.
 *
 * @param on the kind of thread that may be left behind in a hung read
 */
public record Beat(Duration period, On on, List<Sensor> sensors) {
    /** What a sensor blocks on. */
    public enum On {
        /** Kernel files and pins: a platform thread each, because no interrupt ends such a read. */
        FILES,
        /** Sockets: a virtual thread each. */
        SOCKETS
    }

    public Beat {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("a period must be above zero, found " + period);
        }
        sensors = List.copyOf(sensors);
    }
}
