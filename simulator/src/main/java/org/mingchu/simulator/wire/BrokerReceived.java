package org.mingchu.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * One PUBLISH as it came in, whatever became of it. Immutable.
 *
 * @param clientId who sent it; empty for a will and for what a test puts in itself
 * @param text the payload, read as UTF-8
 * @param qos 0 or 1
 * @param retain the retain flag
 * @param dup the sender says that this is a second copy
 * @param expirySeconds the message expiry interval, absent when it never expires
 * @param reason the reason code of the PUBACK that answers it; {@link #UNANSWERED} when none will
 * @param atNs when, on the nanosecond clock the broker was started with
 */
public record BrokerReceived(
        String clientId,
        String topic,
        String text,
        int qos,
        boolean retain,
        boolean dup,
        OptionalLong expirySeconds,
        int reason,
        long atNs) {
    /** No PUBACK: quality of service 0, or a fault that swallows it. */
    public static final int UNANSWERED = -1;

    /** The payload's bytes. */
    public byte[] payload() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
