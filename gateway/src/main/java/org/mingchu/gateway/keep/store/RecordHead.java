package org.mingchu.gateway.keep.store;

import java.util.Arrays;

/**
 * The head of a record: its own size, then the serial type of each column (SQLite's file format,
 * section 2.1). One thread; used again for each record.
 */
final class RecordHead {
    /** No table of ours has more columns; what claims more is no row. */
    static final int MAX_COLUMNS = 16;

    /** The largest row, 4 MiB: four times the largest entry. What claims more is no row. */
    static final int MAX_ROW_BYTES = 4 << 20;

    static final int FLOAT = 7;
    static final long FIRST_BLOB = 12;

    /** Bytes of the serial types below {@link #FIRST_BLOB}; -1 for the two that mean nothing. */
    private static final int[] SIZES = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, -1, -1};

    private final Varint number = new Varint();
    private final long[] types = new long[MAX_COLUMNS];
    private int columns;
    private int headBytes;
    private int bytes;

    /** Reads the head at {@code at}; false when no sound one ends before {@code end}. */
    boolean read(byte[] page, int at, int end) {
        if (at >= end || page[at] < 2) {
            return false; // heads of 128 bytes and more have more columns than ours
        }
        headBytes = page[at];
        var stop = at + headBytes;
        columns = 0;
        var sum = (long) headBytes;
        var next = at + 1;
        while (next < stop && columns < MAX_COLUMNS) {
            if (!number.read(page, next, Math.min(stop, end))) {
                return false;
            }
            var size = size(number.value());
            sum += size;
            if (size < 0 || sum > MAX_ROW_BYTES) {
                return false;
            }
            types[columns++] = number.value();
            next = number.next();
        }
        bytes = (int) sum;
        return next == stop;
    }

    /** Bytes of a value; -1 when there is no such serial type, or it is too large for a row. */
    static int size(long type) {
        if (type < 0 || type > 2L * MAX_ROW_BYTES) {
            return -1;
        }
        return type < FIRST_BLOB ? SIZES[(int) type] : (int) ((type - FIRST_BLOB) / 2);
    }

    int columns() {
        return columns;
    }

    long type(int column) {
        return types[column];
    }

    long[] types() {
        return Arrays.copyOf(types, columns);
    }

    int headBytes() {
        return headBytes;
    }

    /** The whole record, head included. */
    int bytes() {
        return bytes;
    }
}
