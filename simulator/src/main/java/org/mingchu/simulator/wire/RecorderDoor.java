package org.mingchu.simulator.wire;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port of 127.0.0.1 that can be shut and opened again, and counts its callers. Any thread;
 * sockets live on virtual threads.
 */
final class RecorderDoor implements AutoCloseable {
    private static final int BACKLOG = 16;

    private final Talk talk;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * Who waits for an answer: from the call, and from each further byte asked, until the first
     * byte of the answer leaves. What comes after is left out, for a caller may have the answer and
     * be gone before this side hears of it.
     */
    private final Set<Socket> waiting = ConcurrentHashMap.newKeySet();

    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger callers = new AtomicInteger();
    private volatile ServerSocket listener;
    private volatile Thread accepting;

    /** What is said to one caller. */
    @FunctionalInterface
    interface Talk {
        void with(InputStream in, OutputStream out) throws IOException;
    }

    RecorderDoor(Talk talk) {
        this.talk = talk;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        this.accepting = serve(listener);
    }

    private static ServerSocket listen(int port) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** How many callers there were. */
    int callers() {
        return callers.get();
    }

    /** How many of them waited for an answer at once. */
    int most() {
        return most.get();
    }

    /** Nobody listens any more, and everybody is hung up on. */
    void shut() {
        closeQuietly(listener);
        waitForTheLastCaller();
        open.forEach(RecorderDoor::closeQuietly);
    }

    /** A port is not shut before the thread that accepts on it has left. */
    private void waitForTheLastCaller() {
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void openAgain() {
        listener = listen(port);
        accepting = serve(listener);
    }

    private Thread serve(ServerSocket at) {
        return Thread.ofVirtual().name("recorder-accept").start(() -> accept(at));
    }

    private void accept(ServerSocket at) {
        while (!at.isClosed()) {
            try {
                var caller = at.accept();
                callers.incrementAndGet();
                open.add(caller);
                asked(caller);
                Thread.ofVirtual().name("recorder-caller").start(() -> answer(caller));
            } catch (IOException e) {
                return; // shut by us: the only way out
            }
        }
    }

    private void answer(Socket caller) {
        try (caller) {
            talk.with(
                    new Questions(caller, caller.getInputStream()),
                    new Answers(caller, caller.getOutputStream()));
        } catch (IOException e) {
            // The caller hung up. A recorder does not mind.
        } finally {
            waiting.remove(caller);
            open.remove(caller);
        }
    }

    private void asked(Socket caller) {
        waiting.add(caller);
        most.accumulateAndGet(waiting.size(), Math::max);
    }

    private final class Questions extends FilterInputStream {
        private final Socket caller;

        Questions(Socket caller, InputStream in) {
            super(in);
            this.caller = caller;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            if (read >= 0) {
                asked(caller);
            }
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = in.read(into, from, length);
            if (read > 0) {
                asked(caller);
            }
            return read;
        }
    }

    private final class Answers extends FilterOutputStream {
        private final Socket caller;

        Answers(Socket caller, OutputStream out) {
            super(out);
            this.caller = caller;
        }

        @Override
        public void write(int b) throws IOException {
            waiting.remove(caller);
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            waiting.remove(caller);
            out.write(bytes, from, length);
        }
    }

    @Override
    public void close() {
        shut();
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
