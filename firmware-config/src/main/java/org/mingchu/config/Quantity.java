package org.mingchu.config;

/** What a sensor measures, with its SenML unit (RFC 8428 section 12.1). Immutable. */
public enum Quantity {
    TEMPERATURE("temperature", "Cel"),
    HUMIDITY("humidity", "%RH"),
    /** A contact: 0 is closed, 1 is open. */
    DOOR("door", "/");

    private final String word;
    private final String senmlUnit;

    Quantity(String word, String senmlUnit) {
        this.word = word;
        this.senmlUnit = senmlUnit;
    }

    /** The word that files and messages use. */
    public String word() {
        return word;
    }

    public String senmlUnit() {
        return senmlUnit;
    }
}
