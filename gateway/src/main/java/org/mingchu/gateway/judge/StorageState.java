package org.mingchu.gateway.judge;

/** How well the record is being kept. Immutable. */
public enum StorageState {
    /** On the disk, with room. */
    SOUND("sound"),
    /** On the disk, and the disk is nearly full: old readings make room. */
    LOW("low"),
    /** In memory only: a power cut loses it. */
    MEMORY("memory"),
    /** Part of the record was damaged; what was sound has been saved. */
    DAMAGED("damaged");

    private final String word;

    StorageState(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
