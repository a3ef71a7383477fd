package org.mingchu.gateway.show;

import org.junit.jupiter.api.Assumptions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Debian's Chromium, spoken to over the DevTools protocol; one browser with one page. */
public final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern LISTENING =
            Pattern.compile("DevTools listening on ws://(127\\.0\\.0\\.1:\\d+)/");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final Process process;
    private final WebSocket socket;

    public static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens one; where none is installed the test is left out, unless every peer is required. */
    public static Chromium open(Path folder) throws IOException, InterruptedException {
        var wanted = Boolean.getBoolean("mingchu.peers.required");
        Assumptions.assumeTrue(wanted || installed().isPresent(), "no chromium");
        return new Chromium(folder);
    }

    private Chromium(Path folder) throws IOException, InterruptedException {
        process =
                new ProcessBuilder(
                                installed().orElseThrow().toString(),
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--disable-background-networking",
                                "--no-first-run",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + folder,
                                "about:blank")
                        .redirectErrorStream(true)
                        .start();
        var address = address(process.inputReader());
        Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(_ -> {}));
        var targets =
                http.send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://"
                                                                + address
                                                                + "/json/new?about:blank"))
                                        .PUT(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        var target = (String) JsonTree.object(targets).get("webSocketDebuggerUrl");
        socket = http.newWebSocketBuilder().buildAsync(URI.create(target), new Ear()).join();
        ask("Page.enable", "{}");
        ask("Runtime.enable", "{}");
    }

    public void size(int width, int height) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":false}"
                        .formatted(width, height));
    }

    public void open(String url) {
        ask("Page.navigate", "{\"url\":\"%s\"}".formatted(url));
    }

    /** The expression's value as text, promises awaited. */
    public String evaluate(String script) {
        var answer =
                ask(
                        "Runtime.evaluate",
                        "{\"expression\":%s,\"awaitPromise\":true,\"returnByValue\":true}"
                                .formatted(
                                        quoted("(async () => String(await (" + script + ")))()")));
        var result = JsonTree.object(JsonTree.object(answer), "result");
        if (result.containsKey("exceptionDetails")) {
            throw new AssertionError(script + " → " + answer);
        }
        return String.valueOf(JsonTree.object(result, "result").get("value"));
    }

    /** Waits until the expression is true, and says how long that took. */
    public Duration until(Duration within, String script) {
        var begun = System.nanoTime();
        var answer =
                evaluate(
                        """
                        new Promise((done) => {
                          const end = performance.now() + %d;
                          const look = () => {
                            let now = false;
                            try { now = Boolean(%s); } catch { now = false; }
                            if (now) done("yes");
                            else if (performance.now() > end) done("no: " + document.body.innerText);
                            else setTimeout(look, 20);
                          };
                          look();
                        })\
                        """
                                .formatted(within.toMillis(), script));
        if (!answer.equals("yes")) {
            throw new AssertionError("not within " + within + ": " + script + "\n" + answer);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** A finger on the middle of the element, which it has moved into sight. */
    public void tap(String selector) {
        var at =
                evaluate(
                                """
                                (() => {
                                  const one = document.querySelector(%s);
                                  one.scrollIntoView({ block: "nearest" });
                                  const box = one.getBoundingClientRect();
                                  return (box.x + box.width / 2) + "," + (box.y + box.height / 2);
                                })()\
                                """
                                        .formatted(quoted(selector)))
                        .split(",", 2);
        for (var type : List.of("mousePressed", "mouseReleased")) {
            ask(
                    "Input.dispatchMouseEvent",
                    "{\"type\":\"%s\",\"x\":%s,\"y\":%s,\"button\":\"left\",\"clickCount\":1}"
                            .formatted(type, at[0], at[1]));
        }
    }

    public void scheme(String light) {
        ask(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}"
                        .formatted(light));
    }

    public void photograph(Path file) throws IOException {
        var answer = ask("Page.captureScreenshot", "{\"format\":\"png\"}");
        var data = (String) JsonTree.object(JsonTree.object(answer), "result").get("data");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    @Override
    public void close() {
        try {
            ask("Browser.close", "{}");
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            http.shutdownNow();
        }
    }

    private String ask(String method, String parameters) {
        var id = ids.incrementAndGet();
        var answer = new CompletableFuture<String>();
        asked.put(id, answer);
        socket.sendText(
                        "{\"id\":%d,\"method\":\"%s\",\"params\":%s}"
                                .formatted(id, method, parameters),
                        true)
                .join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static String address(BufferedReader output) {
        try {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                var found = LISTENING.matcher(line);
                if (found.find()) {
                    return found.group(1);
                }
            }
            throw new AssertionError("chromium ended before it listened");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** Puts the pieces of a message together and hands it to whoever asked. */
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder pieces = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            pieces.append(data);
            if (last) {
                var text = pieces.toString();
                pieces.setLength(0);
                if (text.startsWith("{\"id\":")) {
                    var id = Integer.parseInt(text.substring(6, text.indexOf(',')));
                    Optional.ofNullable(asked.remove(id)).ifPresent(f -> f.complete(text));
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(last);
        }
    }
}
