package org.mingchu.simulator.wire;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The nine bytes of a DS18B20's scratchpad: temperature, alarms, configuration, three reserved,
 * CRC-8. A value; its array is never handed out.
 */
final class Scratchpad {
    static final int LENGTH = 9;

    /** 85 °C in sixteenths: what a probe holds after power-on. */
    private static final int POWER_ON = 0x0550;

    /** 127.94 °C in sixteenths: what comes back when the supply sags while it converts. */
    private static final int WEAK_POWER = 0x07ff;

    /** Byte 6 of a probe that has not converted. Undocumented by the maker, relied on by Linux. */
    private static final int NOT_CONVERTED = 0x0c;

    private static final byte TH = 0x4b;
    private static final byte TL = 0x46;
    private static final byte TWELVE_BITS = 0x7f;

    private final byte[] bytes;

    private Scratchpad(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A converted temperature; byte 6 follows the low nibble as genuine probes do. */
    static Scratchpad of(long milliCelsius) {
        int sixteenths = (int) Math.round(milliCelsius * 16 / 1000.0);
        return sealed(sixteenths, 0x10 - (sixteenths & 0x0f));
    }

    static Scratchpad powerOn() {
        return sealed(POWER_ON, NOT_CONVERTED);
    }

    static Scratchpad weakPower() {
        return sealed(WEAK_POWER, NOT_CONVERTED);
    }

    /** A line shorted to ground. Its checksum is valid: CRC-8 of zeros is zero. */
    static Scratchpad allZero() {
        return new Scratchpad(new byte[LENGTH]);
    }

    private static Scratchpad sealed(int sixteenths, int byte6) {
        byte[] bytes = {
            (byte) sixteenths,
            (byte) (sixteenths >> 8),
            TH,
            TL,
            TWELVE_BITS,
            (byte) 0xff,
            (byte) byte6,
            0x10,
            0
        };
        bytes[LENGTH - 1] = (byte) Crc8.of(bytes, LENGTH - 1);
        return new Scratchpad(bytes);
    }

    /** The same frame with one bit turned over on the line. */
    Scratchpad withFlippedBit(int bit) {
        var copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return new Scratchpad(copy);
    }

    /** The checksum computed over the first eight bytes, valid or not. */
    int computedCrc() {
        return Crc8.of(bytes, LENGTH - 1);
    }

    boolean valid() {
        return computedCrc() == Byte.toUnsignedInt(bytes[LENGTH - 1]);
    }

    /** What w1_therm makes of the first two bytes: C division, truncated towards zero. */
    long milliCelsius() {
        short sixteenths = (short) (Byte.toUnsignedInt(bytes[0]) | bytes[1] << 8);
        return sixteenths * 1000L / 16;
    }

    /** {@code "72 01 4b 46 7f ff 0e 10 57 "}, with the kernel's blank at the end. */
    String hex() {
        return HexFormat.ofDelimiter(" ").formatHex(bytes) + " ";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scratchpad that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
