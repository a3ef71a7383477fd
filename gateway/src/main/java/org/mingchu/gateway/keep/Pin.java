package org.mingchu.gateway.keep;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A PIN as it is stored: salted, and slow to try, because a million of them is all there are.
 * Immutable; any thread.
 */
final class Pin {
    /** What somebody types, in digits. */
    static final int DIGITS = 6;

    /**
     * Rounds of HMAC-SHA-256 for a new PIN: about 0.12 s on a server's core, some 0.5 s on a Pi 4,
     * which has no instruction for it.
     */
    static final int ROUNDS = 200_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    /** Fewer different digits than these are what an onlooker guesses first. */
    private static final int DIFFERENT_DIGITS_MIN = 3;

    /** Nobody's: what is tried for whoever has no PIN, so that it takes the same time. */
    static final Pin NOBODYS = new Pin(new byte[SALT_BYTES], ROUNDS, new byte[HASH_BITS / 8]);

    private final byte[] salt;

    /** What one try costs; stored beside each hash, so that it can grow. */
    private final int rounds;

    private final byte[] hash;

    Pin(byte[] salt, int rounds, byte[] hash) {
        this.salt = salt;
        this.rounds = rounds;
        this.hash = hash;
    }

    /** The salt, which nobody may change. */
    byte[] salt() {
        return salt;
    }

    int rounds() {
        return rounds;
    }

    /** The hash, which nobody may change. */
    byte[] hash() {
        return hash;
    }

    /** A new one, with a salt of its own. */
    static Pin of(String digits, RandomGenerator chance) {
        var salt = new byte[SALT_BYTES];
        chance.nextBytes(salt);
        return new Pin(salt, ROUNDS, hash(digits, salt, ROUNDS));
    }

    /** Whether these are its digits; takes as long whether they are or not. */
    boolean is(String digits) {
        return MessageDigest.isEqual(hash(digits, salt, rounds), hash);
    }

    /** Why nobody should have this PIN; empty when somebody may. */
    static Optional<String> weakness(String digits) {
        if (!digits.matches("[0-9]{" + DIGITS + "}")) {
            return Optional.of("exactly " + DIGITS + " digits are needed");
        }
        if (digits.chars().distinct().count() < DIFFERENT_DIGITS_MIN) {
            return Optional.of("it repeats one or two digits");
        }
        var half = DIGITS / 2;
        if (digits.substring(0, half).equals(digits.substring(half))) {
            return Optional.of("its halves are the same");
        }
        return counts(digits, 1) || counts(digits, 9)
                ? Optional.of("it counts up or down")
                : Optional.empty();
    }

    /** Whether each digit is the one before and {@code step}, of ten. */
    private static boolean counts(String digits, int step) {
        return IntStream.range(1, digits.length())
                .allMatch(i -> (digits.charAt(i) - digits.charAt(i - 1) + 10) % 10 == step);
    }

    private static byte[] hash(String digits, byte[] salt, int rounds) {
        var spec = new PBEKeySpec(digits.toCharArray(), salt, rounds, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }
}
