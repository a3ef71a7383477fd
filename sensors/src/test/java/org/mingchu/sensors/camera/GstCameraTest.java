package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.Secrets;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.kernel.KernelClock;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * GStreamer's RTSP server with digest login: a peer that shares no code with the probe. Left out
 * where it is not installed, unless {@code mingchu.peers.required} says that it must be.
 */
final class GstCameraTest {
    private static final String PYTHON = "/usr/bin/python3";

    /** The first description builds the pipeline; a busy machine takes its time. */
    private static final Patience AMPLE =
            new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(60));

    /** Whoever hangs is given up soon; the server's other answers take some 20 ms. */
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(20), Duration.ofMillis(1500), Duration.ofSeconds(20));

    @TempDir private static Path folder;
    private static Optional<Server> server = Optional.empty();

    /** One of its processes. */
    private record Server(Process process, int port) {
        static Server start() throws IOException {
            var script = folder.resolve("gst-camera.py");
            try (InputStream source = GstCameraTest.class.getResourceAsStream("/gst-camera.py")) {
                Files.copy(
                        Optional.ofNullable(source).orElseThrow(),
                        script,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            var errors = folder.resolve("gst.err");
            var process =
                    new ProcessBuilder(PYTHON, script.toString())
                            .redirectError(errors.toFile())
                            .start();
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                var line = Optional.ofNullable(out.readLine());
                assertThat(line).as(Files.readString(errors)).isPresent();
                return new Server(process, Integer.parseInt(line.orElseThrow()));
            }
        }

        /** One whose pipeline hangs may be past hearing us. */
        void stop() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @BeforeAll
    static void startServer() throws IOException {
        var needed = Boolean.getBoolean("mingchu.peers.required");
        assumeTrue(needed || installed(), "gir1.2-gst-rtsp-server-1.0 is not installed");
        server = Optional.of(Server.start());
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server.isPresent()) {
            server.orElseThrow().stop();
        }
    }

    @Test
    void the_right_login_sees_a_healthy_stream() {
        assertThat(verdict("/stream2", "viewer", "right")).isEqualTo(CameraVerdict.HEALTHY);
    }

    @Test
    void a_wrong_password_and_an_unknown_user_are_refused() {
        assertThat(verdict("/stream2", "viewer", "wrong")).isEqualTo(CameraVerdict.AUTH);
        assertThat(verdict("/stream2", "nobody", "right")).isEqualTo(CameraVerdict.AUTH);
    }

    @Test
    void a_path_that_does_not_exist_is_no_such_stream() {
        assertThat(verdict("/other", "viewer", "right")).isEqualTo(CameraVerdict.NO_SUCH_STREAM);
    }

    @Test
    void a_stream_of_sound_alone_is_no_video() {
        assertThat(verdict("/sound", "viewer", "right")).isEqualTo(CameraVerdict.NO_VIDEO);
    }

    @Test
    void a_pipeline_that_cannot_start_is_no_video() {
        assertThat(verdict("/broken", "viewer", "right")).isEqualTo(CameraVerdict.NO_VIDEO);
    }

    @Test
    void a_pipeline_that_hangs_is_told_apart_from_a_refusal_a_login_and_a_missing_path()
            throws Exception {
        var own = Server.start();
        try {
            assertThat(verdict(own.port, "/stream2", "viewer", "wrong", SHORT))
                    .isEqualTo(CameraVerdict.AUTH);
            assertThat(verdict(own.port, "/other", "viewer", "right", SHORT))
                    .isEqualTo(CameraVerdict.NO_SUCH_STREAM);
            assertThat(verdict(own.port, "/hung", "viewer", "right", SHORT))
                    .isEqualTo(CameraVerdict.NO_ANSWER);
        } finally {
            own.stop();
        }
        assertThat(verdict(own.port, "/hung", "viewer", "right", SHORT))
                .isEqualTo(CameraVerdict.REFUSED);
    }

    private static boolean installed() {
        try {
            var check =
                    new ProcessBuilder(
                                    PYTHON,
                                    "-c",
                                    "import gi; gi.require_version('GstRtspServer', '1.0')")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return check.waitFor(30, TimeUnit.SECONDS) && check.exitValue() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static CameraVerdict verdict(String path, String user, String password) {
        return verdict(server.orElseThrow().port, path, user, password, AMPLE);
    }

    private static CameraVerdict verdict(
            int port, String path, String user, String password, Patience patience) {
        Clock clock = new KernelClock(Path.of("/"), InstantSource.system());
        var secret =
                new Secrets.Secret(
                        Optional.of(user),
                        Optional.of(password),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        var address = URI.create("rtsp://127.0.0.1:" + port + path);
        var probe =
                new RtspProbe("cam", address, Optional.of(secret), clock, new Random(7), patience);
        return ((Reading.Seen) probe.read()).verdict();
    }
}
