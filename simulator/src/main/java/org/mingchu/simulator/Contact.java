package org.mingchu.simulator;

import java.util.Locale;

/** A detector with a dry contact. Immutable. */
public enum Contact {
    SMOKE,
    GAS,
    /** Water on the floor. */
    WATER;

    /** The word that commands use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
