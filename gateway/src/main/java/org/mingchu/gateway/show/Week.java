package org.mingchu.gateway.show;

import java.util.List;
import java.util.OptionalLong;

/**
 * What the record says of the last seven days, as the public reads it. Immutable.
 *
 * @param asOfMs up to when, milliseconds since 1970
 * @param units those with a limit, in the order of the site file
 * @param deviations alarms about a limit, the latest first
 * @param cycles of units that disinfect
 */
public record Week(
        long asOfMs, List<OfUnit> units, List<Deviation> deviations, List<Cycles> cycles) {
    /** How many days it is about. */
    public static final int DAYS = 7;

    public Week {
        units = List.copyOf(units);
        deviations = List.copyOf(deviations);
        cycles = List.copyOf(cycles);
    }

    /**
     * How long a unit was within and beyond its limits, and how long nobody saw it; milliseconds.
     */
    public record OfUnit(String unit, long withinMs, long beyondMs, long unseenMs) {}

    /**
     * One stay beyond a limit that was called.
     *
     * @param toMs when it had gone; empty while it has not
     */
    public record Deviation(String unit, long fromMs, OptionalLong toMs, Standing standing) {}

    /**
     * Disinfection cycles that the temperature has proven, or has not.
     *
     * @param lastMs when the last one was over, milliseconds since 1970
     */
    public record Cycles(String unit, int passed, int failed, OptionalLong lastMs) {}

    /** How far a deviation has come. */
    public enum Standing {
        /** It still holds. */
        OPEN("open"),
        /** It is over, and nobody has said that he saw it. */
        OVER("over"),
        /** Somebody took it, and it is over. */
        HANDLED("handled");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        /** The word that the interface uses. */
        public String word() {
            return word;
        }
    }
}
