package org.mingchu.sensors.coap;

/**
 * Looks whether a datagram of DTLS 1.2 asks for a new session: a client's hello that brings the
 * cookie back. One without cookie is answered with a cookie and forgotten (RFC 6347 section 4.2.1),
 * so it counts as any other datagram.
 */
final class ClientHello {
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;

    /** Type, version, epoch and number of the record, its length; then the message's own head. */
    private static final int RECORD_HEAD_BYTES = 13;

    private static final int EPOCH_AT = 3;
    private static final int MESSAGE_HEAD_BYTES = 12;
    private static final int FRAGMENT_AT = RECORD_HEAD_BYTES + 6;
    private static final int SESSION_AT = RECORD_HEAD_BYTES + MESSAGE_HEAD_BYTES + 2 + 32;

    private ClientHello() {}

    static boolean beginsSession(byte[] data, int offset, int length) {
        if (length <= RECORD_HEAD_BYTES
                || data[offset] != HANDSHAKE
                || data[offset + EPOCH_AT] != 0
                || data[offset + EPOCH_AT + 1] != 0
                || data[offset + RECORD_HEAD_BYTES] != CLIENT_HELLO) {
            return false;
        }
        return fragmented(data, offset, length) || hasCookie(data, offset, length);
    }

    /** A hello in pieces is put together in memory, so it counts. */
    private static boolean fragmented(byte[] data, int offset, int length) {
        return length < SESSION_AT
                || data[offset + FRAGMENT_AT] != 0
                || data[offset + FRAGMENT_AT + 1] != 0
                || data[offset + FRAGMENT_AT + 2] != 0;
    }

    private static boolean hasCookie(byte[] data, int offset, int length) {
        if (length <= SESSION_AT) {
            return false;
        }
        var cookieAt = SESSION_AT + 1 + (data[offset + SESSION_AT] & 0xff);
        return length > cookieAt && data[offset + cookieAt] != 0;
    }
}
