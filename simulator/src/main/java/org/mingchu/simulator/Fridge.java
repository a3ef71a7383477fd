package org.mingchu.simulator;

import java.util.List;

/**
 * One unit of the kitchen: a body of air over a body of food. Immutable.
 *
 * <p>The figures of the presets are chosen so that the model behaves like the field figures it
 * stands for; {@code FieldFiguresTest} holds them.
 *
 * @param id the unit's id
 * @param thermal how heat moves in it
 * @param thermostat what its machine aims at
 * @param defrost how it gets rid of its ice
 * @param doorsPerDay door openings on a working day, on average
 */
public record Fridge(
        String id, Thermal thermal, Thermostat thermostat, Defrost defrost, double doorsPerDay)
        implements Watched {
    /** 02:00, 10:00, 18:00: the usual eight hours between two defrosts. */
    private static final List<Integer> THRICE_A_DAY = List.of(120, 600, 1080);

    /**
     * Rates of a two-node model, each in K per minute for every K of difference.
     *
     * @param wall from the kitchen through the walls into the air
     * @param food from the food into the air
     * @param mass from the air into the food: small when there is much food
     * @param ajar from the kitchen through a door left ajar or, in a hot holding, a lid
     */
    public record Thermal(double wall, double food, double mass, double ajar) {}

    /**
     * The machine and its hysteresis.
     *
     * @param target °C
     * @param band K on either side of the target
     * @param power K per minute that it takes out of the air; negative for a heater
     */
    public record Thermostat(double target, double band, double power) {}

    /** A walk-in freezer at −19 °C with electric defrost, three times a day. */
    public static Fridge freezer(String id) {
        return new Fridge(
                id,
                new Thermal(0.011, 0.11, 0.0103, 0.075),
                new Thermostat(-19, 1.5, 1.2),
                new Defrost.Scheduled(THRICE_A_DAY, 15, 22, 1.25),
                25);
    }

    /** An upright freezer whose air reaches about +8 °C in its irregular defrosts. */
    public static Fridge uprightFreezer(String id) {
        return new Fridge(
                id,
                new Thermal(0.0024, 0.0376, 0.006, 0.012),
                new Thermostat(-19.6, 1.5, 0.3),
                new Defrost.Adaptive(9, 20, 6.8, 8.4, 2.0),
                6);
    }

    /** A chilled cabinet at about 3 °C. */
    public static Fridge chilled(String id) {
        return new Fridge(
                id,
                new Thermal(0.012, 0.11, 0.017, 0.03),
                new Thermostat(3.3, 1.0, 0.8),
                new Defrost.Scheduled(THRICE_A_DAY, 15, 22, 0.1),
                25);
    }

    /** A sample-retention fridge at about 4 °C, seldom opened. */
    public static Fridge sampleFridge(String id) {
        return new Fridge(
                id,
                new Thermal(0.012, 0.11, 0.03, 0.03),
                new Thermostat(4.0, 0.8, 0.7),
                new Defrost.None(),
                4);
    }

    /** A bain-marie at about 68 °C; a door opening is its lid. */
    public static Fridge hotHolding(String id) {
        return new Fridge(
                id,
                new Thermal(0.01, 0.1, 0.01, 0.02),
                new Thermostat(68, 1.5, -1.0),
                new Defrost.None(),
                10);
    }

    /** The same unit without defrosts. */
    public Fridge withoutDefrost() {
        return new Fridge(id, thermal, thermostat, new Defrost.None(), doorsPerDay);
    }

    /** The same unit that nobody opens. */
    public Fridge unopened() {
        return new Fridge(id, thermal, thermostat, defrost, 0);
    }
}
