package org.mingchu.sensors.coap;

import org.mingchu.sensors.Reading;

/**
 * A record that is a sensor's value, at its own time. Immutable.
 *
 * @param takenMs by the gateway's boot clock
 */
record Dated(Reading reading, long takenMs, Keys keys) {
    String subject() {
        return reading.subject();
    }
}
