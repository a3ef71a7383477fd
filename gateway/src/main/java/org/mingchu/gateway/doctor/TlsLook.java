package org.mingchu.gateway.doctor;

import org.mingchu.config.Secrets;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Looks at the certificate chain that a platform shows, and nothing more: no byte of MQTT is said.
 * The chain is judged as the courier would judge it, so that what it refuses gets a name. One use.
 *
 * @param secret whose CA is trusted, else the machine's
 */
record TlsLook(String host, InetSocketAddress address, Secrets.Secret secret, Moment now) {
    private static final int PATIENCE_MS = 3_000;

    Verdict verdict() {
        var judge = new AtomicReference<Optional<Verdict>>(Optional.empty());
        try (var plain = new Socket()) {
            plain.connect(address, PATIENCE_MS);
            plain.setSoTimeout(PATIENCE_MS);
            shake(plain, judge);
            return judge.get().orElseGet(() -> Verdict.fail("silent"));
        } catch (IOException e) {
            // One that wants our certificate, or whose chain we refuse, breaks off: it has shown
            // its own.
            return judge.get()
                    .orElseGet(() ->
                            Verdict.fail("handshake", "cause", String.valueOf(e.getMessage())));
        } catch (GeneralSecurityException e) {
            return Verdict.fail("no-ca", "cause", String.valueOf(e.getMessage()));
        }
    }

    private void shake(Socket plain, AtomicReference<Optional<Verdict>> judge)
            throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Listener(trust(), judge)}, null);
        try (var socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(plain, host, address.getPort(), true)) {
            var parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
    }

    private X509ExtendedTrustManager trust() throws GeneralSecurityException, IOException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (secret.ca().isPresent()) {
            factory.init(store(secret.ca().get()));
        } else {
            factory.init((KeyStore) null);
        }
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private static KeyStore store(Path ca) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var in = Files.newInputStream(ca)) {
            for (var root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + store.size(), root);
            }
        }
        return store;
    }

    /** Writes down what is wrong with a chain before it is refused. */
    private final class Listener extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager trust;
        private final AtomicReference<Optional<Verdict>> judge;

        Listener(X509ExtendedTrustManager trust, AtomicReference<Optional<Verdict>> judge) {
            this.trust = trust;
            this.judge = judge;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            judge.set(Optional.of(chainVerdict(chain)));
            try {
                trust.checkServerTrusted(chain, type, socket);
            } catch (CertificateException e) {
                if (judge.get().orElseThrow().status() != Status.FAIL) {
                    judge.set(Optional.of(refused(e)));
                }
                throw e;
            }
        }

        /** The first that is over or nearly so; a chain is as old as its oldest part. */
        private Verdict chainVerdict(X509Certificate[] chain) {
            return List.of(chain).stream()
                    .map(one -> Certificates.verdict(one, now))
                    .max((one, other) -> Integer.compare(rank(one), rank(other)))
                    .orElseThrow();
        }

        private static int rank(Verdict verdict) {
            return switch (verdict.status()) {
                case SKIPPED, OK -> 0;
                case WARN -> 1;
                case FAIL -> 2;
            };
        }

        private Verdict refused(CertificateException e) {
            var text = String.valueOf(e.getMessage());
            return text.contains("subject alternative") || text.contains("No name matching")
                    ? Verdict.fail("name", "host", host)
                    : Verdict.fail("untrusted", "cause", text);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return trust.getAcceptedIssuers();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            trust.checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            trust.checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("nobody is let in here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("nobody is let in here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("nobody is let in here");
        }
    }
}
