package org.mingchu.sensors.mqtt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The messages that the broker waits to have acknowledged, in the order in which they came, which
 * is the order in which they must be acknowledged (MQTT-4.6.0-2). Those of a lost connection stay
 * known: the broker sends them again under the same packet ids (MQTT-4.4.0-1), and one that was
 * kept meanwhile needs only its acknowledgement. The loop's thread.
 */
final class Owed {
    private final Deque<Delivery> here = new ArrayDeque<>();
    private final Map<Integer, Delivery> before = new HashMap<>();

    /**
     * The same message, if the lost connection has brought it already. Paho hides the DUP flag; but
     * no other message may have this packet id while the first is not acknowledged.
     */
    Optional<Delivery> before(Delivery.Publish publish) {
        return Optional.ofNullable(before.remove(publish.packetId()))
                .filter(known -> publish.sameAs(known.publish()));
    }

    void add(Delivery delivery) {
        here.add(delivery);
    }

    int size() {
        return here.size();
    }

    boolean has(Delivery delivery) {
        return here.contains(delivery);
    }

    /** Acknowledges all that may be; how many. */
    int settle(Consumer<Delivery.Publish> acknowledge) {
        var settled = 0;
        while (!here.isEmpty() && here.getFirst().state() == Delivery.State.KEPT) {
            acknowledge.accept(here.removeFirst().publish());
            settled++;
        }
        return settled;
    }

    /** The connection is gone; the session may be there. */
    void lost() {
        here.forEach(delivery -> before.put(delivery.publish().packetId(), delivery));
        here.clear();
    }

    /** What the broker has not sent again it will not send again. */
    void forgetBefore() {
        before.clear();
    }
}
