package org.mingchu.sensors.coap;

import java.net.InetSocketAddress;

/**
 * How a listener is, as its own probe saw it last. Immutable.
 *
 * @param listener {@code coaps} or {@code coap}
 * @param address as bound; the wanted one while it is not
 * @param detail why it does not answer; empty while it does
 * @param sinceNs since when it is so, by the boot clock
 * @param restarts how often it was opened again
 * @param refused datagrams that were too many, since it was opened
 */
public record Health(
        String listener,
        InetSocketAddress address,
        State state,
        String detail,
        long sinceNs,
        long restarts,
        long refused) {
    /** Whether it answers. */
    public enum State {
        UP,
        DOWN
    }
}
