package org.mingchu.sensors.camera.picture;

/** How long the proofs run: short by default, longer with {@code -Pci} and {@code -Pproof}. */
final class Proof {
    private Proof() {}

    static int pick(int shortForm, int ciForm, int proofForm) {
        return switch (System.getProperty("mingchu.proof", "short")) {
            case "proof" -> proofForm;
            case "ci" -> ciForm;
            default -> shortForm;
        };
    }
}
