package org.mingchu.gateway.screen;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The gateway's page behind a film of its own stream: everything is the real gateway's, but a day
 * of states comes as fast as the browser takes them. It holds at the marks until it is let go.
 */
final class Relay implements AutoCloseable {
    /** What the kitchen is called at the first mark and at the end. */
    static final String WARM = "warm";

    static final String OVER = "over";

    private final URI page;
    private final String name;
    private final String[] states;
    private final int warmUp;
    private final int length;
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server;

    /**
     * @param name what the kitchen is called in the states
     * @param states shown by turns, a hundred times each
     * @param warmUp so many before the first mark
     */
    Relay(String page, String name, String[] states, int warmUp, int length) throws IOException {
        this.page = URI.create(page);
        this.name = name;
        this.states = states.clone();
        this.warmUp = warmUp;
        this.length = length;
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::relay);
        server.createContext("/api/events", this::film);
        server.start();
    }

    String page() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** The first mark is passed: the day begins. */
    void begin() {
        begin.countDown();
    }

    private void relay(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = HttpRequest.newBuilder(page.resolve(exchange.getRequestURI())).build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            for (var header : new String[] {"Content-Type", "Content-Security-Policy"}) {
                answer.headers()
                        .firstValue(header)
                        .ifPresent(value -> exchange.getResponseHeaders().set(header, value));
            }
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void film(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            for (var i = 0; i < warmUp; i++) {
                say(exchange, i, name);
            }
            say(exchange, 0, WARM);
            begin.await();
            for (var i = 0; i < length; i++) {
                say(exchange, i, name);
            }
            say(exchange, 0, OVER);
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A state as the gateway says it, with a last digit that moves. */
    private void say(HttpExchange exchange, int i, String kitchen) throws IOException {
        var state =
                states[i / 100 % states.length]
                        .replace(name, kitchen)
                        .replace("00,\"ageMs\"", (i % 9 + 1) + "0,\"ageMs\"");
        exchange.getResponseBody().write(("data: " + state + "\n\n").getBytes(UTF_8));
    }

    @Override
    public void close() {
        begin.countDown();
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
        http.shutdownNow();
    }
}
