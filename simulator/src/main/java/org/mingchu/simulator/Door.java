package org.mingchu.simulator;

import java.util.random.RandomGenerator;

/** A door that people open for a moment during the shift, or leave ajar. One thread. */
final class Door {
    /** A cook takes something out: 15 to 90 s. */
    private static final int SHORTEST_MS = 15_000;

    private static final int LONGEST_MS = 90_000;

    /** A door held wide open lets in this many times what one left ajar does. */
    private static final double WIDE = 2.5;

    private final double opensPerStep;
    private final RandomGenerator chance;
    private long openUntilMs;
    private boolean ajar;
    private boolean wide;

    Door(double perDay, RandomGenerator chance) {
        this.opensPerStep = perDay / Calendar.shiftMinutes() * Weather.STEP_MS / Calendar.MINUTE_MS;
        this.chance = chance;
    }

    /** One inner step in which people are at work. */
    void advance(long nowMs) {
        if (nowMs < openUntilMs || opensPerStep == 0) {
            return;
        }
        if (chance.nextDouble() < opensPerStep) {
            openUntilMs = nowMs + chance.nextInt(SHORTEST_MS, LONGEST_MS);
        }
    }

    void leaveAjar() {
        ajar = true;
    }

    void leaveWide() {
        wide = true;
    }

    void shut() {
        ajar = false;
        wide = false;
        openUntilMs = 0;
    }

    boolean open(long nowMs) {
        return ajar || wide || nowMs < openUntilMs;
    }

    /** How open it is: 0 closed, 1 ajar, more when held wide open. */
    double gap(long nowMs) {
        if (wide || nowMs < openUntilMs) {
            return WIDE;
        }
        return ajar ? 1 : 0;
    }
}
