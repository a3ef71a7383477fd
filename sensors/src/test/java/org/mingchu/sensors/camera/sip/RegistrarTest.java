package org.mingchu.sensors.camera.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Announcing;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Reading;
import org.mingchu.sensors.camera.sip.Finding.Kind;
import org.mingchu.simulator.wire.SipAccount;
import org.mingchu.simulator.wire.SipCamera;
import org.mingchu.simulator.wire.SipDialect;
import org.mingchu.simulator.wire.SipPulse;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

final class RegistrarTest {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    @ParameterizedTest
    @EnumSource(
            value = SipDialect.class,
            names = "LAST_MD5_OR_NOTHING",
            mode = EnumSource.Mode.EXCLUDE)
    void cameras_of_both_editions_log_in_at_the_first_try_and_are_healthy(SipDialect dialect) {
        try (var site = Site.ofOne();
                var camera = site.camera(dialect)) {
            assertThat(site.verdict()).isEqualTo(CameraVerdict.UNKNOWN);
            assertThat(camera.register()).isEqualTo(OK);
            assertThat(camera.keepalive()).isEqualTo(OK);

            var standing = site.registrar.standing("cam");
            assertThat(standing.verdict()).isEqualTo(CameraVerdict.HEALTHY);
            assertThat(standing.reason()).isEmpty();
            assertThat(standing.address()).contains("127.0.0.1:" + camera.port() + "/UDP");
            assertThat(standing.login())
                    .contains(dialect == SipDialect.EDITION_2022 ? "SHA-256" : "MD5");
            assertThat(site.found()).isEmpty();
        }
    }

    @Test
    void a_camera_that_only_looks_at_the_last_challenge_gets_md5_alone_at_the_third() {
        try (var site = Site.ofOne();
                var camera = site.camera(SipDialect.LAST_MD5_OR_NOTHING)) {
            assertThat(camera.register()).isEqualTo(UNAUTHORIZED);
            assertThat(camera.register()).isEqualTo(UNAUTHORIZED);
            assertThat(camera.register()).isEqualTo(OK);
            assertThat(camera.register()).as("its refresh").isEqualTo(OK);
        }
    }

    @Test
    void the_2022_edition_is_offered_the_stronger_digest_first_the_older_one_its_own() {
        try (var site = Site.ofOne();
                var older = site.camera();
                var newer = site.camera(SipDialect.EDITION_2022)) {
            var ofOlder = offers(older);
            assertThat(ofOlder).hasSize(2);
            assertThat(ofOlder.getFirst()).contains("algorithm=MD5").doesNotContain("qop");
            var ofNewer = offers(newer);
            assertThat(ofNewer).hasSize(2);
            assertThat(ofNewer.getFirst()).contains("algorithm=SHA-256", "qop=\"auth\"");
        }
    }

    private static List<String> offers(SipCamera camera) {
        camera.knock();
        var offers = camera.answer().headers("WWW-Authenticate");
        camera.register();
        return offers;
    }

