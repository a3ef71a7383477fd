package org.mingchu.sensors.coap;

import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.jspecify.annotations.Nullable;

import java.net.DatagramPacket;
import java.net.InetSocketAddress;

/** DTLS behind a turnstile. */
final class GuardedDtls extends DTLSConnector {
    private final Turnstile turnstile;

    GuardedDtls(DtlsConnectorConfig settings, Turnstile turnstile) {
        super(settings);
        this.turnstile = turnstile;
    }

    @Override
    protected void processDatagram(DatagramPacket packet, @Nullable InetSocketAddress router) {
        var from = (InetSocketAddress) packet.getSocketAddress();
        if (turnstile.admits(from, kind(packet))) {
            super.processDatagram(packet, router);
        }
    }

    private static Turnstile.Kind kind(DatagramPacket packet) {
        return ClientHello.beginsSession(packet.getData(), packet.getOffset(), packet.getLength())
                ? Turnstile.Kind.HANDSHAKE
                : Turnstile.Kind.DATAGRAM;
    }
}
