package org.mingchu.sensors.camera.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Answers each connection's one request with what the test says, byte by byte; plain or in TLS. */
final class RawServer implements AutoCloseable {
    private static final char[] WORD = "camera".toCharArray();

    private final ServerSocket listener;
    private final String scheme;
    private final Talk talk;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** Every request: its line and headers, joined by newlines, and its body behind them. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** What is done with one request. */
    interface Talk {
        void with(String request, OutputStream out) throws IOException, InterruptedException;
    }

    private RawServer(ServerSocket listener, String scheme, Talk talk) {
        this.listener = listener;
        this.scheme = scheme;
        this.talk = talk;
        Thread.ofVirtual().start(this::accept);
    }

    static RawServer plain(Talk talk) throws IOException {
        return new RawServer(
                new ServerSocket(0, 8, InetAddress.getLoopbackAddress()), "http", talk);
    }

    static RawServer saying(String answer) throws IOException {
        return plain((_, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static RawServer secured(Talk talk) throws IOException, GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store("camera"), WORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new RawServer(
                context.getServerSocketFactory()
                        .createServerSocket(0, 8, InetAddress.getLoopbackAddress()),
                "https",
                talk);
    }

    /** The fingerprint of one of the two certificates: the camera's, or another's. */
    static String fingerprint(String name) throws IOException, GeneralSecurityException {
        var der = store(name).getCertificate("camera").getEncoded();
        return HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(der));
    }

    private static KeyStore store(String name) throws IOException, GeneralSecurityException {
        try (var in = RawServer.class.getResourceAsStream("/tls/" + name + ".p12")) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(Optional.ofNullable(in).orElseThrow(), WORD);
            return store;
        }
    }

    URI address() {
        return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            talk.with(read(socket), socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException | InterruptedException e) {
            // the client has gone
        }
    }

    private String read(Socket socket) throws IOException {
        var in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        var lines = new ArrayList<String>();
        var length = 0;
        for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            lines.add(line);
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        var body = new StringBuilder();
        for (int i = 0; i < length; i++) {
            body.append((char) in.read());
        }
        var request = String.join("\n", lines) + "\n\n" + body;
        requests.add(request);
        return request;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
