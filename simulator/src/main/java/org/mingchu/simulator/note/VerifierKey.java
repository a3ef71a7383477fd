package org.mingchu.simulator.note;

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
public final class VerifierKey {
    public static final int ED25519 = 0x01;
    public static final int COSIGNATURE_V1 = 0x04;
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
    public VerifierKey(String name, int type, byte[] raw) {
        this.name = name;
        this.type = type;
        this.raw = raw.clone();
    }

    public String name() {
        return name;
    }

    /** Empty for what is none, or whose id is not that of its name and key. */
    public static Optional<VerifierKey> of(String text) {
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

    public int type() {
        return type;
    }

    /** SHA-256 of the raw key, hexadecimal in groups of four: what people compare. */
    public String fingerprint() {
        var hex = HexFormat.of().formatHex(sha256(raw));
        return String.join(" ", hex.split("(?<=\\G.{4})", -1)).strip();
    }

    /** The first four bytes of the SHA-256 over name, type and key. */
    public byte[] id() {
        var named = (name + "\n").getBytes(StandardCharsets.UTF_8);
        var all = Arrays.copyOf(named, named.length + 1 + raw.length);
        all[named.length] = (byte) type;
        System.arraycopy(raw, 0, all, named.length + 1, raw.length);
        return Arrays.copyOf(sha256(all), ID_BYTES);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** As it is handed out. */
    public String text() {
        var typed = new byte[1 + raw.length];
        typed[0] = (byte) type;
        System.arraycopy(raw, 0, typed, 1, raw.length);
        return name
                + "+"
                + HexFormat.of().formatHex(id())
                + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    public boolean verifies(byte[] message, byte[] signature) {
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
