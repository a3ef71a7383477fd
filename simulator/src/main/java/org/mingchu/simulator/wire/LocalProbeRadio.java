package org.mingchu.simulator.wire;

import java.time.Duration;

/**
 * How bad the radio between probes and their network is; what is lost here never reaches the
 * broker. Shares are of all readings, from 0 to 1. Immutable.
 *
 * @param lost never arrive
 * @param doubled arrive, and are published, twice
 * @param held are kept by the probe and come later, at their own time
 * @param heldFor at most
 * @param reboots after which a probe has forgotten what it held
 */
public record LocalProbeRadio(
        double lost, double doubled, double held, Duration heldFor, double reboots) {
    /** Everything arrives at once, once. */
    public static final LocalProbeRadio GOOD = new LocalProbeRadio(0, 0, 0, Duration.ZERO, 0);

    /** A steel door, a kettle, and the microwave on. */
    public static final LocalProbeRadio BAD =
            new LocalProbeRadio(0.05, 0.03, 0.10, Duration.ofSeconds(3), 0.001);
}
