package org.mingchu.config;

import java.util.Optional;

/** What a value of a file turned out to be. Immutable. */
sealed interface Parsed<T> {
    /** As it should be. */
    record Right<T>(T value) implements Parsed<T> {}

    /**
     * Not usable.
     *
     * @param hint what was likely meant, as it would stand in the file
     */
    record Wrong<T>(String expected, Optional<String> hint) implements Parsed<T> {}

    static <T> Parsed<T> right(T value) {
        return new Right<>(value);
    }

    static <T> Parsed<T> wrong(String expected) {
        return new Wrong<>(expected, Optional.empty());
    }

    static <T> Parsed<T> wrong(String expected, String hint) {
        return new Wrong<>(expected, Optional.of(hint));
    }
}
