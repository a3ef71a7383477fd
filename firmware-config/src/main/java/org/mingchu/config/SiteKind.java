package org.mingchu.config;

/** What kind of kitchen a site is. Immutable. */
public enum SiteKind {
    DINING_HALL("dining-hall"),
    CENTRAL_KITCHEN("central-kitchen"),
    TRANSIT("transit"),
    MINI("mini");

    private final String word;

    SiteKind(String word) {
        this.word = word;
    }

    /** The word that files and messages use. */
    public String word() {
        return word;
    }
}
