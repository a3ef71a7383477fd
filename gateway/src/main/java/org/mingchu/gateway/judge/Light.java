package org.mingchu.gateway.judge;

/** How a unit looks at one glance, from best to worst: the worst of its parts shows. Immutable. */
public enum Light {
    /** Every sensor has a good, fresh value, no alarm is open, nothing is in doubt. */
    FINE("fine"),
    /** Cleaned, loaded, stopped or out of service: not judged, so never fine. */
    PLANNED("planned"),
    /** Nobody knows: never heard, or not lately. */
    UNKNOWN("unknown"),
    /** A value beyond its limit, a P3 alarm, an alarm that went away unseen, an unproven sender. */
    ATTENTION("attention"),
    /** An outage lies behind it, and it has not been proven fine since. */
    DOUBT("doubt"),
    /** The sensor is silent or faulty. */
    FAULT("fault"),
    /** Something is wrong with the food, the door or the camera. */
    ALARM("alarm");

    private final String word;

    Light(String word) {
        this.word = word;
    }

    /** The word that the page uses. */
    public String word() {
        return word;
    }

    /** The worse of two. */
    public Light or(Light other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
