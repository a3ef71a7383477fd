package org.mingchu.gateway.judge;

/** Why entries are missing. Immutable. */
public enum GapCause {
    /** They arrived and were never kept: the inbox or the disk was full. */
    DROPPED("dropped"),
    /** Old readings made room; their minutes and hours are still there. */
    THINNED("thinned"),
    /** They failed their check and lie in the quarantine. */
    QUARANTINED("quarantined"),
    /** They are gone without a trace. */
    MISSING("missing");

    private final String word;

    GapCause(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
