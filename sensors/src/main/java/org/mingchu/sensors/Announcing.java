package org.mingchu.sensors;

import java.util.function.Consumer;

/** A sensor that need not be asked to say that something changed: a door. */
public interface Announcing extends Sensor {
    /**
     * From now on {@code told} hears each change at once, on a thread of the sensor's own; it must
     * not block. Called once, before the first {@link #read}.
     */
    void whenChanged(Consumer<Reading> told);
}
