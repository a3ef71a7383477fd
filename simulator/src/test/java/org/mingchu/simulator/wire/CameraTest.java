package org.mingchu.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.simulator.wire.Camera.Mode;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

final class CameraTest {
    private static final Camera.Login VIEWER = new Camera.Login("viewer", "p:ä=\u5bc6");
    private static final Camera.Login STRANGER = new Camera.Login("viewer", "admin");

    @Test
    void a_healthy_camera_names_its_methods_and_describes_its_picture() throws IOException {
        try (var camera = new Camera(Mode.HEALTHY, VIEWER);
                var caller = new RtspCaller(camera.address())) {
            assertThat(caller.ask("OPTIONS").header("Public").orElseThrow()).contains("DESCRIBE");
            var described = caller.ask("DESCRIBE");
            assertThat(described.status()).isEqualTo(200);
            assertThat(described.header("CSeq")).contains("2");
            assertThat(described.header("Content-Type")).contains("application/sdp");
            assertThat(described.body()).contains("m=video").contains("H264/90000");
            assertThat(camera.requests()).containsExactly("OPTIONS", "DESCRIBE");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIGEST_MD5", "DIGEST_SHA_256"})
    void a_guarded_camera_lets_in_who_knows_the_password_and_nobody_else(Mode mode)
            throws IOException {
        try (var camera = new Camera(mode, VIEWER)) {
            assertGuarded(camera.address(), VIEWER);
        }
    }

    /** The same questions to a server that we have not written. */
    @Test
    void gstreamers_server_is_guarded_in_the_same_way() throws IOException {
        boolean required = Boolean.getBoolean("mingchu.peers.required");
        assumeTrue(required || GStreamerCamera.installed(), "GStreamer is not installed");
        var login = new Camera.Login("viewer", "geheim");
        var script = Path.of("src/main/peers/rtsp-camera.py");
        try (var camera = new GStreamerCamera(script, login)) {
            assertGuarded(camera.address(), login);
        }
    }

    private static void assertGuarded(URI address, Camera.Login login) throws IOException {
        try (var caller = new RtspCaller(address)) {
            var refused = caller.ask("DESCRIBE");
            assertThat(refused.status()).isEqualTo(401);
            var challenge = refused.header("WWW-Authenticate").orElseThrow();
            assertThat(challenge).startsWith("Digest ");
            assertThat(caller.askAs("DESCRIBE", challenge, STRANGER).status()).isEqualTo(401);
            var again = caller.ask("DESCRIBE").header("WWW-Authenticate").orElseThrow();
            var described = caller.askAs("DESCRIBE", again, login);
            assertThat(described.status()).isEqualTo(200);
            assertThat(described.body()).contains("m=video");
        }
    }

    @Test
    void a_nonce_that_the_camera_never_gave_opens_nothing() throws IOException {
        try (var camera = new Camera(Mode.DIGEST_MD5, VIEWER);
                var caller = new RtspCaller(camera.address())) {
            var forged = "Digest realm=\"camera\", nonce=\"00000000000000000000000000000000\"";
            assertThat(caller.askAs("DESCRIBE", forged, VIEWER).status()).isEqualTo(401);
        }
    }

    @Test
    void options_are_answered_without_a_password() throws IOException {
        try (var camera = new Camera(Mode.DIGEST_MD5, VIEWER);
                var caller = new RtspCaller(camera.address())) {
            assertThat(caller.ask("OPTIONS").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BASIC", "NOT_FOUND", "REDIRECT"})
    void a_camera_that_does_not_show_its_stream_says_why(Mode mode) throws IOException {
        try (var camera = new Camera(mode, VIEWER);
                var caller = new RtspCaller(camera.address())) {
            var answer = caller.ask("DESCRIBE");
            switch (mode) {
                case BASIC ->
                        assertThat(answer.header("WWW-Authenticate").orElseThrow())
                                .startsWith("Basic");
                case REDIRECT -> assertThat(answer.status()).isEqualTo(302);
                default -> assertThat(answer.status()).isEqualTo(404);
            }
        }
    }

    @Test
    void a_path_that_is_not_its_own_is_not_found() throws IOException {
        try (var camera = new Camera(Mode.HEALTHY, VIEWER);
                var caller = new RtspCaller(camera.address().resolve("/stream9"))) {
            assertThat(caller.ask("DESCRIBE").status()).isEqualTo(404);
        }
    }

    @Test
    void a_camera_without_video_describes_its_sound() throws IOException {
        try (var camera = new Camera(Mode.NO_VIDEO, VIEWER);
                var caller = new RtspCaller(camera.address())) {
            assertThat(caller.ask("DESCRIBE").body()).contains("m=audio").doesNotContain("m=video");
        }
    }

    @Test
    void a_silent_camera_accepts_and_says_nothing() throws IOException {
        try (var camera = new Camera(Mode.SILENT, VIEWER);
                var caller = new RtspCaller(camera.address())) {
            caller.patience(200);
            assertThatThrownBy(() -> caller.ask("OPTIONS"))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void a_camera_whose_picture_hangs_still_answers_options() throws IOException {
        try (var camera = new Camera(Mode.SILENT_AFTER_OPTIONS, VIEWER);
                var caller = new RtspCaller(camera.address())) {
            assertThat(caller.ask("OPTIONS").status()).isEqualTo(200);
            caller.patience(200);
            assertThatThrownBy(() -> caller.ask("DESCRIBE"))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void a_closed_camera_hangs_up() throws IOException {
        try (var camera = new Camera(Mode.CLOSED, VIEWER);
                var caller = new RtspCaller(camera.address())) {
            assertThatThrownBy(() -> caller.ask("OPTIONS")).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENDLESS_HEADERS", "ENDLESS_BODY"})
    void an_endless_answer_goes_on_past_every_sensible_bound(Mode mode) throws IOException {
        try (var camera = new Camera(mode, VIEWER);
                var caller = new RtspCaller(camera.address())) {
            var in = caller.raw("DESCRIBE " + camera.address() + " RTSP/1.0\r\nCSeq: 1\r\n\r\n");
            assertThat(in.readNBytes(1 << 20)).hasSize(1 << 20);
        }
    }

    @Test
    void garbage_is_no_rtsp() throws IOException {
        try (var camera = new Camera(Mode.GARBAGE, VIEWER);
                var caller = new RtspCaller(camera.address())) {
            var in = caller.raw("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n");
            assertThat(new String(in.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("220 ");
        }
    }

    @Test
    void the_mode_changes_while_it_runs() throws IOException {
        try (var camera = new Camera(Mode.HEALTHY, VIEWER);
                var caller = new RtspCaller(camera.address())) {
            assertThat(caller.ask("DESCRIBE").status()).isEqualTo(200);
            camera.mode(Mode.NOT_FOUND);
            assertThat(caller.ask("DESCRIBE").status()).isEqualTo(404);
        }
    }

    @Test
    void a_password_does_not_show_when_a_login_is_printed() {
        assertThat(VIEWER.toString()).contains("viewer").doesNotContain(VIEWER.password());
    }
}
