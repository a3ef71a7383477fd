package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Hours;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * For how much of a time a camera was up. What is unknown and what was off on purpose is not down;
 * it is stated apart, and time that nothing is known of is unknown. Pure. Immutable.
 */
public final class Uptime {
    private static final long PER_HUNDRED_PERCENT = 10_000;

    private final List<Span> spans;

    /** A verdict and how long it held, from inclusive, until exclusive. Immutable. */
    public record Span(Instant from, Instant until, CameraVerdict verdict) {
        public Span {
            if (until.isBefore(from)) {
                throw new IllegalArgumentException("a span that ends before it begins: " + from);
            }
        }

        private Optional<Span> within(Instant begin, Instant end) {
            var first = from.isAfter(begin) ? from : begin;
            var last = until.isBefore(end) ? until : end;
            return first.isBefore(last)
                    ? Optional.of(new Span(first, last, verdict))
                    : Optional.empty();
        }

        private Duration length() {
            return Duration.between(from, until);
        }
    }

    /** What was seen and when. Immutable. */
    public record Sight(Instant at, CameraVerdict verdict) {}

    /** What a time was made of. Immutable. */
    public record Share(Duration up, Duration down, Duration unknown, Duration plannedOff) {
        private static final Share NONE =
                new Share(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

        /**
         * Up out of up and down, in hundredths of a percent, rounded down: 100.00 % had no outage.
         * None when neither is known.
         */
        public Optional<Long> upHundredths() {
            var known = up.plus(down);
            return known.isZero()
                    ? Optional.empty()
                    : Optional.of(up.toMillis() * PER_HUNDRED_PERCENT / known.toMillis());
        }

        private Share plus(Span span) {
            var length = span.length();
            return switch (span.verdict) {
                case HEALTHY -> new Share(up.plus(length), down, unknown, plannedOff);
                case PLANNED_OFF -> new Share(up, down, unknown, plannedOff.plus(length));
                case UNKNOWN, NETWORK_LOST, LINK_LOST -> this;
                default -> new Share(up, down.plus(length), unknown, plannedOff);
            };
        }

        private Share plus(Share other) {
            return new Share(
                    up.plus(other.up),
                    down.plus(other.down),
                    unknown.plus(other.unknown),
                    plannedOff.plus(other.plannedOff));
        }

        /** Whatever is not known to be something else. */
        private Share of(Duration whole) {
            return new Share(up, down, whole.minus(up).minus(down).minus(plannedOff), plannedOff);
        }
    }

    /**
     * @param spans in any order
     * @throws IllegalArgumentException when two of them overlap
     */
    public Uptime(List<Span> spans) {
        var ordered = new ArrayList<>(spans);
        ordered.sort(Comparator.comparing(Span::from));
        for (int i = 1; i < ordered.size(); i++) {
            if (ordered.get(i).from.isBefore(ordered.get(i - 1).until)) {
                throw new IllegalArgumentException("two verdicts at " + ordered.get(i).from);
            }
        }
        this.spans = List.copyOf(ordered);
    }

    /**
     * Each sight holds until the next, and no longer than {@code holds}: after that nobody looked.
     *
     * @param sights in the order of their times
     */
    public static Uptime of(List<Sight> sights, Duration holds) {
        var spans = new ArrayList<Span>();
        for (int i = 0; i < sights.size(); i++) {
            var sight = sights.get(i);
            var end = sight.at.plus(holds);
            var next = i + 1 < sights.size() ? sights.get(i + 1).at : end;
            spans.add(new Span(sight.at, next.isBefore(end) ? next : end, sight.verdict));
        }
        return new Uptime(spans);
    }

    /** All of a time, by day and by night. */
    public Share share(Instant from, Instant until) {
        return spans.stream()
                .flatMap(s -> s.within(from, until).stream())
                .reduce(Share.NONE, Share::plus, Share::plus)
                .of(Duration.between(from, until));
    }

    /**
     * Of a time only what lies within the opening hours: none of a day that is closed, all of it
     * where the site says no hours. Days with a change to or from summer time have the hours they
     * have.
     */
    public Share open(Instant from, Instant until, Hours hours, ZoneId zone) {
        return merged(openings(from, until, hours, zone)).stream()
                .map(o -> share(o.from, o.until))
                .reduce(Share.NONE, Share::plus);
    }

    private static List<Span> openings(Instant from, Instant until, Hours hours, ZoneId zone) {
        var first = from.atZone(zone).toLocalDate().minusDays(1);
        var last = until.atZone(zone).toLocalDate().plusDays(1);
        return first.datesUntil(last)
                .filter(day -> !closed(day, hours))
                .flatMap(day -> openings(day, hours, zone).stream())
                .flatMap(o -> o.within(from, until).stream())
                .toList();
    }

    private static List<Span> openings(LocalDate day, Hours hours, ZoneId zone) {
        if (hours.weekly().isEmpty()) {
            return List.of(opening(day, Optional.empty(), zone));
        }
        return hours.weekly().stream()
                .filter(o -> o.days().contains(day.getDayOfWeek()))
                .map(o -> opening(day, Optional.of(o), zone))
                .toList();
    }

    /** One that ends at or before its beginning ends the next day. */
    private static Span opening(LocalDate day, Optional<Hours.Opening> hours, ZoneId zone) {
        if (hours.isEmpty()) {
            return span(
                    day.atStartOfDay(zone).toInstant(),
                    day.plusDays(1).atStartOfDay(zone).toInstant());
        }
        var from = hours.get().from();
        var to = hours.get().to();
        var lastDay = from.isBefore(to) ? day : day.plusDays(1);
        return span(
                day.atTime(from).atZone(zone).toInstant(),
                lastDay.atTime(to).atZone(zone).toInstant());
    }

    /** In the night to summer time an hour that is skipped makes an opening end early. */
    private static Span span(Instant from, Instant until) {
        return new Span(from, until.isBefore(from) ? from : until, CameraVerdict.UNKNOWN);
    }

    private static boolean closed(LocalDate day, Hours hours) {
        return hours.closures().stream()
                .anyMatch(c -> !day.isBefore(c.from()) && !day.isAfter(c.to()));
    }

    /** Openings that overlap are counted once. */
    private static List<Span> merged(List<Span> openings) {
        var ordered = new ArrayList<>(openings);
        ordered.sort(Comparator.comparing(Span::from));
        var merged = new ArrayList<Span>();
        for (var next : ordered) {
            if (!merged.isEmpty() && !next.from.isAfter(merged.getLast().until)) {
                var open = merged.removeLast();
                var until = next.until.isAfter(open.until) ? next.until : open.until;
                merged.add(span(open.from, until));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }
}
