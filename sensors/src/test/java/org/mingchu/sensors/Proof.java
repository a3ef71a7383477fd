package org.mingchu.sensors;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * How long the proofs run, and which peers they have: short by default, longer with real peers by
 * {@code -Pci}, longest by {@code -Pproof}.
 */
public final class Proof {
    private Proof() {}

    /** The figure of the present form. */
    public static int pick(int shortForm, int ciForm, int proofForm) {
        return switch (System.getProperty("mingchu.proof", "short")) {
            case "proof" -> proofForm;
            case "ci" -> ciForm;
            default -> shortForm;
        };
    }

    /** Leaves the present test out of the short form, which has some seconds for all of them. */
    public static void notInShort() {
        Assumptions.assumeTrue(pick(0, 1, 1) == 1, "runs with -Pci and -Pproof");
    }

    /** Leaves the present test out of all but the long form. */
    public static void onlyLong() {
        Assumptions.assumeTrue(pick(0, 0, 1) == 1, "runs with -Pproof");
    }

    /** Leaves the present test out where a peer is missing, or fails where it must be there. */
    public static void needs(boolean installed, String what) {
        var remedy = what + " is not installed; .ci/peers installs it";
        if (!installed && Boolean.getBoolean("mingchu.peers.required")) {
            Assertions.fail(remedy);
        }
        Assumptions.assumeTrue(installed, remedy);
    }
}
