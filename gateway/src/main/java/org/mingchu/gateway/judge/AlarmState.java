package org.mingchu.gateway.judge;

/** Where an alarm is in its life (ISA-18.2 / IEC 62682). Immutable. */
public enum AlarmState {
    NORMAL("normal"),
    /** Sounding. */
    UNACK_ACTIVE("unack-active"),
    /** Somebody is on it; still wrong. */
    ACK_ACTIVE("ack-active"),
    /** Went away, nobody saw. */
    UNACK_RETURNED("unack-returned"),
    LATCHED_UNACK("latched-unack"),
    LATCHED_ACK("latched-ack"),
    SHELVED("shelved"),
    SUPPRESSED("suppressed"),
    OUT_OF_SERVICE("out-of-service");

    private final String word;

    AlarmState(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
