package org.mingchu.simulator;

/** The air of the kitchen over a day: warmest at 15:00, warmer while people cook. Stateless. */
final class Ambient {
    private static final double MEAN = 24.5;
    private static final double SWING = 3;
    private static final double COOKING = 1.5;
    private static final long MEAN_CROSSED_MS = 9 * Calendar.HOUR_MS;

    private Ambient() {}

    /** °C at a weather time in a kitchen that works. StrictMath: the same bits on every machine. */
    static double at(long timeMs) {
        return empty(timeMs) + (Calendar.working(timeMs) ? COOKING : 0);
    }

    /** °C at a weather time in a kitchen where nobody cooks. */
    static double empty(long timeMs) {
        double angle = 2 * Math.PI * (Calendar.ofDay(timeMs) - MEAN_CROSSED_MS) / Calendar.DAY_MS;
        return MEAN + SWING * StrictMath.sin(angle);
    }
}
