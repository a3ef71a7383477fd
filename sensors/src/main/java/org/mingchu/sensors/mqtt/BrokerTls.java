package org.mingchu.sensors.mqtt;

import org.jspecify.annotations.Nullable;
import org.mingchu.config.Secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS towards the kitchen's broker from the PEM files of its secret: its CA or else the machine's,
 * and our certificate and key (PKCS#8) if it wants one. Read at each connection, so that a renewed
 * certificate needs no restart.
 */
final class BrokerTls {
    /** Largest file that is read, in bytes. */
    private static final int FILE_BYTES_MAX = 1024 * 1024;

    private static final char[] NO_PASSWORD = {};

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

    private BrokerTls() {}

    /** A file that cannot be used; the line names the file and what is wrong. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        private final String line;

        Unusable(Path file, String wrong) {
            super(file + ": " + wrong);
            this.line = file + ": " + wrong;
        }

        String line() {
            return line;
        }
    }

    static SSLContext context(Secrets.Secret secret) throws Unusable {
        var keys = keyManagers(secret);
        var trust = trustManagers(secret.ca());
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has TLS", e);
        }
    }

    private static KeyManager @Nullable [] keyManagers(Secrets.Secret secret) throws Unusable {
        if (secret.certificate().isEmpty() || secret.key().isEmpty()) {
            return null;
        }
        var chain = certificates(secret.certificate().get());
        var key = key(secret.key().get(), chain[0]);
        try {
            var store = empty();
            store.setKeyEntry("us", key, NO_PASSWORD, chain);
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new Unusable(secret.certificate().get(), "cannot be used: " + e.getMessage());
        }
    }

    private static TrustManager @Nullable [] trustManagers(Optional<Path> ca) throws Unusable {
        if (ca.isEmpty()) {
            return null;
        }
        try {
            var store = empty();
            for (var root : certificates(ca.get())) {
                store.setCertificateEntry("ca-" + store.size(), root);
            }
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new Unusable(ca.get(), "cannot be used: " + e.getMessage());
        }
    }

    private static Certificate[] certificates(Path file) throws Unusable {
        try (var in = Files.newInputStream(checked(file))) {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new Unusable(file, "holds no certificate");
            }
            return found.toArray(Certificate[]::new);
        } catch (IOException | GeneralSecurityException e) {
            throw new Unusable(file, "no readable certificate: " + e.getClass().getSimpleName());
        }
    }

    private static PrivateKey key(Path file, Certificate certificate) throws Unusable {
        try {
            var block = KEY.matcher(Files.readString(checked(file), StandardCharsets.ISO_8859_1));
            if (!block.find()) {
                throw new Unusable(
                        file, "holds no key as PKCS#8 PEM; convert it with openssl pkcs8 -topk8");
            }
            var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1)));
            return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                    .generatePrivate(spec);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new Unusable(file, "no readable key: " + e.getClass().getSimpleName());
        }
    }

    private static Path checked(Path file) throws Unusable, IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new Unusable(file, "is larger than " + FILE_BYTES_MAX + " bytes");
        }
        return file;
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new AssertionError("an empty store is read from nowhere", e);
        }
    }
}
