package org.mingchu.sensors.camera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Clock;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;
import org.mingchu.sensors.camera.http.CameraHttp;
import org.mingchu.sensors.camera.http.Digest;
import org.mingchu.sensors.camera.http.Snapshot;
import org.mingchu.sensors.camera.http.Snapshot.Shot;
import org.mingchu.sensors.camera.http.Terms;
import org.mingchu.sensors.camera.onvif.Onvif;
import org.mingchu.simulator.wire.Camera;
import org.mingchu.simulator.wire.Recorder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A camera that says by itself where its pictures are, the truth or not. */
final class NamedShotsTest {
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3};
    private static final Camera.Login LOGIN = new Camera.Login("viewer", "k2-north-door");

    private static final Terms AMPLE =
            Terms.DEFAULT.within(Duration.ofSeconds(20), Duration.ofSeconds(30));

    private static final Clock CLOCK =
            () ->
                    new Moment(
                            "boot",
                            System.nanoTime(),
                            System.currentTimeMillis(),
                            ClockState.SYNCED,
                            1);

    private final Recorder camera = new Recorder(2, LOGIN, JPEG, InstantSource.system());

    @AfterEach
    void close() {
        camera.close();
    }

    @Test
    void pictures_are_taken_where_the_camera_says_and_it_is_asked_once() {
        var shots = shots();
        assertThat(shots.take())
                .isInstanceOfSatisfying(
                        Shot.Picture.class, p -> assertThat(p.jpeg()).isEqualTo(JPEG));
        var first = camera.webCallers();
        assertThat(shots.take()).isInstanceOf(Shot.Picture.class);

        // a picture, and its login
        assertThat(camera.webCallers() - first).isEqualTo(2);
    }

    @Test
    void where_no_picture_comes_any_more_the_camera_is_asked_again() {
        var shots = shots();
        assertThat(shots.take()).isInstanceOf(Shot.Picture.class);
        camera.picture(1, "not found".getBytes(StandardCharsets.US_ASCII));
        assertThat(shots.take()).isInstanceOf(Shot.None.class);

        camera.snapshotAt(camera.web() + "/ISAPI/Streaming/channels/201/picture");
        assertThat(shots.take()).isInstanceOf(Shot.Picture.class);
    }

    /** Many have ONVIF at a port of its own. */
    @Test
    void another_port_of_the_same_host_is_the_camera_too() {
        try (var other = new Recorder(2, LOGIN, JPEG, InstantSource.system())) {
            camera.snapshotAt(other.web() + "/ISAPI/Streaming/channels/101/picture");

            assertThat(shots().take()).isInstanceOf(Shot.Picture.class);
            assertThat(other.webCallers()).isEqualTo(2);
        }
    }

    /** Somebody waits at another address of this machine for whoever is sent there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2:%d/picture",
                "HTTP://127.0.0.2:%d/picture",
                "http://127.0.0.1@127.0.0.2:%d/picture",
                "http://viewer:k2-north-door@127.0.0.2:%d/picture",
                "http://127.0.0.2:%d/?127.0.0.1",
                "http://127.0.0.2:%d#@127.0.0.1/",
                "http://[::ffff:127.0.0.2]:%d/picture",
                "//127.0.0.2:%d/picture",
                "http://2130706434:%d/picture",
                "http://localhost:%d/picture",
                "http://127.0.0.1.127.0.0.2:%d/picture",
                "http:///127.0.0.2:%d/picture",
                "ftp://127.0.0.1:%d/picture",
                "file:///proc/self/environ?%d",
                "jar:http://127.0.0.2:%d/a!/b",
                "http://127.0.0.1:%d/\r\nX-Evil: 1",
                " http://127.0.0.2:%d/picture",
                "http://127.0.0.1:%d\\@127.0.0.2/",
            })
    void nobody_else_is_ever_asked_whatever_the_camera_answers(String hostile) throws IOException {
        try (var trap = new ServerSocket()) {
            trap.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0));
            trap.setSoTimeout(1);
            camera.snapshotAt(hostile.formatted(trap.getLocalPort()));

            assertThat(shots().take())
                    .isInstanceOfSatisfying(
                            Shot.None.class,
                            none -> {
                                assertThat(none.stage()).isEqualTo(CameraVerdict.PROTOCOL);
                                assertThat(none.cause())
                                        .contains("write snapshot into the site file")
                                        .doesNotContain("k2-north-door");
                            });
            assertThat(called(trap)).isFalse();
        }
    }

    @Test
    void a_camera_that_refuses_the_login_has_no_picture_and_says_why() {
        camera.login(new Camera.Login("viewer", "changed"));

        assertThat(shots().take())
                .isInstanceOfSatisfying(
                        Shot.None.class,
                        none -> assertThat(none.stage()).isEqualTo(CameraVerdict.AUTH));
    }

    @Test
    void a_camera_without_onvif_is_not_at_fault() {
        camera.tongue(Recorder.Tongue.ISAPI);

        assertThat(shots().take()).isInstanceOf(Shot.Unseen.class);
    }

    @Test
    void of_its_own_profiles_the_least_that_is_large_enough_is_taken() {
        var main = new Onvif.Profile("main", "source-1", 1920, 1080);
        var sub = new Onvif.Profile("sub", "source-1", 640, 360);
        var thumb = new Onvif.Profile("thumb", "source-1", 320, 180);
        var other = new Onvif.Profile("other", "source-2", 600, 340);

        assertThat(NamedShots.best(List.of(main, other, sub, thumb))).contains(sub);
        assertThat(NamedShots.best(List.of(thumb, other))).contains(thumb);
        assertThat(NamedShots.best(List.of())).isEmpty();
    }

    private static boolean called(ServerSocket trap) throws IOException {
        try (var _ = trap.accept()) {
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private NamedShots shots() {
        var login = Optional.of(new Digest.Login(LOGIN.user(), LOGIN.password()));
        return new NamedShots(
                new Onvif(http(camera.web(), login), login, CLOCK, new Random(1)),
                address -> new Snapshot(http(address, login), CameraHttp.target(address))::take);
    }

    private static CameraHttp http(URI base, Optional<Digest.Login> login) {
        return new CameraHttp(base, login, AMPLE, CLOCK, new Random(1));
    }
}
