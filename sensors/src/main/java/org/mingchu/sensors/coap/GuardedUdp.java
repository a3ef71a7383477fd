package org.mingchu.sensors.coap;

import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;

import java.net.DatagramPacket;
import java.net.InetSocketAddress;

/** Plain UDP behind a turnstile. */
final class GuardedUdp extends UDPConnector {
    private static final int CODE_AT = 1;

    /** Requests and empty messages are of class 0. */
    private static final int CODE_CLASS = 0xe0;

    private final Turnstile turnstile;

    GuardedUdp(InetSocketAddress address, Configuration settings, Turnstile turnstile) {
        super(address, settings);
        this.turnstile = turnstile;
    }

    @Override
    public void processDatagram(DatagramPacket datagram) {
        var from = (InetSocketAddress) datagram.getSocketAddress();
        if (turnstile.admits(from, Turnstile.Kind.DATAGRAM) && !answers(datagram)) {
            super.processDatagram(datagram);
        }
    }

    /**
     * Who asks nothing gets no answers: Californium 3.14 writes a stack trace into the log for each
     * one that somebody invents.
     */
    static boolean answers(DatagramPacket datagram) {
        return datagram.getLength() > CODE_AT
                && (datagram.getData()[datagram.getOffset() + CODE_AT] & CODE_CLASS) != 0;
    }
}
