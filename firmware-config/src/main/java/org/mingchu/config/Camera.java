package org.mingchu.config;

import java.net.URI;
import java.util.Optional;

/**
 * One camera whose health is watched; no video is stored or relayed. Immutable.
 *
 * @param credentials a name in the secrets file
 */
public record Camera(String id, String name, Stream stream, Optional<String> credentials) {
    /** How its picture is reached. */
    public sealed interface Stream {
        /** An RTSP address without credentials. */
        record Rtsp(URI address) implements Stream {}

        /** A channel of a recorder. */
        record Recorder(String nvr, int channel) implements Stream {}
    }
}
