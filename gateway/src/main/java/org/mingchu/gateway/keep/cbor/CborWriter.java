package org.mingchu.gateway.keep.cbor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Writes deterministic CBOR (RFC 8949 section 4.2): shortest heads, definite lengths, ascending
 * keys. Only what entries need: integers, text, bytes, truth values, null, arrays, and maps of at
 * most {@value #MAX_KEYS} small integer keys. Reusable; one thread.
 */
public final class CborWriter {
    /** What fits into the one-byte head of a map, which is filled in when the map ends. */
    public static final int MAX_KEYS = 23;

    /** Levels of maps within maps. */
    private static final int MAX_DEPTH = 16;

    private byte[] buffer = new byte[1024];
    private int length;
    private int depth;
    private final int[] headAt = new int[MAX_DEPTH];
    private final int[] keys = new int[MAX_DEPTH];
    private final int[] lastKey = new int[MAX_DEPTH];

    /** Forgets what was written. */
    public CborWriter reset() {
        length = 0;
        depth = 0;
        return this;
    }

    /** A copy of what was written since the last reset. */
    public byte[] toBytes() {
        if (depth != 0) {
            throw new IllegalStateException("a map is still open");
        }
        return Arrays.copyOf(buffer, length);
    }

    public CborWriter integer(long value) {
        if (value < 0) {
            head(Cbor.NEGATIVE, ~value);
        } else {
            head(Cbor.UNSIGNED, value);
        }
        return this;
    }

    public CborWriter text(String text) {
        return block(Cbor.TEXT, text.getBytes(UTF_8));
    }

    public CborWriter bytes(byte[] bytes) {
        return block(Cbor.BYTES, bytes);
    }

    public CborWriter truth(boolean value) {
        put(value ? Cbor.TRUE : Cbor.FALSE);
        return this;
    }

    public CborWriter nothing() {
        put(Cbor.NULL);
        return this;
    }

    /** The head of an array; exactly {@code size} items must follow. */
    public CborWriter array(int size) {
        head(Cbor.ARRAY, size);
        return this;
    }

    public CborWriter mapStart() {
        headAt[depth] = length;
        keys[depth] = 0;
        lastKey[depth] = -1;
        depth++;
        put(Cbor.MAP << 5);
        return this;
    }

    /** The next key of the open map; its value must follow. */
    public CborWriter key(int key) {
        var map = depth - 1;
        if (key <= lastKey[map] || ++keys[map] > MAX_KEYS) {
            throw new IllegalStateException("key " + key + " after " + lastKey[map]);
        }
        lastKey[map] = key;
        head(Cbor.UNSIGNED, key);
        return this;
    }

    public CborWriter mapEnd() {
        depth--;
        buffer[headAt[depth]] = (byte) (Cbor.MAP << 5 | keys[depth]);
        return this;
    }

    private CborWriter block(int major, byte[] bytes) {
        head(major, bytes.length);
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    private void head(int major, long argument) {
        var top = major << 5;
        if (argument < Cbor.ONE_BYTE) {
            put(top | (int) argument);
        } else if (argument <= 0xff) {
            put(top | Cbor.ONE_BYTE);
            big(argument, 1);
        } else if (argument <= 0xffff) {
            put(top | Cbor.TWO_BYTES);
            big(argument, 2);
        } else if (argument <= 0xffff_ffffL) {
            put(top | Cbor.FOUR_BYTES);
            big(argument, 4);
        } else {
            put(top | Cbor.EIGHT_BYTES);
            big(argument, 8);
        }
    }

    private void big(long argument, int bytes) {
        ensure(bytes);
        for (var shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (argument >>> shift);
        }
    }

    private void put(int oneByte) {
        ensure(1);
        buffer[length++] = (byte) oneByte;
    }

    private void ensure(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
