package org.mingchu.gateway.tell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads certificates and keys from PEM files (RFC 7468), and says what is wrong with one. */
final class Pem {
    /** Largest file that is read, in bytes; a chain or a bundle of roots is smaller. */
    private static final int FILE_BYTES_MAX = 1024 * 1024;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private Pem() {}

    /** A file that cannot be used; the message names the file, what is wrong and the remedy. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        private final String line;

        Unusable(Path file, String wrong, String remedy) {
            this("%s: %s; %s".formatted(file, wrong, remedy));
        }

        private Unusable(String line) {
            super(line);
            this.line = line;
        }

        String line() {
            return line;
        }
    }

    /** All certificates in the file, at least one. */
    static List<X509Certificate> certificates(Path file) throws Unusable {
        var text = read(file);
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            throw new Unusable(
                    file, "holds no certificate", "it must be PEM (BEGIN CERTIFICATE), not DER");
        }
        try {
            var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
            return CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException _) {
            throw new Unusable(
                    file, "holds a certificate that cannot be read", "fetch the file again");
        }
    }

    /** The one private key in the file, which belongs to the certificate. */
    static PrivateKey key(Path file, X509Certificate certificate) throws Unusable {
        var blocks = BLOCK.matcher(read(file));
        while (blocks.find()) {
            switch (blocks.group(1)) {
                case "PRIVATE KEY" -> {
                    return key(file, blocks.group(2), certificate);
                }
                case "ENCRYPTED PRIVATE KEY" ->
                        throw new Unusable(
                                file,
                                "the key is encrypted and nobody is there to type a password",
                                "store it without: openssl pkcs8 -topk8 -nocrypt -in KEY -out"
                                        + " FILE, mode 0600");
                case "EC PRIVATE KEY", "RSA PRIVATE KEY" ->
                        throw new Unusable(
                                file,
                                "the key is in the old form BEGIN " + blocks.group(1),
                                "convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out FILE");
                default -> {}
            }
        }
        throw new Unusable(file, "holds no private key", "it must be PEM (BEGIN PRIVATE KEY)");
    }

    private static PrivateKey key(Path file, String base64, X509Certificate certificate)
            throws Unusable {
        var algorithm = certificate.getPublicKey().getAlgorithm();
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
            return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new Unusable(
                    file,
                    "is not a PKCS#8 key of the certificate's kind (" + algorithm + ")",
                    "use the key that the certificate was made for");
        }
    }

    private static String read(Path file) throws Unusable {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new Unusable(
                        file,
                        "is larger than " + FILE_BYTES_MAX + " bytes",
                        "is it the right one?");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new Unusable(
                    file,
                    "cannot be read (" + e.getClass().getSimpleName() + ")",
                    "the path in the secrets file must exist and be readable by this user");
        }
    }
}
