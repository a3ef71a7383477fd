package org.mingchu.simulator;

/** What weather time means in the kitchen: time 0 is midnight before a Monday. Stateless. */
final class Calendar {
    static final long MINUTE_MS = 60_000;
    static final long HOUR_MS = 60 * MINUTE_MS;
    static final long DAY_MS = 24 * HOUR_MS;

    /** The shift of a dining hall that cooks lunch: six days a week. */
    private static final long OPENS_MS = 6 * HOUR_MS;

    private static final long CLOSES_MS = 14 * HOUR_MS;
    private static final int WORKING_DAYS = 6;

    private Calendar() {}

    static long ofDay(long timeMs) {
        return timeMs % DAY_MS;
    }

    static boolean working(long timeMs) {
        long day = timeMs / DAY_MS % 7;
        return day < WORKING_DAYS && ofDay(timeMs) >= OPENS_MS && ofDay(timeMs) < CLOSES_MS;
    }

    /** How many opening hours a working day has. */
    static double shiftMinutes() {
        return (double) (CLOSES_MS - OPENS_MS) / MINUTE_MS;
    }
}
