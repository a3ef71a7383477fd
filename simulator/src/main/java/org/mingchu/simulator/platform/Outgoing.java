package org.mingchu.simulator.platform;

import java.nio.charset.StandardCharsets;

/**
 * A message from the platform to a gateway: quality of service 1, not retained. Immutable.
 *
 * @param text JSON, or a signed note
 * @param expirySeconds the message expiry interval
 */
public record Outgoing(String topic, String text, long expirySeconds) {
    /** What the text is. */
    public String contentType() {
        return topic.endsWith("/receipt") ? "text/plain; charset=utf-8" : "application/json";
    }

    /** The payload's bytes. */
    public byte[] payload() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
