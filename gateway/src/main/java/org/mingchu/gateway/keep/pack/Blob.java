package org.mingchu.gateway.keep.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.Cbor.Malformed;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The frame around each part of a block: it says what it is and whether it is sound, so that a
 * salvage finds it among garbage.
 *
 * <pre>
 *   4  "MJh", "MJc" or "MJs" (head, column, summary) and the version, 1
 *   8  epoch
 *   n  seq of the block's first entry
 *   n  length of the subject, then the subject in UTF-8; empty for a head
 *   n  length of the payload, then the payload
 *   4  CRC-32C of all before, big-endian
 * </pre>
 *
 * Numbers of n bytes are LEB128: seven bits a byte, the lowest first. Immutable, as long as nobody
 * writes into its bytes; a chart opens a thousand frames and asks few for their names, so those are
 * made when asked for.
 */
public final class Blob {
    /** What the frame holds. */
    public enum Sort {
        HEAD('h'),
        COLUMN('c'),
        SUMMARY('s');

        private final char letter;

        Sort(char letter) {
            this.letter = letter;
        }
    }

    private static final int VERSION = 1;
    private static final int EPOCH_BYTES = 8;
    private static final int HEAD_BYTES = 4 + EPOCH_BYTES;
    private static final int CRC_BYTES = 4;
    private static final int NUMBER_BYTES_MAX = 10;

    /** Of magic, version, epoch and the numbers. */
    private static final int FRAME_BYTES_MAX = 4 + EPOCH_BYTES + 3 * NUMBER_BYTES_MAX + CRC_BYTES;

    private final byte[] bytes;
    private final int offset;
    private final Sort sort;
    private final long firstSeq;
    private final Stretch name;
    private final Stretch payload;

    private Blob(
            byte[] bytes, int offset, Sort sort, long firstSeq, Stretch name, Stretch payload) {
        this.bytes = bytes;
        this.offset = offset;
        this.sort = sort;
        this.firstSeq = firstSeq;
        this.name = name;
        this.payload = payload;
    }

    /** Where something lies in the bytes. */
    private record Stretch(int at, int length) {
        int end() {
            return at + length;
        }
    }

    public Sort sort() {
        return sort;
    }

    /** 16 hexadecimal digits. */
    public String epoch() {
        var from = offset + HEAD_BYTES - EPOCH_BYTES;
        return HexFormat.of().formatHex(bytes, from, from + EPOCH_BYTES);
    }

    /** The seq of the first entry of its block. */
    public long firstSeq() {
        return firstSeq;
    }

    /** Empty for a head. */
    public String subject() {
        return new String(bytes, name.at, name.length, UTF_8);
    }

    /** Of the whole frame, in bytes. */
    public int length() {
        return payload.end() + CRC_BYTES - offset;
    }

    /** Where the payload begins within the frame. */
    int payloadAt() {
        return payload.at - offset;
    }

    /** The bits of the payload. */
    BitReader payload() {
        return new BitReader(bytes, payload.at, payload.end());
    }

