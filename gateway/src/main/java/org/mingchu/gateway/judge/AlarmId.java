package org.mingchu.gateway.judge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The name of one alarm for ever: UUIDv8 (RFC 9562) of SHA-256 over epoch, subject, rule and the
 * first evidence's seq, so that a replay gives the same id. Immutable.
 */
public record AlarmId(UUID value) {
    /** Derives the id of the alarm whose evidence begins at {@code firstSeq}. */
    public static AlarmId of(String epoch, String subject, String rule, long firstSeq) {
        var hash = sha256(epoch + '\n' + subject + '\n' + rule + '\n' + firstSeq);
        var bytes = ByteBuffer.wrap(hash);
        var high = (bytes.getLong() & 0xffff_ffff_ffff_0fffL) | 0x8000L;
        var low = (bytes.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new AlarmId(new UUID(high, low));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
