package org.mingchu.sensors.camera.onvif;

import org.mingchu.sensors.Moment;

import java.util.concurrent.TimeUnit;

/**
 * A device's clock as it was read once; it is taken to run evenly from there. Immutable.
 *
 * @param upNs when it was read, in our boot
 */
record Anchor(long upNs, DeviceTime time) {
    /**
     * @param asked before the question went out
     * @param answered after the answer came in
     */
    static Anchor of(Moment asked, Moment answered, DeviceTime time) {
        return new Anchor((asked.upNs() + answered.upNs()) / 2, time);
    }

    /** The device's time of now. */
    DeviceTime at(Moment now) {
        var sinceMs = TimeUnit.NANOSECONDS.toMillis(now.upNs() - upNs);
        return new DeviceTime(time.utcMs() + sinceMs, time.offset());
    }
}
