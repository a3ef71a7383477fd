package org.mingchu.sensors.kernel;

import java.util.Arrays;
import java.util.HexFormat;

/** The nine bytes of a DS18B20: temperature, alarm limits, configuration, reserved, CRC. */
final class Scratchpad {
    static final int BYTES = 9;

    private static final int CRC_AT = 8;
    private static final int RESERVED_AT = 6;

    /** Dallas/Maxim CRC-8, x^8 + x^5 + x^4 + 1, least significant bit first. */
    private static final int POLYNOMIAL = 0x8C;

    /** +85 °C: what the temperature register holds before its first conversion. */
    private static final int POWER_ON_RAW = 0x0550;

    /** 127.94 °C: what it holds when a conversion had too little power. */
    private static final int NO_POWER_RAW = 0x07FF;

    /** Byte 6 before the first conversion. */
    private static final int UNCONVERTED = 0x0C;

    private static final int SIXTEENTHS = 16;

    private final byte[] bytes;

    private Scratchpad(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param hex nine bytes in hexadecimal, each followed by a space, as the kernel prints them
     */
    static Scratchpad parse(String hex) {
        var bytes = HexFormat.ofDelimiter(" ").parseHex(hex.strip());
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a scratchpad has 9 bytes, found " + bytes.length);
        }
        return new Scratchpad(bytes);
    }

    boolean checksumHolds() {
        return crc8(Arrays.copyOf(bytes, CRC_AT)) == Byte.toUnsignedInt(bytes[CRC_AT]);
    }

    static int crc8(byte[] bytes) {
        int crc = 0;
        for (byte b : bytes) {
            crc ^= Byte.toUnsignedInt(b);
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
        }
        return crc;
    }

    /** All zeros carry a valid checksum, and no probe ever says them. */
    boolean allZero() {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Thousandths of a degree Celsius, cut towards zero as the kernel does. */
    long milliCelsius() {
        return raw() * 1000L / SIXTEENTHS;
    }

    /** Never converted since it got power: the value says nothing. */
    boolean unconverted() {
        return raw() == POWER_ON_RAW && bytes[RESERVED_AT] == UNCONVERTED;
    }

    /**
     * A genuine chip leaves 0x10 minus the low four bits of byte 0 in byte 6 after a conversion, so
     * this 85 °C was measured. Clones may leave anything.
     */
    boolean converted() {
        return Byte.toUnsignedInt(bytes[RESERVED_AT])
                == SIXTEENTHS - (Byte.toUnsignedInt(bytes[0]) & 0x0F);
    }

    boolean powerTooLow() {
        return raw() == NO_POWER_RAW;
    }

    private short raw() {
        return (short) (Byte.toUnsignedInt(bytes[0]) | bytes[1] << Byte.SIZE);
    }
}
