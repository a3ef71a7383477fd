package org.mingchu.simulator.wire;

import java.util.Optional;

/**
 * One probe behind the kitchen's broker, as a site file would name it. Immutable.
 *
 * @param id for the sensor of the site file
 * @param topic what it publishes to
 * @param temperature JSON pointer of its temperature; empty when the payload is the number
 * @param battery JSON pointer of its battery's percentage, if it tells
 * @param link JSON pointer of its link quality from 0 to 255, if it tells
 */
public record LocalProbe(
        String id,
        LocalProbeForm form,
        String topic,
        String temperature,
        Optional<String> battery,
        Optional<String> link) {
    static LocalProbe of(int number, LocalProbeForm form) {
        var id = "local-%04d".formatted(number);
        return new LocalProbe(
                id, form, form.topic(id), form.temperature(), form.battery(), form.link());
    }

    /** Its temperature as a source of the site file. */
    public String source() {
        return "mqtt:" + topic + "#" + temperature;
    }
}
