package org.mingchu.simulator.wire;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A camera on 127.0.0.1 that answers RTSP (RFC 2326) as its mode says; it sends no pictures. Any
 * thread; sockets live on virtual threads.
 */
public final class Camera implements AutoCloseable {
    /** The one path it knows, without a slash at the front. */
    public static final String PATH = "stream2";

    /** Longest request head it reads, in bytes. */
    public static final int HEAD_MAX = 8 * 1024;

    /** Of what is sent without end, this much and no more, should nobody hang up. */
    public static final int FLOOD_MAX = 16 * 1024 * 1024;

    /** What is kept of what it was asked; a test reads it after a few calls. */
    public static final int REQUESTS_MAX = 10_000;

    private static final String NO_HEADERS = "";

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final DigestGuard guard;
    private volatile Mode mode;

    /** How it behaves. */
    public enum Mode {
        /** Answers without asking who calls. */
        HEALTHY,
        /** Asks for a digest as most cameras do: MD5, no qop (RFC 2069). */
        DIGEST_MD5,
        /** Asks for a digest with SHA-256 and qop=auth (RFC 7616). */
        DIGEST_SHA_256,
        /** Asks for the password in clear. */
        BASIC,
        /** Knows no such stream. */
        NOT_FOUND,
        /** Sends the caller elsewhere. */
        REDIRECT,
        /** Describes sound only. */
        NO_VIDEO,
        /** Accepts and never says a word. */
        SILENT,
        /** Answers OPTIONS; its picture pipeline hangs. */
        SILENT_AFTER_OPTIONS,
        /** Accepts and hangs up. */
        CLOSED,
        /** Answers with headers that do not end. */
        ENDLESS_HEADERS,
        /** Says that a body follows which does not end. */
        ENDLESS_BODY,
        /** Speaks no RTSP. */
        GARBAGE
    }

    /** Who may look. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    /** Listens on a free port of the loopback address. */
    public Camera(Mode mode, Login login) {
        this.mode = mode;
        this.guard = new DigestGuard(login);
        try {
            listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("camera-accept").start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Where its stream is. */
    public URI address() {
        return URI.create("rtsp://127.0.0.1:" + port() + "/" + PATH);
    }

    /** From the next request on. */
    public void mode(Mode next) {
        mode = next;
    }

    /** The methods it was asked for so far: {@code OPTIONS}, {@code DESCRIBE}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var caller = listener.accept();
                open.add(caller);
                Thread.ofVirtual().name("camera-caller").start(() -> serve(caller));
            } catch (IOException e) {
                return; // closed by us: the only way out
            }
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            var in = new BufferedInputStream(caller.getInputStream());
            var out = caller.getOutputStream();
            while (mode != Mode.CLOSED) {
                var request = RtspRequest.read(in, HEAD_MAX);
                if (request.isEmpty()) {
                    return;
                }
                note(request.get().method());
                answer(request.get(), in, out);
            }
        } catch (IOException e) {
            // The caller hung up. A camera does not mind.
        } finally {
            open.remove(caller);
        }
    }

    private void note(String method) {
        if (requests.size() < REQUESTS_MAX) {
            requests.add(method);
        }
    }

    private void answer(RtspRequest request, InputStream in, OutputStream out) throws IOException {
        boolean describe = request.method().equals("DESCRIBE");
        switch (mode) {
            case SILENT -> waitForHangUp(in);
            case CLOSED -> {}
            case GARBAGE ->
                    out.write("220 kitchen FTP ready\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            case ENDLESS_HEADERS -> flood(out, "RTSP/1.0 200 OK\r\n", "X-More: and more\r\n");
            default -> {
                if (describe) {
                    describe(request, in, out);
                } else {
                    options(request, out);
                }
            }
        }
    }

    private static void options(RtspRequest request, OutputStream out) throws IOException {
        if (request.method().equals("OPTIONS")) {
            reply(
                    out,
                    request,
                    "200 OK",
                    "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n",
                    "");
        } else {
            reply(out, request, "501 Not Implemented", NO_HEADERS, "");
        }
    }

    private void describe(RtspRequest request, InputStream in, OutputStream out)
            throws IOException {
        switch (mode) {
            case SILENT_AFTER_OPTIONS -> waitForHangUp(in);
            case DIGEST_MD5 -> guarded(request, out, DigestGuard.Kind.MD5);
            case DIGEST_SHA_256 -> guarded(request, out, DigestGuard.Kind.SHA_256);
            case BASIC ->
                    reply(
                            out,
                            request,
                            "401 Unauthorized",
                            "WWW-Authenticate: Basic realm=\"camera\"\r\n",
                            "");
            case NOT_FOUND -> reply(out, request, "404 Not Found", NO_HEADERS, "");
            case REDIRECT ->
                    reply(
                            out,
                            request,
                            "302 Moved",
                            "Location: rtsp://198.51.100.1/stream2\r\n",
                            "");
            case ENDLESS_BODY ->
                    flood(
                            out,
                            "RTSP/1.0 200 OK\r\nCSeq: %s\r\nContent-Type: application/sdp\r\nContent-Length: 2147483647\r\n\r\n"
                                    .formatted(request.sequence()),
                            "a=tool:more\r\n");
            default -> describeStream(request, out);
        }
    }

    private void guarded(RtspRequest request, OutputStream out, DigestGuard.Kind kind)
            throws IOException {
        if (guard.lets(request, kind)) {
            describeStream(request, out);
            return;
        }
        reply(
                out,
                request,
                "401 Unauthorized",
                "WWW-Authenticate: " + guard.challenge(kind) + "\r\n",
                "");
    }

    private void describeStream(RtspRequest request, OutputStream out) throws IOException {
        if (!request.path().equals("/" + PATH)) {
            reply(out, request, "404 Not Found", NO_HEADERS, "");
            return;
        }
        var sdp = Sdp.SESSION + (mode == Mode.NO_VIDEO ? Sdp.SOUND : Sdp.VIDEO + Sdp.SOUND);
        reply(out, request, "200 OK", "Content-Type: application/sdp\r\n", sdp);
    }

    private static void reply(
            OutputStream out, RtspRequest request, String status, String headers, String body)
            throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head =
                "RTSP/1.0 %s\r\nCSeq: %s\r\n%s%s\r\n"
                        .formatted(
                                status,
                                request.sequence(),
                                headers,
                                bytes.length == 0
                                        ? ""
                                        : "Content-Length: " + bytes.length + "\r\n");
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.flush();
    }

    private static void flood(OutputStream out, String first, String again) throws IOException {
        out.write(first.getBytes(StandardCharsets.UTF_8));
        var more = again.repeat(512).getBytes(StandardCharsets.UTF_8);
        for (int sent = 0; sent < FLOOD_MAX; sent += more.length) {
            out.write(more);
        }
    }

    private static void waitForHangUp(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // What the caller still says is not listened to.
        }
    }

    /** Hangs up on everybody. */
    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(Camera::closeQuietly);
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a camera says about its stream (RFC 8866). */
    private static final class Sdp {
        static final String SESSION =
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=kitchen\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n";
        static final String VIDEO = "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";
        static final String SOUND = "m=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n";

        private Sdp() {}
    }
}
