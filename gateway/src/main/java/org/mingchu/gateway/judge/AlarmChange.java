package org.mingchu.gateway.judge;

/** What happened to an alarm; the events of the contract. Immutable. */
public enum AlarmChange {
    RAISED("raised"),
    ACKNOWLEDGED("acknowledged"),
    RETURNED("returned"),
    CLEARED("cleared"),
    RESET("reset"),
    SHELVED("shelved"),
    UNSHELVED("unshelved"),
    SUPPRESSED("suppressed"),
    UNSUPPRESSED("unsuppressed"),
    RE_ALARMED("re-alarmed"),
    ESCALATED("escalated"),
    OUT_OF_SERVICE("out-of-service"),
    IN_SERVICE("in-service");

    private final String word;

    AlarmChange(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }

    /** Whether it calls somebody: it is raised, or sounds again. */
    public boolean calls() {
        return this == RAISED || this == RE_ALARMED;
    }
}
