package org.mingchu.gateway.tend.series;

import org.mingchu.sensors.Reading;

import java.util.List;

/**
 * What one row says. Immutable.
 *
 * @param ms milliseconds since 1970
 */
public record Row(long ms, List<Reading> readings) {
    public Row {
        readings = List.copyOf(readings);
    }
}
