package org.mingchu.sensors.coap;

import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;

import java.net.DatagramPacket;
import java.net.InetSocketAddress;

/** Plain UDP behind a turnstile. */
final class GuardedUdp extends UDPConnector {
    private final Turnstile turnstile;

    GuardedUdp(InetSocketAddress address, Configuration settings, Turnstile turnstile) {
        super(address, settings);
        this.turnstile = turnstile;
    }

    @Override
    public void processDatagram(DatagramPacket datagram) {
        var from = (InetSocketAddress) datagram.getSocketAddress();
        if (turnstile.admits(from, Turnstile.Kind.DATAGRAM)) {
            super.processDatagram(datagram);
        }
    }
}
