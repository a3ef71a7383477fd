package org.mingchu.config;

/**
 * A paper on the public wall. Immutable.
 *
 * @param title what stands above it
 */
public record Paper(Kind kind, String title, Content content) {
    /** Which of the papers that have to hang there. */
    public enum Kind {
        LICENCE("licence"),
        FEES("fees"),
        RULES("rules"),
        COMMITMENT("commitment"),
        SIGN("sign");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that files and pages use. */
        public String word() {
            return word;
        }
    }

    /** What is on it, read when the site file was. */
    public sealed interface Content {
        /** Text, line by line. */
        record Words(String text) implements Content {}

        /** A picture. */
        record Picture(Image image) implements Content {}

        /** There is none that may be shown; the wall says so. */
        record Missing() implements Content {}
    }

    /** The bytes of a picture and what kind they are. Immutable. */
    public static final class Image {
        private final String mediaType;
        private final byte[] bytes;

        Image(String mediaType, byte[] bytes) {
            this.mediaType = mediaType;
            this.bytes = bytes;
        }

        public String mediaType() {
            return mediaType;
        }

        /** The picture's bytes, which nobody may change. */
        public byte[] bytes() {
            return bytes;
        }
    }
}
