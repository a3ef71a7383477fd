package org.mingchu.simulator;

/** What a DS18B20 probe and its bus do; the temperature itself is none of it. Immutable. */
public enum ProbeState {
    /** It answers. */
    WORKING("working", "the probe works again"),
    /** Pulled out: the slave's folder vanishes. */
    UNPLUGGED("unplug", "the probe is pulled out"),
    /** Noise on the line: every frame fails its checksum. */
    CRC_NOISE("crc", "every frame fails its checksum"),
    /** It lost power and has not converted yet: 85 °C with byte 6 = 0x0C and a valid checksum. */
    POWER_ON("power-on", "the probe answers 85 degrees as after a power loss"),
    /** Too little power to convert: 127.94 °C with byte 6 = 0x0C and a valid checksum. */
    WEAK_POWER("weak", "the probe has too little power: 127.94 degrees"),
    /** It repeats its last value for ever. */
    STUCK("stuck", "the probe repeats its last value"),
    /** The read does not return. */
    HUNG("hang", "reading the probe does not return"),
    /** Line shorted to ground: nine zero bytes, whose checksum is valid. */
    ALL_ZERO("zero", "the line is shorted: all-zero frames"),
    /** The driver gave up: the file is there and empty. */
    EMPTY("empty", "the driver gives an empty file");

    private final String word;
    private final String meaning;

    ProbeState(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** The word that commands use. */
    public String word() {
        return word;
    }

    /** For people. */
    String meaning() {
        return meaning;
    }
}