    static byte[] wrap(Sort sort, String epoch, long firstSeq, String subject, byte[] payload) {
        var name = subject.getBytes(UTF_8);
        var out = ByteBuffer.allocate(FRAME_BYTES_MAX + name.length + payload.length);
        out.put((byte) 'M').put((byte) 'J').put((byte) sort.letter).put((byte) VERSION);
        out.put(HexFormat.of().parseHex(epoch));
        number(out, firstSeq);
        number(out, name.length);
        out.put(name);
        number(out, payload.length);
        out.put(payload).putInt(crc(out.array(), 0, out.position()));
        var bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static void number(ByteBuffer out, long value) {
        var left = value;
        while (left >>> 7 != 0) {
            out.put((byte) (left | 0x80));
            left >>>= 7;
        }
        out.put((byte) left);
    }

    /** Takes frames. */
    @FunctionalInterface
    public interface Taker {
        void frame(Blob blob, byte[] bytes);
    }

    /**
     * Gives the sound frames that lie side by side in {@code bytes}; what is damaged is stepped
     * over.
     *
     * @return whether nothing was
     */
    public static boolean each(byte[] bytes, Taker taker) {
        var whole = true;
        for (var at = 0; at < bytes.length; ) {
            var blob = at(bytes, at);
            if (blob.isPresent()) {
                var end = at + blob.get().length();
                taker.frame(blob.get(), Arrays.copyOfRange(bytes, at, end));
                at = end;
            } else {
                whole = false;
                at++;
            }
        }
        return whole;
    }

    /** Takes a frame that was not held to its check yet. */
    @FunctionalInterface
    public interface Glance {
        /**
         * Looks at one.
         *
         * @return whether the next one is wanted, too
         */
        boolean at(long firstSeq, int from, int end);
    }

    /**
     * Goes over frames side by side by their lengths alone, many times faster than {@link #each}:
     * for who wants few of them, or opens them anyway.
     *
     * @return false when a length cannot be: what is behind it cannot be found this way
     */
    public static boolean skim(byte[] bytes, Glance glance) {
        var in = ByteBuffer.wrap(bytes);
        try {
            var more = true;
            while (more && in.hasRemaining()) {
                var from = in.position();
                in.position(from + HEAD_BYTES);
                var firstSeq = number(in);
                skip(in);
                skip(in);
                in.position(in.position() + CRC_BYTES);
                more = glance.at(firstSeq, from, in.position());
            }
            return true;
        } catch (IllegalArgumentException | BufferUnderflowException | Malformed e) {
            return false;
        }
    }

    private static void skip(ByteBuffer in) {
        var length = length(in);
        in.position(in.position() + length);
    }

    /** The sound frame of a subject among frames side by side. */
    public static Optional<byte[]> find(byte[] bytes, String subject) {
        var wanted = subject.getBytes(UTF_8);
        var found = new ArrayList<byte[]>(1);
        skim(
                bytes,
                (_, from, end) -> {
                    if (isOf(bytes, from, wanted)) {
                        found.add(Arrays.copyOfRange(bytes, from, end));
                    }
                    return found.isEmpty();
                });
        return found.stream().filter(frame -> at(frame, 0).isPresent()).findFirst();
    }

    private static boolean isOf(byte[] bytes, int from, byte[] subject) {
        var in = ByteBuffer.wrap(bytes).position(from + HEAD_BYTES);
        number(in);
        var length = length(in);
        var at = in.position();
        return Arrays.equals(bytes, at, at + length, subject, 0, subject.length);
    }

    /** The sound frame of this version that begins at {@code offset}, if one does. */
    public static Optional<Blob> at(byte[] bytes, int offset) {
        if (offset < 0
                || bytes.length - offset < HEAD_BYTES
                || bytes[offset] != 'M'
                || bytes[offset + 1] != 'J'
                || bytes[offset + 3] != VERSION) {
            return Optional.empty();
        }
        try {
            return read(bytes, offset);
        } catch (BufferUnderflowException | Malformed e) {
            return Optional.empty();
        }
    }

    private static Optional<Blob> read(byte[] bytes, int offset) {
        var in = ByteBuffer.wrap(bytes).position(offset + 2);
        var sort = sort(in.get());
        in.position(offset + HEAD_BYTES);
        var firstSeq = number(in);
        var name = stretch(in);
        var payload = stretch(in);
        return in.getInt() == crc(bytes, offset, payload.end() - offset)
                ? Optional.of(new Blob(bytes, offset, sort, firstSeq, name, payload))
                : Optional.empty();
    }

    private static Stretch stretch(ByteBuffer in) {
        var length = length(in);
        var stretch = new Stretch(in.position(), length);
        in.position(stretch.end());
        return stretch;
    }

    private static long number(ByteBuffer in) {
        var value = 0L;
        for (var shift = 0; shift < Long.SIZE; shift += 7) {
            var next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Malformed("a number of more than " + NUMBER_BYTES_MAX + " bytes");
    }

    private static int length(ByteBuffer in) {
        var length = number(in);
        if (length < 0 || length > in.remaining()) {
            throw new Malformed(length + " bytes where " + in.remaining() + " are left");
        }
        return (int) length;
    }

    /**
     * The one frame that {@code bytes} are.
     *
     * @throws Malformed when they are damaged, or of another sort
     * @throws Cbor.Unknown when a later program wrote them
     */
    static Blob open(byte[] bytes, Sort sort) {
        if (bytes.length > 3 && bytes[0] == 'M' && bytes[1] == 'J' && bytes[3] > VERSION) {
            throw new Cbor.Unknown("block version " + bytes[3]);
        }
        return at(bytes, 0)
                .filter(blob -> blob.sort == sort && blob.length() == bytes.length)
                .orElseThrow(() -> new Malformed("no sound " + sort));
    }

    private static Sort sort(byte letter) {
        for (var sort : Sort.values()) {
            if (sort.letter == letter) {
                return sort;
            }
        }
        throw new Malformed("sort " + letter);
    }

    private static int crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
