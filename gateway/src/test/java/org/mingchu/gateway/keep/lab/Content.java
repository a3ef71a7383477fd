package org.mingchu.gateway.keep.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What a file holds for certain, and the writes since its last sync. Not thread-safe. */
final class Content {
    /** No disk tears within one. */
    static final int SECTOR_BYTES = 512;

    private final Bytes settled = new Bytes();
    private final List<Change> unsettled = new ArrayList<>();

    /** Data at an offset, or, without data, a new length. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Change(long offset, byte[] data, boolean cut) {}

    void write(long offset, byte[] data) {
        unsettled.add(new Change(offset, data, false));
    }

    void truncate(long length) {
        unsettled.add(new Change(length, new byte[0], true));
    }

    void settle() {
        unsettled.forEach(change -> apply(change, settled));
        unsettled.clear();
    }

    /** A sync failed: of what waited any part happened, and the rest never will. */
    void drop(Luck luck) {
        happen(luck, settled);
        unsettled.clear();
    }

    /** One of the contents that a power cut can leave. */
    byte[] crash(Luck luck) {
        var left = settled.copy();
        happen(luck, left);
        return left.toArray();
    }

    private void happen(Luck luck, Bytes left) {
        var changes = new ArrayList<>(unsettled);
        if (luck.shuffled()) {
            Collections.shuffle(changes, new Random(luck.chance().nextLong()));
        }
        for (var change : changes) {
            if (!luck.happened()) {
                continue;
            }
            if (luck.tears() && !change.cut()) {
                tear(change, left, luck);
            } else {
                apply(change, left);
            }
        }
    }

    private static void apply(Change change, Bytes to) {
        if (change.cut()) {
            to.length((int) change.offset());
        } else {
            to.put((int) change.offset(), change.data());
        }
    }

    /** Each of its sectors happened or did not; the file may be longer for all of them. */
    private static void tear(Change change, Bytes to, Luck luck) {
        var start = (int) change.offset();
        var end = start + change.data().length;
        if (luck.chance().nextBoolean()) {
            to.length(Math.max(to.length(), end));
        }
        for (var at = start; at < end; ) {
            var next = Math.min(end, (at / SECTOR_BYTES + 1) * SECTOR_BYTES);
            if (luck.chance().nextBoolean()) {
                to.put(at, Arrays.copyOfRange(change.data(), at - start, next - start));
            }
            at = next;
        }
    }

    /** Bytes that grow, with zeros where nothing was put. */
    private static final class Bytes {
        private byte[] bytes;
        private int length;

        Bytes() {
            bytes = new byte[1 << 12];
        }

        private Bytes(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }

        int length() {
            return length;
        }

        void length(int wanted) {
            if (wanted > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(wanted, 2 * bytes.length));
            }
            if (wanted < length) {
                Arrays.fill(bytes, wanted, length, (byte) 0);
            }
            length = wanted;
        }

        void put(int offset, byte[] data) {
            length(Math.max(length, offset + data.length));
            System.arraycopy(data, 0, bytes, offset, data.length);
        }

        Bytes copy() {
            return new Bytes(bytes.clone(), length);
        }

        byte[] toArray() {
            return Arrays.copyOf(bytes, length);
        }
    }
}
