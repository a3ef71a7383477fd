package org.mingchu.gateway.keep.store;

import java.util.List;

/**
 * What the rows of a table look like from outside, so that they are known without the table's root.
 * Immutable.
 *
 * @param columns the kinds of all columns; that of an INTEGER PRIMARY KEY is NULL, since SQLite
 *     keeps its value as the row id
 */
public record Shape(List<Kind> columns, Search search) {
    public Shape {
        columns = List.copyOf(columns);
        if (columns.isEmpty() || columns.size() > RecordHead.MAX_COLUMNS) {
            throw new IllegalArgumentException(
                    "a shape has 1 to " + RecordHead.MAX_COLUMNS + " columns");
        }
    }

    /** The kind of a value as it stands in the file. */
    public enum Kind {
        NULL,
        INTEGER,
        REAL,
        BLOB,
        TEXT;

        /** The kind that a serial type of the file format stands for. */
        static Kind of(long serialType) {
            if (serialType >= RecordHead.FIRST_BLOB) {
                return serialType % 2 == 0 ? BLOB : TEXT;
            }
            return switch ((int) serialType) {
                case 0 -> NULL;
                case RecordHead.FLOAT -> REAL;
                default -> INTEGER;
            };
        }
    }

    /** Where rows of a shape are looked for. */
    public enum Search {
        /** Where a page points to a cell: for rows that cannot prove themselves. */
        CELLS,
        /** At every byte, freed space and broken pages too: for rows that carry a check. */
        EVERYWHERE
    }

    boolean fits(RecordHead head) {
        if (head.columns() != columns.size()) {
            return false;
        }
        for (var i = 0; i < columns.size(); i++) {
            if (Kind.of(head.type(i)) != columns.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** The first serial type, which tells most places that hold no row at one glance. */
    boolean mayBegin(byte headBytes, byte firstType) {
        return headBytes > columns.size() && (columns.getFirst() == Kind.NULL) == (firstType == 0);
    }
}
