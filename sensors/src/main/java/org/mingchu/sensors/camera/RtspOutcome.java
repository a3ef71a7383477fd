package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.camera.http.Head;

import java.util.List;

/** What one request brought. Immutable. */
sealed interface RtspOutcome {
    /** An answer that is RTSP. */
    record Answer(int status, Head head, String body) implements RtspOutcome {
        List<String> header(String name) {
            return head.header(name);
        }
    }

    /** None, and what that says about the camera. */
    record Failure(CameraVerdict verdict, String cause) implements RtspOutcome {}
}
