package org.mingchu.config;

/** How much of the record a platform is shown. Immutable. */
public enum View {
    FULL("full"),
    AGGREGATES("aggregates");

    private final String word;

    View(String word) {
        this.word = word;
    }

    /** The word that files and messages use. */
    public String word() {
        return word;
    }
}
