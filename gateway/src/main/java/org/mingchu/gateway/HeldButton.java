package org.mingchu.gateway;

import org.mingchu.sensors.pi.Board;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/**
 * A button that is held from the moment the gateway starts, for a while: a sign nobody gives by
 * chance. One that is let go earlier, or stuck from long ago and pressed at no start, is none. One
 * thread.
 */
final class HeldButton {
    /** So long it has to be held. */
    static final Duration HOLD = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(HeldButton.class);

    private final Board.Input button;
    private final long sinceNs;
    private final Runnable held;
    private boolean waits;

    /**
     * @param sinceNs when it was first looked at, of the clock that never jumps
     * @param held what is done once
     */
    HeldButton(Board.Input button, long sinceNs, Runnable held) {
        this.button = button;
        this.sinceNs = sinceNs;
        this.held = held;
        this.waits = isDown();
    }

    /** The button pulls the pin down; one that cannot be read is not held. */
    private boolean isDown() {
        try {
            return !button.high();
        } catch (Board.BoardException e) {
            LOG.warn("event=button-unreadable cause=\"{}\"", e.getMessage());
            return false;
        }
    }

    /** Looks whether it is still held. */
    void look(long nowNs) {
        if (!waits) {
            return;
        }
        waits = isDown();
        if (waits && nowNs - sinceNs >= HOLD.toNanos()) {
            waits = false;
            held.run();
        }
    }
}
