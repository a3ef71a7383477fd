package org.mingchu.simulator.wire;

import io.netty.handler.codec.mqtt.MqttSubscriptionOption;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the broker remembers of one client, connected or not. Event loop only. */
final class BrokerSession {
    /** Messages kept for one client; further ones are dropped, as brokers do. */
    private static final int WAITING_MAX = 100_000;

    private static final int PACKET_ID_MAX = 65_535;

    private final String clientId;
    private final Map<String, MqttSubscriptionOption> subscriptions = new LinkedHashMap<>();
    private final Deque<BrokerMessage> waiting = new ArrayDeque<>();
    private final Map<Integer, BrokerMessage> inFlight = new LinkedHashMap<>();
    private Optional<BrokerConnection> connection = Optional.empty();
    private long expirySeconds;
    private int window;
    private int lastPacketId;
    private int absences;

    BrokerSession(String clientId) {
        this.clientId = clientId;
    }

    String clientId() {
        return clientId;
    }

    Map<String, MqttSubscriptionOption> subscriptions() {
        return subscriptions;
    }

    Optional<BrokerConnection> connection() {
        return connection;
    }

    long expirySeconds() {
        return expirySeconds;
    }

    void expireAfter(long seconds) {
        expirySeconds = seconds;
    }

    /**
     * Binds the session to a new connection.
     *
     * @param receiveMaximum how many unacknowledged messages the client takes
     */
    void attach(BrokerConnection to, int receiveMaximum) {
        connection = Optional.of(to);
        window = receiveMaximum;
    }

    /** Sends again what the last connection left unacknowledged, then what came since. */
    void resume() {
        connection.ifPresent(c -> inFlight.forEach((id, message) -> c.send(message, id, true)));
        pump();
    }

    void detach() {
        connection = Optional.empty();
        absences++;
    }

    /** Which absence this is, counted from 1. */
    int absence() {
        return absences;
    }

    /** Whether the client has not been here since its n-th absence began. */
    boolean isAbsentSince(int absence) {
        return connection.isEmpty() && absences == absence;
    }

    void deliver(BrokerMessage message) {
        if (message.qos() == 0) {
            connection.ifPresent(c -> c.send(message, 0, false));
            return;
        }
        if (waiting.size() < WAITING_MAX) {
            waiting.add(message);
        }
        pump();
    }

    void acknowledged(int packetId) {
        inFlight.remove(packetId);
        pump();
    }

    private void pump() {
        if (connection.isEmpty()) {
            return;
        }
        while (inFlight.size() < window && !waiting.isEmpty()) {
            var message = waiting.remove();
            if (!message.expiredAt(connection.get().nowNs())) {
                var id = nextPacketId();
                inFlight.put(id, message);
                connection.get().send(message, id, false);
            }
        }
    }

    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId % PACKET_ID_MAX + 1;
        } while (inFlight.containsKey(lastPacketId));
        return lastPacketId;
    }
}
