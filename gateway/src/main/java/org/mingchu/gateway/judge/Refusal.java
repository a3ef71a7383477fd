package org.mingchu.gateway.judge;

/** Why an act cannot be. Nothing is shortened in silence: whoever asks learns of it. Immutable. */
public enum Refusal {
    NO_SUCH_UNIT("no-such-unit"),
    NO_SUCH_ALARM("no-such-alarm"),
    /** Longer than the pack allows, or no time at all. */
    TOO_LONG("too-long"),
    NOT_IN_THE_FUTURE("not-in-the-future"),
    /** Retained samples are inside: name the unit they are moved to. */
    SAMPLES_INSIDE("samples-inside");

    private final String word;

    Refusal(String word) {
        this.word = word;
    }

    /** The word that the page uses. */
    public String word() {
        return word;
    }
}
