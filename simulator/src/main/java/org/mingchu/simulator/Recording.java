package org.mingchu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A weather as a recorder would have written it: CSV, {@code time} in ISO 8601 with offset, then a
 * column per sensor; an empty cell is a sensor that said nothing. Immutable.
 *
 * <p>A line tells the state of the last whole step of the weather at its time. A stuck probe is
 * written, for a recorder cannot know; a line that a gap swallowed is not there at all.
 *
 * @param start what the weather's time 0 is called
 * @param interval between two lines; 1 s to 1 h
 * @param columns the sensor's id by unit, in order of the columns
 * @param flaws what the recorder does wrong
 */
public record Recording(
        OffsetDateTime start,
        Duration interval,
        SequencedMap<String, String> columns,
        Flaws flaws) {
    /** A midnight before a Monday. */
    public static final OffsetDateTime A_MONDAY = OffsetDateTime.parse("2026-01-05T00:00:00+08:00");

    /** Seconds are written even when they are 0, so that all lines look alike. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");

    private static final int MILLI_DIGITS = 3;

    /**
     * What a recorder does wrong, by chance. Immutable.
     *
     * @param seed of its chance
     * @param gapsPerDay how many times a day it loses some lines, on average
     * @param longestGap a gap is anything up to this
     * @param jitter a line comes up to this much later than it should
     */
    public record Flaws(long seed, double gapsPerDay, Duration longestGap, Duration jitter) {
        /** It writes every line when it is due. */
        public static final Flaws NONE = new Flaws(0, 0, Duration.ZERO, Duration.ZERO);

        public Flaws {
            if (!(gapsPerDay >= 0 && gapsPerDay <= 1440)
                    || longestGap.isNegative()
                    || jitter.isNegative()) {
                throw new IllegalArgumentException(
                        "gaps are 0 to 1440 a day and no length is negative, not %s a day, %s, %s"
                                .formatted(gapsPerDay, longestGap, jitter));
            }
        }
    }

    public Recording {
        long ms = interval.toMillis();
        if (ms < 1_000 || ms > Calendar.HOUR_MS || ms % 1_000 != 0) {
            throw new IllegalArgumentException(
                    "an interval is 1s to 1h in whole seconds, not " + interval);
        }
        if (flaws.jitter().compareTo(interval) >= 0) {
            throw new IllegalArgumentException(
                    "jitter %s is not shorter than the interval %s"
                            .formatted(flaws.jitter(), interval));
        }
        columns = new LinkedHashMap<>(columns);
    }

    /** Every unit of a weather, its id for a name, nothing wrong. */
    public static Recording of(Weather weather, Duration interval) {
        var columns = new LinkedHashMap<String, String>();
        weather.ids().forEach(id -> columns.put(id, id));
        return new Recording(A_MONDAY, interval, columns, Flaws.NONE);
    }

    /** The same with a recorder of less than perfect make. */
    public Recording with(Flaws other) {
        return new Recording(start, interval, columns, other);
    }

    /** The columns, in their order. */
    @Override
    public SequencedMap<String, String> columns() {
        return new LinkedHashMap<>(columns);
    }

    /**
     * Lets the weather go on and writes it down, from where it is.
     *
     * @param untilMs weather time of the last line, if one is due then
     * @return how many lines there are below the head
     */
    public long write(Weather weather, long untilMs, Appendable csv) throws IOException {
        var chance = RandomGeneratorFactory.of(Weather.CHANCE).create(flaws.seed());
        csv.append("time,").append(String.join(",", columns.values())).append('\n');
        long lines = 0;
        long gapUntilMs = -1;
        for (long dueMs = weather.timeMs(); dueMs <= untilMs; dueMs += interval.toMillis()) {
            long atMs = dueMs + upTo(flaws.jitter(), chance);
            if (dueMs >= gapUntilMs && gapBegins(chance)) {
                gapUntilMs = dueMs + upTo(flaws.longestGap(), chance);
            }
            if (dueMs < gapUntilMs || atMs > untilMs) {
                continue;
            }
            weather.advanceTo(atMs);
            // A recorder hangs on the same socket as the gateway.
            if (weather.gatewayPowered()) {
                csv.append(line(weather, atMs)).append('\n');
                lines++;
            }
        }
        return lines;
    }

    /** The same as text. */
    public String text(Weather weather, long untilMs) {
        var csv = new StringBuilder();
        try {
            write(weather, untilMs, csv);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail", e);
        }
        return csv.toString();
    }

    private boolean gapBegins(RandomGenerator chance) {
        double perLine = flaws.gapsPerDay() * interval.toMillis() / Calendar.DAY_MS;
        return perLine > 0 && chance.nextDouble() < perLine;
    }

    /** Whole seconds in ms: a line's time has no finer part. */
    private static long upTo(Duration most, RandomGenerator chance) {
        return most.toSeconds() == 0 ? 0 : chance.nextLong(most.toSeconds() + 1) * 1_000;
    }

    private String line(Weather weather, long atMs) {
        var cells = new ArrayList<String>();
        cells.add(TIME.format(start.plus(Duration.ofMillis(atMs))));
        columns.keySet().forEach(unit -> cells.add(cell(weather, unit)));
        return String.join(",", cells);
    }

    private static String cell(Weather weather, String unit) {
        return switch (weather.probe(unit)) {
            case WORKING, STUCK -> degrees(weather.temperatureMilliCelsius(unit));
            // A recorder takes these two for temperatures: they are well-formed answers.
            case POWER_ON -> degrees(85_000);
            case WEAK_POWER -> degrees(127_937);
            case UNPLUGGED, CRC_NOISE, HUNG, ALL_ZERO, EMPTY -> "";
        };
    }

    private static String degrees(long milli) {
        return BigDecimal.valueOf(milli, MILLI_DIGITS).toPlainString();
    }
}
