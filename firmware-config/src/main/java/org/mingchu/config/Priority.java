package org.mingchu.config;

/** How urgent an alarm is (ISA-18.2): P1 now, P2 soon, P3 today. Immutable. */
public enum Priority {
    P1("P1"),
    P2("P2"),
    P3("P3");

    private final String word;

    Priority(String word) {
        this.word = word;
    }

    /** The word that files and messages use. */
    public String word() {
        return word;
    }
}
