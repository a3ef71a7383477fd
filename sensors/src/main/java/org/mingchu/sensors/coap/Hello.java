package org.mingchu.sensors.coap;

import org.eclipse.californium.elements.util.DatagramReader;
import org.eclipse.californium.scandium.dtls.ClientHello;
import org.eclipse.californium.scandium.dtls.ConnectionIdGenerator;
import org.eclipse.californium.scandium.dtls.FragmentedHandshakeMessage;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.HandshakeMessage;
import org.eclipse.californium.scandium.dtls.Record;
import org.eclipse.californium.scandium.dtls.SingleNodeConnectionIdGenerator;

/**
 * Looks whether a datagram of DTLS 1.2 asks for a new session: a client's hello that brings the
 * cookie back, or a piece of one. One without cookie is answered with a cookie and forgotten (RFC
 * 6347 section 4.2.1), so it counts as any other datagram.
 *
 * <p>It looks with Scandium's own reader, because any other reads some datagrams in another way: a
 * record of an unknown kind before the hello is skipped by Scandium.
 */
enum Hello {
    NONE,

    BEGINS_SESSION,

    /**
     * Scandium 3.14 throws what it does not catch over some that are malformed, and writes a stack
     * trace into the log for each, which anybody may send.
     */
    BREAKS_READER;

    /** Only their length counts here. */
    private static final ConnectionIdGenerator CONNECTION_IDS =
            new SingleNodeConnectionIdGenerator(Stack.CONNECTION_ID_BYTES);

    static Hello of(byte[] data, int offset, int length) {
        var datagram = new DatagramReader(data, offset, length);
        try {
            var begins = false;
            for (var record : Record.fromReader(datagram, CONNECTION_IDS, 1)) {
                begins |= record.isNewClientHello() && beginsSession(record.getFragmentBytes());
            }
            return begins ? BEGINS_SESSION : NONE;
        } catch (RuntimeException e) {
            return BREAKS_READER;
        }
    }

    private static boolean beginsSession(byte[] message) {
        try {
            return switch (HandshakeMessage.fromByteArray(message)) {
                case ClientHello hello -> hello.hasCookie();
                case FragmentedHandshakeMessage _ -> true;
                default -> false;
            };
        } catch (HandshakeException e) {
            // Scandium refuses it as we do.
            return false;
        }
    }
}
