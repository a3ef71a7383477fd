package org.mingchu.simulator;

import java.util.Locale;

/** Where cooked food cools, and how fast its outside follows the air there. Immutable. */
public enum CoolingPlace {
    /** On the bench, at the temperature of the kitchen. */
    ROOM(Double.NaN, 0.006),
    /** In a chilled cabinet: still air at 4 °C. */
    FRIDGE(4, 0.009),
    /** In a blast chiller: moving air at −4 °C. */
    CHILLER(-4, 0.05);

    private final double air;
    private final double rate;

    CoolingPlace(double air, double rate) {
        this.air = air;
        this.rate = rate;
    }

    /** °C of the air there, given the kitchen's. */
    double air(double ambient) {
        return this == ROOM ? ambient : air;
    }

    /** K per minute for every K of difference between the food's outside and the air. */
    double rate() {
        return rate;
    }

    /** The word that commands use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
