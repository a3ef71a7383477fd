package org.mingchu.simulator.platform;

import org.mingchu.simulator.note.VerifierKey;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A platform's key that cosigns checkpoints: C2SP cosignature/v1 with Ed25519. Immutable. */
public final class Cosigner {
    private static final int KEY_BYTES = 32;

    private final PrivateKey key;
    private final VerifierKey verifier;

    private Cosigner(PrivateKey key, VerifierKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /**
     * The key that belongs to a seed, the same each time; a seed that others know proves nothing
     * outside a play.
     *
     * @param name without spaces and plus signs
     * @param seed 32 bytes
     */
    public static Cosigner of(String name, byte[] seed) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
            var pair = generator.generateKeyPair();
            var raw = raw((EdECPublicKey) pair.getPublic());
            return new Cosigner(
                    pair.getPrivate(), new VerifierKey(name, VerifierKey.COSIGNATURE_V1, raw));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has Ed25519", e);
        }
    }

    /** The same key for every play. */
    public static Cosigner ofThePlay() {
        var seed = new byte[KEY_BYTES];
        Arrays.fill(seed, (byte) 'p');
        return of("platform.example/witness", seed);
    }

    /** Gives the seed instead of chance. */
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] seed;

        private Fixed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }

    private static byte[] raw(EdECPublicKey key) {
        var raw = new byte[KEY_BYTES];
        var y = reversed(key.getPoint().getY());
        System.arraycopy(y, 0, raw, 0, Math.min(y.length, KEY_BYTES));
        raw[KEY_BYTES - 1] |= (byte) (key.getPoint().isXOdd() ? 0x80 : 0);
        return raw;
    }

    private static byte[] reversed(BigInteger number) {
        var big = number.toByteArray();
        var little = new byte[big.length];
        for (int i = 0; i < big.length; i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }

    /** The verifier key, for a site file's {@code witness_key}. */
    public String verifierKey() {
        return verifier.text();
    }

    /** The note with this platform's cosignature of that second. */
    String cosign(Checkpoint checkpoint, long seconds) {
        var message = "cosignature/v1\ntime %d\n%s".formatted(seconds, checkpoint.body());
        var signature = sign(message.getBytes(StandardCharsets.UTF_8));
        var line =
                ByteBuffer.allocate(verifier.id().length + Long.BYTES + signature.length)
                        .put(verifier.id())
                        .putLong(seconds)
                        .put(signature);
        return checkpoint.with(
                "— %s %s"
                        .formatted(
                                verifier.name(), Base64.getEncoder().encodeToString(line.array())));
    }

    private byte[] sign(byte[] message) {
        try {
            var signing = Signature.getInstance("Ed25519");
            signing.initSign(key);
            signing.update(message);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK signs with Ed25519", e);
        }
    }
}
