package org.mingchu.sensors;

/**
 * One thing that can be asked. Called by one thread at a time; a call may block up to the device's
 * own time, and the caller gives up on it at its deadline.
 */
public interface Sensor {
    /** The id of the site file. */
    String id();

    /** Asks once. Never throws for what a device or bus does: that is a {@link Reading.Silent}. */
    Reading read();
}
