package org.mingchu.sensors.mqtt;

import java.util.Arrays;

/**
 * One PUBLISH from the broker and how far it has come. The loop's thread only, once it is queued.
 */
final class Delivery {
    private final Publish publish;
    private final long arrivedNs;
    private final boolean current;
    private State state = State.WAITING;

    /** A message as it came over the wire. Nobody changes its payload. */
    static final class Publish {
        private final String topic;
        private final byte[] payload;
        private final int packetId;
        private final int qos;
        private final boolean retained;

        Publish(String topic, byte[] payload, int packetId, int qos, boolean retained) {
            this.topic = topic;
            this.payload = payload;
            this.packetId = packetId;
            this.qos = qos;
            this.retained = retained;
        }

        String topic() {
            return topic;
        }

        byte[] payload() {
            return payload;
        }

        int packetId() {
            return packetId;
        }

        int qos() {
            return qos;
        }

        boolean retained() {
            return retained;
        }

        /** Whether the two are one message, sent twice. */
        boolean sameAs(Publish other) {
            return packetId == other.packetId
                    && topic.equals(other.topic)
                    && Arrays.equals(payload, other.payload);
        }
    }

    enum State {
        WAITING,
        /** Given to the intake, which has not answered. */
        HANDED,
        /** Kept, or nothing to keep: may be acknowledged. */
        KEPT
    }

    /**
     * @param arrivedNs when it came first, on the monotonic clock
     * @param current whether it was sent to us when it was said: not retained, not queued while we
     *     were away
     */
    Delivery(Publish publish, long arrivedNs, boolean current) {
        this.publish = publish;
        this.arrivedNs = arrivedNs;
        this.current = current;
    }

    Publish publish() {
        return publish;
    }

    long arrivedNs() {
        return arrivedNs;
    }

    /** Whether its arrival says when it was said. */
    boolean current() {
        return current;
    }

    State state() {
        return state;
    }

    void become(State next) {
        state = next;
    }
}
