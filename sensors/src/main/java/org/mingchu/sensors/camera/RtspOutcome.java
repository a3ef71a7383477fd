package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one request brought. Immutable. */
sealed interface RtspOutcome {
    /**
     * An answer that is RTSP.
     *
     * @param headers by their names in lower case, values in the order they came
     */
    record Answer(int status, Map<String, List<String>> headers, String body)
            implements RtspOutcome {
        List<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        }
    }

    /** None, and what that says about the camera. */
    record Failure(CameraVerdict verdict, String cause) implements RtspOutcome {}
}
