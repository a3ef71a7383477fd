package org.mingchu.gateway.judge;

/** What happened to the proofs by which people are known. Immutable. */
public enum AccessEvent {
    /** Too many wrong tries. */
    LOCKED_OUT("locked-out"),
    /** A manager's PIN was taken away with the button and the label's code: the next one counts. */
    PIN_RESET("pin-reset");

    private final String word;

    AccessEvent(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
