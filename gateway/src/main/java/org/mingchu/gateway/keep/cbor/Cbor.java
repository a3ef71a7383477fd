package org.mingchu.gateway.keep.cbor;

/** The numbers of RFC 8949 that writer and reader share. */
public final class Cbor {
    /** Major types, section 3.1. */
    public static final int UNSIGNED = 0;

    public static final int NEGATIVE = 1;
    public static final int BYTES = 2;
    public static final int TEXT = 3;
    public static final int ARRAY = 4;
    public static final int MAP = 5;
    public static final int TAG = 6;
    public static final int SIMPLE = 7;

    /** Additional information: how many bytes of argument follow; smaller values are arguments. */
    public static final int ONE_BYTE = 24;

    public static final int TWO_BYTES = 25;
    public static final int FOUR_BYTES = 26;
    public static final int EIGHT_BYTES = 27;

    public static final int FALSE = 0xf4;
    public static final int TRUE = 0xf5;
    public static final int NULL = 0xf6;

    private Cbor() {}

    /** The bytes are not deterministic CBOR, or not what the format says. */
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Malformed(String message) {
            super(message);
        }
    }

    /** Sound bytes that hold a version, kind or word of a later program. */
    public static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unknown(String message) {
            super(message);
        }
    }
}
