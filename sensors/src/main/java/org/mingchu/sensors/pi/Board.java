package org.mingchu.sensors.pi;

import java.util.function.Consumer;

/** The pins of a board, by BCM number. Any thread; closing sets every output low. */
public interface Board extends AutoCloseable {
    /**
     * A contact with pull-up.
     *
     * @param changed told the new level, true for high, at each change, at most 50 ms late
     * @throws BoardException when the pin cannot be had
     */
    Input input(int bcm, Consumer<Boolean> changed);

    /**
     * A lamp or the buzzer, low at first.
     *
     * @throws BoardException when the pin cannot be had
     */
    Output output(int bcm);

    @Override
    void close();

    /** A contact. */
    interface Input {
        boolean high();
    }

    /** A lamp or the buzzer. */
    interface Output {
        /** Sets the level. A pin that fails is logged once and tried again at the next call. */
        void set(boolean high);
    }

    /** The board or a pin cannot be used; the message names pin, cause and remedy. */
    final class BoardException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public BoardException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
