package org.mingchu.sensors.camera.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The digests a device may log in with, the stronger first. Immutable. */
enum Hash {
    SHA_256("SHA-256", 64),
    MD5("MD5", 32);

    private final String word;
    private final int digits;

    Hash(String word, int digits) {
        this.word = word;
        this.digits = digits;
    }

    String word() {
        return word;
    }

    /**
     * The one that gives so many hexadecimal digits. What a device names is not asked: old ones
     * take the first challenge, repeat its algorithm and calculate MD5 all the same.
     */
    static Optional<Hash> of(String response) {
        return Arrays.stream(values()).filter(h -> h.digits == response.length()).findFirst();
    }

    /** Of a text with one character for each byte. */
    String hex(String text) {
        return HexFormat.of().formatHex(bytes(text));
    }

    byte[] bytes(String text) {
        try {
            return MessageDigest.getInstance(word)
                    .digest(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has MD5 and SHA-256", e);
        }
    }
}
