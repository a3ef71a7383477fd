package org.mingchu.simulator;

/** What a command's figures may be. Stateless. */
final class Bounds {
    /** Colder than any store and hotter than any oven of a kitchen: a slip of the pen. */
    private static final double CELSIUS = 300;

    private static final long LONGEST_MS = 366 * Calendar.DAY_MS;

    private Bounds() {}

    static boolean isShare(double share) {
        return share >= 0 && share <= 1;
    }

    static boolean isCelsius(double celsius) {
        return Math.abs(celsius) <= CELSIUS;
    }

    static boolean isLength(long lengthMs) {
        return lengthMs >= Weather.STEP_MS && lengthMs <= LONGEST_MS;
    }

    static void share(double share) {
        if (!isShare(share)) {
            throw new IllegalArgumentException("a share is 0 to 1 (0% to 100%), not " + share);
        }
    }

    static void celsius(double celsius) {
        if (!isCelsius(celsius)) {
            throw new IllegalArgumentException(
                    "a temperature is -300 to 300 degrees, not " + celsius);
        }
    }

    static void length(long lengthMs) {
        if (!isLength(lengthMs)) {
            throw new IllegalArgumentException("a length is 5s to 366d, not " + lengthMs + " ms");
        }
    }
}
