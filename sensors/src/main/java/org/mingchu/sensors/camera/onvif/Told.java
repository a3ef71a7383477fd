package org.mingchu.sensors.camera.onvif;

import org.mingchu.config.CameraVerdict;

import java.util.Optional;
import java.util.function.Function;

/** What a device said to one question. Immutable. */
public sealed interface Told<T> {
    /** It answered. */
    record Known<T>(T value) implements Told<T> {}

    /** It answers, and does not know the question. */
    record Absent<T>(String cause) implements Told<T> {}

    /**
     * No answer.
     *
     * @param stage how far the asking came: unreachable, refused, no-answer, auth or protocol
     * @param cause for the technician, one line, no secrets
     */
    record Failed<T>(CameraVerdict stage, String cause) implements Told<T> {}

    /** The answer, where there is one. */
    default Optional<T> known() {
        return this instanceof Known<T>(var value) ? Optional.of(value) : Optional.empty();
    }

    /** Goes on with the answer; whatever else it is stays what it is. */
    default <U> Told<U> then(Function<? super T, Told<U>> next) {
        return switch (this) {
            case Known<T>(var value) -> next.apply(value);
            case Absent<T>(var cause) -> new Absent<>(cause);
            case Failed<T>(var stage, var cause) -> new Failed<>(stage, cause);
        };
    }
}
