package org.mingchu.simulator;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Pattern;

/** Figures as somebody writes them: {@code 40%}, {@code -0.5K}, {@code 75C}, {@code 1d12h}. */
final class Figures {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,6}(\\.[0-9]{1,6})?");
    private static final Pattern LENGTH =
            Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");
    private static final Pattern TIME =
            Pattern.compile("(?:(\\d{1,4})d)?([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d))?");
    private static final long SECOND_MS = 1_000;

    private Figures() {}

    /** {@code 40%} as 0.4. */
    static Optional<Double> share(String word) {
        return number(word, "%").map(percent -> percent / 100).filter(Bounds::isShare);
    }

    /** {@code -0.5K}, the letter in either case. */
    static Optional<Double> kelvin(String word) {
        return number(word, "K").filter(Bounds::isCelsius);
    }

    /** {@code 75C}, the letter in either case. */
    static Optional<Double> celsius(String word) {
        return number(word, "C").filter(Bounds::isCelsius);
    }

    private static Optional<Double> number(String word, String unit) {
        int end = word.length() - unit.length();
        if (end < 1 || !word.substring(end).equalsIgnoreCase(unit)) {
            return Optional.empty();
        }
        var figure = word.substring(0, end);
        return NUMBER.matcher(figure).matches()
                ? Optional.of(Double.parseDouble(figure))
                : Optional.empty();
    }

    /** {@code 1d12h30m5s} in ms, any part left out, 0 included. */
    static Optional<Long> length(String word) {
        var parts = LENGTH.matcher(word);
        if (word.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                part(parts.group(1)) * Calendar.DAY_MS
                        + part(parts.group(2)) * Calendar.HOUR_MS
                        + part(parts.group(3)) * Calendar.MINUTE_MS
                        + part(parts.group(4)) * SECOND_MS);
    }

    /** {@code 2d19:00} or {@code 19:00:05} in ms since the midnight before a Monday. */
    static Optional<Long> time(String word) {
        var parts = TIME.matcher(word);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                part(parts.group(1)) * Calendar.DAY_MS
                        + part(parts.group(2)) * Calendar.HOUR_MS
                        + part(parts.group(3)) * Calendar.MINUTE_MS
                        + part(parts.group(4)) * SECOND_MS);
    }

    private static long part(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
