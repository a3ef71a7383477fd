package org.mingchu.sensors.mqtt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.mingchu.simulator.wire.Mosquitto;

import java.nio.file.Path;

/** How long the proofs run, and which peers they have. */
final class Proof {
    private Proof() {}

    /** The figure of the present form: short by default, longer in CI, longest as a proof. */
    static int pick(int shortForm, int ciForm, int proofForm) {
        return switch (System.getProperty("mingchu.proof", "short")) {
            case "proof" -> proofForm;
            case "ci" -> ciForm;
            default -> shortForm;
        };
    }

    /** Leaves the present test out of the short form, which has some seconds for all of them. */
    static void notInShort() {
        assumeTrue(pick(0, 1, 1) == 1, "runs with -Dmingchu.proof=ci and proof");
    }

    /** The installed mosquitto; without it the test is left out, unless it must be there. */
    static Path mosquitto() {
        var needed = Boolean.getBoolean("mingchu.peers.required");
        assumeTrue(needed || Mosquitto.installed().isPresent(), "mosquitto is not installed");
        return Mosquitto.installed().orElseThrow();
    }
}
