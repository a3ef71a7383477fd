package org.mingchu.gateway.judge;

/** How a platform can be reached. Immutable. */
public enum LinkState {
    /** Not connected. */
    DOWN("down"),
    /** Connected, and it takes what we send. */
    UP("up"),
    /** Connected, but it refuses our alarms (not authorised, quota). */
    REFUSED("refused"),
    /** Connected, but nobody is subscribed to our alarms. */
    UNHEARD("unheard");

    private final String word;

    LinkState(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
