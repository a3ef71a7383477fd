package org.mingchu.gateway.keep.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.cbor.Cbor;
import org.mingchu.gateway.keep.cbor.Cbor.Malformed;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
 *   8  seq of the block's first entry
 *   2  length of the subject, then the subject in UTF-8; empty for a head
 *   4  length of the payload, then the payload
 *   4  CRC-32C of all before
 * </pre>
 *
 * Numbers are big-endian. Immutable.
 *
 * @param epoch 16 hexadecimal digits
 * @param subject empty for a head
 * @param length of the whole frame, in bytes
 */
public record Blob(Sort sort, String epoch, long firstSeq, String subject, int length) {
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
    private static final int BEFORE_SUBJECT = 4 + EPOCH_BYTES + 8 + 2;
    private static final int LENGTH_BYTES = 4;
    private static final int CRC_BYTES = 4;
    private static final int SUBJECT_BYTES_MAX = 0xffff;

    /** Subjects longer than 65,535 bytes do not fit into a frame. */
    static boolean fits(String subject) {
        return subject.getBytes(UTF_8).length <= SUBJECT_BYTES_MAX;
    }

    static byte[] wrap(Sort sort, String epoch, long firstSeq, String subject, byte[] payload) {
        var name = subject.getBytes(UTF_8);
        var out =
                ByteBuffer.allocate(
                        BEFORE_SUBJECT + name.length + LENGTH_BYTES + payload.length + CRC_BYTES);
        out.put((byte) 'M').put((byte) 'J').put((byte) sort.letter).put((byte) VERSION);
        out.put(HexFormat.of().parseHex(epoch)).putLong(firstSeq);
        out.putShort((short) name.length).put(name).putInt(payload.length).put(payload);
        return out.putInt(crc(out.array(), 0, out.position())).array();
    }

    /** The sound frame of this version that begins at {@code offset}, if one does. */
    public static Optional<Blob> at(byte[] bytes, int offset) {
        if (offset < 0
                || bytes.length - offset < BEFORE_SUBJECT + LENGTH_BYTES + CRC_BYTES
                || bytes[offset] != 'M'
                || bytes[offset + 1] != 'J'
                || bytes[offset + 3] != VERSION) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(bytes);
        var nameLength = in.getShort(offset + BEFORE_SUBJECT - 2) & 0xffff;
        var payloadAt = (long) offset + BEFORE_SUBJECT + nameLength + LENGTH_BYTES;
        if (payloadAt + CRC_BYTES > bytes.length) {
            return Optional.empty();
        }
        var payloadLength = in.getInt((int) payloadAt - LENGTH_BYTES);
        var end = payloadAt + payloadLength;
        if (payloadLength < 0
                || end + CRC_BYTES > bytes.length
                || in.getInt((int) end) != crc(bytes, offset, (int) end - offset)) {
            return Optional.empty();
        }
        return sort(bytes[offset + 2])
                .flatMap(sort ->
                        name(bytes, offset + BEFORE_SUBJECT, nameLength)
                                .map(subject ->
                                        new Blob(
                                                sort,
                                                epoch(bytes, offset),
                                                in.getLong(offset + 12),
                                                subject,
                                                (int) end + CRC_BYTES - offset)));
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
                .filter(blob -> blob.sort == sort && blob.length == bytes.length)
                .orElseThrow(() -> new Malformed("no sound " + sort));
    }

    /** The bits of the payload of the one frame that {@code bytes} are. */
    BitReader payload(byte[] bytes) {
        var nameLength = ByteBuffer.wrap(bytes).getShort(BEFORE_SUBJECT - 2) & 0xffff;
        return new BitReader(
                bytes, BEFORE_SUBJECT + nameLength + LENGTH_BYTES, bytes.length - CRC_BYTES);
    }

    private static Optional<Sort> sort(byte letter) {
        for (var sort : Sort.values()) {
            if (sort.letter == letter) {
                return Optional.of(sort);
            }
        }
        return Optional.empty();
    }

    private static String epoch(byte[] bytes, int offset) {
        return HexFormat.of().formatHex(bytes, offset + 4, offset + 4 + EPOCH_BYTES);
    }

    private static Optional<String> name(byte[] bytes, int from, int length) {
        try {
            return Optional.of(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
