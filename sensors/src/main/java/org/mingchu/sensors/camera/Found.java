package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;

import java.io.IOException;

/**
 * How one level stands. Immutable.
 *
 * @param cause for the log, one line, no secrets; empty when all is well
 */
record Found(CameraVerdict verdict, String cause) {
    Found(CameraVerdict verdict, IOException cause) {
        this(verdict, cause.toString());
    }

    Found(CameraVerdict verdict) {
        this(verdict, "");
    }
}
