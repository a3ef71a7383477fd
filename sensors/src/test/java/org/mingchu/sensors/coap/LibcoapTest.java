package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Proof;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * libcoap's client, built with OpenSSL and with GnuTLS: peers that share no code with Californium.
 * Left out where they are not installed (libcoap3-bin), unless {@code mingchu.peers.required} says
 * that they must be.
 */
final class LibcoapTest {
    /** The client takes its key as text, so this one is text. */
    private static final String KEY = "sixteen-bytes-ok";

    private static final String READING = "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":4.5}]";

    @TempDir private Path folder;
    private final Shelf shelf = new Shelf();
    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        Proof.needs(
                Peer.installed("coap-client-openssl").isPresent()
                        && Peer.installed("coap-client-gnutls").isPresent(),
                "libcoap3-bin");
        enrolProbeOne();
        rig =
                new Rig(
                        folder,
                        shelf,
                        List.of(
                                Rig.thermometer("cold-1", "probe-1"),
                                Rig.thermometer("cold-x", "probe-x")),
                        Optional.empty());
    }

    @AfterEach
    void close() throws IOException {
        if (rig != null) {
            rig.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "gnutls"})
    void a_key_opens_the_door_and_a_reading_is_kept(String build) throws Exception {
        assertThat(post(build, "probe-1", KEY, READING)).contains("c:2.04");
        assertThat(client(build, "probe-1", KEY, List.of("-m", "get"), "/.well-known/core"))
                .contains("</senml>;ct=\"110 112\"");
        assertThat(shelf.values())
                .singleElement()
                .satisfies(m -> assertThat(m.milli()).isEqualTo(4_500))
                .satisfies(m -> assertThat(m.flags()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "gnutls"})
    void six_thousand_bytes_in_blocks_of_64_are_one_pack(String build) throws Exception {
        var body =
                IntStream.range(0, 60)
                        .mapToObj(i ->
                                "{\"t\":"
                                        + -30 * i
                                        + ",\"v\":4.5,\"x\":\""
                                        + "a".repeat(70)
                                        + "\"}")
                        .collect(
                                Collectors.joining(",", "[{\"bn\":\"temp\",\"bu\":\"Cel\"},", "]"));
        var file = Files.writeString(folder.resolve("pack.json"), body);
        assertThat(Files.size(file)).isBetween(5_800L, 6_200L);

        var said =
                client(
                        build,
                        "probe-1",
                        KEY,
                        List.of("-m", "post", "-t", "110", "-b", "64", "-f", file.toString()),
                        "/senml");

        assertThat(said).contains("c:2.04");
        assertThat(shelf.values()).hasSize(60);
        assertThat(shelf.values().getFirst().ageNs())
                .isEqualTo(Duration.ofSeconds(30 * 59).toNanos());
        assertThat(shelf.values().getFirst().flags()).containsExactly(Flag.BACKFILLED);
    }

    @Test
    void nine_thousand_bytes_are_too_large() throws Exception {
        var file = Files.writeString(folder.resolve("pack.json"), "x".repeat(9_000));

        assertThat(
                        client(
                                "openssl",
                                "probe-1",
                                KEY,
                                List.of("-m", "post", "-t", "110", "-f", file.toString()),
                                "/senml"))
                .contains("4.13");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "gnutls"})
    void a_probe_observes_its_sensor(String build) throws Exception {
        var observer =
                new ProcessBuilder(
                                command(
                                        build,
                                        "probe-1",
                                        KEY,
                                        List.of("-m", "get", "-s", "4"),
                                        "/now/cold-1"))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("observed").toFile())
                        .start();
        CoapDoorTest.await(() -> observed().contains("\"bn\":\"cold-1\""));
        try (var probe =
                new Probe(
                        rig.dtls(),
                        "probe-1",
                        HexFormat.of().formatHex(KEY.getBytes(StandardCharsets.UTF_8)))) {
            for (var i = 1; i <= 3; i++) {
                var value = i + ".500";
                probe.post("/senml", "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":" + value + "}]");
                CoapDoorTest.await(() -> observed().contains("\"v\":" + value));
            }
        }
        observer.destroy();
        assertThat(observer.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private String observed() {
        try {
            // the payload is printed in hexadecimal, too
            return Files.readString(folder.resolve("observed"))
                    .replaceAll(" (?=\\S )|(?<=\\S) (?=>>)", "")
                    .replace(" ", "");
        } catch (IOException e) {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "gnutls"})
    void a_wrong_key_and_an_unknown_identity_are_shown_to_the_technician(String build)
            throws Exception {
        // Some seconds of silence each; the short form has Californium for it.
        Proof.notInShort();
        var wrong =
                CompletableFuture.supplyAsync(() -> tried(build, "probe-1", "sixteen-bytes-no"));
        var unknown = CompletableFuture.supplyAsync(() -> tried(build, "probe-9", KEY));
        assertThat(wrong.get()).doesNotContain("c:2.04");
        assertThat(unknown.get()).doesNotContain("c:2.04");

        assertThat(rig.door.strangers().list())
                .extracting(Strangers.Stranger::hash, Strangers.Stranger::reason)
                .contains(
                        tuple(Strangers.hash("probe-1"), Strangers.Reason.WRONG_KEY),
                        tuple(Strangers.hash("probe-9"), Strangers.Reason.UNKNOWN_IDENTITY));
        assertThat(shelf.rounds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "gnutls"})
    void a_certificate_of_the_site_opens_the_door_and_no_other_does(String build) throws Exception {
        Proof.needs(Peer.installed("openssl").isPresent(), "openssl");
        var site = new Certificates(folder, "site");
        var other = new Certificates(folder, "other");
        rig.close();
        rig =
                new Rig(
                        folder,
                        shelf,
                        List.of(Rig.thermometer("cold-x", "probe-x")),
                        Optional.of(site.of("gateway")));
        site.of("probe-x");
        other.of("probe-y");
        var post = List.of("-m", "post", "-t", "110", "-e", READING);

        assertThat(certified(build, "site", "probe-x", post)).contains("c:2.04");
        assertThat(certified(build, "other", "probe-y", post)).doesNotContain("c:2.04");
        assertThat(shelf.values()).extracting(Reading.Measured::subject).containsExactly("cold-x");
        // GnuTLS keeps back a certificate that the server's list of authorities does not ask for.
        var shown = build.equals("gnutls") ? "" : "probe-y";
        CoapDoorTest.await(() -> !rig.door.strangers().list().isEmpty());
        assertThat(rig.door.strangers().list())
                .extracting(Strangers.Stranger::hash, Strangers.Stranger::reason)
                .containsExactly(
                        tuple(Strangers.hash(shown), Strangers.Reason.CERTIFICATE_REFUSED));

        rig.keys.revoke("probe-x");
        assertThat(certified(build, "site", "probe-x", post)).doesNotContain("c:2.04");
        CoapDoorTest.await(() ->
                rig.door.strangers().list().stream()
                        .anyMatch(s -> s.reason() == Strangers.Reason.REVOKED));
    }

    private String certified(String build, String authority, String name, List<String> action)
            throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                "/usr/bin/coap-client-" + build,
                                "-v",
                                "6",
                                "-B",
                                "4",
                                "-c",
                                folder.resolve(authority + "-" + name + ".pem").toString(),
                                "-j",
                                folder.resolve(authority + "-" + name + ".key").toString(),
                                "-C",
                                folder.resolve("site.pem").toString()));
        command.addAll(action);
        command.add("coaps://127.0.0.1:" + rig.dtls().getPort() + "/senml");
        return Peer.run(folder, command);
    }

    private String tried(String build, String identity, String key) {
        try {
            return post(build, identity, key, READING);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String post(String build, String identity, String key, String body) throws Exception {
        return client(
                build, identity, key, List.of("-m", "post", "-t", "110", "-e", body), "/senml");
    }

    private String client(
            String build, String identity, String key, List<String> action, String path)
            throws Exception {
        return Peer.run(folder, command(build, identity, key, action, path));
    }

    private List<String> command(
            String build, String identity, String key, List<String> action, String path) {
        var command =
                new ArrayList<>(
                        List.of(
                                "/usr/bin/coap-client-" + build,
                                "-v",
                                "6",
                                "-B",
                                "3",
                                "-u",
                                identity,
                                "-k",
                                key));
        command.addAll(action);
        command.add("coaps://127.0.0.1:" + rig.dtls().getPort() + path);
        return command;
    }

    private void enrolProbeOne() throws IOException {
        var file = folder.resolve("probes");
        Files.writeString(
                file,
                "mingchu-probes 1\nprobe-1 psk "
                        + HexFormat.of().formatHex(KEY.getBytes(StandardCharsets.US_ASCII))
                        + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
