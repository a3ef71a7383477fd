package org.mingchu.sensors.camera;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.camera.RtspOutcome.Answer;
import org.mingchu.sensors.camera.RtspOutcome.Failure;
import org.mingchu.sensors.camera.http.DeadlineSocket;
import org.mingchu.sensors.camera.http.Head;
import org.mingchu.sensors.camera.http.OddAnswerException;
import org.mingchu.sensors.camera.http.WireReader;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * One TCP connection to a camera. Every read ends at an absolute deadline, so that a peer which
 * drips bytes cannot hold it; headers and bodies have caps, so that one which floods cannot fill
 * memory. One thread.
 */
final class RtspConnection implements AutoCloseable {
    /** A stream description has a few hundred bytes. */
    static final int BODY_BYTES_MAX = 64 * 1024;

    private static final Pattern STATUS = Pattern.compile("RTSP/[0-9]\\.[0-9] ([0-9]{3})(?: .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

    private final DeadlineSocket socket;
    private final WireReader in;
    private final Clock clock;
    private final Patience patience;
    private final long endNs;

    private RtspConnection(DeadlineSocket socket, Clock clock, Patience patience, long endNs)
            throws IOException {
        this.socket = socket;
        this.in = new WireReader(socket.getInputStream());
        this.clock = clock;
        this.patience = patience;
        this.endNs = endNs;
    }

    /**
     * @throws IOException as {@link java.net.Socket#connect} does
     */
    static RtspConnection open(InetSocketAddress address, Clock clock, Patience patience)
            throws IOException {
        var endNs = clock.now().upNs() + patience.whole().toNanos();
        var socket = new DeadlineSocket(clock, endNs);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, Math.toIntExact(patience.connect().toMillis()));
            return new RtspConnection(socket, clock, patience, endNs);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a request and waits for its answer. */
    RtspOutcome exchange(String request) {
        socket.until(Math.min(clock.now().upNs() + patience.answer().toNanos(), endNs));
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return answer(in);
        } catch (OddAnswerException e) {
            return new Failure(CameraVerdict.PROTOCOL, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Failure(CameraVerdict.NO_ANSWER, e.toString());
        }
    }

    /**
     * Reads one answer.
     *
     * @throws OddAnswerException for what is not RTSP, or more than the caps allow
     */
    static Answer answer(WireReader in) throws IOException {
        var head = in.head("RTSP/");
        var status = STATUS.matcher(head.start());
        if (!status.matches()) {
            throw new OddAnswerException("the first line is not RTSP's");
        }
        return new Answer(Integer.parseInt(status.group(1)), head, body(in, head));
    }

    private static String body(WireReader in, Head head) throws IOException {
        var lengths = head.header("Content-Length");
        var length = lengths.isEmpty() ? "0" : lengths.getFirst();
        if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > BODY_BYTES_MAX) {
            throw new OddAnswerException("a body of more than " + BODY_BYTES_MAX + " bytes");
        }
        return new String(in.exactly(Integer.parseInt(length)), StandardCharsets.UTF_8);
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
}
