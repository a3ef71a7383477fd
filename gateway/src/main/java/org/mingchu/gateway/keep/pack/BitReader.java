package org.mingchu.gateway.keep.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.cbor.Cbor.Malformed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;

/**
 * Reads what {@link BitWriter} writes. Every method throws {@link Malformed} when the bits end
 * early. One thread.
 */
final class BitReader {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Zeros behind the end, so that a window may be read anywhere before it. */
    private static final int PADDING = 24;

    /** Of a window at least so many bits are the stream's. */
    private static final int WINDOW_BITS = 57;

    private final byte[] bytes;
    private final long end;
    private long at;

    /** Reads {@code bytes} between the two indexes. */
    BitReader(byte[] bytes, int from, int to) {
        this.bytes = new byte[to - from + PADDING];
        System.arraycopy(bytes, from, this.bytes, 0, to - from);
        this.end = (to - from) * 8L;
    }

    long take(int width) {
        if (width > WINDOW_BITS) {
            var high = take(width - Integer.SIZE);
            return (high << Integer.SIZE) | take(Integer.SIZE);
        }
        need(width);
        var value = width == 0 ? 0 : window() >>> (Long.SIZE - width);
        at += width;
        return value;
    }

    /** How far it is, for {@link #backTo}. */
    long mark() {
        return at;
    }

    void backTo(long mark) {
        at = mark;
    }

    /** Whether a bit is left. */
    boolean hasMore() {
        return at < end;
    }

    boolean truth() {
        return take(1) == 1;
    }

    long number() {
        var width = (int) take(Bits.WIDTH_BITS);
        if (width > Long.SIZE) {
            throw new Malformed("a number of " + width + " bits");
        }
        return Bits.unfold(take(width));
    }

    /** A count that must be within bounds, so that no damage asks for memory. */
    int count(int most) {
        var count = number();
        if (count < 0 || count > most) {
            throw new Malformed("a count of " + count + " where at most " + most + " can be");
        }
        return (int) count;
    }

    String text() {
        var utf8 = new byte[count((int) Math.min(Integer.MAX_VALUE, (end - at) / 8))];
        for (var i = 0; i < utf8.length; i++) {
            utf8[i] = (byte) take(8);
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("no UTF-8 before bit " + at);
        }
    }

    /**
     * Fills {@code into} from {@code first} on with the differences from {@code median} that {@link
     * Rice} codes of this k tell. All in one go: this is what charts wait for.
     */
    void differences(int k, long median, long[] into, int first) {
        var here = at;
        var i = first;
        while (i < into.length) {
            if (here >= end) {
                throw ended();
            }
            // As many codes as are surely whole in one window, so that memory is asked seldom.
            var window = (long) LONGS.get(bytes, (int) (here >>> 3)) << (here & 7);
            var left = WINDOW_BITS;
            while (i < into.length) {
                var ones = Long.numberOfLeadingZeros(~window);
                var length = ones + 1 + k;
                if (length > left || ones >= Rice.ESCAPE) {
                    break;
                }
                var low = ((window << (ones + 1)) >>> 1) >>> (Long.SIZE - 1 - k);
                into[i++] = median + Bits.unfold(((long) ones << k) | low);
                window <<= length;
                left -= length;
                here += length;
            }
            if (left == WINDOW_BITS) {
                at = here;
                into[i++] = median + Bits.unfold(slow(k, Long.numberOfLeadingZeros(~window)));
                here = at;
            }
        }
        at = here;
        need(0);
    }

    private long slow(int k, int ones) {
        if (ones >= Rice.ESCAPE) {
            at += Rice.ESCAPE;
            return take(Long.SIZE);
        }
        at += ones + 1;
        return ((long) ones << k) | take(k);
    }

    /** At least 57 bits from here on, leftmost first; zeros behind the end. */
    private long window() {
        return (long) LONGS.get(bytes, (int) (at >>> 3)) << (at & 7);
    }

    private void need(int bits) {
        if (at + bits > end) {
            throw ended();
        }
    }

    private Malformed ended() {
        return new Malformed("the bits end at " + end);
    }
}
