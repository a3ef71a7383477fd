package org.mingchu.sensors.mqtt;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stands at a {@link Place}. Immutable. */
sealed interface Scalar {
    /** A number as JSON writes it, also one in quotes; nothing else, no NaN, no hexadecimal. */
    Pattern NUMBER = Pattern.compile("[+-]?\\d{1,19}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");

    /** Longest word that can mean something, in characters. */
    int WORD_CHARS_MAX = 64;

    record Num(BigDecimal value) implements Scalar {}

    record Truth(boolean value) implements Scalar {}

    record Word(String text) implements Scalar {}

    /** {@code null}: the device says that it has no value. */
    record Nothing() implements Scalar {}

    /** An object, an array, or a text too long to be a value. */
    record Heap() implements Scalar {}

    /** A number, when the text is one. */
    static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    /** A text as devices mean it. */
    static Scalar ofText(String text) {
        var word = text.strip();
        if (word.length() > WORD_CHARS_MAX) {
            return new Heap();
        }
        return number(word).<Scalar>map(Num::new).orElseGet(() -> new Word(word));
    }

    /** A payload that is a value by itself, as JSON or as bare text. */
    static Scalar ofWhole(String payload) {
        var text = payload.strip();
        if (text.startsWith("{") || text.startsWith("[")) {
            return new Heap();
        }
        return switch (text) {
            case "null" -> new Nothing();
            case "true" -> new Truth(true);
            case "false" -> new Truth(false);
            default -> ofText(unquoted(text));
        };
    }

    private static String unquoted(String text) {
        var quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
