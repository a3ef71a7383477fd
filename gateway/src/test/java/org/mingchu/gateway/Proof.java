package org.mingchu.gateway;

import org.junit.jupiter.api.Assumptions;

/**
 * How long the proofs run: short by default, longer with real peers, longest by {@code -Pproof}.
 */
public final class Proof {
    private Proof() {}

    /** Leaves the present test out of the short form, which has 25 s for each capability. */
    public static void notInShort() {
        Assumptions.assumeTrue(pick(0, 1, 1) == 1, "runs with -Pci and -Pproof");
    }

    /** The figure of the present form. */
    public static int pick(int shortForm, int ciForm, int proofForm) {
        return switch (System.getProperty("mingchu.proof", "short")) {
            case "proof" -> proofForm;
            case "ci" -> ciForm;
            default -> shortForm;
        };
    }
}
