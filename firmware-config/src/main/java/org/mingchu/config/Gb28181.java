package org.mingchu.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one camera registers by GB/T 28181. Immutable.
 *
 * @param device its 20 digits
 * @param credentials a name in the secrets file; else those of the camera
 * @param heartbeat how often it sends one; learned where it is not given
 * @param misses so many missed on end mean lost
 */
public record Gb28181(
        String device,
        Optional<String> credentials,
        Optional<Duration> heartbeat,
        OptionalInt misses) {
    /** Where cameras register. Immutable. */
    public record Door(HostPort listen, String server, String realm) {}
}
