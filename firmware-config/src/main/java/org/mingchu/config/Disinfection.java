package org.mingchu.config;

/** How a unit disinfects. Immutable. */
public enum Disinfection {
    STEAM("steam"),
    INFRARED("infrared"),
    DISHWASHER("dishwasher");

    private final String word;

    Disinfection(String word) {
        this.word = word;
    }

    /** The word that files use. */
    public String word() {
        return word;
    }
}
