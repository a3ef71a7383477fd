package org.mingchu.config;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How one kind of value is written in a file. Immutable.
 *
 * @param expected what should stand there, with its unit
 * @param standIn takes the place of a wrong value, so that reading goes on and finds the next
 *     problem; a plan with a stand-in in it is never handed out
 * @param parse from what the TOML library gives
 */
record Form<T>(String expected, T standIn, Function<Object, Parsed<T>> parse) {
    /** Longest name, place or reason, in characters; it must fit one line of the page. */
    static final int TEXT_MAX = 120;

    private static final Pattern ID_SHAPE =
            Pattern.compile("[a-z0-9-]{1," + Identity.LENGTH_MAX + "}");

    /** A word that ids and MQTT topics are made of. */
    static final Form<String> ID =
            hinted(
                    "",
                    "1 to " + Identity.LENGTH_MAX + " characters of a-z, 0-9 and '-', in quotes",
                    text -> Optional.of(text).filter(Form::isId),
                    text -> Optional.of(Guess.asId(text)).filter(Form::isId));

    /** A line of text for people. */
    static final Form<String> TEXT =
            words(
                    "",
                    "a text in quotes, 1 to " + TEXT_MAX + " characters on one line",
                    text -> Optional.of(text).filter(Form::isOneLine));

    static final Form<Boolean> YES_NO =
            typed(Boolean.class, false, "true or false, without quotes");

    static final Form<LocalDate> DATE =
            typed(LocalDate.class, LocalDate.EPOCH, "a date such as 2027-06-30, without quotes");

    /** A value that is written as text in quotes. */
    static <T> Form<T> words(T standIn, String expected, Function<String, Optional<T>> parse) {
        return hinted(standIn, expected, parse, _ -> Optional.empty());
    }

    /**
     * A value that is written as text in quotes.
     *
     * @param mend turns a wrong text into one that was likely meant
     */
    static <T> Form<T> hinted(
            T standIn,
            String expected,
            Function<String, Optional<T>> parse,
            Function<String, Optional<String>> mend) {
        return new Form<>(expected, standIn, raw -> parseText(raw, expected, parse, mend));
    }

    /** One of a few words. */
    static <E> Form<E> oneOf(List<E> values, Function<E, String> word) {
        var choices = values.stream().map(word).toList();
        return hinted(
                values.getFirst(),
                (choices.size() == 1 ? "" : "one of ") + Problems.quoted(choices),
                text -> Optional.of(choices.indexOf(text)).filter(i -> i >= 0).map(values::get),
                text -> Guess.closest(text, choices));
    }

    /** A whole number. */
    static Form<Integer> whole(int min, int max, String unit) {
        var expected = "a whole number from " + min + " to " + max + unit + ", without quotes";
        return new Form<>(expected, min, raw -> parseWhole(raw, min, max, expected));
    }

    private static <T> Form<T> typed(Class<T> type, T standIn, String expected) {
        return new Form<>(
                expected,
                standIn,
                raw ->
                        type.isInstance(raw)
                                ? Parsed.right(type.cast(raw))
                                : Parsed.wrong(expected));
    }

    private static boolean isId(String text) {
        return ID_SHAPE.matcher(text).matches();
    }

    private static boolean isOneLine(String text) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= TEXT_MAX
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static <T> Parsed<T> parseText(
            Object raw,
            String expected,
            Function<String, Optional<T>> parse,
            Function<String, Optional<String>> mend) {
        if (!(raw instanceof String text)) {
            return Parsed.wrong(expected);
        }
        var value = parse.apply(text);
        return value.isPresent()
                ? Parsed.right(value.get())
                : new Parsed.Wrong<>(expected, mend.apply(text).map(Problems::quoted));
    }

    private static Parsed<Integer> parseWhole(Object raw, int min, int max, String expected) {
        if (raw instanceof Long number && number >= min && number <= max) {
            return Parsed.right(number.intValue());
        }
        return raw instanceof String text && text.matches("\\d{1,9}")
                ? Parsed.wrong(expected, text)
                : Parsed.wrong(expected);
    }
}
