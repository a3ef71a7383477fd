package org.mingchu.gateway.tend.series;

import org.mingchu.config.SensorPlan;

/**
 * Which field of a line is a sensor's. Immutable.
 *
 * @param index from 0
 */
record Column(SensorPlan sensor, int index) {
    String id() {
        return sensor.id();
    }
}
