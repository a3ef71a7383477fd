package org.mingchu.gateway.judge;

/** What somebody may do in the kitchen. Immutable. */
public enum Role {
    VOLUNTEER("volunteer"),
    STAFF("staff"),
    SAFETY_OFFICER("safety-officer"),
    MANAGER("manager"),
    TECHNICIAN("technician"),
    /** Reads only. */
    INSPECTOR("inspector");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
