package org.mingchu.sensors.camera.sip;

/**
 * How many messages are looked at; the rest is dropped unread. Immutable.
 *
 * @param perAddress per second, of each address; also of each registered camera, which has this
 *     much for itself alone
 * @param strangers per second, of all senders together that are not registered
 */
public record Rates(int perAddress, int strangers) {
    /** A camera sends one heartbeat a minute. */
    public static final Rates DEFAULT = new Rates(10, 100);

    public Rates {
        if (perAddress < 1 || strangers < 1) {
            throw new IllegalArgumentException("a rate is at least 1 per second");
        }
    }
}
