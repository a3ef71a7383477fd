package org.mingchu.simulator.platform;

import java.io.ByteArrayInputStream;
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
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * PEM files for mutual TLS. Immutable.
 *
 * @param ca certificates that sign the broker's
 * @param certificate the platform's own, with its chain
 * @param key its private key, PKCS#8, EC or RSA, without password
 */
public record TlsFiles(Path ca, Path certificate, Path key) {
    private static final char[] NO_PASSWORD = {};

    TrustManagerFactory trust() throws IOException, GeneralSecurityException {
        var store = emptyStore();
        var number = 0;
        for (var certificate : certificates(ca)) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    KeyManagerFactory identity() throws IOException, GeneralSecurityException {
        var store = emptyStore();
        var chain = certificates(certificate).toArray(Certificate[]::new);
        store.setKeyEntry("platform", privateKey(), NO_PASSWORD, chain);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory;
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    private PrivateKey privateKey() throws IOException, GeneralSecurityException {
        var pem = Files.readString(key, StandardCharsets.US_ASCII);
        var base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        } catch (InvalidKeySpecException notEc) {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        }
    }
}
