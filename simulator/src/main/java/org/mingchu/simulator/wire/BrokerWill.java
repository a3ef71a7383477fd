package org.mingchu.simulator.wire;

import java.util.Optional;

/** What a client asks to be said when its connection is lost, and how long after. Immutable. */
record BrokerWill(Optional<BrokerMessage> message, long delaySeconds) {
    static final BrokerWill NONE = new BrokerWill(Optional.empty(), 0);
}
