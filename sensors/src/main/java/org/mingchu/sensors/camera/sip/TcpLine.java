package org.mingchu.sensors.camera.sip;

import org.mingchu.sensors.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One caller by TCP. A message must be whole 10 s after it began; who is not registered must begin
 * one within 30 s. {@link #run} has a thread of its own, the rest any.
 */
final class TcpLine implements Runnable {
    static final Duration MESSAGE = Duration.ofSeconds(10);
    static final Duration STRANGER_IDLE = Duration.ofSeconds(30);

    /** Twice the longest legal interval of heartbeats. */
    static final Duration MEMBER_IDLE = Heart.INTERVAL_MAX.multipliedBy(2);

    private static final Logger LOG = LoggerFactory.getLogger(TcpLine.class);

    private final Socket socket;
    private final Peer peer;
    private final Reception reception;
    private final Clock clock;
    private final Consumer<TcpLine> ended;

    TcpLine(Socket socket, Reception reception, Clock clock, Consumer<TcpLine> ended) {
        this.socket = socket;
        this.peer = new Peer(Transport.TCP, (InetSocketAddress) socket.getRemoteSocketAddress());
        this.reception = reception;
        this.clock = clock;
        this.ended = ended;
    }

    boolean sharesAddress(TcpLine other) {
        return peer.address().equals(other.peer.address());
    }

    /** Whether a registered camera calls. */
    boolean member() {
        return reception.isMember(peer);
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            serve(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            LOG.debug("event=sip-line-ended peer={} cause=\"{}\"", peer, e.toString());
        } catch (RuntimeException e) {
            LOG.error("event=sip-line-lost", e);
        } finally {
            ended.accept(this);
        }
    }

    private void serve(InputStream in) throws IOException {
        while (true) {
            var answer = reception.answer(message(in), peer);
            if (answer.isPresent()) {
                socket.getOutputStream().write(answer.orElseThrow());
            }
        }
    }

    private byte[] message(InputStream in) throws IOException {
        var frame = new SipFrame();
        var state = frame.add(first(in));
        var endNs = clock.now().upNs() + MESSAGE.toNanos();
        while (state == SipFrame.State.MORE) {
            state = frame.add(read(in, endNs));
        }
        if (state == SipFrame.State.TOO_LONG) {
            throw new IOException("a message of more than " + SipParser.MESSAGE_BYTES_MAX);
        }
        return frame.message();
    }

    /** Empty lines before it keep the way through a NAT open (RFC 5626), and say nothing. */
    private byte first(InputStream in) throws IOException {
        var idle = member() ? MEMBER_IDLE : STRANGER_IDLE;
        var endNs = clock.now().upNs() + idle.toNanos();
        var read = read(in, endNs);
        while (read == '\r' || read == '\n') {
            read = read(in, endNs);
        }
        return read;
    }

    private byte read(InputStream in, long endNs) throws IOException {
        var leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - clock.now().upNs());
        if (leftMs <= 0) {
            throw new SocketTimeoutException("no whole message in time");
        }
        socket.setSoTimeout(Math.toIntExact(leftMs));
        var read = in.read();
        if (read < 0) {
            throw new EOFException("the camera hung up");
        }
        return (byte) read;
    }

    /** Hangs up. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("event=sip-line-close cause=\"{}\"", e.toString());
        }
    }
}
