package org.mingchu.simulator.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** A viewer's side of RTSP, written from the RFCs for these tests alone. One thread. */
final class RtspCaller implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;

    private final URI address;
    private final Socket socket;
    private int sequence;

    record Answer(int status, String head, String body) {
        Optional<String> header(String name) {
            return Pattern.compile("(?im)^" + name + ": *(.*?)\r?$")
                    .matcher(head)
                    .results()
                    .map(found -> found.group(1))
                    .filter(value -> !value.startsWith("Basic") || head.indexOf("Digest") < 0)
                    .findFirst();
        }
    }

    RtspCaller(URI address) throws IOException {
        this.address = address;
        this.socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(PATIENCE_MS);
    }

    void patience(int ms) throws IOException {
        socket.setSoTimeout(ms);
    }

    Answer ask(String method) throws IOException {
        return ask(method, "");
    }

    Answer askAs(String method, String challenge, Camera.Login login) throws IOException {
        var algorithm = parameter(challenge, "algorithm").orElse("MD5");
        var realm = parameter(challenge, "realm").orElseThrow();
        var nonce = parameter(challenge, "nonce").orElseThrow();
        var who = hash(algorithm, login.user() + ":" + realm + ":" + login.password());
        var what = hash(algorithm, method + ":" + address);
        var qop = parameter(challenge, "qop").isPresent();
        var response =
                hash(algorithm, who + ":" + nonce + (qop ? ":00000001:c:auth:" : ":") + what);
        var header =
                "Authorization: Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\"%s\r\n"
                        .formatted(
                                login.user(),
                                realm,
                                nonce,
                                address,
                                response,
                                qop
                                        ? ", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"c\""
                                        : "");
        return ask(method, header);
    }

    private Answer ask(String method, String header) throws IOException {
        sequence++;
        var request =
                "%s %s RTSP/1.0\r\nCSeq: %d\r\n%s\r\n".formatted(method, address, sequence, header);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return read(socket.getInputStream());
    }

    private static Answer read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("hung up after: " + head);
            }
            head.append((char) next);
        }
        var answer = new Answer(Integer.parseInt(head.substring(9, 12)), head.toString(), "");
        int length = answer.header("Content-Length").map(Integer::parseInt).orElse(0);
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Answer(answer.status(), answer.head(), body);
    }

    InputStream raw(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket.getInputStream();
    }

    private static Optional<String> parameter(String challenge, String name) {
        return Pattern.compile("\\b" + name + "=\"?([^\",]+)")
                .matcher(challenge)
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }

    private static String hash(String algorithm, String text) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
