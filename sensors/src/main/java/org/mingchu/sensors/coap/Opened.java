package org.mingchu.sensors.coap;

import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.scandium.DTLSConnector;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A listener that is open.
 *
 * @param sessions of DTLS
 * @param undo what is to be done beside when it closes
 */
record Opened(
        CoapServer server,
        InetSocketAddress address,
        Turnstile turnstile,
        Optional<DTLSConnector> sessions,
        Runnable undo) {
    void close() {
        undo.run();
        server.destroy();
    }
}
