package org.mingchu.config;

import java.time.Duration;
import java.util.Optional;

/**
 * One sensor as installed. Immutable.
 *
 * @param period its own sampling period, else the site's
 * @param inverted for contacts: an open contact means a closed door
 */
public record SensorPlan(
        String id,
        Quantity measures,
        Source source,
        Optional<Duration> period,
        Calibration calibration,
        boolean inverted) {}
