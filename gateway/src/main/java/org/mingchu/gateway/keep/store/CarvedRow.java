package org.mingchu.gateway.keep.store;

import org.mingchu.gateway.keep.store.Shape.Kind;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A row that was recognised in the bytes of a damaged database. Nothing says that it is sound: the
 * caller checks. Immutable.
 */
public final class CarvedRow {
    /** The row id of a row whose cell has lost it, or whose table has none. */
    public static final long NO_ROW_ID = Long.MIN_VALUE;

    private final Shape shape;
    private final long rowId;
    private final long[] types;
    private final byte[] record;
    private final int[] starts;
    private final Standing standing;
    private final long place;

    CarvedRow(
            Shape shape,
            long rowId,
            RecordHead head,
            byte[] record,
            Standing standing,
            long place) {
        this.shape = shape;
        this.rowId = rowId;
        this.types = head.types();
        this.record = record;
        this.starts = starts(head);
        this.standing = standing;
        this.place = place;
    }

    private static int[] starts(RecordHead head) {
        var starts = new int[head.columns() + 1];
        starts[0] = head.headBytes();
        for (var i = 0; i < head.columns(); i++) {
            starts[i + 1] = starts[i] + RecordHead.size(head.type(i));
        }
        return starts;
    }

    /** The first of the wanted shapes that it has. */
    public Shape shape() {
        return shape;
    }

    /** The row id; {@link #NO_ROW_ID} when it is not known. */
    public long rowId() {
        return rowId;
    }

    public Standing standing() {
        return standing;
    }

    /** Where it is, for {@link Carver#again}. */
    public long place() {
        return place;
    }

    /** The integer of a column of kind INTEGER. */
    public long integer(int column) {
        require(column, Kind.INTEGER);
        var type = types[column];
        if (type == 8 || type == 9) {
            return type - 8;
        }
        var value = (long) record[starts[column]];
        for (var i = starts[column] + 1; i < starts[column + 1]; i++) {
            value = value << 8 | (record[i] & 0xff);
        }
        return value;
    }

    /** The bytes of a column of kind BLOB. */
    public byte[] blob(int column) {
        require(column, Kind.BLOB);
        return Arrays.copyOfRange(record, starts[column], starts[column + 1]);
    }

    /** The text of a column of kind TEXT; absent when its bytes are no UTF-8. */
    public Optional<String> text(int column) {
        require(column, Kind.TEXT);
        var bytes = ByteBuffer.wrap(record, starts[column], starts[column + 1] - starts[column]);
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private void require(int column, Kind kind) {
        if (Kind.of(types[column]) != kind) {
            throw new IllegalArgumentException("column " + column + " is no " + kind);
        }
    }
}
