package org.mingchu.sensors;

/** What is to be known about a value beside the value. Immutable. */
public enum Flag {
    /** Older than its round. */
    LATE("late"),
    /** Its sender is not proven; it never clears an alarm. */
    UNAUTHENTICATED("unauthenticated"),
    CALIBRATION_EXPIRED("calibration-expired"),
    /** From the controller that cools (EN 12830 4.1). */
    NOT_INDEPENDENT("not-independent"),
    /** Buffered by the probe and delivered later. */
    BACKFILLED("backfilled"),
    SIMULATED("simulated");

    private final String word;

    Flag(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
