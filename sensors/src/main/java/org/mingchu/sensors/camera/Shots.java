package org.mingchu.sensors.camera;

import org.mingchu.sensors.camera.http.Snapshot.Shot;

/** Where one camera's pictures come from. One thread at a time. */
@FunctionalInterface
public interface Shots {
    /** Asks once. */
    Shot take();
}
