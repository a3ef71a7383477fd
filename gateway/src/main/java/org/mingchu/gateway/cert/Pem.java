package org.mingchu.gateway.cert;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). */
final class Pem {
    /** Largest file of certificates that is read, in bytes; a bundle of all roots is smaller. */
    private static final int BYTES_MAX = 1 << 20;

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

    private Pem() {}

    static String text(String label, byte[] der) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, body);
    }

    static String text(List<X509Certificate> chain) {
        var text = new StringBuilder();
        try {
            for (var one : chain) {
                text.append(text("CERTIFICATE", one.getEncoded()));
            }
        } catch (CertificateEncodingException e) {
            throw new AssertionError("what was read can be written", e);
        }
        return text.toString();
    }

    /** All in a file: PEM, DER, or what an authority calls a chain (PKCS#7, certificates only). */
    static List<X509Certificate> certificates(Path file) throws Refused {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new Refused(
                        file + ": larger than " + BYTES_MAX + " bytes", "is it the right file?");
            }
            return certificates(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Refused(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + ")",
                    "name a file that this user may read");
        }
    }

    /**
     * All in an answer.
     *
     * @param from for the message
     */
    static List<X509Certificate> certificates(String from, byte[] bytes) throws Refused {
        try {
            var all =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (all.isEmpty()) {
                throw new Refused(from + ": holds no certificate", "name the platform's answer");
            }
            return all;
        } catch (CertificateException _) {
            throw new Refused(
                    from + ": no certificate can be read in it",
                    "it must be a certificate (PEM or DER) or a PKCS#7 chain, not the request");
        }
    }

    static Optional<PrivateKey> key(Path file) throws Refused {
        var text = OwnFile.text(file);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var block = KEY.matcher(text.get());
        for (var kind : List.of("EC", "RSA")) {
            try {
                if (block.find(0)) {
                    var spec =
                            new PKCS8EncodedKeySpec(
                                    Base64.getMimeDecoder()
                                            .decode(block.group(1).getBytes(US_ASCII)));
                    return Optional.of(KeyFactory.getInstance(kind).generatePrivate(spec));
                }
            } catch (GeneralSecurityException | IllegalArgumentException _) {
                // Of the other kind, perhaps.
            }
        }
        throw new Refused(
                file + ": is no PKCS#8 key (BEGIN PRIVATE KEY)",
                "make another with mingchu cert request --new");
    }

    /** Whether the key is the one that a certificate was made for. */
    static boolean fits(PrivateKey key, X509Certificate certificate) {
        var algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        var probe = new byte[] {1};
        try {
            var signature = Signature.getInstance(algorithm);
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
}
