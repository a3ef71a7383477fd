package org.mingchu.sensors.camera.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Lays TLS over a connection to a peer that proves who it is. Immutable. */
record Tls(Trust trust) {
    /**
     * @throws javax.net.ssl.SSLException when it is somebody else
     */
    Socket over(DeadlineSocket socket, String host) throws IOException {
        var tls =
                (SSLSocket)
                        context()
                                .getSocketFactory()
                                .createSocket(socket, host, socket.getPort(), true);
        if (trust instanceof Trust.Authorities) {
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
        }
        tls.startHandshake();
        return tls;
    }

    private SSLContext context() {
        try {
            return switch (trust) {
                case Trust.Authorities _ -> SSLContext.getDefault();
                case Trust.Fingerprint pin -> pinned(pin);
            };
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has TLS", e);
        }
    }

    private static SSLContext pinned(Trust.Fingerprint pin) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Pinned(pin)}, null);
        return context;
    }

    /**
     * Takes one certificate and no other. The extended form, so that Java adds no opinion of its
     * own about names and dates: a camera's clock may be years off.
     */
    private static final class Pinned extends X509ExtendedTrustManager {
        private final Trust.Fingerprint pin;

        Pinned(Trust.Fingerprint pin) {
            this.pin = pin;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length == 0 || !MessageDigest.isEqual(sha256(chain[0]), pin.bytes())) {
                throw new CertificateException("not the certificate the site file names");
            }
        }

        private static byte[] sha256(X509Certificate certificate) throws CertificateException {
            try {
                return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java has SHA-256", e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("we are no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("we are no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("we are no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
