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
        if (turnstile.admits(from, Turnstile.Kind.DATAGRAM) && admits(packet, from)) {
            super.processDatagram(packet, router);
        }
    }

    /** Looked at only behind the first turnstile, so that a flood costs no reading. */
    private boolean admits(DatagramPacket packet, InetSocketAddress from) {
        return switch (Hello.of(packet.getData(), packet.getOffset(), packet.getLength())) {
            case NONE -> true;
            case BEGINS_SESSION -> turnstile.admits(from, Turnstile.Kind.HANDSHAKE);
            case BREAKS_READER -> false;
        };
    }
}
