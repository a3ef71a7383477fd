package org.mingchu.simulator.wire;

/** The 1-Wire checksum: x^8 + x^5 + x^4 + 1, low bit first (Maxim application note 27). */
final class Crc8 {
    private static final int REFLECTED_POLYNOMIAL = 0x8c;

    private Crc8() {}

    static int of(byte[] bytes, int length) {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc ^= Byte.toUnsignedInt(bytes[i]);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ REFLECTED_POLYNOMIAL;
            }
        }
        return crc;
    }
}
