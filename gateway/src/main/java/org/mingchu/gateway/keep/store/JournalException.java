package org.mingchu.gateway.keep.store;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.util.Set;

/**
 * A file of the state folder cannot be read or written; the message names file, cause and remedy.
 * What was to be written is not written, what was there is still there.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final Set<SQLiteErrorCode> FULL = Set.of(SQLiteErrorCode.SQLITE_FULL);

    private final Kind kind;

    /** What can be done about it. */
    public enum Kind {
        /** There is no room on the disk. */
        FULL,
        /** The file is not what was written: part of it has to be saved into a new one. */
        DAMAGED,
        /** Anything else: it may work again later. */
        FAILED
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
        kind = kind(cause);
    }

    public JournalException(String message) {
        this(message, Kind.FAILED);
    }

    public JournalException(String message, Kind kind) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    private static Kind kind(Throwable cause) {
        if (!(cause instanceof SQLiteException failed)) {
            return Kind.FAILED;
        }
        var code = failed.getResultCode();
        if (FULL.contains(code)) {
            return Kind.FULL;
        }
        return switch (code.code & 0xff) { // the low byte is the primary code
            case 11, 26 -> Kind.DAMAGED; // SQLITE_CORRUPT, SQLITE_NOTADB
            default -> Kind.FAILED;
        };
    }
}
