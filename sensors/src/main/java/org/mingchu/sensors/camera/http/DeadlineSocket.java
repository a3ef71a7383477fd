package org.mingchu.sensors.camera.http;

import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection whose reads end at one absolute moment, so that a peer which drips bytes cannot
 * hold it; a TLS handshake laid over it ends there too. What we send is smaller than any kernel's
 * send buffer, so writes do not wait. One thread.
 */
public final class DeadlineSocket extends Socket {
    private final Clock clock;
    private long endNs;

    /**
     * @param endNs the moment, in {@code clock}'s boot, after which reads fail
     */
    public DeadlineSocket(Clock clock, long endNs) {
        super(Proxy.NO_PROXY);
        this.clock = clock;
        this.endNs = endNs;
    }

    /** Moves the moment. */
    public void until(long deadlineNs) {
        endNs = deadlineNs;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Timed(super.getInputStream());
    }

    /** What a connect that failed says about the peer: Java has one exception for two causes. */
    public static CameraVerdict unopened(IOException e) {
        var refused =
                e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused");
        return refused ? CameraVerdict.REFUSED : CameraVerdict.UNREACHABLE;
    }

    private void allowWhatIsLeft() throws IOException {
        var leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - clock.now().upNs());
        if (leftMs <= 0) {
            throw new SocketTimeoutException("no complete answer in time");
        }
        setSoTimeout(Math.toIntExact(Math.min(leftMs, Integer.MAX_VALUE)));
    }

    /** Gives each read what is left of the time. */
    private final class Timed extends FilterInputStream {
        Timed(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            allowWhatIsLeft();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            allowWhatIsLeft();
            return super.read(bytes, offset, length);
        }
    }
}
