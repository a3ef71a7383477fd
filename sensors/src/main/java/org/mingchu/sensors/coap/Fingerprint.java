package org.mingchu.sensors.coap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Eight bytes of SHA-256, which stand for a thing where the thing itself would be too long. */
final class Fingerprint {
    private static final char BETWEEN = '\u0000';

    private Fingerprint() {}

    static long of(byte[] bytes) {
        return ByteBuffer.wrap(sha256(bytes)).getLong();
    }

    /** Of parts in their order; none of them holds a zero. */
    static long of(Object... parts) {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(part).append(BETWEEN);
        }
        return of(text.toString().getBytes(UTF_8));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
