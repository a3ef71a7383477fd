package org.mingchu.gateway.keep.pack;

/** What bit writer and bit reader share. */
final class Bits {
    /** Bits that tell a width of 0 to 64. */
    static final int WIDTH_BITS = 7;

    private Bits() {}

    /** Small numbers of either sign become small numbers without one (zigzag). */
    static long fold(long value) {
        return (value << 1) ^ (value >> 63);
    }

    static long unfold(long folded) {
        return (folded >>> 1) ^ -(folded & 1);
    }

    /** How many bits a number without sign has. */
    static int width(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }
}
