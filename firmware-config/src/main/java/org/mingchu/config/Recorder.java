package org.mingchu.config;

import java.net.URI;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A recorder that cameras hang on; asked in their place. Immutable.
 *
 * @param rtsp a channel's stream, {@code {channel}} standing for its number
 * @param snapshot a channel's picture, likewise
 * @param onvif its ONVIF device service
 * @param isapi the root of its ISAPI, the other dialect of recordings and disks
 * @param credentials a name in the secrets file
 * @param since when it was put to use: before it has run as long as recordings have to be kept, its
 *     oldest one proves nothing
 */
public record Recorder(
        String id,
        String name,
        String rtsp,
        Optional<String> snapshot,
        Optional<URI> onvif,
        Optional<URI> isapi,
        Optional<String> credentials,
        Optional<LocalDate> since) {
    /** What stands for the number of a channel. */
    public static final String CHANNEL = "{channel}";

    /** Whether it can be asked what it has recorded. */
    boolean tellsRecordings() {
        return onvif.isPresent() || isapi.isPresent();
    }

    /** The stream of a channel. */
    public URI stream(int channel) {
        return URI.create(rtsp.replace(CHANNEL, Integer.toString(channel)));
    }

    /** The picture of a channel. */
    public Optional<URI> picture(int channel) {
        return snapshot.map(s -> URI.create(s.replace(CHANNEL, Integer.toString(channel))));
    }

    Set<CameraLevel> levels() {
        return tellsRecordings()
                ? EnumSet.of(CameraLevel.STREAM, CameraLevel.RECORDING, CameraLevel.CLOCK)
                : EnumSet.of(CameraLevel.STREAM);
    }
}
