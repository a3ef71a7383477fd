package org.mingchu.simulator.platform;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A C2SP verifier key, {@code name+key id+Base64(type, key)} (c2sp.org/signed-note), written from
 * the specification and sharing nothing with the gateway. Immutable.
 */
final class VerifierKey {
    static final int ED25519 = 0x01;
    static final int COSIGNATURE_V1 = 0x04;
    private static final int ID_BYTES = 4;
    private static final int KEY_BYTES = 32;

    private final String name;
    private final int type;
    private final byte[] raw;

    /**
     * A key.
     *
     * @param type 01 Ed25519, 04 cosignature/v1
     * @param raw 32 bytes
     */
    VerifierKey(String name, int type, byte[] raw) {
        this.name = name;
        this.type = type;
        this.raw = raw.clone();
    }

    String name() {
        return name;
    }

    /** Empty for what is none, or whose id is not that of its name and key. */
    static Optional<VerifierKey> of(String text) {
        var parts = text.split("\\+", 3);
        if (parts.length != 3 || parts[0].isEmpty()) {
            return Optional.empty();
        }
        try {
            var typed = Base64.getDecoder().decode(parts[2]);
            if (typed.length != 1 + KEY_BYTES) {
                return Optional.empty();
            }
            var key =
                    new VerifierKey(parts[0], typed[0], Arrays.copyOfRange(typed, 1, typed.length));
            return Optional.of(key).filter(k -> parts[1].equals(HexFormat.of().formatHex(k.id())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    byte[] id() {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            hash.update((byte) type);
            return Arrays.copyOf(hash.digest(raw), ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** As it is handed out. */
    String text() {
        var typed = new byte[1 + raw.length];
        typed[0] = (byte) type;
        System.arraycopy(raw, 0, typed, 1, raw.length);
        return name
                + "+"
                + HexFormat.of().formatHex(id())
                + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            var check = Signature.getInstance("Ed25519");
            check.initVerify(publicKey());
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /** RFC 8032 section 5.1.2: little-endian y, the sign of x in the last bit. */
    private PublicKey publicKey() throws GeneralSecurityException {
        var bigEndian = new byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            bigEndian[i] = raw[raw.length - 1 - i];
        }
        var xIsOdd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        var point = new EdECPoint(xIsOdd, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }
}
