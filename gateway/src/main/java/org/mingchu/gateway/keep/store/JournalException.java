package org.mingchu.gateway.keep.store;

/**
 * A file of the state folder cannot be read or written; the message names file, cause and remedy.
 * What was to be written is not written, what was there is still there.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }

    public JournalException(String message) {
        super(message);
    }
}
