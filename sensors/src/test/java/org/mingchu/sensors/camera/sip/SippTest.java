package org.mingchu.sensors.camera.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.sensors.Proof;
import org.mingchu.sensors.camera.sip.Finding.Kind;
import org.mingchu.sensors.kernel.KernelClock;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * SIPp as camera: a peer that shares no code with the registrar and has its own digest and its own
 * retransmissions. Left out where it is not installed, unless {@code mingchu.peers.required} says
 * that it must be.
 */
final class SippTest {
    private static final Path SIPP = Path.of("/usr/bin/sipp");
    private static final int SESSIONS = Proof.pick(200, 1_000, 5_000);
    private static final int CALLS_PER_SECOND = 485;

    /** One for each of so many sessions; later ones log in again. */
    private static final int CAMERAS = 500;

    @TempDir private Path folder;

    /** Sipp calls from one address more than 1,400 times a second. */
    private static final Rates RATES = new Rates(5_000, 5_000);

    @BeforeEach
    void sipp() {
        assumeTrue(
                Boolean.getBoolean("mingchu.peers.required") || Files.isExecutable(SIPP),
                "sip-tester is not installed");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void all_sessions_of_login_and_heartbeat_succeed(Transport transport) throws Exception {
        try (var registrar = registrar()) {
            assertThat(run(registrar, "register-keepalive.xml", transport, logins("right-")))
                    .as(output())
                    .isZero();
            for (var i = 0; i < Math.min(CAMERAS, SESSIONS); i++) {
                var standing = registrar.standing("cam" + i);
                assertThat(standing.verdict()).isEqualTo(CameraVerdict.HEALTHY);
                assertThat(standing.reason()).as("it has beaten").isEmpty();
            }
            assertThat(registrar.findings()).isEmpty();
        }
    }

    @Test
    void wrong_passwords_are_refused_every_one() throws Exception {
        try (var registrar = registrar()) {
            var cameras = 20;
            assertThat(
                            run(
                                    registrar,
                                    "register-keepalive.xml",
                                    Transport.UDP,
                                    logins("wrong-"),
                                    "-m",
                                    String.valueOf(cameras)))
                    .isEqualTo(1);
            assertThat(registrar.findings())
                    .hasSize(cameras)
                    .allMatch(f -> f.kind() == Kind.REFUSED_DIGEST);
            assertThat(registrar.verdict("cam0")).isEqualTo(CameraVerdict.UNKNOWN);
        }
    }

    @Test
    void spoofed_heartbeats_change_nothing_and_are_reported() throws Exception {
        try (var registrar = registrar()) {
            var login = "register-keepalive.xml";
            assertThat(run(registrar, login, Transport.UDP, logins("right-"), "-m", "20")).isZero();
            var before = registrar.standing("cam0");
            assertThat(
                            run(
                                    registrar,
                                    "spoofed-keepalive.xml",
                                    Transport.UDP,
                                    logins(""),
                                    "-m",
                                    "20",
                                    "-i",
                                    "127.0.0.5"))
                    .as(output())
                    .isZero();
            var after = registrar.standing("cam0");
            assertThat(after.address()).isEqualTo(before.address());
            assertThat(after.silence().orElseThrow()).isGreaterThan(before.silence().orElseThrow());
            assertThat(registrar.findings())
                    .hasSize(20)
                    .allMatch(f -> f.kind() == Kind.SPOOF_ATTEMPT)
                    .allMatch(f -> f.address().equals("127.0.0.5"));
        }
    }

    private static Registrar registrar() {
        var devices =
                IntStream.range(0, CAMERAS)
                        .mapToObj(i -> SipDevice.of("cam" + i, id(i), "right-" + i))
                        .toList();
        var registrar =
                new Registrar(
                        RegistrarSettings.of(Site.loopback(0), Site.SERVER).withRates(RATES),
                        devices,
                        new KernelClock(Path.of("/"), InstantSource.system()),
                        new SecureRandom());
        registrar.start();
        return registrar;
    }

    private static String id(int number) {
        return "3402000000132%07d".formatted(number);
    }

    /** A camera in each line, and how sipp is to log it in. */
    private static String logins(String password) {
        return IntStream.range(0, CAMERAS)
                .mapToObj(i ->
                        "%s;[authentication username=%s password=%s%d]"
                                .formatted(id(i), id(i), password, i))
                .collect(Collectors.joining("\n", "SEQUENTIAL\n", "\n"));
    }

    private int run(
            Registrar registrar,
            String scenario,
            Transport transport,
            String logins,
            String... more)
            throws IOException, InterruptedException {
        var script = folder.resolve(scenario);
        try (InputStream source = SippTest.class.getResourceAsStream("/sip/" + scenario)) {
            Files.write(script, Optional.ofNullable(source).orElseThrow().readAllBytes());
        }
        var cameras = Files.writeString(folder.resolve("cameras.csv"), logins);
        var command =
                new ArrayList<>(
                        List.of(
                                SIPP.toString(),
                                "127.0.0.1:" + registrar.port(),
                                "-sf",
                                script.toString(),
                                "-inf",
                                cameras.toString(),
                                "-t",
                                transport == Transport.UDP ? "u1" : "t1",
                                "-m",
                                String.valueOf(SESSIONS),
                                "-r",
                                String.valueOf(CALLS_PER_SECOND),
                                "-l",
                                "200",
                                "-timeout",
                                "60",
                                "-timeout_error",
                                "-nostdin"));
        command.addAll(List.of(more));
        var sipp =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("sipp.log").toFile())
                        .start();
        try {
            assertThat(sipp.waitFor(90, TimeUnit.SECONDS)).isTrue();
            return sipp.exitValue();
        } finally {
            sipp.destroyForcibly();
        }
    }

    private String output() throws IOException {
        var log = Files.readString(folder.resolve("sipp.log"));
        return log.substring(Math.max(0, log.length() - 4_000));
    }
}
