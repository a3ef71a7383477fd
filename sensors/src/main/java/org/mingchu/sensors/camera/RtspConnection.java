package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.camera.RtspOutcome.Answer;
import org.mingchu.sensors.camera.RtspOutcome.Failure;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One TCP connection to a camera. Every read ends at an absolute deadline, so that a peer which
 * drips bytes cannot hold it; headers and bodies have caps, so that one which floods cannot fill
 * memory. One thread.
 */
final class RtspConnection implements AutoCloseable {
    /** Status line and headers of one answer. */
    static final int HEADER_BYTES_MAX = 8 * 1024;

    /** A stream description has a few hundred bytes. */
    static final int BODY_BYTES_MAX = 64 * 1024;

    private static final int BUFFER_BYTES = 4096;
    private static final Pattern STATUS = Pattern.compile("RTSP/[0-9]\\.[0-9] ([0-9]{3})(?: .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

    private final Socket socket;
    private final Clock clock;
    private final Patience patience;
    private final long endNs;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int filled;
    private long deadlineNs;

    private RtspConnection(Socket socket, Clock clock, Patience patience, long endNs) {
        this.socket = socket;
        this.clock = clock;
        this.patience = patience;
        this.endNs = endNs;
    }

    /**
     * @throws IOException as {@link Socket#connect} does
     */
    static RtspConnection open(InetSocketAddress address, Clock clock, Patience patience)
            throws IOException {
        var startNs = clock.now().upNs();
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, Math.toIntExact(patience.connect().toMillis()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return new RtspConnection(socket, clock, patience, startNs + patience.whole().toNanos());
    }

    /** Sends a request and waits for its answer. */
    RtspOutcome exchange(String request) {
        deadlineNs = Math.min(clock.now().upNs() + patience.answer().toNanos(), endNs);
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return answer();
        } catch (NotRtspException e) {
            return new Failure(CameraVerdict.PROTOCOL, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Failure(CameraVerdict.NO_ANSWER, e.toString());
        }
    }

    private Answer answer() throws IOException {
        var head = head();
        var status = STATUS.matcher(head.getFirst());
        if (!status.matches()) {
            throw new NotRtspException("the first line is not RTSP's");
        }
        var headers = headers(head.subList(1, head.size()));
        return new Answer(Integer.parseInt(status.group(1)), headers, body(headers));
    }

    /** The lines up to the first empty one. */
    private List<String> head() throws IOException {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (int bytes = 0; bytes < HEADER_BYTES_MAX; bytes++) {
            var character = (char) read();
            if (character != '\n') {
                line.append(character);
                continue;
            }
            var text = line.toString().stripTrailing();
            if (text.isEmpty() && !lines.isEmpty()) {
                return lines;
            }
            lines.add(text);
            if (!lines.getFirst().startsWith("RTSP/")) {
                throw new NotRtspException("the first line is not RTSP's");
            }
            line.setLength(0);
        }
        throw new NotRtspException("headers of more than " + HEADER_BYTES_MAX + " bytes");
    }

    private static Map<String, List<String>> headers(List<String> lines) throws IOException {
        var headers = new HashMap<String, List<String>>();
        for (var line : lines) {
            var colon = line.indexOf(':');
            if (colon <= 0) {
                throw new NotRtspException("a header without a colon");
            }
            headers.computeIfAbsent(
                            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String body(Map<String, List<String>> headers) throws IOException {
        var length = headers.getOrDefault("content-length", List.of("0")).getFirst();
        if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > BODY_BYTES_MAX) {
            throw new NotRtspException("a body of more than " + BODY_BYTES_MAX + " bytes");
        }
        var body = new byte[Integer.parseInt(length)];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) read();
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private int read() throws IOException {
        if (next == filled) {
            fill();
        }
        return Byte.toUnsignedInt(buffer[next++]);
    }

    private void fill() throws IOException {
        var leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - clock.now().upNs());
        if (leftMs <= 0) {
            throw new SocketTimeoutException("no complete answer in time");
        }
        socket.setSoTimeout(Math.toIntExact(leftMs));
        InputStream in = socket.getInputStream();
        filled = in.read(buffer);
        next = 0;
        if (filled < 0) {
            filled = 0;
            throw new EOFException("the camera closed the connection");
        }
    }

    /** Says goodbye first: a reset looks like an attack in a camera's log. */
    @Override
    public void close() {
        try (socket) {
            socket.shutdownOutput();
        } catch (IOException e) {
            // the camera was faster
        }
    }

    /** Something answers that is not RTSP. */
    private static final class NotRtspException extends IOException {
        private static final long serialVersionUID = 1;

        NotRtspException(String message) {
            super(message);
        }
    }
}
