package org.mingchu.gateway.keep.cbor;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.cbor.Cbor.Malformed;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * Reads what {@link CborWriter} writes, and refuses every other spelling of it, so that no two byte
 * strings mean the same entry. Keys that are not asked for are stepped over: a later program may
 * have added them. Every method throws {@link Malformed} for bytes that do not hold what is asked
 * for. One thread.
 */
public final class CborReader {
    /** Levels of maps and arrays within each other. */
    private static final int MAX_DEPTH = 16;

    private final byte[] bytes;
    private int at;
    private int depth;
    private final int[] left = new int[MAX_DEPTH];
    private final long[] lastKey = new long[MAX_DEPTH];

    public CborReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public long integer() {
        return switch (major()) {
            case Cbor.UNSIGNED -> argument();
            case Cbor.NEGATIVE -> ~argument();
            default -> throw wrong("an integer");
        };
    }

    public String text() {
        expect(Cbor.TEXT, "text");
        return utf8(length());
    }

    /** Where the next item begins, within an array. */
    public int mark() {
        return at;
    }

    /** Goes back to an earlier item of the same array. */
    public void backTo(int mark) {
        at = mark;
    }

    /** Steps over a text and says whether it is this one; its UTF-8 is not looked at otherwise. */
    public boolean textIs(byte[] utf8) {
        expect(Cbor.TEXT, "a text");
        var size = length();
        at += size;
        return Arrays.equals(bytes, at - size, at, utf8, 0, utf8.length);
    }

    public byte[] bytes() {
        expect(Cbor.BYTES, "bytes");
        var size = length();
        at += size;
        return Arrays.copyOfRange(bytes, at - size, at);
    }

    public boolean nextIsText() {
        return major() == Cbor.TEXT;
    }

    public boolean truth() {
        return switch (next()) {
            case Cbor.TRUE -> true;
            case Cbor.FALSE -> false;
            default -> throw wrong("true or false");
        };
    }

    /** Steps over a null, if there is one. */
    public boolean nothing() {
        var isNull = peek() == Cbor.NULL;
        at += isNull ? 1 : 0;
        return isNull;
    }

    /** The head of an array: how many items follow. */
    public int array() {
        expect(Cbor.ARRAY, "an array");
        return length();
    }

    /** The head of an array of at least {@code known} items: how many unknown ones follow those. */
    public int array(int known) {
        var size = array();
        if (size < known) {
            throw wrong("an array of " + known);
        }
        return size - known;
    }

    public void mapStart() {
        expect(Cbor.MAP, "a map");
        enter(length());
        lastKey[depth - 1] = -1;
    }

    /** Goes to {@code key} of the open map. Ask in ascending order; true when it is there. */
    public boolean at(int key) {
        while (left[depth - 1] > 0) {
            var start = at;
            var found = key();
            if (found >= key) {
                at = found == key ? at : start;
                takeKey(found, key);
                return found == key;
            }
            takeKey(found, found);
            skip();
        }
        return false;
    }

    /** Goes to {@code key}, which must be there. */
    public CborReader need(int key) {
        if (!at(key)) {
            throw new Malformed("key " + key + " is missing at byte " + at);
        }
        return this;
    }

    public void mapEnd() {
        while (left[depth - 1] > 0) {
            var found = key();
            takeKey(found, found);
            skip();
        }
        depth--;
    }

    public void skip(int items) {
        for (var i = 0; i < items; i++) {
            skip();
        }
    }

    /** Whether anything follows the last item that was read. */
    public boolean more() {
        return at < bytes.length;
    }

    /** After the last item nothing may follow. */
    public void end() {
        if (at != bytes.length) {
            throw new Malformed(bytes.length - at + " bytes too many");
        }
    }

    private long key() {
        expect(Cbor.UNSIGNED, "a key");
        var found = argument();
        if (found <= lastKey[depth - 1]) {
            throw new Malformed("key " + found + " out of order at byte " + at);
        }
        return found;
    }

    private void takeKey(long found, long wanted) {
        if (found == wanted) {
            lastKey[depth - 1] = found;
            left[depth - 1]--;
        }
    }

    /** Steps over one item of any kind, also those this program never writes. */
    private void skip() {
        switch (major()) {
            case Cbor.UNSIGNED, Cbor.NEGATIVE -> argument();
            case Cbor.BYTES -> bytes();
            case Cbor.TEXT -> text();
            case Cbor.ARRAY -> skipAll(array());
            case Cbor.MAP -> skipMap();
            case Cbor.TAG -> {
                argument();
                skipAll(1);
            }
            default -> skipSimple();
        }
    }

    private void skipAll(int items) {
        enter(items);
        skip(items);
        depth--;
    }

    private void skipMap() {
        mapStart();
        mapEnd();
    }

    private void skipSimple() {
        var info = next() & 0x1f;
        if (info > Cbor.EIGHT_BYTES) {
            throw wrong("a definite item");
        }
        var more = info < Cbor.ONE_BYTE ? 0 : 1 << (info - Cbor.ONE_BYTE);
        if (more > bytes.length - at) {
            throw wrong(more + " bytes");
        }
        at += more;
    }

    private void enter(int items) {
        if (depth == MAX_DEPTH) {
            throw new Malformed("deeper than " + MAX_DEPTH + " levels at byte " + at);
        }
        left[depth++] = items;
    }

    private int major() {
        return peek() >>> 5;
    }

    private void expect(int major, String what) {
        if (major() != major) {
            throw wrong(what);
        }
    }

    /** A length; never more than the bytes that are left, so that no damage asks for memory. */
    private int length() {
        var size = argument();
        if (size > bytes.length - at) {
            throw wrong(size + " more");
        }
        return (int) size;
    }

    private long argument() {
        var info = next() & 0x1f;
        return info < Cbor.ONE_BYTE ? info : argumentBehind(info);
    }

    private long argumentBehind(int info) {
        return switch (info) {
            case Cbor.ONE_BYTE -> big(1, Cbor.ONE_BYTE);
            case Cbor.TWO_BYTES -> big(2, 0x100);
            case Cbor.FOUR_BYTES -> big(4, 0x1_0000);
            case Cbor.EIGHT_BYTES -> big(8, 0x1_0000_0000L);
            default -> throw wrong("a definite length");
        };
    }

    /** Refuses what would have fitted into a shorter head, and what no long can hold. */
    private long big(int size, long least) {
        if (size > bytes.length - at) {
            throw wrong(size + " bytes");
        }
        var value = 0L;
        for (var i = 0; i < size; i++) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        at += size;
        if (value < least) {
            throw wrong("the shortest head");
        }
        return value;
    }

    private int peek() {
        if (at >= bytes.length) {
            throw wrong("more bytes");
        }
        return bytes[at] & 0xff;
    }

    private int next() {
        var found = peek();
        at++;
        return found;
    }

    private String utf8(int size) {
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, size)).toString();
            at += size;
            return text;
        } catch (CharacterCodingException e) {
            throw wrong("UTF-8");
        }
    }

    private Malformed wrong(String expected) {
        return new Malformed("expected " + expected + " at byte " + at + " of " + bytes.length);
    }
}
