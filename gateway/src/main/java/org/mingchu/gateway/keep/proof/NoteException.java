package org.mingchu.gateway.keep.proof;

/** A note, checkpoint or key that is not what its format says, or whose signature is false. */
public final class NoteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoteException(String message) {
        super(message);
    }
}
