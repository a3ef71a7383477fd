package org.mingchu.gateway.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a private key is the one that a certificate was made for; nothing of it is kept or shown.
 * Any thread.
 */
record KeyLook(Path file, X509Certificate certificate) {
    /** PKCS#8 in PEM (RFC 7468, section 10): what the courier can use. */
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

    /** Longest key file that is read, in bytes; RSA of 8192 bits takes 6,500. */
    private static final int BYTES_MAX = 64 * 1024;

    Verdict verdict() throws IOException {
        var key = key();
        if (key.isEmpty()) {
            return Verdict.fail("unusable", "file", file.toString());
        }
        return fits(key.get()) ? Verdict.ok() : Verdict.fail("other", "file", file.toString());
    }

    /** A key of another kind than the certificate's cannot be read as one of its kind. */
    private Optional<PrivateKey> key() throws IOException {
        try (var in = Files.newInputStream(file)) {
            var block = KEY.matcher(new String(in.readNBytes(BYTES_MAX), US_ASCII));
            if (!block.find()) {
                return Optional.empty();
            }
            var der = Base64.getMimeDecoder().decode(block.group(1));
            return Optional.of(
                    KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                            .generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (NoSuchFileException | GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** What it signs, only its own certificate proves. */
    private boolean fits(PrivateKey key) {
        var probe = new byte[] {1};
        try {
            var signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(probe);
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }
}
