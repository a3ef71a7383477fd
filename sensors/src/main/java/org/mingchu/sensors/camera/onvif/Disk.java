package org.mingchu.sensors.camera.onvif;

import java.util.Optional;

/**
 * One disk of a recorder, as the recorder itself sees it. Immutable.
 *
 * @param freeMb near 0 is the rule where old recordings are overwritten; none when it does not say
 */
public record Disk(String id, State state, Optional<Long> freeMb) {
    /** Recorders stop before the last sector. */
    static final long FREE_MB_MIN = 1024;

    /** How it stands. */
    public enum State {
        /** It works, or sleeps until it is needed. */
        GOOD,
        /** It is full, in the recorder's own word. */
        FULL,
        /** It takes no recordings: read-only. */
        READ_ONLY,
        /** It is being prepared. */
        FORMATTING,
        /** It is broken, missing or not formatted. */
        FAULTY,
        /** A word we do not know; no verdict is built on it. */
        ODD
    }

    /** Whether nothing more fits: a gigabyte is a minute's worth. */
    public boolean full() {
        return state == State.FULL
                || (state == State.GOOD && freeMb.filter(f -> f < FREE_MB_MIN).isPresent());
    }
}
