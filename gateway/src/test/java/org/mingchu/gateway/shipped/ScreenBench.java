package org.mingchu.gateway.shipped;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What the kitchen's page costs the shipped program: one agent with browsers that listen beside one
 * whose page cannot open, at the same time on the same machine; and how soon it answers. Run by
 * {@code gateway/bench screen}, in the folder {@code gateway}.
 */
final class ScreenBench {
    private static final int USAGE = 2;
    private static final int MINUTES_MAX = 24 * 60;
    private static final int LISTENERS = 50;
    private static final int UNITS = 16;
    private static final int ASKED = 2_000;
    private static final Duration STARTED = Duration.ofMinutes(2);
    private static final Duration WARMING_UP = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Duration time;
    private final Path folder;

    private ScreenBench(Duration time, Path folder) {
        this.time = time;
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var minutes = 2;
        for (var i = 1; i < args.length; i += 2) {
            var value = i + 1 < args.length ? args[i + 1] : "";
            if (!args[i].equals("--minutes")) {
                refuse("'%s' is unknown; try --minutes N".formatted(args[i]));
            }
            if (!value.matches("[1-9][0-9]{0,3}") || Integer.parseInt(value) > MINUTES_MAX) {
                refuse("--minutes '%s': a number from 1 to %d".formatted(value, MINUTES_MAX));
            }
            minutes = Integer.parseInt(value);
        }
        new ScreenBench(Duration.ofMinutes(minutes), Path.of(args[0])).run();
    }

    private static void refuse(String why) {
        System.err.println("bench screen: " + why);
        System.exit(USAGE);
    }

    private void run() throws IOException, InterruptedException {
        var with = kitchen("with");
        var without = kitchen("without");
        try (with;
                without;
                var taken = new ServerSocket()) {
            // Its page asks for the port again and again, and never gets it.
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), without.port()));
            with.launch();
            without.launch();
            Eventually.within(
                    STARTED,
                    "both watch",
                    () -> with.program().lines(),
                    () ->
                            with.tryGet("/api/state").contains("\"units\"")
                                    && without.program().lines().stream()
                                            .anyMatch(line -> line.contains("event=watching")));
            var times = asked(with);
            var frames = new AtomicLong();
            var bytes = new AtomicLong();
            var listeners = new ArrayList<Socket>();
            for (var i = 0; i < LISTENERS; i++) {
                listeners.add(listen(with.port(), frames, bytes));
            }
            pass(WARMING_UP, () -> {});
            frames.set(0);
            bytes.set(0);
            var costs = measured(with, without);
            var seconds = time.toSeconds();
            System.out.printf(
                    "%d units, %d browsers that listen; %d min after %d s of warming up, %d"
                            + " processors%n",
                    UNITS,
                    LISTENERS,
                    time.toMinutes(),
                    WARMING_UP.toSeconds(),
                    Runtime.getRuntime().availableProcessors());
            System.out.printf(
                    Locale.ROOT,
                    "each browser heard %.1f frames a second, %.1f kB a second%n",
                    (double) frames.get() / LISTENERS / seconds,
                    bytes.get() / 1e3 / LISTENERS / seconds);
            System.out.printf(
                    Locale.ROOT,
                    "/api/state on a kept connection, %d times: p50 %.2f ms, p99 %.2f ms%n%n",
                    ASKED,
                    times[ASKED / 2] / 1e6,
                    times[ASKED * 99 / 100] / 1e6);
            Cost.print(costs);
            for (var listener : listeners) {
                listener.close();
            }
        }
    }

    private Kitchen kitchen(String name) throws IOException {
        return new Kitchen(
                Files.createDirectories(folder.resolve(name)), "cn-catering", UNITS, "", "");
    }

    /** How long each answer took, nanoseconds, the shortest first. */
    private static long[] asked(Kitchen kitchen) throws IOException, InterruptedException {
        var times = new long[ASKED];
        try (var browser = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + kitchen.port() + "/api/state"))
                            .build();
            for (var warm = 0; warm < ASKED; warm++) {
                browser.send(request, BodyHandlers.ofByteArray());
            }
            for (var i = 0; i < ASKED; i++) {
                var begunNs = System.nanoTime();
                browser.send(request, BodyHandlers.ofByteArray());
                times[i] = System.nanoTime() - begunNs;
            }
        }
        Arrays.sort(times);
        return times;
    }

    /** A browser's end of the stream: it reads all and counts. */
    private static Socket listen(int port, AtomicLong frames, AtomicLong bytes) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(
                        "GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
                                .formatted(port)
                                .getBytes(StandardCharsets.US_ASCII));
        Thread.ofVirtual().start(() -> count(socket, frames, bytes));
        return socket;
    }

    private static void count(Socket socket, AtomicLong frames, AtomicLong bytes) {
        var buffer = new byte[64 << 10];
        try (InputStream in = socket.getInputStream()) {
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.addAndGet(read);
                // A frame ends in an empty line.
                for (var i = 1; i < read; i++) {
                    if (buffer[i] == '\n' && buffer[i - 1] == '\n') {
                        frames.incrementAndGet();
                    }
                }
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Both at once, second by second: what else the machine does is in both. */
    private List<Cost> measured(Kitchen with, Kitchen without) {
        var withLooks = new ArrayList<Footprint>();
        var withoutLooks = new ArrayList<Footprint>();
        var startNs = System.nanoTime();
        pass(
                time,
                () -> {
                    withLooks.add(Footprint.of(with.program().pid()));
                    withoutLooks.add(Footprint.of(without.program().pid()));
                });
        var took = Duration.ofNanos(System.nanoTime() - startNs);
        return List.of(
                new Cost(withLooks, took, Footprint.heapKb(with.program().pid())),
                new Cost(withoutLooks, took, Footprint.heapKb(without.program().pid())));
    }

    private static void pass(Duration time, Runnable look) {
        var startNs = System.nanoTime();
        for (var second = 0L; second <= time.dividedBy(LOOK_EVERY); second++) {
            var dueNs = startNs + TimeUnit.SECONDS.toNanos(second);
            for (var left = dueNs - System.nanoTime(); left > 0; left = dueNs - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            look.run();
        }
    }
}
