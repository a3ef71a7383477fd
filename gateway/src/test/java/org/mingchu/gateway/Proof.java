package org.mingchu.gateway;

/**
 * How long the proofs run: short by default, longer with real peers, longest by {@code -Pproof}.
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
}
