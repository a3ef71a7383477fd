package org.mingchu.gateway.keep.store;

import java.util.List;

/**
 * One cell in a page: its numbers, the head of its record, and how much of the record lies in the
 * page (SQLite's file format, section 1.6). One thread; used again for each cell.
 */
final class Cell {
    private static final int POINTER_BYTES = 4;

    private final int pageBytes;
    private final Varint number = new Varint();
    private final RecordHead head = new RecordHead();
    private long rowId;
    private int recordAt;
    private int localBytes;

    Cell(int pageBytes) {
        this.pageBytes = pageBytes;
    }

    /** How a row stands in a page. */
    enum Form {
        /** In a leaf of a table: size, row id, record. */
        TABLE,
        /** In an index, which is what a table WITHOUT ROWID is: size, record. */
        INDEX,
        /** A record whose size and row id are overwritten or wrong. */
        LOOSE;

        static final List<Form> ALL = List.of(values());
    }

    /** Reads the cell at {@code at}; false when there is none that ends before {@code end}. */
    boolean read(byte[] page, int at, int end, Form form) {
        rowId = CarvedRow.NO_ROW_ID;
        recordAt = at;
        var size = -1L;
        if (form != Form.LOOSE) {
            if (!number.read(page, recordAt, end)) {
                return false;
            }
            size = number.value();
            recordAt = number.next();
        }
        if (form == Form.TABLE) {
            if (!number.read(page, recordAt, end)) {
                return false;
            }
            rowId = number.value();
            recordAt = number.next();
        }
        if (!head.read(page, recordAt, end) || (form != Form.LOOSE && size != head.bytes())) {
            return false;
        }
        localBytes = localBytes(head.bytes(), form);
        return head.headBytes() <= localBytes && end() <= end;
    }

    /** The file format's rule for what stays in the page when not all fits. */
    private int localBytes(int bytes, Form form) {
        var most = form == Form.INDEX ? (pageBytes - 12) * 64 / 255 - 23 : pageBytes - 35;
        if (bytes <= most) {
            return bytes;
        }
        var least = (pageBytes - 12) * 32 / 255 - 23;
        var rest = least + (bytes - least) % (pageBytes - POINTER_BYTES);
        return rest <= most ? rest : least;
    }

    /** The row id, or {@link CarvedRow#NO_ROW_ID}. */
    long rowId() {
        return rowId;
    }

    RecordHead head() {
        return head;
    }

    int recordAt() {
        return recordAt;
    }

    int localBytes() {
        return localBytes;
    }

    boolean spills() {
        return localBytes < head.bytes();
    }

    /** Where the cell ends in its page. */
    int end() {
        return recordAt + localBytes + (spills() ? POINTER_BYTES : 0);
    }
}
