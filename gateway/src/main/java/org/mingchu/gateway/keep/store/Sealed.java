package org.mingchu.gateway.keep.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Bytes with a CRC-32C behind them, for what is believed without another proof and lies in more
 * than one page: a disk that has lost one of them shows an older one in its place. Stateless.
 */
final class Sealed {
    private Sealed() {}

    static byte[] of(byte[] bytes) {
        return ByteBuffer.allocate(bytes.length + Integer.BYTES)
                .put(bytes)
                .putInt(crc(bytes, bytes.length))
                .array();
    }

    /** What was sealed; empty when the check does not hold. */
    static Optional<byte[]> open(byte[] sealed) {
        var length = sealed.length - Integer.BYTES;
        return length >= 0 && ByteBuffer.wrap(sealed).getInt(length) == crc(sealed, length)
                ? Optional.of(Arrays.copyOf(sealed, length))
                : Optional.empty();
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
