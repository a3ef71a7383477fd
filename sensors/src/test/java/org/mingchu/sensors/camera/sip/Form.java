package org.mingchu.sensors.camera.sip;

/** How long the proofs of this room run. */
final class Form {
    private Form() {}

    static int pick(int shortForm, int ciForm, int proofForm) {
        return switch (System.getProperty("mingchu.proof", "short")) {
            case "proof" -> proofForm;
            case "ci" -> ciForm;
            default -> shortForm;
        };
    }
}
