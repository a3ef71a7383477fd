package org.mingchu.gateway.keep.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Writes bits, most significant first. One thread. */
final class BitWriter {
    private byte[] bytes = new byte[256];
    private int length;
    private long pending;
    private int pendingBits;

    /** The low {@code width} bits of {@code value}; 0 to 64. */
    BitWriter put(long value, int width) {
        if (width > 32) {
            put(value >>> 32, width - 32);
            return put(value, 32);
        }
        pending = (pending << width) | (value & ((1L << width) - 1));
        pendingBits += width;
        while (pendingBits >= 8) {
            pendingBits -= 8;
            ensure(1);
            bytes[length++] = (byte) (pending >>> pendingBits);
        }
        return this;
    }

    BitWriter truth(boolean value) {
        return put(value ? 1 : 0, 1);
    }

    /** A number of any size: small ones are short. */
    BitWriter number(long value) {
        var folded = Bits.fold(value);
        var width = Bits.width(folded);
        return put(width, Bits.WIDTH_BITS).put(folded, width);
    }

    BitWriter text(String text) {
        var utf8 = text.getBytes(UTF_8);
        number(utf8.length);
        for (var one : utf8) {
            put(one, 8);
        }
        return this;
    }

    /** How many bits there are so far. */
    long bits() {
        return length * 8L + pendingBits;
    }

    /** What was written, filled up with zeros to a whole byte. */
    byte[] toBytes() {
        var copy = Arrays.copyOf(bytes, length + (pendingBits > 0 ? 1 : 0));
        if (pendingBits > 0) {
            copy[length] = (byte) (pending << (8 - pendingBits));
        }
        return copy;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }
}
