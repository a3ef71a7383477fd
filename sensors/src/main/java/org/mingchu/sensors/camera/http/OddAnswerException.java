package org.mingchu.sensors.camera.http;

import java.io.IOException;

/** Something answers that does not speak the protocol, or more than anybody needs. */
public final class OddAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param message why, without a byte of what was read
     */
    public OddAnswerException(String message) {
        super(message);
    }
}
