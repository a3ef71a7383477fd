package org.mingchu.simulator.wire;

/** Reason codes of MQTT 5 section 2.4 that the broker gives or understands. */
final class BrokerReason {
    static final int SUCCESS = 0x00;
    static final int DISCONNECT_WITH_WILL = 0x04;
    static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    static final int NO_SUBSCRIPTION_EXISTED = 0x11;
    static final int MALFORMED = 0x81;
    static final int PROTOCOL_ERROR = 0x82;
    static final int TAKEN_OVER = 0x8e;
    static final int FILTER_INVALID = 0x8f;
    static final int TOPIC_INVALID = 0x90;
    static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
    static final int ALIAS_INVALID = 0x94;
    static final int QOS_NOT_SUPPORTED = 0x9b;
    static final int SHARED_NOT_SUPPORTED = 0x9e;

    private BrokerReason() {}
}
