package org.mingchu.gateway.tell;

import org.jspecify.annotations.Nullable;
import org.mingchu.config.Secrets;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS towards a platform from the PEM files of its secret: our certificate and key if it wants one,
 * its CA or else the machine's. The files are read at each connection, so that a renewed
 * certificate needs no restart.
 */
final class Tls {
    private static final char[] NO_PASSWORD = {};

    private Tls() {}

    static SSLContext context(Secrets.Secret secret) throws Pem.Unusable {
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

    private static KeyManager @Nullable [] keyManagers(Secrets.Secret secret) throws Pem.Unusable {
        if (secret.certificate().isEmpty() || secret.key().isEmpty()) {
            return null;
        }
        var chain = Pem.certificates(secret.certificate().get());
        var key = Pem.key(secret.key().get(), chain.getFirst());
        if (!fits(key, chain.getFirst())) {
            throw new Pem.Unusable(
                    secret.key().get(),
                    "the key does not belong to " + secret.certificate().get(),
                    "name the two files that were made together");
        }
        return keyManagers(secret.certificate().get(), chain, key);
    }

    private static KeyManager[] keyManagers(Path file, List<X509Certificate> chain, PrivateKey key)
            throws Pem.Unusable {
        try {
            var store = empty();
            store.setKeyEntry("us", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new Pem.Unusable(
                    file,
                    "cannot be used (" + e.getMessage() + ")",
                    "the certificate must come first, then those that signed it");
        }
    }

    private static TrustManager @Nullable [] trustManagers(Optional<Path> ca) throws Pem.Unusable {
        if (ca.isEmpty()) {
            return null;
        }
        var roots = Pem.certificates(ca.get());
        try {
            var store = empty();
            for (var root : roots) {
                store.setCertificateEntry("ca-" + store.size(), root);
            }
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new Pem.Unusable(
                    ca.get(), "cannot be used (" + e.getMessage() + ")", "fetch the file again");
        }
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

    private static boolean fits(PrivateKey key, X509Certificate certificate) {
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
