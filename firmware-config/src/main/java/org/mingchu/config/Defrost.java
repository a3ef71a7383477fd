package org.mingchu.config;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

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

    /** A contact that is closed while the unit defrosts. It is read as a sensor of the unit. */
    record Signalled(Source signal) implements Defrost {
        /** Follows the unit's id in the name of that sensor. */
        private static final String NAME = "-defrost";

        SensorPlan contact(String unit) {
            return new SensorPlan(
                    name(unit), Quantity.DEFROST, signal, Optional.empty(), Calibration.NONE, true);
        }

        static String name(String unit) {
            return unit + NAME;
        }
    }
}
