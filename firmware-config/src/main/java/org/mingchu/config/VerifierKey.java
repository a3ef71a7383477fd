package org.mingchu.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the key of a platform that cosigns is written: a C2SP verifier key (c2sp.org/signed-note).
 */
final class VerifierKey {
    /** Key type of cosignature/v1 with Ed25519 (c2sp.org/tlog-cosignature). */
    private static final byte COSIGNATURE_V1 = 0x04;

    private static final int ED25519_BYTES = 32;
    private static final int ID_BYTES = 4;

    private static final Pattern PARTS =
            Pattern.compile("([^\\s+]{1,100})\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+={0,2})");

    /** {@code name+key id+Base64(04, key)}; the key id must be that of name and key. */
    static final Form<String> COSIGNER =
            Form.words(
                    "",
                    "the platform's C2SP verifier key \"name+key id+Base64\" of type 04"
                            + " (cosignature/v1), whole and as the platform's operator gives it",
                    text -> Optional.of(text).filter(VerifierKey::isCosigner));

    private VerifierKey() {}

    private static boolean isCosigner(String text) {
        var parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        var key = base64(parts.group(3));
        return key.length == 1 + ED25519_BYTES
                && key[0] == COSIGNATURE_V1
                && parts.group(2).equals(id(parts.group(1), key));
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private static String id(String name, byte[] typeAndKey) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update((name + "\n").getBytes(UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash.digest(typeAndKey), ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