    @Test
    void tcp_serves_as_udp_does_and_a_new_connection_must_log_in() {
        try (var site = Site.ofOne();
                var camera =
                        site.camera(
                                new SipAccount(Site.ID, Site.SERVER, Site.PASSWORD),
                                SipDialect.EDITION_2022,
                                SipCamera.Carrier.TCP)) {
            assertThat(camera.register()).isEqualTo(OK);
            assertThat(camera.keepalive()).isEqualTo(OK);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);

            camera.reboot();
            assertThat(camera.keepalive()).isEqualTo(FORBIDDEN);
            assertThat(camera.register()).isEqualTo(OK);
            assertThat(camera.keepalive()).isEqualTo(OK);
        }
    }

    @Test
    void a_wrong_password_is_refused_named_and_moves_nothing() {
        try (var site = Site.ofOne();
                var camera = site.camera();
                var wrong = site.elsewhere("wrong")) {
            assertThat(wrong.register()).isEqualTo(FORBIDDEN);
            site.pass(181);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.UNREGISTERED);
            assertThat(site.reason()).contains("passwords differ");

            camera.register();
            assertThat(wrong.register()).isEqualTo(FORBIDDEN);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
            assertThat(site.registrar.findings())
                    .singleElement()
                    .satisfies(f -> {
                        assertThat(f.kind()).isEqualTo(Kind.REFUSED_DIGEST);
                        assertThat(f.device()).isEqualTo(Site.ID);
                        assertThat(f.address()).isEqualTo("127.0.0.9");
                        assertThat(f.count()).isEqualTo(2);
                    });
        }
    }

    @Test
    void an_unknown_id_is_put_on_the_list_and_refused_without_a_challenge() {
        try (var site = Site.ofOne();
                var stranger =
                        site.camera(
                                new SipAccount("34020000001320000099", Site.SERVER, "x"),
                                SipDialect.EDITION_2016,
                                SipCamera.Carrier.UDP)) {
            assertThat(stranger.register()).isEqualTo(FORBIDDEN);
            assertThat(stranger.keepalive()).isEqualTo(FORBIDDEN);

            assertThat(site.registrar.findings())
                    .singleElement()
                    .satisfies(f -> {
                        assertThat(f.kind()).isEqualTo(Kind.UNKNOWN_DEVICE);
                        assertThat(f.device()).isEqualTo("34020000001320000099");
                        assertThat(f.count()).isEqualTo(2);
                    });
        }
    }

    @Test
    void a_spoofed_keepalive_changes_nothing_and_is_reported() {
        try (var site = Site.ofOne();
                var camera = site.camera();
                var spoofer = site.elsewhere("never asked")) {
            camera.register();
            camera.keepalive();
            site.pass(179);
            assertThat(spoofer.keepalive()).isEqualTo(FORBIDDEN);
            assertThat(spoofer.keepalive("ERROR", List.of())).isEqualTo(FORBIDDEN);
            assertThat(site.verdict()).as("no fault taken over").isEqualTo(CameraVerdict.HEALTHY);
            site.pass(1);
            assertThat(site.verdict()).as("not held up").isEqualTo(CameraVerdict.HEARTBEAT_LOST);
            assertThat(site.found()).containsExactly(Kind.SPOOF_ATTEMPT);
            assertThat(site.registrar.standing("cam").address().orElseThrow())
                    .startsWith("127.0.0.1:");
        }
    }

    @Test
    void a_recorded_login_opens_nothing_neither_from_elsewhere_nor_later() {
        try (var site = Site.ofOne();
                var camera = site.camera();
                var eavesdropper = site.elsewhere("never asked")) {
            camera.register();
            assertThat(eavesdropper.replay(camera)).isEqualTo(UNAUTHORIZED);
            assertThat(site.found()).containsExactly(Kind.REPLAY);
            assertThat(site.registrar.standing("cam").address().orElseThrow())
                    .startsWith("127.0.0.1:");

            site.pass(40);
            assertThat(camera.again()).as("its own, after its time").isEqualTo(UNAUTHORIZED);
            assertThat(camera.answer().header("WWW-Authenticate").orElseThrow())
                    .contains("stale=true");
        }
    }

    @Test
    void what_is_sent_again_gets_the_same_answer_although_its_nonce_is_spent() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            camera.register();
            var first = camera.answer();
            assertThat(camera.again()).isEqualTo(OK);
            assertThat(camera.answer()).isEqualTo(first);
        }
    }

    @Test
    void a_login_is_never_renewed_without_its_digest() {
        try (var site = Site.ofOne();
                var camera = site.camera();
                var other = site.camera()) {
            camera.register();
            assertThat(other.knock()).isEqualTo(UNAUTHORIZED);
            assertThat(site.registrar.standing("cam").address().orElseThrow())
                    .contains(":" + camera.port());
        }
    }

    @Test
    void signing_off_counts_at_once_and_needs_the_password() {
        try (var site = Site.ofOne();
                var camera = site.camera();
                var wrong = site.elsewhere("wrong")) {
            camera.register();
            assertThat(wrong.signOff()).isEqualTo(FORBIDDEN);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
            assertThat(camera.signOff()).isEqualTo(OK);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.UNREGISTERED);
            assertThat(site.reason()).contains("signed off");
        }
    }

    @Test
    void faults_a_camera_reports_of_itself_or_of_those_below_it_count_until_they_are_gone() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            camera.register();
            camera.keepalive("ERROR", List.of());
            assertThat(site.verdict()).isEqualTo(CameraVerdict.FAULT_REPORTED);
            camera.keepalive("OK", List.of("34020000001310000007"));
            assertThat(site.verdict()).isEqualTo(CameraVerdict.FAULT_REPORTED);
            assertThat(site.reason()).contains("34020000001310000007");
            camera.keepalive();
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
        }
    }

    @Test
    void a_registration_that_is_not_renewed_is_asked_for_at_once_and_lapses_after_grace() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            camera.register(3600);
            for (var i = 0; i < 59; i++) {
                site.pass(60);
                assertThat(camera.keepalive()).isEqualTo(OK);
            }
            site.pass(60);
            assertThat(camera.keepalive()).as("told to register").isEqualTo(FORBIDDEN);
            assertThat(site.verdict()).as("not held against it").isEqualTo(CameraVerdict.HEALTHY);
            site.pass(120);
            assertThat(camera.keepalive()).isEqualTo(FORBIDDEN);
            site.pass(60);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.UNREGISTERED);
            assertThat(site.reason()).contains("run out");
            camera.register();
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
        }
    }

    @Test
    void the_date_is_told_only_where_it_is_wanted_and_known() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            camera.register();
            assertThat(camera.answer().header("Date")).isEmpty();
        }
        var dated = Site.settings().withDate(ZoneId.of("Asia/Shanghai"));
        try (var site = new Site(dated, List.of(SipDevice.of("cam", Site.ID, Site.PASSWORD)));
                var camera = site.camera()) {
            camera.register();
            assertThat(camera.answer().header("Date")).contains("2026-11-23T08:00:00.000");
            site.clock.wall(0, ClockState.UNSYNCED);
            camera.register();
            assertThat(camera.answer().header("Date")).isEmpty();
        }
    }

    @Test
    void an_answer_has_what_a_camera_behind_nat_and_a_strict_one_look_for() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            camera.register(7200);
            var answer = camera.answer();
            assertThat(answer.header("Via").orElseThrow())
                    .contains("rport=" + camera.port(), "received=127.0.0.1", "branch=z9hG4bK");
            assertThat(answer.header("To").orElseThrow()).contains(";tag=");
            assertThat(answer.header("Contact").orElseThrow()).endsWith(";expires=7200");
            assertThat(answer.header("Expires")).contains("7200");
        }
    }

    @Test
    void other_methods_are_not_allowed_and_options_is_a_sign_of_life() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            assertThat(camera.request("INVITE")).isEqualTo(405);
            assertThat(camera.answer().header("Allow")).contains("REGISTER, MESSAGE, OPTIONS");
            camera.register();
            for (var i = 0; i < 10; i++) {
                site.pass(100);
                assertThat(camera.request("OPTIONS")).isEqualTo(OK);
                assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
            }
        }
    }

    @Test
    void a_body_that_is_no_xml_is_said_to_be_bad_but_its_sender_lives() {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            camera.register();
            site.pass(100);
            assertThat(camera.message("<Notify><CmdType>Keep")).isEqualTo(400);
            assertThat(camera.message("<!DOCTYPE a [<!ENTITY b \"c\">]><Notify>&b;</Notify>"))
                    .isEqualTo(400);
            site.pass(100);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
            assertThat(site.found()).containsExactly(Kind.MALFORMED);
        }
    }

    @Test
    void nobody_beats_for_another() {
        var second = "34020000001320000002";
        var devices =
                List.of(
                        SipDevice.of("cam", Site.ID, Site.PASSWORD),
                        SipDevice.of("two", second, "another-1"));
        try (var site = new Site(Site.settings(), devices);
                var camera = site.camera();
                var two =
                        site.camera(
                                new SipAccount(second, Site.SERVER, "another-1"),
                                SipDialect.EDITION_2022,
                                SipCamera.Carrier.UDP)) {
            camera.register();
            two.register();
            site.pass(179);
            var forged =
                    "<Notify><CmdType>Keepalive</CmdType><DeviceID>%s</DeviceID></Notify>"
                            .formatted(second);
            assertThat(camera.message(forged)).isEqualTo(400);
            site.pass(1);
            assertThat(site.registrar.verdict("two")).isEqualTo(CameraVerdict.HEARTBEAT_LOST);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.HEALTHY);
        }
    }

    @Test
    void the_sensor_is_read_under_its_own_id_and_tells_a_loss_by_itself() throws Exception {
        try (var site = Site.ofOne();
                var camera = site.camera()) {
            var sensor = (Announcing) site.registrar.sensors().getFirst();
            var told = new LinkedBlockingQueue<Reading>();
            sensor.whenChanged(told::add);
            assertThat(sensor.read())
                    .isEqualTo(new Reading.Seen("cam-registration", CameraVerdict.UNKNOWN, 0));

            camera.register();
            assertThat(told.poll(5, TimeUnit.SECONDS))
                    .isEqualTo(new Reading.Seen("cam-registration", CameraVerdict.HEALTHY, 0));
            site.pass(180);
            assertThat(told.poll(5, TimeUnit.SECONDS))
                    .isEqualTo(
                            new Reading.Seen("cam-registration", CameraVerdict.HEARTBEAT_LOST, 0));
        }
    }

    /** In real time: what the double does by itself when its platform dies and comes back. */
    @Test
    void a_camera_that_runs_by_itself_finds_its_way_back_after_a_restart() throws Exception {
        var before = Site.ofOne();
        var camera = before.camera(SipDialect.EDITION_2022);
        camera.patience(Duration.ofMillis(100));
        try (var pulse =
                new SipPulse(camera, Duration.ofMillis(30), Duration.ofMillis(10), new Random(3))) {
            pulse.start();
            assertThat(becomes(before, CameraVerdict.HEALTHY)).isTrue();
            try (var after = before.restarted()) {
                assertThat(becomes(after, CameraVerdict.HEALTHY)).isTrue();
                pulse.silence();
                after.pass(181);
                assertThat(becomes(after, CameraVerdict.HEARTBEAT_LOST)).isTrue();
                pulse.goOn();
                assertThat(becomes(after, CameraVerdict.HEALTHY)).isTrue();
            }
        }
    }

    private static boolean becomes(Site site, CameraVerdict verdict) throws InterruptedException {
        for (var i = 0; i < 1_000 && site.verdict() != verdict; i++) {
            site.pass(verdict == CameraVerdict.HEARTBEAT_LOST ? 181 : 0);
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return site.verdict() == verdict;
    }

    @Test
    void a_taken_port_makes_all_unknown_until_it_is_free() throws Exception {
        var loopback = InetAddress.getLoopbackAddress();
        var holder = new DatagramSocket(0, loopback);
        var settings =
                RegistrarSettings.of(Site.loopback(holder.getLocalPort()), Site.SERVER)
                        .withTransports(Set.of(Transport.UDP));
        try (var site = new Site(settings, List.of(SipDevice.of("cam", Site.ID, Site.PASSWORD)))) {
            site.pass(3600);
            assertThat(site.verdict()).isEqualTo(CameraVerdict.UNKNOWN);
            assertThat(site.reason()).contains("does not listen");
            holder.close();
            assertThat(awaitPort(site)).isPositive();
            assertThat(site.reason()).isEqualTo("not registered since the start");
        }
    }

    private static int awaitPort(Site site) throws InterruptedException {
        for (var i = 0; i < 500 && site.registrar.port() == 0; i++) {
            site.pass(1);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return site.registrar.port();
    }

    @Test
    void after_closing_both_ports_are_free_and_all_is_unknown() throws Exception {
        var site = Site.ofOne();
        var port = site.registrar.port();
        site.close();
        assertThat(site.verdict()).isEqualTo(CameraVerdict.UNKNOWN);
        var loopback = InetAddress.getLoopbackAddress();
        try (var udp = new DatagramSocket(port, loopback);
                var tcp = new ServerSocket(port, 1, loopback)) {
            assertThat(udp.getLocalPort()).isEqualTo(tcp.getLocalPort());
        }
    }

    @Test
    void passwords_of_manuals_and_shared_ones_are_found_and_none_is_shown() {
        var devices =
                List.of(
                        SipDevice.of("a", "34020000001320000001", "12345678"),
                        SipDevice.of("b", "34020000001320000002", "shared-1"),
                        SipDevice.of("c", "34020000001320000003", "shared-1"),
                        SipDevice.of("d", "34020000001320000004", "its-own-7"));
        try (var site = new Site(Site.settings(), devices)) {
            assertThat(site.registrar.findings())
                    .hasSize(3)
                    .allMatch(f -> f.kind() == Kind.WEAK_PASSWORD);
            assertThat(devices.toString()).doesNotContain("12345678", "shared-1");
        }
    }

    @Test
    void nonsense_in_the_list_is_refused_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SipDevice.of("cam", "123", Site.PASSWORD));
        assertThatIllegalArgumentException().isThrownBy(() -> SipDevice.of("cam", Site.ID, ""));
        var device = SipDevice.of("cam", Site.ID, Site.PASSWORD);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Registrar(
                                Site.settings(),
                                List.of(device, device),
                                new HandClock(),
                                new SecureRandom()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistrarSettings.of(Site.loopback(0), "1"));
        try (var site = Site.ofOne()) {
            assertThatIllegalArgumentException().isThrownBy(() -> site.registrar.standing("other"));
        }
    }

    @Test
    void a_caller_that_does_not_finish_is_let_go() throws Exception {
        assertThat(TcpLine.MESSAGE).isLessThanOrEqualTo(Duration.ofSeconds(10));
        try (var site = Site.ofOne();
                var caller = new Socket(InetAddress.getLoopbackAddress(), site.registrar.port())) {
            caller.setSoTimeout(10);
            caller.getOutputStream()
                    .write("REGISTER sip:a SIP/2.0\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(letGo(site, caller)).isTrue();
        }
    }

    /** Drips a byte each second of the registrar's clock. */
    private static boolean letGo(Site site, Socket caller) {
        for (var i = 0; i < 100; i++) {
            site.pass(1);
            try {
                caller.getOutputStream().write('x');
                if (caller.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException e) {
                // it still listens
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }
}
