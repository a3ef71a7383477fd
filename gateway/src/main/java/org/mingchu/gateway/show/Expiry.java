package org.mingchu.gateway.show;

import org.mingchu.config.Wall;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A licence or certificate of the site and how long it still holds. Immutable.
 *
 * @param id tells it from all others of the site
 * @param name what it is, or whose it is
 * @param detail its number, or what its holder does
 * @param daysLeft 0 on its last day, negative when it has run out
 */
public record Expiry(
        String id, Kind kind, String name, String detail, LocalDate validTo, long daysLeft) {
    /** What it is about. */
    public enum Kind {
        CERTIFICATE("certificate"),
        HEALTH("health");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that the interface uses. */
        public String word() {
            return word;
        }
    }

    /** How near the end is; staff are told of each stage once. */
    public enum Stage {
        MONTH("month", 30),
        WEEK("week", 7),
        /** The last day, and every day after it. */
        END("end", 0);

        private final String word;
        private final int days;

        Stage(String word, int days) {
            this.word = word;
            this.days = days;
        }

        /** The word that the interface uses. */
        public String word() {
            return word;
        }
    }

    /** The stage it is in; empty while the end is more than a month off. */
    public Optional<Stage> stage() {
        return Arrays.stream(Stage.values())
                .filter(one -> daysLeft <= one.days)
                .reduce((_, b) -> b);
    }

    /** It changes by itself at midnight of the kitchen. */
    public boolean expired() {
        return daysLeft < 0;
    }

    /**
     * All of a site, in its order; empty while nobody knows what day it is: a clock that begins in
     * 1970 would call every paper valid.
     */
    public static Optional<List<Expiry>> all(Wall wall, ZoneId zone, Moment now) {
        if (now.clock() == ClockState.UNSYNCED) {
            return Optional.empty();
        }
        var today = Instant.ofEpochMilli(now.wallMs()).atZone(zone).toLocalDate();
        return Optional.of(
                Stream.concat(
                                wall.certificates().stream().map(one -> of(one, today)),
                                IntStream.range(0, wall.staff().size())
                                        .mapToObj(i -> of(i, wall.staff().get(i), today)))
                        .toList());
    }

    private static Expiry of(Wall.Certificate one, LocalDate today) {
        return new Expiry(
                one.id(),
                Kind.CERTIFICATE,
                one.name(),
                one.number().orElse(""),
                one.validTo(),
                ChronoUnit.DAYS.between(today, one.validTo()));
    }

    /** By its place in the file: two of one surname and job are two people. */
    private static Expiry of(int place, Wall.HealthCertificate one, LocalDate today) {
        return new Expiry(
                "health_certificate[" + (place + 1) + "]",
                Kind.HEALTH,
                one.surname(),
                one.job(),
                one.validTo(),
                ChronoUnit.DAYS.between(today, one.validTo()));
    }
}
