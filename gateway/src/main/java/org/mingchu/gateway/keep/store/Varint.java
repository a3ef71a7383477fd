package org.mingchu.gateway.keep.store;

/**
 * SQLite's numbers of one to nine bytes, seven bits each and eight in the ninth. One thread; used
 * again for each number, so that looking at every byte of a file makes no garbage.
 */
final class Varint {
    private static final int LONGEST_BYTES = 9;

    private long value;
    private int next;

    /** Reads the number at {@code at}; false when it does not end before {@code end}. */
    boolean read(byte[] bytes, int at, int end) {
        value = 0;
        for (var i = 0; i < LONGEST_BYTES && at + i < end; i++) {
            var found = bytes[at + i];
            if (i == LONGEST_BYTES - 1) {
                value = value << 8 | (found & 0xff);
            } else {
                value = value << 7 | (found & 0x7f);
            }
            if (found >= 0 || i == LONGEST_BYTES - 1) {
                next = at + i + 1;
                return true;
            }
        }
        return false;
    }

    long value() {
        return value;
    }

    /** Where the number ended. */
    int next() {
        return next;
    }
}
