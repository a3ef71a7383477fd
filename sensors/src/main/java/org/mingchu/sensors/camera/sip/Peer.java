package org.mingchu.sensors.camera.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where a packet came from, and the only place its answer goes to. Immutable. */
record Peer(Transport transport, InetAddress address, int port) {
    Peer(Transport transport, InetSocketAddress socket) {
        this(transport, socket.getAddress(), socket.getPort());
    }

    String host() {
        return address.getHostAddress();
    }

    @Override
    public String toString() {
        return host() + ":" + port + "/" + transport;
    }
}
