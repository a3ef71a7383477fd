package org.mingchu.gateway.keep;

/** The numbers of RFC 8949 that writer and reader share. */
final class Cbor {
    /** Major types, section 3.1. */
    static final int UNSIGNED = 0;

    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    /** Additional information: how many bytes of argument follow; smaller values are arguments. */
    static final int ONE_BYTE = 24;

    static final int TWO_BYTES = 25;
    static final int FOUR_BYTES = 26;
    static final int EIGHT_BYTES = 27;

    static final int FALSE = 0xf4;
    static final int TRUE = 0xf5;
    static final int NULL = 0xf6;

    private Cbor() {}

    /** The bytes are not deterministic CBOR, or not what the format says. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /** Sound bytes that hold a version, kind or word of a later program. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unknown(String message) {
            super(message);
        }
    }
}
