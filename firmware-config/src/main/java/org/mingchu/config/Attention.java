package org.mingchu.config;

/** Whose person an alarm asks for. Immutable. */
public enum Attention {
    NONE("none"),
    SITE("site"),
    MANAGER("manager"),
    REGULATOR("regulator");

    private final String word;

    Attention(String word) {
        this.word = word;
    }

    /** The word that files and messages use. */
    public String word() {
        return word;
    }
}
