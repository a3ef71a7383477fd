package org.mingchu.config;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/**
 * When somebody is in the kitchen. Closed hours change who is called, never what is watched.
 * Immutable.
 */
public record Hours(List<Opening> weekly, List<Closure> closures) {
    public Hours {
        weekly = List.copyOf(weekly);
        closures = List.copyOf(closures);
    }

    /** {@code "Mon-Fri 06:00-14:00"}. */
    public record Opening(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
        public Opening {
            days = Set.copyOf(days);
        }
    }

    /** Days without any cooking, both ends included. */
    public record Closure(LocalDate from, LocalDate to, String name) {}
}
