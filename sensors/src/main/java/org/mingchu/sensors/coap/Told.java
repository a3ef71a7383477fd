package org.mingchu.sensors.coap;

import java.util.OptionalLong;

/**
 * How a body of SenML arrived. Immutable.
 *
 * @param identity of the probe, one of the roster's
 * @param proven whether the identity was proven
 * @param sequence beside the body; the one within it counts first
 */
record Told(String identity, Proven proven, SenMl.Form form, OptionalLong sequence) {
    /** How sure it is who speaks. */
    enum Proven {
        /** By DTLS. */
        YES,
        /** Anybody on the network can say it. */
        NO
    }
}
