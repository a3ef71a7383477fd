package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.sensors.Proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Mbed TLS 3.x, which Zephyr and ESP boards speak: connection id and a changed port. Its headers
 * and libraries are looked for in the system and below {@code /opt/mbedtls3}, or where {@code
 * mingchu.mbedtls} says; Debian has them from release 13 on (libmbedtls-dev).
 */
final class MbedTlsTest {
    private static final String FIRST = "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":4.5}]";
    private static final String SECOND = "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":5.5}]";

    @TempDir private Path folder;

    @Test
    void with_a_connection_id_a_session_lives_on_at_a_new_port_and_without_it_does_not()
            throws Exception {
        var home = home();
        Proof.needs(home.isPresent() && Peer.installed("gcc").isPresent(), "Mbed TLS 3.x with gcc");
        var program = compiled(home.orElseThrow());
        var shelf = new Shelf();
        try (var rig = new Rig(folder, shelf, List.of(Rig.thermometer("cold-1", "probe-1")))) {
            var key = rig.enrol("probe-1");

            assertThat(run(program, rig, key, "cid"))
                    .containsSubsequence(
                            "version 3.", "cid 1 bytes 6", "answer 2.04", "answer 2.04");
            assertThat(shelf.values()).hasSize(2);
            assertThat(rig.door.probes().getFirst().heard().orElseThrow().way())
                    .isEqualTo(ProbeStatus.Way.DTLS_CID);

            assertThat(run(program, rig, key, "nocid"))
                    .containsSubsequence("cid 0", "answer 2.04", "failed read");
            assertThat(shelf.values()).hasSize(3);
            assertThat(rig.door.probes().getFirst().heard().orElseThrow().way())
                    .isEqualTo(ProbeStatus.Way.DTLS);
        }
    }

    private String run(Path program, Rig rig, String key, String cid) throws Exception {
        return Peer.run(
                folder,
                List.of(
                        program.toString(),
                        Integer.toString(rig.dtls().getPort()),
                        "probe-1",
                        key,
                        cid,
                        FIRST,
                        SECOND));
    }

    /** Below which include and lib lie. */
    private static Optional<Path> home() {
        return Stream.of(System.getProperty("mingchu.mbedtls", "/opt/mbedtls3/usr"), "/usr")
                .map(Path::of)
                .filter(MbedTlsTest::isThree)
                .findFirst();
    }

    private static boolean isThree(Path home) {
        try {
            return Files.readString(home.resolve("include/mbedtls/build_info.h"))
                    .contains("MBEDTLS_VERSION_MAJOR  3");
        } catch (IOException e) {
            return false;
        }
    }

    private Path compiled(Path home) throws Exception {
        var source = folder.resolve("mbedtls-probe.c");
        try (InputStream text =
                Objects.requireNonNull(MbedTlsTest.class.getResourceAsStream("/mbedtls-probe.c"))) {
            Files.copy(text, source);
        }
        var program = folder.resolve("mbedtls-probe");
        var said =
                Peer.run(
                        folder,
                        List.of(
                                "/bin/sh",
                                "-c",
                                "gcc -O1 -o mbedtls-probe mbedtls-probe.c -I"
                                        + home
                                        + "/include"
                                        + " -L"
                                        + home
                                        + "/lib/$(gcc -print-multiarch)"
                                        + " -L"
                                        + home
                                        + "/lib -Wl,-Bstatic -lmbedtls -lmbedx509"
                                        + " -lmbedcrypto -Wl,-Bdynamic"));
        assertThat(program).as(said).exists();
        return program;
    }
}
