package org.mingchu.config;

/** What a sensor measures, with its SenML unit (RFC 8428 section 12.1, RFC 8798). Immutable. */
public enum Quantity {
    TEMPERATURE("temperature", "Cel"),
    HUMIDITY("humidity", "%RH"),
    /** A contact: 0 is closed, 1 is open. */
    DOOR("door", "/"),
    /** A contact that closes when the mains are lost: 0 is well, 1 is lost. */
    MAINS("mains", "/"),
    /** A detector's contact: 0 is well, 1 is smoke. */
    SMOKE("smoke", "/"),
    /** A detector's contact: 0 is well, 1 is gas. */
    GAS("gas", "/"),
    /** A leak detector's contact: 0 is dry, 1 is water. */
    WATER("water", "/"),
    /** A contact of a unit's controller: 1 while it defrosts. */
    DEFROST("defrost", "/"),
    /** What is left in a probe's battery. */
    BATTERY("battery", "%EL"),
    /** How strongly the gateway or broker hears a probe's radio. */
    SIGNAL("signal", "dBm"),
    /** The quality of a probe's radio link as its own network rates it, in percent (RFC 8798). */
    LINK("link", "/100");

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

    /** Whether it is a contact: 0 or 1, and nothing to calibrate. */
    public boolean contact() {
        return switch (this) {
            case TEMPERATURE, HUMIDITY, BATTERY, SIGNAL, LINK -> false;
            case DOOR, MAINS, SMOKE, GAS, WATER, DEFROST -> true;
        };
    }

    /** Whether a probe says it of itself, and not of what it measures. */
    public boolean ofProbe() {
        return switch (this) {
            case BATTERY, SIGNAL, LINK -> true;
            case TEMPERATURE, HUMIDITY, DOOR, MAINS, SMOKE, GAS, WATER, DEFROST -> false;
        };
    }

    public String senmlUnit() {
        return senmlUnit;
    }
}
