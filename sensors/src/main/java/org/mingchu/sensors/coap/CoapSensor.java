package org.mingchu.sensors.coap;

import org.mingchu.config.SensorPlan;
import org.mingchu.config.Source;
import org.mingchu.sensors.Correction;

/**
 * A sensor that speaks by CoAP, and what is to be known about each of its values. Immutable.
 *
 * @param plan one whose source is {@link Source.Coap}
 * @param correction with the flags that every reading of it carries
 */
public record CoapSensor(SensorPlan plan, Correction correction) {
    public CoapSensor {
        if (!(plan.source() instanceof Source.Coap)) {
            throw new IllegalArgumentException("not a coap: source: " + plan.source());
        }
    }

    String id() {
        return plan.id();
    }

    Source.Coap source() {
        return (Source.Coap) plan.source();
    }
}
