package org.mingchu.sensors.camera.sip;

import org.mingchu.config.CameraVerdict;

import java.time.Duration;
import java.util.Optional;

/**
 * How a camera's registration stands. Immutable.
 *
 * @param verdict healthy, unregistered, heartbeat-lost, fault-reported or unknown
 * @param reason for the technician, one line; empty when all is well and nothing is to be said
 * @param address from which it logged in; empty when it is not registered
 * @param login the digest it logged in with
 * @param silence since its last sign of life; empty when there was none since the start
 */
public record Standing(
        CameraVerdict verdict,
        String reason,
        Optional<String> address,
        Optional<String> login,
        Optional<Duration> silence) {}
