package org.mingchu.sensors.camera.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.camera.http.HttpOutcome.Answer;
import org.mingchu.sensors.camera.http.HttpOutcome.Failure;
import org.mingchu.sensors.kernel.KernelClock;
import org.mingchu.simulator.wire.Camera;
import org.mingchu.simulator.wire.Recorder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

final class CameraHttpTest {
    private static final int CAP = 64;
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3};

    /** Long enough for the slowest machine; no test waits for it. */
    private static final Terms AMPLE =
            Terms.DEFAULT.within(Duration.ofSeconds(20), Duration.ofSeconds(30));

    private static final Terms SHORT =
            Terms.DEFAULT.within(Duration.ofMillis(250), Duration.ofMillis(300));

    private static final Digest.Login LOGIN = new Digest.Login("viewer", "right");

    private final Clock clock = new KernelClock(Path.of("/"), InstantSource.system());

    @SuppressWarnings("StringConcatToTextBlock") // line ends are the matter here
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 5\r\n\r\nhello and more",
                "HTTP/1.0 200\r\n\r\nhello",
                "HTTP/1.1 200 OK\n\nhello",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nT: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 99\r\n\r\n"
                        + "05 \r\nhello\r\n0\r\n\r\n"
            })
    void a_body_comes_whole_however_it_is_framed(String answer) throws IOException {
        try (var camera = RawServer.saying(answer)) {
            var outcome = http(camera.address(), AMPLE).get("/a?b=c", CAP);

            assertThat(outcome).isInstanceOf(Answer.class);
            assertThat(((Answer) outcome).body()).asString().isEqualTo("hello");
            assertThat(((Answer) outcome).good()).isTrue();
            assertThat(camera.requests)
                    .singleElement()
                    .asString()
                    .startsWith("GET /a?b=c HTTP/1.1\nHost: 127.0.0.1:")
                    .contains("Connection: close");
        }
    }

    @SuppressWarnings("StringConcatToTextBlock") // line ends are the matter here
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2p1\r\n",
                "RTSP/1.0 200 OK\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 65\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 4294967301\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n41\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
                "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\n"
                        + "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            })
    void what_is_not_http_or_too_much_is_protocol(String answer) throws IOException {
        try (var camera = RawServer.saying(answer)) {
            assertThat(stage(http(camera.address(), AMPLE).get("/", CAP)))
                    .isEqualTo(CameraVerdict.PROTOCOL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
            })
    void an_answer_that_breaks_off_is_no_answer(String answer) throws IOException {
        try (var camera = RawServer.saying(answer)) {
            assertThat(stage(http(camera.address(), AMPLE).get("/", CAP)))
                    .isEqualTo(CameraVerdict.NO_ANSWER);
        }
    }

    @Test
    void a_body_of_exactly_the_cap_is_read_and_one_byte_more_is_not() throws IOException {
        for (var head : new String[] {"Content-Length: %d\r\n", "%.0s"}) {
            for (int length = CAP; length <= CAP + 1; length++) {
                var answer =
                        "HTTP/1.1 200 OK\r\n"
                                + head.formatted(length)
                                + "\r\n"
                                + "x".repeat(length);
                try (var camera = RawServer.saying(answer)) {
                    assertThat(http(camera.address(), AMPLE).get("/", CAP) instanceof Answer)
                            .as(answer)
                            .isEqualTo(length == CAP);
                }
            }
        }
    }

    @Test
    void what_is_posted_arrives_with_its_type_also_the_second_time_with_the_login()
            throws IOException {
        try (var camera =
                RawServer.plain((request, out) ->
                        out.write(
                                (request.contains("Authorization: Digest username=\"viewer\"")
                                                ? "HTTP/1.1 200 OK\r\n\r\n"
                                                : "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest"
                                                        + " realm=\"r\", nonce=\"n\"\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII)))) {
            var body = "<a/>".getBytes(StandardCharsets.UTF_8);

            var outcome = http(camera.address(), AMPLE).post("/s", "text/xml", body, CAP);

            assertThat(outcome).isInstanceOf(Answer.class);
            assertThat(camera.requests)
                    .hasSize(2)
                    .allMatch(r -> r.contains("Content-Type: text/xml\nContent-Length: 4"))
                    .allMatch(r -> r.endsWith("\n\n<a/>"))
                    .noneMatch(r -> r.contains("right"));
        }
    }

    @Test
    void a_redirection_is_not_followed_and_a_refusal_is_auth() throws IOException {
        try (var camera = RawServer.saying("HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n")) {
            assertThat(stage(http(camera.address(), AMPLE).get("/", CAP)))
                    .isEqualTo(CameraVerdict.PROTOCOL);
            assertThat(camera.requests).hasSize(1);
        }
        try (var camera = RawServer.saying("HTTP/1.1 403 Forbidden\r\n\r\n")) {
            assertThat(((Answer) http(camera.address(), AMPLE).get("/", CAP)).forbidden()).isTrue();
            assertThat(new Snapshot(http(camera.address(), AMPLE), "/").take())
                    .isEqualTo(new Snapshot.Shot.None(CameraVerdict.AUTH, "credentials refused"));
        }
        try (var camera = RawServer.saying("HTTP/1.1 404 Not Found\r\n\r\n")) {
            assertThat(((Answer) http(camera.address(), AMPLE).get("/", CAP)).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void a_password_is_shown_in_clear_only_when_the_site_file_says_so() throws Exception {
        var basic = "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"r\"\r\n\r\n";
        try (var camera = RawServer.saying(basic)) {
            assertThat(stage(http(camera.address(), AMPLE).get("/", CAP)))
                    .isEqualTo(CameraVerdict.AUTH);
            assertThat(camera.requests).hasSize(1).noneMatch(r -> r.contains("Authorization"));

            var clear = AMPLE.with(Terms.Passwords.BASIC_IN_CLEAR);
            var _ = http(camera.address(), clear).get("/", CAP);
            assertThat(camera.requests.getLast()).contains("Authorization: Basic dmlld2VyOnJpZ2h0");
        }
        var pin = AMPLE.trusting(new Trust.Fingerprint(RawServer.fingerprint("camera")));
        try (var camera =
                RawServer.secured(
                        (_, out) -> out.write(basic.getBytes(StandardCharsets.US_ASCII)))) {
            var _ = http(camera.address(), pin).get("/", CAP);
            assertThat(camera.requests.getLast()).contains("Authorization: Basic ");
        }
    }

    @SuppressWarnings("StringConcatToTextBlock") // line ends are the matter here
    @Test
    void a_digest_is_preferred_to_basic_where_both_are_offered() throws IOException {
        var both =
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"r\"\r\n"
                        + "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n\r\n";
        try (var camera = RawServer.saying(both)) {
            var clear = AMPLE.with(Terms.Passwords.BASIC_IN_CLEAR);
            assertThat(stage(http(camera.address(), clear).get("/", CAP)))
                    .isEqualTo(CameraVerdict.AUTH);
            assertThat(camera.requests.getLast()).contains("Authorization: Digest ");
        }
    }

    @Test
    void a_camera_is_known_by_the_fingerprint_of_its_own_certificate_and_by_no_other()
            throws Exception {
        var ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        try (var camera =
                RawServer.secured((_, out) -> out.write(ok.getBytes(StandardCharsets.US_ASCII)))) {
            var own = new Trust.Fingerprint(RawServer.fingerprint("camera"));
            var other = new Trust.Fingerprint(RawServer.fingerprint("other"));

            assertThat(http(camera.address(), AMPLE.trusting(own)).get("/", CAP))
                    .isInstanceOf(Answer.class);
            assertThat(stage(http(camera.address(), AMPLE.trusting(other)).get("/", CAP)))
                    .isEqualTo(CameraVerdict.PROTOCOL);
            assertThat(stage(http(camera.address(), AMPLE).get("/", CAP)))
                    .isEqualTo(CameraVerdict.PROTOCOL);
            assertThat(camera.requests).hasSize(1);
        }
    }

    @Test
    void a_fingerprint_is_read_with_colons_and_must_have_32_bytes() {
        var colons = "AB:".repeat(31) + "CD";

        assertThat(new Trust.Fingerprint(colons).sha256()).isEqualTo("ab".repeat(31) + "cd");
        assertThatThrownBy(() -> new Trust.Fingerprint("ab:cd"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_closed_port_is_refused_and_an_unknown_name_unreachable() throws IOException {
        int port;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertThat(stage(http(URI.create("http://127.0.0.1:" + port), AMPLE).get("/", CAP)))
                .isEqualTo(CameraVerdict.REFUSED);
        assertThat(stage(http(URI.create("http://no-such-host.invalid"), AMPLE).get("/", CAP)))
                .isEqualTo(CameraVerdict.UNREACHABLE);
    }

    /** A listener whose queue is full drops the handshake, as a host that is off does. */
    @Test
    void a_host_that_does_not_answer_the_connect_is_unreachable() throws IOException {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var _ = new Socket(full.getInetAddress(), full.getLocalPort());
                var _ = new Socket(full.getInetAddress(), full.getLocalPort())) {
            var address = URI.create("http://127.0.0.1:" + full.getLocalPort());

            assertThat(stage(http(address, SHORT).get("/", CAP)))
                    .isEqualTo(CameraVerdict.UNREACHABLE);
        }
    }

    @ParameterizedTest
    @CsvSource({"http", "https"})
    void a_peer_that_drips_cannot_hold_an_asking_beyond_its_deadline(String scheme)
            throws Exception {
        var over = new CountDownLatch(1);
        RawServer.Talk drip =
                (_, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                    while (!over.await(20, TimeUnit.MILLISECONDS)) {
                        out.write('x');
                        out.flush();
                    }
                };
        var terms = SHORT.trusting(new Trust.Fingerprint(RawServer.fingerprint("camera")));
        try (var camera = scheme.equals("http") ? RawServer.plain(drip) : RawServer.secured(drip)) {
            var startNs = System.nanoTime();
            assertThat(stage(http(camera.address(), terms).get("/", CAP)))
                    .isEqualTo(CameraVerdict.NO_ANSWER);
            assertThat(Duration.ofNanos(System.nanoTime() - startNs))
                    .isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
        } finally {
            over.countDown();
        }
    }

    /** It accepts, and says nothing to the hello. */
    @Test
    void a_tls_handshake_that_hangs_ends_at_the_deadline_too() throws Exception {
        try (var mute = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            var address = URI.create("https://127.0.0.1:" + mute.getLocalPort());
            var terms = SHORT.trusting(new Trust.Fingerprint(RawServer.fingerprint("camera")));

            assertThat(stage(http(address, terms).get("/", CAP)))
                    .isEqualTo(CameraVerdict.NO_ANSWER);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ENDLESS_HEADERS, PROTOCOL",
        "HUGE_BODY, PROTOCOL",
        "REDIRECT, PROTOCOL",
        "GARBAGE, PROTOCOL",
        "BASIC, AUTH",
        "SILENT, NO_ANSWER",
    })
    void a_rogue_recorder_is_named_by_its_stage(Recorder.Web web, CameraVerdict stage) {
        try (var recorder = recorder()) {
            recorder.web(web);
            var terms = web == Recorder.Web.SILENT ? SHORT : AMPLE;

            assertThat(new Snapshot(http(recorder.web(), terms), "/x").take())
                    .isInstanceOfSatisfying(
                            Snapshot.Shot.None.class,
                            none -> assertThat(none.stage()).isEqualTo(stage));
        }
    }

    @Test
    void a_snapshot_comes_through_the_login_and_is_known_by_its_first_bytes() throws IOException {
        try (var recorder = recorder()) {
            var target = "/ISAPI/Streaming/channels/201/picture";

            assertThat(new Snapshot(http(recorder.web(), AMPLE), target).take())
                    .isInstanceOfSatisfying(
                            Snapshot.Shot.Picture.class,
                            picture -> assertThat(picture.jpeg()).isEqualTo(JPEG));
            recorder.picture(2, "<html>".getBytes(StandardCharsets.US_ASCII));
            assertThat(shot(recorder, target)).isEqualTo(CameraVerdict.NO_PICTURE);
            assertThat(shot(recorder, "/ISAPI/Streaming/channels/901/picture"))
                    .isEqualTo(CameraVerdict.NO_PICTURE);
            recorder.login(new Camera.Login("viewer", "changed"));
            assertThat(shot(recorder, target)).isEqualTo(CameraVerdict.AUTH);
        }
    }

    private CameraVerdict shot(Recorder recorder, String target) {
        return ((Snapshot.Shot.None) new Snapshot(http(recorder.web(), AMPLE), target).take())
                .stage();
    }

    @Test
    void only_the_peers_own_addresses_are_its_own() {
        var http = http(URI.create("http://Camera.local:80"), AMPLE);

        assertThat(http.own(URI.create("http://camera.LOCAL/a?b=c%20d"))).contains("/a?b=c%20d");
        assertThat(http.own(URI.create("http://camera.local"))).contains("/");
        assertThat(http.own(URI.create("http://camera.local.evil.example/"))).isEmpty();
        assertThat(http.own(URI.create("http://user@198.51.100.1/camera.local"))).isEmpty();
        assertThat(http.own(URI.create("https://camera.local/"))).isEmpty();
        assertThat(http.own(URI.create("http://camera.local:8080/"))).isEmpty();
        assertThat(http.own(URI.create("/a"))).isEmpty();
        assertThat(http.own(URI.create("mailto:a@b"))).isEmpty();
    }

    @Test
    void a_target_that_could_end_its_line_is_the_callers_mistake() {
        var http = http(URI.create("http://127.0.0.1:1"), AMPLE);

        assertThatThrownBy(() -> http.get("/a HTTP/1.1\r\nX: y", CAP))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Recorder recorder() {
        return new Recorder(2, new Camera.Login("viewer", "right"), JPEG, InstantSource.system());
    }

    private CameraHttp http(URI address, Terms terms) {
        return new CameraHttp(address, Optional.of(LOGIN), terms, clock, new Random(7));
    }

    private static CameraVerdict stage(HttpOutcome outcome) {
        assertThat(outcome).isInstanceOf(Failure.class);
        return ((Failure) outcome).stage();
    }
}
