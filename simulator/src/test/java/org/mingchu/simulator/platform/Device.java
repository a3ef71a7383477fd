package org.mingchu.simulator.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A gateway's key, made for a test from the specification of signed notes. */
final class Device {
    private static final String NAME = "gz-liwan/gz-liwan-0042/gw-1";
    private final KeyPair pair;

    Device() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    String verifierKey() {
        return NAME + "+" + HexFormat.of().formatHex(id()) + "+" + base64(typed());
    }

    /** A checkpoint of this epoch whose root is 32 times {@code fill}. */
    String checkpoint(String epoch, long size, int fill) {
        var body = "mingchu/%s/%s\n%d\n%s\n".formatted(NAME, epoch, size, root(fill));
        return body + "\n— " + NAME + " " + base64(sign(body)) + "\n";
    }

    static String root(int fill) {
        var root = new byte[32];
        Arrays.fill(root, (byte) fill);
        return base64(root);
    }

    private byte[] sign(String body) {
        try {
            var signing = Signature.getInstance("Ed25519");
            signing.initSign(pair.getPrivate());
            signing.update(body.getBytes(UTF_8));
            return ByteBuffer.allocate(68).put(id()).put(signing.sign()).array();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] typed() {
        var x509 = pair.getPublic().getEncoded();
        return ByteBuffer.allocate(33).put((byte) 1).put(x509, x509.length - 32, 32).array();
    }

    private byte[] id() {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update((NAME + "\n").getBytes(UTF_8));
            return Arrays.copyOf(hash.digest(typed()), 4);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
