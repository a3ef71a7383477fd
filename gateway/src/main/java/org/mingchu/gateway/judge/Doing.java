package org.mingchu.gateway.judge;

/** What people do to a unit that changes how it is judged. Immutable. */
public enum Doing {
    /** Cleaned or defrosted by hand. */
    CLEANING("cleaning"),
    LOADING("loading"),
    /** Switched off until a date. */
    STOPPED("stopped"),
    /** Back in use: whatever was done is over. */
    IN_USE("in-use");

    private final String word;

    Doing(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
