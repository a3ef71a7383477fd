package org.mingchu.sensors.coap;

import org.junit.jupiter.api.Assumptions;

/** How long the proofs run: short by default, longer with real peers, longest by -Pproof. */
final class Proof {
    private Proof() {}

    static void notInShort() {
        Assumptions.assumeTrue(pick(0, 1, 1) == 1, "runs with -Pci and -Pproof");
    }

    static int pick(int shortForm, int ciForm, int proofForm) {
        return switch (System.getProperty("mingchu.proof", "short")) {
            case "proof" -> proofForm;
            case "ci" -> ciForm;
            default -> shortForm;
        };
    }

    /** Leaves the present test out where a peer is missing, unless it must be there. */
    static void needs(boolean installed, String what) {
        if (Boolean.getBoolean("mingchu.peers.required")) {
            if (!installed) {
                throw new AssertionError(what + " is not installed");
            }
            return;
        }
        Assumptions.assumeTrue(installed, what + " is not installed");
    }
}
