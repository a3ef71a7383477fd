package org.mingchu.sensors.coap;

import org.eclipse.californium.core.CoapClient;
import org.eclipse.californium.elements.util.Filter;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Asks the gateway's own listeners from outside of the stack: a thread of Californium that has died
 * says so to nobody. DTLS is asked by a whole handshake and a ping, with an identity and a key that
 * live for one question. One thread at a time.
 */
final class SelfProbe {
    /** How long a listener may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** An empty confirmable message is answered by a reset (RFC 7252 section 4.3). */
    private static final int PING = 0x40;

    private static final int RESET = 0x70;
    private static final int HEAD_BYTES = 4;
    private static final int NAME_BYTES = 16;

    private final SecureRandom chance;
    private final Doorkeeper doorkeeper;
    private final int patienceMs;

    SelfProbe(SecureRandom chance, Doorkeeper doorkeeper, Duration patience) {
        this.chance = chance;
        this.doorkeeper = doorkeeper;
        this.patienceMs = (int) patience.toMillis();
    }

    Optional<String> askPlain(Opened listener) {
        var to = reachable(listener.address());
        try (var socket = new DatagramSocket(new InetSocketAddress(to.getAddress(), 0))) {
            socket.setSoTimeout(patienceMs);
            socket.connect(to);
            listener.turnstile().expect((InetSocketAddress) socket.getLocalSocketAddress());
            var id = new byte[2];
            chance.nextBytes(id);
            socket.send(new DatagramPacket(new byte[] {PING, 0, id[0], id[1]}, HEAD_BYTES));
            var answer = new DatagramPacket(new byte[HEAD_BYTES], HEAD_BYTES);
            socket.receive(answer);
            var bytes = answer.getData();
            return bytes[0] == RESET && bytes[2] == id[0] && bytes[3] == id[1]
                    ? Optional.empty()
                    : Optional.of("a ping got another answer than a reset");
        } catch (IOException e) {
            return Optional.of("a ping was not answered (" + e.getClass().getSimpleName() + ")");
        }
    }

    Optional<String> askDtls(Opened listener) {
        var name = new byte[NAME_BYTES];
        chance.nextBytes(name);
        // No identity of a site file begins so.
        var own = new Doorkeeper.Own("." + HexFormat.of().formatHex(name), Psk.random(chance));
        doorkeeper.expect(own);
        try {
            return handshakeAndPing(listener, own);
        } finally {
            listener.sessions().ifPresent(s -> forget(s, own));
        }
    }

    private Optional<String> handshakeAndPing(Opened listener, Doorkeeper.Own own) {
        var to = reachable(listener.address());
        var settings = Stack.dtlsClient();
        var connector =
                new DTLSConnector(
                        DtlsConnectorConfig.builder(settings)
                                .setAddress(new InetSocketAddress(to.getAddress(), 0))
                                .setAdvancedPskStore(
                                        new AdvancedSinglePskStore(
                                                own.identity(), own.key().bytes()))
                                .build());
        var endpoint = Stack.endpoint(settings).setConnector(connector).build();
        try {
            endpoint.start();
            listener.turnstile().expect(connector.getAddress());
            var client = new CoapClient("coaps", to.getHostString(), to.getPort());
            client.setEndpoint(endpoint);
            return client.ping(patienceMs)
                    ? Optional.empty()
                    : Optional.of("a handshake and ping were not answered");
        } catch (IOException e) {
            return Optional.of("cannot ask: " + e.getMessage());
        } finally {
            endpoint.destroy();
        }
    }

    private static void forget(DTLSConnector sessions, Doorkeeper.Own own) {
        Filter<Principal> mine =
                principal -> Caller.identity(principal).equals(Optional.of(own.identity()));
        var _ = sessions.startTerminateConnectionsForPrincipal(mine);
    }

    /** Who listens everywhere is asked at the loopback. */
    private static InetSocketAddress reachable(InetSocketAddress listens) {
        return listens.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listens.getPort())
                : listens;
    }
}
