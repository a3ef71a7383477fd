package org.mingchu.gateway.judge;

import java.util.Optional;
import java.util.stream.Stream;

/** Why a life of the program ended. */
public enum EndCause {
    /** Somebody wanted it: a stop, an upgrade, the board's own orderly end. */
    STOPPED("stopped"),
    /** It was ended because nothing moved any more. */
    HUNG("hung"),
    /** It had no memory left, its own or the machine's. */
    MEMORY("memory"),
    /** It ended itself by an error, or did not come up. */
    FAILED("failed"),
    /** A signal that nobody of ours sends, or a crash of the virtual machine. */
    KILLED("killed"),
    /** The board went off in the middle, by itself or without power. */
    POWER("power"),
    /** The mains are lost and the battery is nearly empty. */
    BATTERY("battery");

    private final String word;

    EndCause(String word) {
        this.word = word;
    }

    /** The word that records use. */
    public String word() {
        return word;
    }

    /** The cause of that word. */
    public static Optional<EndCause> of(String word) {
        return Stream.of(values()).filter(one -> one.word.equals(word)).findFirst();
    }
}
