package org.mingchu.gateway.show;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the technician's page asks besides the state. Any thread; both may wait, a look for ten
 * seconds, a test for a minute. Immutable.
 */
public record Technician(
        Look look, SelfTest selfTest, Drill drill, Protocol protocol, Album album) {
    /** Nobody looks. */
    public static final Technician NONE =
            new Technician(
                    () -> new Workshop(List.of(), List.of(), 0, Optional.empty(), Optional.empty()),
                    _ -> Optional.of("not-kept"),
                    _ -> Optional.of("not-kept"),
                    (_, _) -> Optional.empty(),
                    new Album(_ -> Optional.empty(), (_, _, _) -> Optional.of("not-kept")));

    /** Tells how the machine is. */
    @FunctionalInterface
    public interface Look {
        Workshop now();
    }

    /** Tries the whole way of an alarm. */
    @FunctionalInterface
    public interface Drill {
        /** The word of a refusal; empty when it has begun. */
        Optional<String> by(By by);
    }

    /** Has a commissioning protocol made. */
    @FunctionalInterface
    public interface Protocol {
        /** A PDF, kept as made by this person; empty when it was not made. */
        Optional<byte[]> by(By by, String language);
    }

    /** Pictures of the places where probes hang. */
    public record Album(Function<String, Optional<byte[]>> picture, Taking taking) {
        /** Takes one. */
        @FunctionalInterface
        public interface Taking {
            /** The word of a refusal; empty when it is kept. */
            Optional<String> of(String sensor, byte[] jpeg, By by);
        }
    }

    /** Has the gateway test itself. */
    @FunctionalInterface
    public interface SelfTest {
        /** The word of a refusal; empty when it is done and kept. */
        Optional<String> by(By by);
    }
}
