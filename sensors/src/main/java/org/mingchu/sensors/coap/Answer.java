package org.mingchu.sensors.coap;

/** What becomes of a pack, and what its probe is told. Immutable. */
sealed interface Answer {
    /** All of it is kept, now or before: the probe may forget it. */
    record Kept() implements Answer {}

    /** It will never be taken as it is. */
    record Refused(String why) implements Answer {}

    /** Nothing in it belongs to a sensor of this site. */
    record Foreign(String why) implements Answer {}

    /** Not now: the probe is to come again. */
    record Busy(String why) implements Answer {}
}
