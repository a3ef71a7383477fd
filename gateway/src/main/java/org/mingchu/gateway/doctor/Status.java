package org.mingchu.gateway.doctor;

/** How one check came out. Immutable. */
public enum Status {
    OK("ok"),
    /** It works, and will not for ever. */
    WARN("warn"),
    FAIL("fail"),
    /** It is not fitted, or nobody can tell from here; the words say which. */
    SKIPPED("skipped");

    private final String word;

    Status(String word) {
        this.word = word;
    }

    /** The word that the command, the page and records use. */
    public String word() {
        return word;
    }
}
