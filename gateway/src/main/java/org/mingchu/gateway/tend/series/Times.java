package org.mingchu.gateway.tend.series;

import org.mingchu.gateway.tend.series.Complaints.Expected;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Reads the times of a series, in their order. A local time is the kitchen's; where the clocks go
 * back and an hour comes twice, the order of the rows says which of the two it is. One thread.
 */
final class Times {
    /** How a time may look. */
    static final String FORM =
            "an ISO 8601 time such as 2026-11-01T06:30:00, in the kitchen's time, or with Z or"
                    + " +08:00 behind it";

    private static final int DATE_CHARS = 10;
    private static final int TO_MINUTES_CHARS = 16;
    private static final int TO_SECONDS_CHARS = 19;
    private static final int NS_DIGITS = 9;

    private final ZoneId zone;
    private long lastMs = Long.MIN_VALUE;

    Times(ZoneId zone) {
        this.zone = zone;
    }

    /** A time, or why it is none. */
    sealed interface Read {
        /** Milliseconds since 1970. */
        record At(long ms) implements Read {}

        record Not(Expected expected) implements Read {}
    }

    Read next(String text) {
        var read = read(text.strip());
        if (!(read instanceof Read.At(var ms))) {
            return read;
        }
        if (ms <= lastMs) {
            return new Read.Not(
                    new Expected(
                            ms == lastMs
                                    ? "a time after that of the row before, which is the same; leave"
                                            + " one of the two out"
                                    : "a time after that of the row before; sort the rows by time"));
        }
        lastMs = ms;
        return read;
    }

    private Read read(String text) {
        try {
            return at(text);
        } catch (DateTimeException | NumberFormatException _) {
            return new Read.Not(new Expected(FORM, meant(text)));
        }
    }

    private Read at(String text) {
        var end = endOfLocal(text);
        var local = local(text.substring(0, end));
        var offset = text.substring(end);
        return offset.isEmpty()
                ? here(local)
                : new Read.At(
                        ms(local, offset.equals("Z") ? ZoneOffset.UTC : ZoneOffset.of(offset)));
    }

    private static int endOfLocal(String text) {
        for (var i = DATE_CHARS; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 'Z' || c == '+' || c == '-') {
                return i;
            }
        }
        return text.length();
    }

    private static LocalDateTime local(String text) {
        if (text.length() < TO_MINUTES_CHARS) {
            throw new DateTimeException("too short");
        }
        var separator = text.charAt(DATE_CHARS);
        if (separator != 'T' && separator != ' ') {
            throw new DateTimeException("no T");
        }
        punctuation(text, "....-..-.....:..:..");
        var seconds = text.length() > TO_MINUTES_CHARS;
        return LocalDateTime.of(
                digits(text, 0, 4),
                digits(text, 5, 7),
                digits(text, 8, 10),
                digits(text, 11, 13),
                digits(text, 14, 16),
                seconds ? digits(text, 17, 19) : 0,
                text.length() > TO_SECONDS_CHARS ? fractionNs(text) : 0);
    }

    /** By hand: the library's parser takes longer than all the rest of a row. */
    private static void punctuation(String text, String form) {
        for (var i = 0; i < Math.min(text.length(), form.length()); i++) {
            if (form.charAt(i) != '.' && form.charAt(i) != text.charAt(i)) {
                throw new DateTimeException("no " + form.charAt(i) + " at " + i);
            }
        }
    }

    private static int digits(String text, int from, int to) {
        var number = 0;
        for (var i = from; i < to; i++) {
            var digit = i < text.length() ? text.charAt(i) - '0' : -1;
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("no digit at " + i);
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int fractionNs(String text) {
        var from = TO_SECONDS_CHARS + 1;
        var point = text.charAt(TO_SECONDS_CHARS);
        if ((point != '.' && point != ',') || text.length() == from) {
            throw new DateTimeException("no fraction");
        }
        var ns = digits(text, from, Math.min(text.length(), from + NS_DIGITS));
        for (var i = text.length() - from; i < NS_DIGITS; i++) {
            ns *= 10;
        }
        return ns;
    }

    private Read here(LocalDateTime local) {
        var offsets = zone.getRules().getValidOffsets(local);
        for (var offset : offsets) {
            var ms = ms(local, offset);
            if (ms > lastMs || offset.equals(offsets.getLast())) {
                return new Read.At(ms);
            }
        }
        return new Read.Not(
                new Expected(
                        "a time that there was: clocks in "
                                + zone
                                + " leapt over it; write the offset behind it, such as +01:00"));
    }

    private static long ms(LocalDateTime local, ZoneOffset offset) {
        return local.toInstant(offset).toEpochMilli();
    }

    private static Optional<String> meant(String text) {
        return Optional.of(text.replace('/', '-').replace('.', '-'))
                .filter(t -> !t.equals(text))
                .filter(Times::isLocal);
    }

    private static boolean isLocal(String text) {
        try {
            local(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }
}
