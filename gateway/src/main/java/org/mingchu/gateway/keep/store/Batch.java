package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.judge.Lane;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one commit writes.
 *
 * @param epoch given once, with the first entry
 */
public record Batch(
        Optional<String> epoch,
        List<Row> rows,
        Optional<byte[]> snapshot,
        Map<Slot, byte[]> progress) {

    /** One entry as it is stored. */
    public static final class Row {
        private final long seq;
        private final Lane lane;
        private final byte[] bytes;

        public Row(long seq, Lane lane, byte[] bytes) {
            this.seq = seq;
            this.lane = lane;
            this.bytes = bytes;
        }

        public long seq() {
            return seq;
        }

        public Lane lane() {
            return lane;
        }

        public byte[] bytes() {
            return bytes;
        }
    }

    /** Whose delivery, in which lane. */
    public record Slot(String platform, Lane lane) {}
}
