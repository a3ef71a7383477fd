package org.mingchu.simulator.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.random.RandomGenerator;

/**
 * Ports of 127.0.0.1 that a server can leave and come back to. Any thread.
 *
 * <p>They lie below Linux's range for outgoing connections (from 32768): a client that calls again
 * and again while the server is away would sooner or later be given the server's own port.
 */
public final class FreePort {
    private static final int FROM = 20_000;
    private static final int TO = 32_000;
    private static final int TRIES = 1_000;

    private static final RandomGenerator CHANCE = RandomGenerator.getDefault();

    private FreePort() {}

    /** A port that nobody listens on now. */
    public static int find() {
        for (var i = 0; i < TRIES; i++) {
            var port = CHANCE.nextInt(FROM, TO);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FROM + " to " + TO);
    }

    /** Whether nobody listens on {@code port}; asks without listening, so that nobody is met. */
    static boolean isFree(int port) {
        try (var socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (BindException _) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot try port " + port, e);
        }
    }
}
