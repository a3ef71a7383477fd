package org.mingchu.sensors.mqtt;

import java.time.Duration;

/**
 * How long the kitchen's broker and the intake are waited for. Immutable.
 *
 * @param answer for CONNACK and SUBACK; Paho itself waits for ever
 * @param keep for the intake to keep a sheaf
 * @param first the shortest wait before connecting again
 * @param longest the longest; between them it doubles, and is spread by chance
 * @param fence for our own message to come back behind what the broker had queued for us
 */
record Pace(Duration answer, Duration keep, Duration first, Duration longest, Duration fence) {
    static final Pace USUAL =
            new Pace(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60));
}
