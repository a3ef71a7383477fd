package org.mingchu.sensors;

/** What is known about the wall clock. Immutable. */
public enum ClockState {
    /** Set by a source of time in this boot. */
    SYNCED("synced"),
    /** Was synced, source lost. */
    HOLDOVER("holdover"),
    /** From a battery-backed clock. */
    RTC("rtc"),
    /** Nobody knows; also a fake-hwclock that looks right. */
    UNSYNCED("unsynced");

    private final String word;

    ClockState(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
