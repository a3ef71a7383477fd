package org.mingchu.sensors.camera;

import java.time.Duration;

/**
 * How long a camera may take. Immutable.
 *
 * @param connect for the TCP connect
 * @param answer for each answer, from the request's first byte to the answer's last
 * @param whole for all of it
 */
record Patience(Duration connect, Duration answer, Duration whole) {
    /** Within the five seconds a round stays open; a healthy camera needs some 20 ms. */
    static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(4500));
}
