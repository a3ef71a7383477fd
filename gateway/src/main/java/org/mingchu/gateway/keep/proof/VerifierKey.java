package org.mingchu.gateway.keep.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The public half of an Ed25519 key with its name, as C2SP writes it: {@code name+keyId+key}.
 * Immutable.
 *
 * @param name of the signer, without spaces and plus signs
 * @param key 64 hexadecimal digits: the 32 raw bytes
 */
public record VerifierKey(String name, Type type, String key) {
    private static final int GROUP = 4;

    /** What a key signs; signature lines of other types are ignored. */
    public enum Type {
        /** The note's text: a device. */
        ED25519(1),
        /** The note's text with a time: a platform (c2sp.org/tlog-cosignature, v1). */
        COSIGNATURE(4);

        private final byte code;

        Type(int code) {
            this.code = (byte) code;
        }

        private static Type of(byte code) {
            return switch (code) {
                case 1 -> ED25519;
                case 4 -> COSIGNATURE;
                default -> throw new NoteException("a key of the unknown type " + code);
            };
        }
    }

    public VerifierKey {
        if (!SignedNote.soundName(name)) {
            throw new NoteException("no key name: '" + name + "'");
        }
        if (!key.matches("[0-9a-f]{64}")) {
            throw new NoteException("an Ed25519 key has 32 bytes");
        }
    }

    /**
     * Reads one verifier key.
     *
     * @throws NoteException when it is none
     */
    public static VerifierKey parse(String text) {
        var parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new NoteException("not a verifier key (name+id+key): '" + text + "'");
        }
        var typed = SignedNote.base64(parts[2]);
        if (typed.length != 1 + Merkle.HASH_BYTES) {
            throw new NoteException("not an Ed25519 key: " + typed.length + " bytes");
        }
        var key =
                new VerifierKey(
                        parts[0],
                        Type.of(typed[0]),
                        HexFormat.of().formatHex(typed, 1, typed.length));
        if (!key.keyId().equals(parts[1])) {
            throw new NoteException("key ID " + parts[1] + " should be " + key.keyId());
        }
        return key;
    }

    /** Reads a file of verifier keys, one in each line. */
    public static List<VerifierKey> parseAll(String file) {
        return file.lines().filter(line -> !line.isBlank()).map(VerifierKey::parse).toList();
    }

    /** 8 hexadecimal digits that, with the name, tell which key signed a line. */
    public String keyId() {
        var sha256 = Merkle.sha256();
        sha256.update((name + '\n').getBytes(UTF_8));
        return HexFormat.of().formatHex(sha256.digest(typed()), 0, GROUP);
    }

    /** SHA-256 of the raw key in groups of four digits, for people to compare. */
    public String fingerprint() {
        var hash = HexFormat.of().formatHex(Merkle.sha256().digest(raw()));
        return hash.toLowerCase(Locale.ROOT).replaceAll("(.{4})(?!$)", "$1 ");
    }

    byte[] raw() {
        return HexFormat.of().parseHex(key);
    }

    @Override
    public String toString() {
        return name + '+' + keyId() + '+' + Base64.getEncoder().encodeToString(typed());
    }

    private byte[] typed() {
        return HexFormat.of().parseHex("%02x".formatted(type.code) + key);
    }
}
