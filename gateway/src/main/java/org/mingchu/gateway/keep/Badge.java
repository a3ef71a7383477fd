package org.mingchu.gateway.keep;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The number on somebody's badge, for a scanner that types what it reads. Digits alone: an input
 * method that is switched to Chinese would swallow letters. 128 bits of chance cannot be guessed,
 * so that one round of SHA-256 is enough to store it.
 */
final class Badge {
    /** Digits of the largest number of 128 bits. */
    static final int DIGITS = 39;

    private static final int BITS = 128;

    private Badge() {}

    /** A number that nobody has had before. */
    static String number(RandomGenerator chance) {
        var bytes = new byte[BITS / 8];
        chance.nextBytes(bytes);
        var digits = new BigInteger(1, bytes).toString();
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    /** As it is stored; empty when it is no badge's number. */
    static Optional<byte[]> hash(String number) {
        if (!number.matches("[0-9]{" + DIGITS + "}")) {
            return Optional.empty();
        }
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return Optional.of(sha256.digest(number.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
