package org.mingchu.simulator;

/**
 * A disinfection cabinet, or a dishwasher seen at its final rinse: at room temperature until
 * somebody starts a cycle, then heating, hold and cooling. Immutable.
 *
 * @param id the unit's id
 * @param celsius what a cycle holds
 * @param holdMs for how long
 * @param heating K per minute on the way up
 * @param cooling K per minute for every K above the kitchen, when the heater is off
 */
public record Steriliser(String id, double celsius, long holdMs, double heating, double cooling)
        implements Watched {
    public Steriliser {
        Bounds.celsius(celsius);
        Bounds.length(holdMs);
    }

    /** Steam: 100 °C for at least 10 min. */
    public static Steriliser steamCabinet(String id) {
        return new Steriliser(id, 101.5, 12 * Calendar.MINUTE_MS, 6, 0.03);
    }

    /** Infrared: 120 °C for at least 10 min. */
    public static Steriliser infraredCabinet(String id) {
        return new Steriliser(id, 123, 12 * Calendar.MINUTE_MS, 9, 0.025);
    }

    /** A dishwasher's final rinse: 85 °C for at least 40 s. */
    public static Steriliser dishwasher(String id) {
        return new Steriliser(id, 87, Calendar.MINUTE_MS, 60, 0.15);
    }
}
