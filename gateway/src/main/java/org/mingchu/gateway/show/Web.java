package org.mingchu.gateway.show;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.mingchu.config.HostPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The thin layer over the JDK's server: exact paths, GET and POST, who may speak, how much may be
 * said, and the headers that keep a browser honest. One virtual thread per request.
 */
final class Web implements AutoCloseable {
    /** The same of a picture: 1 MiB in Base64; the page makes it smaller before it sends it. */
    private static final int PICTURE_BODY_BYTES_MAX = 1_500_000;

    /** Longest request body, in bytes; the longest act is under 1 kB. */
    static final int BODY_BYTES_MAX = 64 * 1024;

    /** Connections that wait to be accepted. */
    private static final int BACKLOG = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Web.class);

    // The JDK's server reads its limits once per program, before the first server is made. Without
    // nodelay every answer on a kept connection waits 40 ms for Nagle; maxRspTime stays unset: it
    // would end the streams.
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "10"); // seconds for head and body
        System.setProperty("sun.net.httpserver.maxReqHeaderSize", "8192"); // bytes
        // Beyond it newcomers are hung up on. Three hundred half-open requests, gone in ten
        // seconds,
        // leave the panel its place; each may hold a body, and all of them must fit into the heap.
        System.setProperty("jdk.httpserver.maxConnections", "400");
    }

    private static final Map<String, String> GUARDS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'self'; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'; object-src 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "X-Frame-Options",
                    "DENY",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cross-Origin-Resource-Policy",
                    "same-origin");

    private final Semaphore pictures = new Semaphore(1);
    private final Map<String, Route> routes;
    private final ExecutorService threads;
    private final HttpServer server;
    private final Visitors visitors;

    /** What answers one path with one verb. */
    sealed interface Route {
        /** Answers a GET with a whole reply. */
        record Get(Answer answer) implements Route {}

        /** Answers a POST that carries a flat JSON object. */
        record Post(Act act) implements Route {}

        /** The same of what depends on who sends it. */
        record PostFrom(ActFrom act) implements Route {}

        /** The same of what carries a picture in it. */
        record PostPicture(ActFrom act) implements Route {}

        /** Keeps the exchange and writes for as long as it likes. */
        record Stream(Flow flow) implements Route {}
    }

    /** Answers a request without a body. */
    @FunctionalInterface
    interface Answer {
        Reply to(HttpExchange exchange);
    }

    /** Does what the body asks. */
    @FunctionalInterface
    interface Act {
        Reply on(Map<String, String> body);
    }

    /** Does what the body asks, for whoever sends it. */
    @FunctionalInterface
    interface ActFrom {
        Reply on(Map<String, String> body, Visit visit);
    }

    /** Speaks until the listener leaves. */
    @FunctionalInterface
    interface Flow {
        void into(HttpExchange exchange) throws IOException;
    }

    /**
     * Binds at once; {@link #open} begins to answer.
     *
     * @param key which key of [console] names the address
     */
    Web(String key, HostPort listen, Map<String, Route> routes) {
        this.routes = Map.copyOf(routes);
        this.server = bind(key, listen);
        this.visitors = Visitors.of(listen, port());
        this.threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("page-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    void open() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /**
     * The one way to make a server: whoever made the first by another would leave all of them
     * without limits.
     */
    static HttpServer server(InetSocketAddress at, int backlog) throws IOException {
        return HttpServer.create(at, backlog);
    }

    private static HttpServer bind(String key, HostPort listen) {
        try {
            return server(new InetSocketAddress(listen.host(), listen.port()), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "[console] %s = \"%s\": cannot listen there (%s); name a free port of this machine"
                            .formatted(key, listen, e.getMessage()),
                    e);
        }
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            GUARDS.forEach(exchange.getResponseHeaders()::set);
            var refusal = visitors.refusal(exchange);
            if (refusal.isPresent()) {
                send(exchange, turnedAway(exchange, refusal.get()));
                return;
            }
            route(exchange);
        } catch (IOException e) {
            // The browser went away in the middle; there is nobody left to tell.
            LOG.debug("event=page.left path={} cause={}", path(exchange), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("event=page.failed path={}", path(exchange), e);
        }
    }

    private static Reply turnedAway(HttpExchange exchange, String word) {
        LOG.warn(
                "event=page.refused reason={} from={} path={}",
                word,
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                path(exchange));
        return word.equals("unknown-host")
                ? Reply.refused(421, word, "the Host header names another machine")
                : Reply.refused(403, word, "acts must come from the gateway's own page");
    }

    private void route(HttpExchange exchange) throws IOException {
        var route = Optional.ofNullable(routes.get(path(exchange)));
        var verb = exchange.getRequestMethod();
        if (route.isEmpty()) {
            send(exchange, Reply.refused(404, "unknown-path", "there is nothing at this path"));
            return;
        }
        switch (route.get()) {
            case Route.Get get when verb.equals("GET") -> send(exchange, get.answer().to(exchange));
            case Route.Stream stream when verb.equals("GET") -> stream.flow().into(exchange);
            case Route.Post post when verb.equals("POST") ->
                    send(exchange, act(post.act(), exchange));
            case Route.PostFrom post when verb.equals("POST") ->
                    send(exchange, act(body -> post.act().on(body, Visit.of(exchange)), exchange));
            case Route.PostPicture post when verb.equals("POST") ->
                    send(exchange, picture(post.act(), exchange));
            case Route.Post _, Route.PostFrom _, Route.PostPicture _ ->
                    send(exchange, Reply.wrongVerb(List.of("POST")));
            case Route.Get _, Route.Stream _ -> send(exchange, Reply.wrongVerb(List.of("GET")));
        }
    }

    /** One at a time: a body of megabytes is for nobody who has not said who he is. */
    private Reply picture(ActFrom act, HttpExchange exchange) throws IOException {
        if (!pictures.tryAcquire()) {
            return Reply.refused(429, "busy", "another picture is on its way");
        }
        try {
            return act(body -> act.on(body, Visit.of(exchange)), exchange, PICTURE_BODY_BYTES_MAX);
        } finally {
            pictures.release();
        }
    }

    private static Reply act(Act act, HttpExchange exchange) throws IOException {
        return act(act, exchange, BODY_BYTES_MAX);
    }

    private static Reply act(Act act, HttpExchange exchange, int most) throws IOException {
        if (!header(exchange, "Content-Type").orElse("").startsWith("application/json")) {
            return Reply.refused(415, "not-json", "Content-Type must be application/json");
        }
        var body = exchange.getRequestBody().readNBytes(most + 1);
        if (body.length > most) {
            exchange.getResponseHeaders().set("Connection", "close");
            return Reply.refused(413, "too-long", "at most " + most + " bytes");
        }
        return Json.flatObject(body)
                .map(act::on)
                .orElseGet(() ->
                        Reply.refused(400, "not-understood", "one flat JSON object of strings"));
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        var empty = reply.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
        if (!empty) {
            exchange.getResponseBody().write(reply.body());
        }
    }

    /** A request header, where there is one. */
    static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** The raw path; nothing is unescaped, so nothing can climb. */
    private static String path(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestURI().getRawPath());
    }
}
