package org.mingchu.gateway.judge;

/** How surely a person is known. Immutable. */
public enum Strength {
    /** A tap on a name tile. */
    TAP("tap"),
    PIN("pin"),
    CARD("card");

    private final String word;

    Strength(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
