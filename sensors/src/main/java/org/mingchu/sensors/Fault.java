package org.mingchu.sensors;

/** Why a sensor has no value; the fault words of the contract. Immutable. */
public enum Fault {
    /** No answer within its deadline. */
    SILENT("silent"),
    /** The checksum is wrong. */
    CRC("crc"),
    /** The value a DS18B20 shows before its first conversion (85 °C). */
    POWER_ON("power-on"),
    /** The thing is not on its bus. */
    DISCONNECTED("disconnected"),
    /** A value the probe cannot measure. */
    OUT_OF_RANGE("out-of-range"),
    /** The same raw value for too long. */
    STUCK("stuck"),
    /** A value that cannot be. */
    IMPLAUSIBLE("implausible"),
    /** The bus or its driver fails. */
    BUS("bus");

    private final String word;

    Fault(String word) {
        this.word = word;
    }

    /** The word that records and messages use. */
    public String word() {
        return word;
    }
}
