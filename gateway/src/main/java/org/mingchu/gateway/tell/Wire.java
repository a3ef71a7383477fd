package org.mingchu.gateway.tell;

import java.time.Duration;
import java.util.Optional;

/**
 * One MQTT 5 connection, from its making to its end; a new one is opened for each attempt. No verb
 * blocks; whatever happens is handed to the {@link Sink}. Verbs are called by one thread.
 */
public interface Wire {
    /** Begins to connect; ends in {@link Event.Connected} or {@link Event.ConnectFailed}. */
    void connect(Hello hello);

    /** Subscribes at QoS 1; ends in {@link Event.Subscribed}. */
    void subscribe(String filter);

    /**
     * Publishes; at QoS 1 ends in {@link Event.Settled} with the same token.
     *
     * @return false when the wire takes nothing more just now
     */
    boolean publish(long token, Message message);

    /** Says DISCONNECT and closes: the will is not sent. */
    void disconnect();

    /** Drops the connection without a word and frees everything: the will is sent. */
    void drop();

    /** Opens wires to one platform. */
    @FunctionalInterface
    interface Factory {
        Wire open(Sink sink);
    }

    /** Takes what happens. Any thread; never blocks. */
    @FunctionalInterface
    interface Sink {
        void accept(Event event);
    }

    /**
     * How the gateway introduces itself: always with a clean start.
     *
     * @param will what the broker says when the connection is lost, after {@code willDelay}
     * @param session how long the broker keeps the session, so that it keeps the will back
     */
    record Hello(
            String clientId,
            Message will,
            Duration willDelay,
            Duration session,
            Duration keepAlive) {}

    /**
     * A message to be published.
     *
     * @param text JSON, or empty to take a retained message away
     * @param qos 0 or 1
     */
    record Message(
            String topic, String text, int qos, boolean retained, Optional<Duration> expiry) {}

    /** What happens on a wire. */
    sealed interface Event {
        /**
         * The broker accepts.
         *
         * @param receiveMaximum publishes it takes before it has acknowledged them, at least 1
         * @param packetBytesMax largest packet it takes
         */
        record Connected(int receiveMaximum, long packetBytesMax) implements Event {}

        /** The broker cannot be reached or refuses; one line for the technician. */
        record ConnectFailed(String reason) implements Event {}

        /** The broker answers a subscription; 0x80 and above is a refusal. */
        record Subscribed(String filter, int reasonCode) implements Event {}

        /** The broker answers a publish; 0x80 and above is a refusal. */
        record Settled(long token, int reasonCode) implements Event {}

        /** A message for us. */
        record Arrived(String topic, String text) implements Event {}

        /** The connection is gone. */
        record Lost(String reason) implements Event {}
    }
}
