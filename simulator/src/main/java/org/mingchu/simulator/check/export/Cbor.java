package org.mingchu.simulator.check.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads deterministic CBOR (RFC 8949 section 4.2) and refuses every other spelling. Numbers become
 * {@code Long} or {@code BigInteger}, strings {@code String} or {@code byte[]}, arrays {@code
 * List}, maps {@code Map}. One thread.
 */
final class Cbor {
    private static final int DEPTH_MAX = 64;

    private final byte[] bytes;
    private int at;

    /** It is no deterministic CBOR. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        Malformed(String why) {
            super(why);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    /** What stands for null, undefined and other simple values. */
    record Simple(int number) {}

    Cbor(byte[] bytes) {
        this.bytes = bytes;
    }

    /** One item and nothing behind it. */
    static Object one(byte[] bytes) throws Malformed {
        var reader = new Cbor(bytes);
        var item = reader.next();
        if (reader.hasNext()) {
            throw new Malformed("something follows the item");
        }
        return item;
    }

    boolean hasNext() {
        return at < bytes.length;
    }

    /** The next item of a sequence (RFC 8742). */
    Object next() throws Malformed {
        return item(0);
    }

    private Object item(int depth) throws Malformed {
        if (depth > DEPTH_MAX) {
            throw new Malformed("nested deeper than " + DEPTH_MAX);
        }
        var head = take(1)[0] & 0xff;
        var major = head >> 5;
        var info = head & 31;
        if (major == 7) {
            return simple(info);
        }
        var value = argument(info);
        return switch (major) {
            case 0 -> number(value);
            case 1 -> number(value.not());
            case 2 -> take(length(value));
            case 3 -> text(take(length(value)));
            case 4 -> array(length(value), depth);
            case 5 -> map(length(value), depth);
            default -> item(depth + 1); // a tag says no more to us than what it is on
        };
    }

    private BigInteger argument(int info) throws Malformed {
        if (info < 24) {
            return BigInteger.valueOf(info);
        }
        if (info > 27) {
            throw new Malformed("indefinite or reserved length");
        }
        var value = new BigInteger(1, take(1 << (info - 24)));
        var bits = value.bitLength();
        var shortest = bits > 32 ? 27 : bits > 16 ? 26 : bits > 8 ? 25 : 24;
        if (info != shortest || value.compareTo(BigInteger.valueOf(24)) < 0) {
            throw new Malformed("a head that is not the shortest");
        }
        return value;
    }

    private static Object number(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private int length(BigInteger value) throws Malformed {
        if (value.compareTo(BigInteger.valueOf(bytes.length - at)) > 0) {
            throw new Malformed("cut short");
        }
        return value.intValue();
    }

    private byte[] take(int count) throws Malformed {
        if (count > bytes.length - at) {
            throw new Malformed("cut short");
        }
        var taken = Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return taken;
    }

    private static String text(byte[] utf8) throws Malformed {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException _) {
            throw new Malformed("text that is not UTF-8");
        }
    }

    private List<Object> array(int count, int depth) throws Malformed {
        var items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item(depth + 1));
        }
        return items;
    }

    private Map<Object, Object> map(int count, int depth) throws Malformed {
        var pairs = new LinkedHashMap<>();
        var before = new byte[0];
        for (int i = 0; i < count; i++) {
            var start = at;
            var key = item(depth + 1);
            var spelled = Arrays.copyOfRange(bytes, start, at);
            if (i > 0 && Arrays.compareUnsigned(before, spelled) >= 0) {
                throw new Malformed("map keys that do not ascend");
            }
            before = spelled;
            pairs.put(key, item(depth + 1));
        }
        return pairs;
    }

    private Object simple(int info) throws Malformed {
        return switch (info) {
            case 20 -> false;
            case 21 -> true;
            case 24 -> {
                var number = take(1)[0] & 0xff;
                if (number < 32) {
                    throw new Malformed("a simple value that is not the shortest");
                }
                yield new Simple(number);
            }
            case 25 -> (double) Float.float16ToFloat(ByteBuffer.wrap(take(2)).getShort());
            case 26 -> {
                var value = ByteBuffer.wrap(take(4)).getFloat();
                if (Float.float16ToFloat(Float.floatToFloat16(value)) == value) {
                    throw new Malformed("a float that is not the shortest");
                }
                yield (double) value;
            }
            case 27 -> {
                var value = ByteBuffer.wrap(take(8)).getDouble();
                if ((float) value == value) {
                    throw new Malformed("a float that is not the shortest");
                }
                yield value;
            }
            default -> {
                if (info > 27) {
                    throw new Malformed("indefinite or reserved length");
                }
                yield new Simple(info);
            }
        };
    }
}
