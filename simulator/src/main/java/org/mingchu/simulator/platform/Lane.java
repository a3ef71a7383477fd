package org.mingchu.simulator.platform;

import java.util.Locale;

/** Which of the two queues an entry came in. Immutable. */
public enum Lane {
    ALARM,
    READING;

    static Lane of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word of the contract. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
