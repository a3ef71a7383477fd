package org.mingchu.gateway.show;

import org.mingchu.gateway.judge.Remedy;

import java.util.Optional;

/**
 * What people say at the page when an alarm is taken or over. Each returns the word of a refusal,
 * as texts are keyed by it; empty when it is kept. Any thread. Immutable.
 *
 * @param correct what was done about an alarm
 * @param verify that it was done well
 * @param review an answer for what has happened since the last one
 * @param sound sounds the buzzer
 * @param heard whether it was heard
 */
public record Aftercare(Correct correct, Verify verify, Review review, Sound sound, Heard heard) {
    /** Nothing of it can be said. */
    public static final Aftercare NONE =
            new Aftercare(
                    (_, _, _) -> Optional.of("not-kept"),
                    (_, _) -> Optional.of("not-kept"),
                    (_, _) -> Optional.of("not-kept"),
                    () -> Optional.of("buzzer-busy"),
                    (_, _) -> Optional.of("not-sounded"));

    /** Somebody says what was done. */
    @FunctionalInterface
    public interface Correct {
        Optional<String> by(String alarmId, Remedy remedy, By by);
    }

    /** Somebody verifies it. */
    @FunctionalInterface
    public interface Verify {
        Optional<String> by(String alarmId, By by);
    }

    /** Somebody answers. */
    @FunctionalInterface
    public interface Review {
        Optional<String> by(boolean fine, By by);
    }

    /** Somebody has the buzzer sounded. */
    @FunctionalInterface
    public interface Sound {
        Optional<String> now();
    }

    /** Somebody has listened. */
    @FunctionalInterface
    public interface Heard {
        Optional<String> by(boolean heard, Optional<By> by);
    }
}
