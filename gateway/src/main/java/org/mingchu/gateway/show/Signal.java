package org.mingchu.gateway.show;

import org.mingchu.config.Priority;

import java.util.Optional;

/**
 * What the lamps and the buzzer have to say. Immutable.
 *
 * @param sounding the most urgent alarm that nobody has taken and nobody has silenced
 * @param red an urgent or important alarm that nobody has taken
 * @param amber something wants attention, is broken, or is not proven
 */
public record Signal(Optional<Priority> sounding, boolean red, boolean amber) {
    /** Nothing to say: all off. */
    public static final Signal QUIET = new Signal(Optional.empty(), false, false);
}
