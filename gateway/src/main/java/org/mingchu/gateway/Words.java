package org.mingchu.gateway;

import org.mingchu.gateway.keep.Limits;
import org.mingchu.gateway.keep.Window;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The words of a question, read. One thread. */
final class Words {
    /** No kitchen is colder or hotter, in thousandths. */
    private static final long MILLI_MAX = 2_000_000;

    private static final int DECIMALS = 3;

    private final Map<String, String> words;
    private final KitchenTime time;

    Words(Map<String, String> words, KitchenTime time) {
        this.words = words;
        this.time = time;
    }

    /** A word that cannot be used: which, and what is expected instead. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unusable(String why) {
            super(why);
        }
    }

    Optional<String> word(String key) {
        return Optional.ofNullable(words.get(key)).filter(word -> !word.isBlank());
    }

    boolean json() {
        return words.containsKey("json");
    }

    /** A whole number within bounds. */
    int number(String key, int otherwise, int max) {
        var word = word(key);
        if (word.isEmpty()) {
            return otherwise;
        }
        if (word.get().matches("\\d{1,9}")) {
            var number = Integer.parseInt(word.get());
            if (number >= 1 && number <= max) {
                return number;
            }
        }
        throw new Unusable(
                "--%s '%s': expected a whole number from 1 to %d".formatted(key, word.get(), max));
    }

    /** From {@code from} to {@code to}, a day to its end; without a {@code to}, until now. */
    Window window(long nowMs) {
        var from =
                at("from", LocalTime.MIN)
                        .orElseThrow(() ->
                                new Unusable(
                                        "--from is missing; expected 2026-11-01 or"
                                                + " 2026-11-01T06:30"));
        var to = to(nowMs);
        if (to <= from) {
            throw new Unusable(
                    "--from %s: it must lie before --to (%s)"
                            .formatted(words.get("from"), time.seconds(to)));
        }
        return new Window(from, to);
    }

    /** Not included; a day ends where the next one begins. */
    long to(long nowMs) {
        var word = word("to");
        if (word.isPresent() && !word.get().contains("T")) {
            return time.begin(day("to").orElseThrow().plusDays(1));
        }
        return at("to", LocalTime.MIN).orElse(nowMs);
    }

    Optional<LocalDate> day(String key) {
        return at(key, LocalTime.NOON).map(time::day);
    }

    Optional<Long> at(String key, LocalTime ofDay) {
        try {
            return word(key).map(word -> time.ms(word, ofDay));
        } catch (DateTimeException e) {
            throw new Unusable("--" + key + " " + e.getMessage());
        }
    }

    /** The limits {@code below} and {@code above}. */
    Limits limits() {
        var limits = new Limits(milli("below"), milli("above"));
        if (limits.low().isPresent()
                && limits.high().isPresent()
                && limits.low().getAsLong() > limits.high().getAsLong()) {
            throw new Unusable(
                    "--below %s: it lies above --above %s; exchange them"
                            .formatted(words.get("below"), words.get("above")));
        }
        return limits;
    }

    private OptionalLong milli(String key) {
        var word = word(key);
        if (word.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            var milli = new BigDecimal(word.get()).movePointRight(DECIMALS).longValueExact();
            if (Math.abs(milli) <= MILLI_MAX) {
                return OptionalLong.of(milli);
            }
        } catch (ArithmeticException | NumberFormatException _) {
            // said below
        }
        throw new Unusable(
                "--%s '%s': expected a number in the sensor's unit, such as 8 or -12.5"
                        .formatted(key, word.get()));
    }
}
