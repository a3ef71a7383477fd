package org.mingchu.sensors.camera.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Proof;
import org.mingchu.simulator.wire.SipAccount;
import org.mingchu.simulator.wire.SipCamera;
import org.mingchu.simulator.wire.SipDialect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The seven ways in which the most used open platform has declared living cameras dead (issues of
 * wvp-GB28181-pro), and the two figures of F28 and F29. The camera is the double, over real
 * sockets; only the clock is moved by hand.
 */
final class FalseOfflineTest {
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int DAY_S = 86_400;

    @Test
    void a_camera_that_falls_silent_is_lost_after_180_s_and_not_a_second_before() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            camera.register();
            camera.keepalive();
            site.pass(179);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
            site.pass(1);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEARTBEAT_LOST);
            assertThat(site.reason()).contains("one is due every 60 s");
            assertThat(camera.keepalive()).isEqualTo(OK);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
        }
    }

    /** Whatever stands in the site file or is declared by the camera: beats arrive, so it lives. */
    @ParameterizedTest
    @CsvSource({"null", "0", "-1", "999999", "60"})
    void issue_1902_illegal_intervals_and_jitter_never_give_offline_while_beats_arrive(
            String interval) {
        var told = Optional.of(interval).filter(i -> !i.equals("null")).map(Integer::parseInt);
        var chance = new Random(1902);
        try (var site = Site.ofOne(told.map(Duration::ofSeconds), told);
                var camera = site.camera(SipDialect.EDITION_2022)) {
            camera.register();
            var spanS = Proof.pick(7_200, DAY_S, DAY_S * 7);
            for (var beats = 1; beats * 60 < spanS; beats++) {
                var dueS = beats * 60 + chance.nextInt(-20, 21);
                assertThat(healthyUntil(site, dueS)).as("until beat %d", beats).isTrue();
                assertThat(camera.keepalive()).isEqualTo(OK);
                if (beats % 50 == 0) {
                    camera.register();
                    assertThat(camera.declareHeartbeat(interval, interval)).isEqualTo(OK);
                }
            }
        }
    }

    /** Looks every second, up to {@code untilS} seconds after the start. */
    private static boolean healthyUntil(Site site, int untilS) {
        var startNs = TimeUnit.HOURS.toNanos(1);
        while (site.clock.now().upNs() < startNs + TimeUnit.SECONDS.toNanos(untilS)) {
            if (site.verdict() != CameraVerdict.HEALTHY) {
                return false;
            }
            site.pass(1);
        }
        return true;
    }

    @Test
    void issue_1069_and_861_offline_is_not_shown_while_heartbeats_arrive() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            camera.register(30);
            for (var beats = 0; beats < 200; beats++) {
                site.pass(60);
                obey(camera, () -> camera.register(30));
                assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
            }
        }
    }

    @Test
    void issue_814_after_a_restart_a_camera_is_unknown_until_its_next_beat_makes_it_register() {
        try (var before = Site.ofOne();
                var camera = before.camera()) {
            camera.register();
            camera.keepalive();
            try (var after = before.restarted()) {
                for (var second = 1; second < 60; second++) {
                    after.pass(1);
                    assertThat(after.verdict()).isEqualTo(CameraVerdict.UNKNOWN);
                }
                assertThat(camera.keepalive()).isEqualTo(FORBIDDEN);
                assertThat(after.verdict()).isEqualTo(CameraVerdict.UNKNOWN);
                camera.register();
                assertThat(after.verdict()).isEqualTo(CameraVerdict.HEALTHY);
                assertThat(after.found()).isEmpty();
            }
        }
    }

    @Test
    void after_a_restart_unknown_lasts_one_limit_and_no_longer() {
        try (var site = Site.ofOne()) {
            site.pass(179);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.UNKNOWN);
            site.pass(1);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.UNREGISTERED);
            assertThat(site.reason()).isEqualTo("it has not registered");
        }
    }

    @Test
    void a_camera_that_beats_on_and_will_not_register_is_named_so() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            site.pass(100);
            assertThat(camera.keepalive()).isEqualTo(FORBIDDEN);
            site.pass(100);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.UNREGISTERED);
            assertThat(site.reason()).contains("does not register although it is told to");
        }
    }

    @Test
    void pull_2227_an_address_that_nat_has_changed_counts_from_the_next_login() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            camera.register();
            camera.keepalive();
            for (var moves = 0; moves < 50; moves++) {
                camera.moveAddress();
                site.pass(60);
                obey(camera, camera::register);
                assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
                assertThat(site.registrar.standing("cam").address())
                        .contains("127.0.0.1:" + camera.port() + "/UDP");
            }
            assertThat(site.found()).as("a move is no attack").isEmpty();
        }
    }

    @Test
    void issue_1345_a_camera_that_never_noticed_that_the_platform_stopped_is_told() {
        var site = Site.ofOne();
        try (var camera = site.camera()) {
            camera.register();
            var port = site.registrar.port();
            site.close();
            camera.patience(Duration.ofMillis(20));
            assertThat(camera.keepalive()).isZero();
            camera.patience(Duration.ofSeconds(16));
            var settings =
                    RegistrarSettings.of(Site.loopback(port), Site.SERVER).withRates(Site.AMPLE);
            var devices = List.of(SipDevice.of("cam", Site.ID, Site.PASSWORD));
            try (var again = new Site(settings, devices)) {
                again.pass(120);
                assertThat(camera.keepalive()).isEqualTo(FORBIDDEN);
                assertThat(camera.register()).isEqualTo(OK);
                assertThat(again.verdict()).isEqualTo(CameraVerdict.HEALTHY);
            }
        }
    }

    @Test
    void issue_1406_a_recorder_and_what_hangs_on_it_are_never_of_two_minds() {
        var own = "34020000001320000002";
        var channel = "34020000001310000001";
        var devices =
                List.of(
                        SipDevice.of("cam", Site.ID, Site.PASSWORD),
                        SipDevice.of("own", own, "another-1"));
        try (var site = new Site(Site.settings(), devices);
                var recorder = site.camera();
                var single =
                        site.camera(
                                new SipAccount(own, Site.SERVER, "another-1"),
                                SipDialect.EDITION_2022,
                                SipCamera.Carrier.UDP)) {
            recorder.register();
            single.register();
            recorder.keepalive("OK", List.of(channel));
            single.keepalive();
            assertThat(site.verdict()).isEqualTo(CameraVerdict.FAULT_REPORTED);
            assertThat(site.registrar.verdict("own")).isEqualTo(CameraVerdict.HEALTHY);

            site.pass(120);
            single.keepalive();
            site.pass(60);
            assertThat(site.verdict())
                    .as("what it said of its channels went with it")
                    .isEqualTo(CameraVerdict.HEARTBEAT_LOST);
            assertThat(site.registrar.verdict("own")).isEqualTo(CameraVerdict.HEALTHY);
        }
    }

    @Test
    void issue_2006_a_camera_that_registers_and_never_beats_is_named_apart() {
        try (var site = Site.ofOne();
                var camera = site.camera(SipDialect.EDITION_2022)) {
            camera.register();
            assertThat(site.reason()).isEqualTo("registered, no heartbeat yet");
            site.pass(180);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEARTBEAT_LOST);
            assertThat(site.reason()).contains("registered, but it has sent no heartbeat");

            for (var logins = 0; logins < 20; logins++) {
                camera.register();
                assertThat(site.verdict()).as("a login is life").isEqualTo(CameraVerdict.HEALTHY);
                site.pass(60);
            }
            camera.keepalive();
            assertThat(site.reason()).isEmpty();
        }
    }

    @Test
    void a_camera_that_reboots_is_never_lost() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            camera.register();
            camera.keepalive();
            camera.reboot();
            site.pass(90);
            assertThat(camera.register()).isEqualTo(OK);
            assertThat(camera.keepalive()).isEqualTo(OK);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
            assertThat(site.found()).isEmpty();
        }
    }

    private static void obey(SipCamera camera, Runnable login) {
        if (camera.keepalive() == FORBIDDEN) {
            login.run();
            assertThat(camera.keepalive()).isEqualTo(OK);
        }
    }
}
