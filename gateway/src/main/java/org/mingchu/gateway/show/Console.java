package org.mingchu.gateway.show;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Where the technician's commands reach the running agent: a port of its own that only this machine
 * can reach, whatever the page listens at, and a token that only who may read the state folder
 * knows. Any thread.
 */
public final class Console implements AutoCloseable {
    /** Longest request body, bytes: a reason and some words. */
    private static final int BODY_BYTES_MAX = 16 * 1024;

    /** The same of one that carries a picture: 4 MiB in Base64, and some words. */
    private static final int PICTURE_BODY_BYTES_MAX = 6 << 20;

    /** Commands at a time, in number: a long one, and some that ask how things are. */
    private static final int THREADS = 3;

    private static final int BACKLOG = 8;
    private static final String BEARER = "Bearer ";
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final HttpServer server;
    private final ExecutorService threads;
    private final byte[] token;
    private final Map<String, Question> questions;
    private final Map<String, Act> acts;

    /** Only one long reading of the record at a time: the card has one queue. */
    private final Semaphore longOnes = new Semaphore(1);

    /** What is answered: a status of HTTP and JSON. */
    public record Said(int status, String json) {
        static Said refused(int status, String detail) {
            return new Said(
                    status,
                    new String(
                            Json.bytes(json ->
                                    json.writeStartObject()
                                            .writeStringProperty("refused", detail)
                                            .writeEndObject()),
                            UTF_8));
        }
    }

    /** Answers a GET. */
    @FunctionalInterface
    public interface Question {
        Said answer() throws IOException;
    }

    /** Begins a long answer. */
    @FunctionalInterface
    public interface Stream {
        OutputStream open(String contentType) throws IOException;
    }

    /** What a POST does. */
    public sealed interface Act {
        /** Quick. */
        record Quick(Doing doing) implements Act {}

        /** Reads the whole record: one at a time. */
        record Whole(Doing doing) implements Act {}

        /** Carries a picture: one at a time, for the sake of the heap. */
        record Picture(Doing doing) implements Act {}

        /** The same, with an answer that is streamed. */
        record Streamed(Streaming streaming) implements Act {}
    }

    /** Does what a flat JSON object of strings asks. */
    @FunctionalInterface
    public interface Doing {
        Said on(Map<String, String> body) throws IOException;
    }

    /** Opens the stream when all is well, else answers. */
    @FunctionalInterface
    public interface Streaming {
        Optional<Said> on(Map<String, String> body, Stream stream) throws IOException;
    }

    /**
     * Binds a free loopback port and begins to answer.
     *
     * @throws UncheckedIOException when it cannot listen
     */
    public Console(String token, Map<String, Question> questions, Map<String, Act> acts) {
        this.token = (BEARER + token).getBytes(UTF_8);
        this.questions = Map.copyOf(questions);
        this.acts = Map.copyOf(acts);
        try {
            server =
                    Web.server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("the console cannot listen: " + e.getMessage(), e);
        }
        // Platform threads: the journal's calls may wait for the card.
        threads =
                Executors.newFixedThreadPool(
                        THREADS, Thread.ofPlatform().daemon().name("console-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Host and port. */
    public String address() {
        return server.getAddress().getAddress().getHostAddress()
                + ":"
                + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            var refusal = refusal(exchange);
            if (refusal.isPresent()) {
                LOG.warn("event=console-refused status={}", refusal.get().status());
                send(exchange, refusal.get());
                return;
            }
            route(exchange);
        } catch (IOException e) {
            LOG.warn(
                    "event=console-broke-off path={} cause=\"{}\"",
                    exchange.getRequestURI().getRawPath(),
                    e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("event=console-failed path={}", exchange.getRequestURI().getRawPath(), e);
        }
    }

    /** A browser cannot send the token, but it can be led here: so the Host is looked at too. */
    private Optional<Said> refusal(HttpExchange exchange) {
        var host = exchange.getRequestHeaders().getFirst("Host");
        if (!address().equals(host)) {
            return Optional.of(Said.refused(421, "the Host header names another machine"));
        }
        var given = exchange.getRequestHeaders().getFirst("Authorization");
        return given == null || !MessageDigest.isEqual(given.getBytes(UTF_8), token)
                ? Optional.of(Said.refused(401, "wants the token of console.token"))
                : Optional.empty();
    }

    private void route(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getRawPath();
        var verb = exchange.getRequestMethod();
        var question = Optional.ofNullable(questions.get(path));
        var act = Optional.ofNullable(acts.get(path));
        if (question.isPresent() && verb.equals("GET")) {
            send(exchange, question.get().answer());
        } else if (act.isPresent() && verb.equals("POST")) {
            act(exchange, act.get());
        } else {
            send(
                    exchange,
                    question.isPresent() || act.isPresent()
                            ? Said.refused(405, "GET asks, POST acts")
                            : Said.refused(404, "this agent has no such command; same version?"));
        }
    }

    private void act(HttpExchange exchange, Act act) throws IOException {
        var most = act instanceof Act.Picture ? PICTURE_BODY_BYTES_MAX : BODY_BYTES_MAX;
        var bytes = exchange.getRequestBody().readNBytes(most + 1);
        if (bytes.length > most) {
            send(exchange, Said.refused(413, "at most " + most + " bytes"));
            return;
        }
        var body = Json.flatObject(bytes);
        if (body.isEmpty()) {
            send(exchange, Said.refused(400, "wants one flat JSON object of strings"));
            return;
        }
        switch (act) {
            case Act.Quick(var doing) -> send(exchange, doing.on(body.get()));
            case Act.Picture(var doing) -> alone(exchange, () -> Optional.of(doing.on(body.get())));
            case Act.Whole(var doing) -> alone(exchange, () -> Optional.of(doing.on(body.get())));
            case Act.Streamed(var streaming) ->
                    alone(
                            exchange,
                            () ->
                                    streaming.on(
                                            body.get(),
                                            type -> {
                                                exchange.getResponseHeaders()
                                                        .set("Content-Type", type);
                                                exchange.sendResponseHeaders(200, 0);
                                                return exchange.getResponseBody();
                                            }));
        }
    }

    /** What a long act leaves to be said. */
    @FunctionalInterface
    private interface Work {
        Optional<Said> run() throws IOException;
    }

    private void alone(HttpExchange exchange, Work work) throws IOException {
        if (!longOnes.tryAcquire()) {
            send(
                    exchange,
                    Said.refused(
                            409, "another export or check is running; wait until it has ended"));
            return;
        }
        try {
            var said = work.run();
            if (said.isPresent()) {
                send(exchange, said.get());
            }
        } finally {
            longOnes.release();
        }
    }

    private static void send(HttpExchange exchange, Said said) throws IOException {
        var bytes = said.json().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(said.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
