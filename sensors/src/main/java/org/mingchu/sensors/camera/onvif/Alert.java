package org.mingchu.sensors.camera.onvif;

import java.util.Locale;
import java.util.Optional;

/**
 * One notification of a Hikvision alert stream. Immutable.
 *
 * <p>Its heartbeat is a video loss that is <em>inactive</em>, every 10 s (every 300 ms on firmware
 * before 5.5.0): it says that all is well, and is never read as a loss.
 */
public sealed interface Alert {
    /** The device lives. */
    record Heartbeat() implements Alert {}

    /**
     * A channel has lost its camera's video.
     *
     * @param channel as the recorder counts; 0 when it does not say
     */
    record VideoLoss(int channel) implements Alert {}

    /** Something else began or ended. */
    record Other(String type, boolean active) implements Alert {}

    /** None when the document is no such notification. */
    static Optional<Alert> read(byte[] document) {
        return Xml.read(document)
                .filter(x -> x.name().equalsIgnoreCase("EventNotificationAlert"))
                .flatMap(Alert::of);
    }

    private static Optional<Alert> of(Xml alert) {
        var type = alert.word("eventType").map(t -> t.toLowerCase(Locale.ROOT));
        var active = alert.word("eventState").filter(s -> s.equalsIgnoreCase("active")).isPresent();
        return type.map(t -> {
            if (!t.equals("videoloss")) {
                return new Other(t, active);
            }
            return active ? new VideoLoss(channel(alert)) : new Heartbeat();
        });
    }

    private static int channel(Xml alert) {
        return alert.number("dynChannelID")
                .or(() -> alert.number("channelID"))
                .filter(n -> n >= 0 && n <= Short.MAX_VALUE)
                .map(Long::intValue)
                .orElse(0);
    }
}
