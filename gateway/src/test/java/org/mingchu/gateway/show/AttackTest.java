package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.gateway.Proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What somebody in the kitchen's network can try against the page's port, by hand. */
class AttackTest {
    private static final int HALF_OPEN = 300;

    private final Kitchen kitchen = new Kitchen();
    private final Page page =
            kitchen.page(kitchen.verbs((_, _) -> Optional.empty(), Optional::empty));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.shutdownNow();
        page.close();
    }

    /** Requests that are begun and never ended: everybody else is served, and they are cut off. */
    @Test
    void three_hundred_half_open_requests_keep_nobody_out_and_are_gone_in_35_s() throws Exception {
        Proof.notInShort();
        var half = new ArrayList<Socket>();
        var begunNs = System.nanoTime();
        try {
            for (var i = 0; i < HALF_OPEN; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), page.port());
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: ".getBytes(US_ASCII));
                half.add(socket);
                if (i % 50 == 49) {
                    assertThat(newcomer()).startsWith("HTTP/1.1 200");
                }
            }
            for (var socket : half) {
                var leftMs = 35_000 - (System.nanoTime() - begunNs) / 1_000_000;
                assertThat(leftMs).isPositive();
                socket.setSoTimeout((int) leftMs);
                assertThat(isCutOff(socket)).isTrue();
            }
            assertThat(newcomer()).startsWith("HTTP/1.1 200");
        } finally {
            for (var socket : half) {
                socket.close();
            }
        }
    }

    /** Somebody who has no connection yet. */
    private String newcomer() throws IOException {
        return raw("GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n".formatted(page.port()));
    }

    /** An answer, should there be one, ends in the end as well. */
    private static boolean isCutOff(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // what is said before the end is of no interest
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }

    /** A body that is promised and never sent holds a place for as long, and no longer. */
    @Test
    void a_body_that_never_comes_is_waited_for_ten_seconds_or_so() throws Exception {
        Proof.notInShort();
        var own = "127.0.0.1:" + page.port();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
            socket.setSoTimeout(35_000);
            socket.getOutputStream()
                    .write((silence(own) + "Content-Length: 60000\r\n\r\n{").getBytes(US_ASCII));
            assertThat(get("/").statusCode()).isEqualTo(200);
            assertThat(isCutOff(socket)).isTrue();
        }
    }

    /** Whatever the other side says, it never becomes a line of an answer's head. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%0d%0aX-Planted:%201 HTTP/1.1\r\nHost: OWN\r\n",
                "GET /page.css HTTP/1.1\r\nHost: OWN\r\nIf-None-Match: a\rX-Planted: 1\r\n",
                "GET /api/trend?unit=%0d%0aX-Planted:1&span=24h HTTP/1.1\r\nHost: OWN\r\n",
                "GET /api/me HTTP/1.1\r\nHost: OWN\r\nCookie: mingchu-session=a\rX-Planted: 1\r\n",
                "GET / HTTP/1.1\r\nHost: OWN\r\nX-Forwarded-Host: evil.example\r\nX-Planted: 1\r\n"
            })
    void nothing_of_a_request_becomes_a_header(String request) throws IOException {
        var answer = raw(request.replace("OWN", "127.0.0.1:" + page.port()));
        var head = answer.substring(0, Math.max(0, answer.indexOf("\r\n\r\n")));
        assertThat(head).doesNotContain("X-Planted", "evil.example", "Location:");
    }

    @Test
    void a_head_longer_than_8_kb_is_refused() throws Exception {
        var tooLong =
                "GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX: %s\r\n"
                        .formatted(page.port(), "a".repeat(9_000));
        // Refused with words or hung up on: the kernel may drop the words.
        assertThat(answered(tooLong)).doesNotContain("200 OK");
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    /** Two lengths, or a length and chunks: a proxy before us and we would not agree on the end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 2\r\nContent-Length: 40\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Content-Length: -1\r\n"
            })
    void a_request_whose_end_is_doubtful_does_nothing(String lengths) throws IOException {
        var own = "127.0.0.1:" + page.port();
        var answer =
                raw(
                        silence(own)
                                + lengths
                                + "\r\n{}GET /api/state HTTP/1.1\r\nHost: %s\r\n".formatted(own));
        assertThat(List.of(answer.split("HTTP/1.1 ", -1))).hasSizeLessThanOrEqualTo(2);
        assertThat(answer).doesNotContain("\"units\"");
    }

    /** The head of a press of the page's own button, but for the length of its body. */
    private static String silence(String own) {
        return String.join(
                "\r\n",
                "POST /api/silence HTTP/1.1",
                "Host: " + own,
                "Origin: http://" + own,
                "Content-Type: application/json",
                "");
    }

    private String answered(String request) {
        try {
            return raw(request);
        } catch (IOException e) {
            return "";
        }
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((request + "Connection: close\r\n\r\n").getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                BodyHandlers.ofString());
    }
}
