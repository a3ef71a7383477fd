package org.mingchu.gateway.doctor;

import org.mingchu.gateway.tell.Authority;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A port of this machine behind which somebody shakes hands by TLS, and says no more. */
final class TlsPlatform implements AutoCloseable {
    private static final char[] NO_PASSWORD = {};

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SSLContext first;
    private volatile SSLContext context;

    TlsPlatform(Authority.Pair shown) {
        first = context(shown);
        context = first;
        try {
            server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Shows what it showed at first: a key store takes a tenth of a second to make. */
    void mend() {
        context = first;
    }

    void show(Authority.Pair pair) {
        context = context(pair);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var plain = server.accept();
                threads.execute(() -> shake(plain));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void shake(Socket plain) {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true)) {
            socket.startHandshake();
            socket.getInputStream().read(); // until the other one has seen enough
        } catch (IOException _) {
            // it broke off: it refuses what it saw
        }
    }

    private static SSLContext context(Authority.Pair pair) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "platform",
                    key(pair.key()),
                    NO_PASSWORD,
                    new Certificate[] {certificate(pair.certificate())});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Certificate certificate(Path file) throws GeneralSecurityException, IOException {
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey key(Path file) throws GeneralSecurityException, IOException {
        var base64 =
                Files.readString(file, StandardCharsets.US_ASCII).replaceAll("-----.*-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
