package org.mingchu.gateway;

import java.time.Duration;
import java.util.Locale;

/** Lengths and times as scenarios write them: {@code 2h}, {@code 9d06:30}. Stateless. */
final class Lengths {
    private Lengths() {}

    /** {@code 12d}, {@code 1h30m}, {@code 40s}. */
    static Duration of(String word) {
        var days = word.indexOf('d');
        var date = days < 0 ? "P" : "P" + word.substring(0, days + 1);
        var time = word.substring(days + 1);
        return Duration.parse(time.isEmpty() ? date : date + "T" + time);
    }

    /** {@code +2h} or {@code -2h}. */
    static Duration signed(String word) {
        var length = of(word.substring(1));
        return word.startsWith("-") ? length.negated() : length;
    }

    /** {@code 1h30m} of nanoseconds. */
    static String word(long ns) {
        return Duration.ofNanos(ns).toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** {@code 9d06:30}, since the film's beginning. */
    static long time(String word) {
        var days = word.indexOf('d');
        var clock = word.substring(days + 1).split(":", -1);
        var day = days < 0 ? 0 : Long.parseLong(word.substring(0, days));
        return Duration.ofDays(day)
                .plusHours(Long.parseLong(clock[0]))
                .plusMinutes(Long.parseLong(clock[1]))
                .toMillis();
    }
}
