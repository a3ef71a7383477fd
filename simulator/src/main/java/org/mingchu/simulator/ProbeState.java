package org.mingchu.simulator;

/** What a DS18B20 probe and its bus do; the temperature itself is none of it. Immutable. */
public enum ProbeState {
    /** It answers. */
    WORKING("working"),
    /** Pulled out: the slave's folder vanishes. */
    UNPLUGGED("unplug"),
    /** Noise on the line: every frame fails its checksum. */
    CRC_NOISE("crc"),
    /** It lost power and has not converted yet: 85 °C with byte 6 = 0x0C and a valid checksum. */
    POWER_ON("power-on"),
    /** Too little power to convert: 127.94 °C with byte 6 = 0x0C and a valid checksum. */
    WEAK_POWER("weak"),
    /** It repeats its last value for ever. */
    STUCK("stuck"),
    /** The read does not return. */
    HUNG("hang"),
    /** Line shorted to ground: nine zero bytes, whose checksum is valid. */
    ALL_ZERO("zero"),
    /** The driver gave up: the file is there and empty. */
    EMPTY("empty");

    private final String word;

    ProbeState(String word) {
        this.word = word;
    }

    /** The word that commands use. */
    public String word() {
        return word;
    }
}
