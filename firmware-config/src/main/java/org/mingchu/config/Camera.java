package org.mingchu.config;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One camera whose health is watched; no video is stored or relayed. Immutable.
 *
 * @param credentials a name in the secrets file
 * @param snapshot where one picture of it can be had; without it the camera is asked by ONVIF
 * @param onvif its ONVIF device service
 * @param gb28181 how it registers with the gateway, as a second platform beside the city's
 * @param off windows of the week in which it is off on purpose
 * @param keepsPictures whether a picture that shows a fault is kept as evidence
 */
public record Camera(
        String id,
        String name,
        Stream stream,
        Optional<String> credentials,
        Optional<URI> snapshot,
        Optional<URI> onvif,
        Optional<Gb28181> gb28181,
        List<Hours.Opening> off,
        boolean keepsPictures) {
    public Camera {
        off = List.copyOf(off);
    }

    /** A camera of which nothing but its stream is watched. */
    public static Camera of(String id, String name, Stream stream, Optional<String> credentials) {
        return new Camera(
                id,
                name,
                stream,
                credentials,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
    }

    /** Where the password stands with which it registers; a name in the secrets file. */
    public Optional<String> registers() {
        return gb28181.flatMap(Gb28181::credentials).or(() -> credentials);
    }

    /** How its picture is reached. */
    public sealed interface Stream {
        /** An RTSP address without credentials. */
        record Rtsp(URI address) implements Stream {}

        /** A channel of a recorder. */
        record Recorder(String nvr, int channel) implements Stream {}
    }

    /**
     * What the site file lets the gateway watch of it; snapshots may come from its recorder, or
     * from where the camera itself says.
     */
    Set<CameraLevel> levels(Optional<Recorder> recorder) {
        var levels = EnumSet.of(CameraLevel.STREAM);
        if (snapshot.isPresent() || recorder.flatMap(Recorder::snapshot).isPresent()) {
            levels.add(CameraLevel.PICTURE);
        }
        if (onvif.isPresent()) {
            // Where its snapshots are it can be asked.
            levels.add(CameraLevel.PICTURE);
            levels.add(CameraLevel.CLOCK);
        }
        if (gb28181.isPresent()) {
            levels.add(CameraLevel.REGISTRATION);
        }
        if (recorder.filter(Recorder::tellsRecordings).isPresent()) {
            levels.add(CameraLevel.RECORDING);
        }
        return levels;
    }
}
