package org.mingchu.gateway.keep.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What the beginning of a write-ahead log says, and the checksum of the log. Immutable.
 *
 * @param order of the words that the checksum adds
 * @param sum what the checksum of the first frame goes on from
 */
record WalHeader(ByteOrder order, int pageBytes, long salt, long sum) {
    private static final int MAGIC = 0x377f_0682;
    private static final int SUMMED_BYTES = 24;

    /** The header, when its own check says that it is sound. */
    static Optional<WalHeader> read(DamagedFile log) {
        var raw = new byte[WalFrames.HEADER_BYTES];
        log.read(0, raw, raw.length);
        var bytes = ByteBuffer.wrap(raw);
        var magic = bytes.getInt(0);
        if ((magic & ~1) != MAGIC) {
            return Optional.empty();
        }
        var order = magic == MAGIC ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        var sum = bytes.getLong(SUMMED_BYTES);
        return sum(bytes, 0, SUMMED_BYTES, 0, order) == sum
                ? Optional.of(new WalHeader(order, bytes.getInt(8), bytes.getLong(16), sum))
                : Optional.empty();
    }

    /** The sum of a frame that follows {@code before}: half of its header, and its page. */
    static long sum(ByteBuffer frame, long before, ByteOrder order) {
        var head = sum(frame, 0, 8, before, order);
        return sum(frame, WalFrames.FRAME_HEADER_BYTES, frame.capacity(), head, order);
    }

    /** SQLite's checksum over pairs of words, both halves in one long. */
    private static long sum(ByteBuffer bytes, int from, int to, long before, ByteOrder order) {
        var first = (int) (before >>> 32);
        var second = (int) before;
        bytes.order(order);
        for (var at = from; at < to; at += 8) {
            first += bytes.getInt(at) + second;
            second += bytes.getInt(at + 4) + first;
        }
        bytes.order(ByteOrder.BIG_ENDIAN);
        return (long) first << 32 | (second & 0xffff_ffffL);
    }
}
