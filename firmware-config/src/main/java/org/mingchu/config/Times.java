package org.mingchu.config;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How times are written: {@code "30m"}, {@code "02:00"}, {@code "Mon-Fri 06:00-14:00"}. */
final class Times {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern LOOSE_DURATION =
            Pattern.compile("(\\d{1,9})\\s*(ms|[smh])[a-z]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME_OF_DAY = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final Pattern OPENING = Pattern.compile("([A-Za-z,-]+) (\\S+)");
    private static final List<String> DAYS =
            List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    /** {@code "02:00"}. */
    static final Form<LocalTime> TIME_OF_DAY_FORM =
            Form.words(LocalTime.MIDNIGHT, "a time of day such as \"02:00\"", Times::timeOfDay);

    /** {@code "11:00-12:30"}. */
    static final Form<Span> SPAN =
            Form.words(
                    new Span(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT),
                    "a time range within one day such as \"11:00-12:30\"",
                    Times::span);

    /** {@code "Mon-Fri 06:00-14:00"}. */
    static final Form<Hours.Opening> OPENING_FORM =
            Form.words(
                    new Hours.Opening(Set.of(), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT),
                    "days and a time range within one day such as \"Mon-Fri 06:00-14:00\" or"
                            + " \"Sat,Sun 07:00-13:00\"; a night is two entries",
                    Times::opening);

    static final Form<ZoneId> ZONE =
            Form.hinted(
                    ZoneId.of("Asia/Shanghai"),
                    "a time zone of the IANA list such as \"Asia/Shanghai\"",
                    Times::zone,
                    text -> Guess.closest(text, ZoneId.getAvailableZoneIds()));

    private Times() {}

    /** Two times of one day, the first before the second. */
    record Span(LocalTime from, LocalTime to) {}

    /** {@code "500ms"}, {@code "10s"}, {@code "30m"}, {@code "2h"}. */
    static Form<Duration> duration(Duration min, Duration max) {
        var expected =
                "a duration from "
                        + Problems.quoted(text(min))
                        + " to "
                        + Problems.quoted(text(max))
                        + " (a number with ms, s, m or h, in quotes)";
        Function<String, Optional<Duration>> parse =
                text -> parse(text).filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0);
        var form = Form.hinted(min, expected, parse, Times::mended);
        return new Form<>(
                expected,
                min,
                // A bare number is most likely seconds.
                raw ->
                        raw instanceof Long n && parse.apply(n + "s").isPresent()
                                ? Parsed.wrong(expected, Problems.quoted(n + "s"))
                                : form.parse().apply(raw));
    }

    /** The shortest way to write a duration. */
    static String text(Duration duration) {
        var ms = duration.toMillis();
        if (ms % 3_600_000 == 0 && ms > 0) {
            return ms / 3_600_000 + "h";
        }
        if (ms % 60_000 == 0 && ms > 0) {
            return ms / 60_000 + "m";
        }
        return ms % 1_000 == 0 ? ms / 1_000 + "s" : ms + "ms";
    }

    private static Optional<Duration> parse(String text) {
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var n = Long.parseLong(match.group(1));
        return Optional.of(
                switch (match.group(2)) {
                    case "ms" -> Duration.ofMillis(n);
                    case "s" -> Duration.ofSeconds(n);
                    case "m" -> Duration.ofMinutes(n);
                    default -> Duration.ofHours(n);
                });
    }

    private static Optional<String> mended(String text) {
        var match = LOOSE_DURATION.matcher(text.strip());
        return match.matches() && parse(text).isEmpty()
                ? Optional.of(match.group(1) + match.group(2).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static Optional<LocalTime> timeOfDay(String text) {
        return TIME_OF_DAY.matcher(text).matches()
                ? Optional.of(LocalTime.parse(text))
                : Optional.empty();
    }

    private static Optional<Span> span(String text) {
        var ends = text.split("-", -1);
        if (ends.length != 2) {
            return Optional.empty();
        }
        return timeOfDay(ends[0])
                .flatMap(from -> timeOfDay(ends[1]).map(to -> new Span(from, to)))
                .filter(span -> span.from().isBefore(span.to()));
    }

    private static Optional<Hours.Opening> opening(String text) {
        var match = OPENING.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var days = days(match.group(1));
        return span(match.group(2))
                .filter(_ -> !days.isEmpty())
                .map(span -> new Hours.Opening(days, span.from(), span.to()));
    }

    /** Empty if one of them is no day. */
    private static Set<DayOfWeek> days(String text) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var part : text.split(",", -1)) {
            var ends = part.split("-", -1);
            var first = DAYS.indexOf(ends[0]);
            var last = DAYS.indexOf(ends[ends.length - 1]);
            if (ends.length > 2 || first < 0 || last < first) {
                return Set.of();
            }
            days.addAll(EnumSet.range(DayOfWeek.of(first + 1), DayOfWeek.of(last + 1)));
        }
        return days;
    }

    private static Optional<ZoneId> zone(String text) {
        // Offsets such as "+08:00" are refused: reports must follow a change of the law.
        return Optional.of(text).filter(ZoneId.getAvailableZoneIds()::contains).map(ZoneId::of);
    }
}
