package org.mingchu.sensors.camera.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.HandClock;
import org.mingchu.sensors.Proof;
import org.mingchu.sensors.kernel.KernelClock;
import org.mingchu.simulator.wire.SipAccount;
import org.mingchu.simulator.wire.SipCamera;
import org.mingchu.simulator.wire.SipDialect;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** What anybody on the kitchen's network can send: memory stays bounded, cameras are served. */
final class FloodTest {
    private static final int DATAGRAMS = Proof.pick(10_000, 100_000, 5_000_000);
    private static final int REQUESTS = Proof.pick(4_000, 100_000, 2_000_000);
    private static final int SOURCES = 200;
    private static final long GROWTH_BYTES_MAX = 12L * 1024 * 1024;

    @Test
    void a_flood_of_datagrams_fills_nothing_and_keeps_no_camera_from_its_login() throws Exception {
        var clock = new KernelClock(Path.of("/"), InstantSource.system());
        var device = SipDevice.of("cam", Site.ID, Site.PASSWORD);
        var settings = RegistrarSettings.of(Site.loopback(0), Site.SERVER);
        try (var registrar = new Registrar(settings, List.of(device), clock, new SecureRandom())) {
            registrar.start();
            assertThat(logInAndBeat(registrar.port())).isEqualTo(1);
            var before = used();
            var over = new AtomicBoolean();
            var flood = Thread.ofPlatform().start(() -> flood(registrar.port(), over));
            var beats = 0;
            while (!over.get()) {
                beats += logInAndBeat(registrar.port());
            }
            flood.join();
            assertThat(beats).as("beats answered while it lasted").isPositive();
            assertThat(used() - before).isLessThan(GROWTH_BYTES_MAX);
            assertThat(logInAndBeat(registrar.port())).isEqualTo(1);
            assertThat(registrar.verdict("cam")).isEqualTo(CameraVerdict.HEALTHY);
        }
    }

    /** From a new port each time, as a camera that has just started. */
    private static int logInAndBeat(int port) {
        try (var camera =
                new SipCamera(
                        new SipAccount(Site.ID, Site.SERVER, Site.PASSWORD),
                        SipDialect.EDITION_2022,
                        SipCamera.Carrier.UDP,
                        Site.loopback(port))) {
            return camera.register() == 200 && camera.keepalive() == 200 ? 1 : 0;
        }
    }

    private static void flood(int port, AtomicBoolean over) {
        var sockets = new ArrayList<DatagramSocket>();
        try {
            for (var i = 0; i < SOURCES; i++) {
                var address = InetAddress.getByName("127.0.1." + (i + 1));
                sockets.add(new DatagramSocket(new InetSocketAddress(address, 0)));
            }
            var chance = new Random(100);
            for (var i = 0; i < DATAGRAMS; i++) {
                var bytes = datagram(chance);
                sockets.get(i % SOURCES)
                        .send(new DatagramPacket(bytes, bytes.length, Site.loopback(port)));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            over.set(true);
            sockets.forEach(DatagramSocket::close);
        }
    }

    /** Even with the rates open wide, and each sender new, what is remembered has an end. */
    @Test
    void memory_is_bounded_when_every_request_has_a_new_name_and_a_new_sender() {
        var clock = new HandClock();
        var device = SipDevice.of("cam", Site.ID, Site.PASSWORD);
        var reception = new Reception(Site.settings(), List.of(device), clock, new SecureRandom());
        reception.hears();
        var chance = new Random(101);
        flood(reception, clock, chance, 2_000);
        var before = used();
        flood(reception, clock, chance, REQUESTS);
        assertThat(used() - before).isLessThan(GROWTH_BYTES_MAX);
        assertThat(reception.footprint())
                .allSatisfy((what, count) -> assertThat(count).as(what).isPositive());
        assertThat(reception.footprint().get("nonces")).isLessThanOrEqualTo(Nonces.NONCES_MAX);
        assertThat(reception.footprint().get("answers")).isLessThanOrEqualTo(Answers.ANSWERS_MAX);
        assertThat(reception.footprint().get("answer-bytes"))
                .isLessThanOrEqualTo(Answers.ANSWER_BYTES_MAX);
        assertThat(reception.footprint().get("addresses")).isLessThanOrEqualTo(Gate.ADDRESSES_MAX);
        assertThat(reception.findings())
                .hasSizeLessThanOrEqualTo(Findings.OF_A_KIND_MAX * Finding.Kind.values().length);
    }

    private static void flood(Reception reception, HandClock clock, Random chance, int datagrams) {
        for (var i = 0; i < datagrams; i++) {
            reception.answer(datagram(chance), stranger(chance));
            clock.add(1);
        }
    }

    private static Peer stranger(Random chance) {
        try {
            var bytes = new byte[4];
            chance.nextBytes(bytes);
            return new Peer(Transport.UDP, InetAddress.getByAddress(bytes), chance.nextInt(65_536));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A third noise, a third strangers who log in, a third in the camera's own name. */
    private static byte[] datagram(Random chance) {
        var kind = chance.nextInt(3);
        if (kind == 0) {
            var noise = new byte[chance.nextInt(1, 1_400)];
            chance.nextBytes(noise);
            return noise;
        }
        var id = kind == 1 ? "3402%016d".formatted(chance.nextInt(1_000_000_000)) : Site.ID;
        var method = chance.nextBoolean() ? "REGISTER" : "MESSAGE";
        return """
        %s sip:x SIP/2.0
        Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK%d
        From: <sip:%s@x>;tag=%s
        To: <sip:%s@x>
        Call-ID: %d
        CSeq: 1 %s

        """
                .formatted(
                        method,
                        chance.nextLong(),
                        id,
                        "t".repeat(chance.nextInt(1, 3_000)),
                        id,
                        chance.nextLong(),
                        method)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static long used() {
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
