package org.mingchu.simulator.check.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.simulator.note.VerifierKey;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** A key that signs notes in a test. */
final class Signer {
    private final KeyPair pair;
    private final VerifierKey key;

    Signer(String name, int type) {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        var x509 = pair.getPublic().getEncoded();
        key = new VerifierKey(name, type, Arrays.copyOfRange(x509, x509.length - 32, x509.length));
    }

    VerifierKey key() {
        return key;
    }

    /** A signature line over a text. */
    String sign(String text) {
        return line(Export.cat(key.id(), raw(text)));
    }

    /** A cosignature line over a text. */
    String cosign(String text, long seconds) {
        var signature = raw("cosignature/v1\ntime %d\n%s".formatted(seconds, text));
        return line(
                Export.cat(key.id(), ByteBuffer.allocate(8).putLong(seconds).array(), signature));
    }

    private String line(byte[] bytes) {
        var base64 = Base64.getEncoder().encodeToString(bytes);
        return "— " + key.name() + " " + base64 + "\n";
    }

    private byte[] raw(String text) {
        try {
            var signing = Signature.getInstance("Ed25519");
            signing.initSign(pair.getPrivate());
            signing.update(text.getBytes(UTF_8));
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
