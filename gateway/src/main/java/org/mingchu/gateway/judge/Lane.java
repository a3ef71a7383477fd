package org.mingchu.gateway.judge;

/** Which of the two queues to the platforms an entry rides in. Immutable. */
public enum Lane {
    /** Alarms and records: before everything else. */
    ALARM("alarm"),
    /** Rounds of readings. */
    READING("reading"),
    /** Kept, never published. */
    NONE("none");

    private final String word;

    Lane(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
