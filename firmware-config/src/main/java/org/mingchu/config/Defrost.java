package org.mingchu.config;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;

/** What is known about a unit's defrosts; a unit without one has them learned. Immutable. */
public sealed interface Defrost {
    /**
     * Defrosts that start at known times of day.
     *
     * @param longest the longest one, drip time included
     */
    record Scheduled(List<LocalTime> starts, Duration longest) implements Defrost {
        public Scheduled {
            starts = List.copyOf(starts);
        }
    }

    /** A contact that is closed while the unit defrosts. */
    record Signalled(Source signal) implements Defrost {}
}
