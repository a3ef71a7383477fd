package org.mingchu.sensors.coap;

import org.eclipse.californium.elements.util.DatagramReader;
import org.eclipse.californium.scandium.dtls.ClientHello;
import org.eclipse.californium.scandium.dtls.DTLSConnectionState;
import org.eclipse.californium.scandium.dtls.FragmentedHandshakeMessage;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.Record;
import org.eclipse.californium.scandium.dtls.SingleNodeConnectionIdGenerator;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What may come to the port of DTLS: what Scandium would begin a session with was counted as one,
 * and what comes through breaks nothing on the way that Scandium goes with it.
 */
public final class HelloFuzz {
    /** A datagram need not begin where its array does. */
    private static final int OFFSET = 5;

    private HelloFuzz() {}

    public static void fuzzerTestOneInput(byte[] datagram) {
        var hello = Hello.of(datagram, 0, datagram.length);
        var shifted = new byte[OFFSET + datagram.length];
        Arrays.fill(shifted, 0, OFFSET, (byte) 1);
        System.arraycopy(datagram, 0, shifted, OFFSET, datagram.length);
        if (hello != Hello.of(shifted, OFFSET, datagram.length)) {
            throw new AssertionError("what stands before a datagram counts");
        }
        if (datagram.length > 0
                && hello != Hello.BREAKS_READER
                && begins(datagram)
                && hello != Hello.BEGINS_SESSION) {
            throw new AssertionError("a session that is not counted");
        }
    }

    /** As {@code processRecords} and {@code processNewClientHello} of Scandium go. */
    private static boolean begins(byte[] datagram) {
        var ids = new SingleNodeConnectionIdGenerator(Stack.CONNECTION_ID_BYTES);
        var records = Record.fromReader(new DatagramReader(datagram), ids, 1);
        if (records.size() != 1 || !records.getFirst().isNewClientHello()) {
            return false;
        }
        var record = records.getFirst();
        try {
            record.decodeFragment(DTLSConnectionState.NULL);
            return switch (record.getFragment()) {
                case FragmentedHandshakeMessage _ -> true;
                case ClientHello hello -> withCookie(hello);
                case null, default -> false;
            };
        } catch (GeneralSecurityException | HandshakeException e) {
            return false;
        }
    }

    /** The cookie that is expected is made of what the hello says. */
    private static boolean withCookie(ClientHello hello) throws GeneralSecurityException {
        var cookie = Mac.getInstance("HmacSHA256");
        cookie.init(new SecretKeySpec(new byte[] {1}, "HmacSHA256"));
        hello.updateForCookie(cookie);
        return hello.hasCookie();
    }
}
