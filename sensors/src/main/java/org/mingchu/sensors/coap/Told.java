package org.mingchu.sensors.coap;

import java.util.OptionalLong;

/**
 * A body of SenML as it arrived. Immutable.
 *
 * @param identity of the probe, one of the roster's
 * @param proven whether the identity was proven
 * @param sequence beside the body; the one within it counts first
 */
record Told(
        String identity, Proven proven, SenMl.Form form, byte[] body, OptionalLong sequence) {
    /** How sure it is who speaks. */
    enum Proven {
        /** By DTLS. */
        YES,
        /** Anybody on the network can say it. */
        NO
    }
}
