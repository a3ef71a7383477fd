package org.mingchu.sensors.camera.http;

import org.mingchu.config.CameraVerdict;

/** What one request brought. Immutable. */
public sealed interface HttpOutcome {
    /**
     * An answer that is HTTP: never a redirection, and never a refused login (401). 403 may mean
     * that, or that the device does not know the question.
     *
     * @param body at most as many bytes as the caller allowed
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Answer(int status, Head head, byte[] body) implements HttpOutcome {
        private static final int OK = 200;
        private static final int FORBIDDEN = 403;
        private static final int CLASS = 100;

        /** Whether the peer did what it was asked. */
        public boolean good() {
            return status / CLASS == OK / CLASS;
        }

        /** Whether the peer knows the caller and will not do it. */
        public boolean forbidden() {
            return status == FORBIDDEN;
        }
    }

    /**
     * None.
     *
     * @param stage how far it came: unreachable, refused, no-answer, auth or protocol
     * @param cause for the technician, one line, no secrets
     */
    record Failure(CameraVerdict stage, String cause) implements HttpOutcome {}
}
