package org.mingchu.simulator;

import java.util.List;

/** How a unit gets rid of its ice. Immutable. */
public sealed interface Defrost {
    /** Never. */
    record None() implements Defrost {}

    /**
     * By the clock, for a random length within bounds.
     *
     * @param minutesOfDay when, in minutes after local midnight
     * @param shortestMin shortest length in minutes
     * @param longestMin longest length in minutes
     * @param heat K per minute that the heater adds to the air
     */
    record Scheduled(List<Integer> minutesOfDay, double shortestMin, double longestMin, double heat)
            implements Defrost {
        public Scheduled {
            minutesOfDay = List.copyOf(minutesOfDay);
        }
    }

    /**
     * When the compressor has run long enough, until the air is warm enough; both drawn anew each
     * time, which is why the intervals of such freezers look irregular.
     *
     * @param runHoursMin shortest compressor run between two defrosts, in hours
     * @param runHoursMax longest compressor run between two defrosts, in hours
     * @param endAirMin lowest air temperature in °C at which the heater stops
     * @param endAirMax highest air temperature in °C at which the heater stops
     * @param heat K per minute that the heater adds to the air
     */
    record Adaptive(
            double runHoursMin, double runHoursMax, double endAirMin, double endAirMax, double heat)
            implements Defrost {}
}
