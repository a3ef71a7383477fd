package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Secrets;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.kernel.KernelClock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

final class RtspProbeTest {
    private static final String VIDEO =
            """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=Media
            m=video 0 RTP/AVP 96
            a=rtpmap:96 H264/90000
            """
                    .replace("\n", "\r\n");

    private static final String SOUND = VIDEO.replace("m=video", "m=audio");
    private static final String OPTIONS = "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n";

    private static final Patience SHORT =
            new Patience(Duration.ofMillis(400), Duration.ofMillis(300), Duration.ofMillis(700));

    /** Long enough for the slowest machine; no test waits for it. */
    private static final Patience AMPLE =
            new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(60));

    private final Clock clock = new KernelClock(Path.of("/"), InstantSource.system());

    @Test
    void a_camera_that_describes_video_is_healthy_after_one_connection_closed_politely()
            throws Exception {
        try (var camera = describing(200, VIDEO)) {
            assertThat(probe(camera, Optional.empty()).read())
                    .isEqualTo(new Reading.Seen("cam", CameraVerdict.HEALTHY, 0));

            assertThat(camera.ends.poll(5, TimeUnit.SECONDS)).isEqualTo("closed");
            assertThat(camera.connectionCount()).isEqualTo(1);
            assertThat(camera.requests).hasSize(2);
            assertThat(camera.requests.getFirst())
                    .startsWith("OPTIONS " + camera.address("/stream2") + " RTSP/1.0\nCSeq: 1");
            assertThat(camera.requests.get(1))
                    .startsWith("DESCRIBE " + camera.address("/stream2") + " RTSP/1.0\nCSeq: 2")
                    .contains("Accept: application/sdp");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, NO_SUCH_STREAM",
        "410, NO_SUCH_STREAM",
        "401, AUTH",
        "403, AUTH",
        "301, PROTOCOL",
        "302, PROTOCOL",
        "400, PROTOCOL",
        "455, PROTOCOL",
        "500, NO_VIDEO",
        "503, NO_VIDEO"
    })
    void a_status_names_its_verdict(int status, CameraVerdict verdict) throws IOException {
        try (var camera = describing(status, "")) {
            assertThat(verdict(camera)).isEqualTo(verdict);
        }
    }

    @Test
    void a_description_without_video_is_no_video_and_no_description_is_no_rtsp()
            throws IOException {
        try (var camera = describing(200, SOUND)) {
            assertThat(verdict(camera)).isEqualTo(CameraVerdict.NO_VIDEO);
        }
        try (var camera = describing(200, "<html>m=video </html>")) {
            assertThat(verdict(camera)).isEqualTo(CameraVerdict.PROTOCOL);
        }
        try (var camera = describing(200, "")) {
            assertThat(verdict(camera)).isEqualTo(CameraVerdict.PROTOCOL);
        }
    }

    @Test
    void a_redirection_is_not_followed_at_options_either() throws IOException {
        try (var other = describing(200, VIDEO);
                var camera =
                        ScriptedCamera.answering(_ ->
                                "RTSP/1.0 302 Found\r\nLocation: "
                                        + other.address("/")
                                        + "\r\n\r\n")) {
            assertThat(verdict(camera)).isEqualTo(CameraVerdict.PROTOCOL);
            assertThat(other.connectionCount()).isZero();
        }
    }

    @Test
    void a_camera_that_wants_a_login_even_for_options_is_asked_on() throws IOException {
        try (var camera =
                ScriptedCamera.answering(head ->
                        head.getFirst().startsWith("OPTIONS")
                                ? answer(401, "")
                                : answer(200, VIDEO))) {
            assertThat(verdict(camera)).isEqualTo(CameraVerdict.HEALTHY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Digest, MD5",
        "Digest, SHA-256",
    })
    void a_login_by_digest_is_checked_by_the_camera(String scheme, String algorithm)
            throws IOException {
        for (var qop : List.of("", ", qop=\"auth\"")) {
            var challenge = scheme + " realm=\"cam\", nonce=\"n1\", algorithm=" + algorithm + qop;
            try (var camera = guarded(challenge)) {
                assertThat(verdict(camera, login("viewer", "right")))
                        .as(challenge)
                        .isEqualTo(CameraVerdict.HEALTHY);
                assertThat(verdict(camera, login("viewer", "wrong")))
                        .as(challenge)
                        .isEqualTo(CameraVerdict.AUTH);
                assertThat(verdict(camera)).as(challenge).isEqualTo(CameraVerdict.AUTH);
                assertThat(camera.requests).noneMatch(r -> r.contains("right"));
            }
        }
    }

    @Test
    void a_camera_that_offers_only_basic_never_sees_the_password() throws IOException {
        try (var camera = guarded("Basic realm=\"cam\"")) {
            assertThat(verdict(camera, login("viewer", "right"))).isEqualTo(CameraVerdict.AUTH);
            assertThat(camera.requests).hasSize(2).noneMatch(r -> r.contains("Authorization"));
        }
    }

    @Test
    void credentials_in_an_address_never_go_over_the_wire() throws IOException {
        try (var camera = describing(200, VIDEO)) {
            var address = camera.address("/s?x=1");
            var loud = URI.create(address.toString().replace("//", "//u:secret@"));
            var probe = probe(loud, Optional.empty(), AMPLE);

            assertThat(seen(probe)).isEqualTo(CameraVerdict.HEALTHY);
            assertThat(camera.requests)
                    .allMatch(r -> r.contains(" " + address + " "))
                    .noneMatch(r -> r.contains("secret"));
        }
    }

    @Test
    void a_closed_port_is_refused() throws IOException {
        int port;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        var probe = probe(URI.create("rtsp://127.0.0.1:" + port + "/"), Optional.empty(), AMPLE);

        assertThat(seen(probe)).isEqualTo(CameraVerdict.REFUSED);
    }

    /** A listener whose queue is full drops the handshake, as a host that is off does. */
    @Test
    void a_host_that_does_not_answer_the_connect_is_unreachable_in_the_connects_own_time()
            throws IOException {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var _ = new Socket(full.getInetAddress(), full.getLocalPort());
                var _ = new Socket(full.getInetAddress(), full.getLocalPort())) {
            var address = URI.create("rtsp://127.0.0.1:" + full.getLocalPort() + "/");

            assertThat(seen(probe(address, Optional.empty(), SHORT)))
                    .isEqualTo(CameraVerdict.UNREACHABLE);
        }
    }

    @Test
    void a_name_that_nobody_knows_is_unreachable() {
        var probe = probe(URI.create("rtsp://cam.invalid/"), Optional.empty(), AMPLE);

        assertThat(seen(probe)).isEqualTo(CameraVerdict.UNREACHABLE);
    }

    @Test
    void silence_after_the_connect_is_no_answer_and_so_is_a_door_shut_at_once() throws Exception {
        var over = new CountDownLatch(1);
        try (var camera = new ScriptedCamera(_ -> over.await())) {
            assertThat(verdict(camera, SHORT)).isEqualTo(CameraVerdict.NO_ANSWER);
        } finally {
            over.countDown();
        }
        try (var camera = new ScriptedCamera(_ -> {})) {
            assertThat(verdict(camera)).isEqualTo(CameraVerdict.NO_ANSWER);
        }
    }

    /** Seen in life: a media pipeline that hangs answers OPTIONS and then nothing. */
    @Test
    void a_hung_pipeline_behind_a_good_options_is_no_answer() throws Exception {
        var over = new CountDownLatch(1);
        try (var camera =
                new ScriptedCamera(peer -> {
                    peer.head();
                    peer.send(OPTIONS);
                    over.await();
                })) {
            assertThat(verdict(camera, SHORT)).isEqualTo(CameraVerdict.NO_ANSWER);
        } finally {
            over.countDown();
        }
    }

    @Test
    void a_camera_that_drips_cannot_hold_the_probe_beyond_its_deadline() throws Exception {
        var over = new CountDownLatch(1);
        try (var camera =
                new ScriptedCamera(peer -> {
                    peer.head();
                    peer.send("RTSP/1.0 200 OK\r\nX: ");
                    while (!over.await(20, TimeUnit.MILLISECONDS)) {
                        peer.send("x");
                    }
                })) {
            var startNs = System.nanoTime();
            assertThat(verdict(camera, SHORT)).isEqualTo(CameraVerdict.NO_ANSWER);
            assertThat(Duration.ofNanos(System.nanoTime() - startNs))
                    .isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2p1\r\n",
                "RTSP/1.0 OK\r\n\r\n",
                "RTSP/1.0 200 OK\r\nno colon\r\n\r\n",
                "RTSP/1.0 200 OK\r\nContent-Length: 65537\r\n\r\n",
                "RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n",
                "RTSP/1.0 200 OK\r\nContent-Length: 99999999999999\r\n\r\n",
            })
    void what_is_not_rtsp_is_protocol(String bytes) throws IOException {
        try (var camera = ScriptedCamera.answering(_ -> bytes)) {
            assertThat(verdict(camera)).isEqualTo(CameraVerdict.PROTOCOL);
        }
    }

    @Test
    void endless_headers_and_an_endless_line_end_at_eight_thousand_bytes() throws IOException {
        for (var piece : List.of("X-Flood: yes\r\n", "x")) {
            try (var camera =
                    new ScriptedCamera(peer -> {
                        peer.head();
                        peer.send("RTSP/1.0 200 OK\r\nX: ");
                        while (true) {
                            peer.send(piece.repeat(64));
                        }
                    })) {
                assertThat(verdict(camera)).isEqualTo(CameraVerdict.PROTOCOL);
            }
        }
    }

    @Test
    void a_description_of_exactly_the_cap_is_still_read() throws IOException {
        var full = VIDEO + "a=" + "x".repeat(RtspConnection.BODY_BYTES_MAX - VIDEO.length() - 2);
        try (var camera = describing(200, full)) {
            assertThat(verdict(camera)).isEqualTo(CameraVerdict.HEALTHY);
        }
    }

    private static ScriptedCamera describing(int status, String body) throws IOException {
        return ScriptedCamera.answering(
                head -> head.getFirst().startsWith("OPTIONS") ? OPTIONS : answer(status, body));
    }

    /** Works out the digest itself from the client's own fields; the password is "right". */
    private static ScriptedCamera guarded(String challenge) throws IOException {
        var refusal = "RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: " + challenge + "\r\n\r\n";
        return ScriptedCamera.answering(head -> {
            if (head.getFirst().startsWith("OPTIONS")) {
                return OPTIONS;
            }
            return DigestCheck.holds(head, "right") ? answer(200, VIDEO) : refusal;
        });
    }

    private static String answer(int status, String body) {
        return "RTSP/1.0 "
                + status
                + " Said\r\nContent-Type: application/sdp\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private static Optional<Secrets.Secret> login(String user, String password) {
        return Optional.of(
                new Secrets.Secret(
                        Optional.of(user),
                        Optional.of(password),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private CameraVerdict verdict(ScriptedCamera camera) {
        return seen(probe(camera, Optional.empty()));
    }

    private CameraVerdict verdict(ScriptedCamera camera, Patience patience) {
        return seen(probe(camera.address("/stream2"), Optional.empty(), patience));
    }

    private CameraVerdict verdict(ScriptedCamera camera, Optional<Secrets.Secret> secret) {
        return seen(probe(camera, secret));
    }

    private static CameraVerdict seen(RtspProbe probe) {
        return ((Reading.Seen) probe.read()).verdict();
    }

    private RtspProbe probe(ScriptedCamera camera, Optional<Secrets.Secret> secret) {
        return probe(camera.address("/stream2"), secret, AMPLE);
    }

    private RtspProbe probe(URI address, Optional<Secrets.Secret> secret, Patience patience) {
        return new RtspProbe("cam", address, secret, clock, new Random(7), patience);
    }
}
