package org.mingchu.config;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * The lamps, the buzzer and the button in the kitchen, by BCM pin number. Immutable.
 *
 * @param green a slow blink made by the main loop after each commit
 * @param button silences for at most {@link #SILENCE_MAX}; never an acknowledgement
 */
public record Annunciator(
        OptionalInt buzzer,
        OptionalInt red,
        OptionalInt amber,
        OptionalInt green,
        OptionalInt button) {
    /** Longest silence one press buys: a cook must not forget a warm freezer over lunch. */
    public static final Duration SILENCE_MAX = Duration.ofMinutes(10);

    /** A site without any. */
    public static final Annunciator NONE =
            new Annunciator(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty());
}
