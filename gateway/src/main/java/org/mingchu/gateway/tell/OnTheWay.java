package org.mingchu.gateway.tell;

/** How far an entry has come on its way to a platform. */
public enum OnTheWay {
    /** It was handed to the connection. */
    SENT,
    /** The broker has taken it. */
    BROKERED,
    /** The platform itself says that it has it. */
    ACKNOWLEDGED,
    /** The platform refuses it for good. */
    REJECTED
}
