package org.mingchu.sensors.camera.picture;

/** What one picture says of one fault. */
enum Finding {
    BAD,
    GOOD,
    /** This picture can say nothing of it: neither for nor against. */
    NO_SAY
}
