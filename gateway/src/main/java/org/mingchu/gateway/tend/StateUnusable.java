package org.mingchu.gateway.tend;

/** The state directory is another process's, or cannot be used; the message says what to do. */
public final class StateUnusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StateUnusable(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
