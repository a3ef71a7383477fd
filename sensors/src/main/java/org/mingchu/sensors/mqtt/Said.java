package org.mingchu.sensors.mqtt;

import org.mingchu.sensors.Reading;

import java.util.Optional;

/**
 * What one message says about one sensor. Immutable.
 *
 * @param mark what tells it from all else the sensor says; absent when the payload is not dated, or
 *     not believed
 */
record Said(Ear ear, Reading reading, Optional<Mark> mark) {
    /** A value at its own time. */
    record Mark(long ownMs, long rawMilli) {}
}
