package org.mingchu.sensors.camera;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A peer on this machine that does to a connection what the test says, byte by byte. */
final class ScriptedCamera implements AutoCloseable {
    private final ServerSocket listener;
    private final Talk talk;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /** Every request: its line and headers, joined by newlines. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** How each connection ended: {@code closed}, or the exception it ended with. */
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    /** What the peer does with one connection. */
    interface Talk {
        void with(Peer peer) throws IOException, InterruptedException;
    }

    ScriptedCamera(Talk talk) throws IOException {
        this.listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        this.talk = talk;
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers each request until the client goes. */
    static ScriptedCamera answering(Function<List<String>, String> script) throws IOException {
        return new ScriptedCamera(peer -> {
            for (var head = peer.head(); !head.isEmpty(); head = peer.head()) {
                peer.send(script.apply(head));
            }
        });
    }

    URI address(String path) {
        return URI.create("rtsp://127.0.0.1:" + listener.getLocalPort() + path);
    }

    int connectionCount() {
        return connections.size();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            talk.with(new Peer(socket));
            ends.add("closed");
        } catch (IOException | InterruptedException e) {
            ends.add(e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var connection : connections) {
            connection.close();
        }
    }

    /** The client's end of a connection, as the camera sees it. */
    final class Peer {
        private final BufferedReader in;
        private final OutputStream out;

        Peer(Socket socket) throws IOException {
            in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = socket.getOutputStream();
        }

        /** The next request's lines; none when the client has gone. */
        List<String> head() throws IOException {
            var lines = new ArrayList<String>();
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    requests.add(String.join("\n", lines));
                    return lines;
                }
                lines.add(line);
            }
            return List.of();
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
