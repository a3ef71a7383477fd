package org.mingchu.config.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mingchu.config.Plan;
import org.mingchu.config.Secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The way to the packages of a first boot without a cable, and netplan's own reader of it. */
class FirstNetworkTest {
    private static final Path WIFI = Boards.RESOURCES.resolve("board/every-link.toml");

    /** Where {@code .ci/peers} puts it: installed, it would take over this machine's network. */
    private static final Path PEER = Path.of("/opt/netplan");

    @TempDir private Path root;

    @Test
    void a_site_without_a_radio_and_a_radio_without_a_passphrase_are_told_so() {
        assertThatThrownBy(() -> FirstNetwork.of(plan(Boards.MINI), Secrets.NONE))
                .hasMessageContaining("no [network.wifi]");
        assertThatThrownBy(() -> FirstNetwork.of(plan(WIFI), Secrets.NONE))
                .hasMessageContaining("[kitchen-wifi] with passphrase in secrets.toml");
    }

    /**
     * Cloud-init hands the file to netplan as it is; what that makes of it, NetworkManager reads.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kitchen | correct horse | kitchen | correct horse",
                "厨房 \"2\": a # b | \\ok'{}; #12= | 厨房 \"2\": a # b | \\\\ok'{}; #12=",
                "12345 | 12345678 | 12345 | 12345678",
                "yes | %s@SSID@ | yes | %s@SSID@"
            })
    void netplan_reads_what_was_meant(String ssid, String secret, String name, String psk)
            throws Exception {
        var rendered = rendered(FirstNetwork.of(plan(WIFI, ssid), secrets(secret)));

        assertThat(rendered)
                .contains("\nssid=" + name + "\n", "\npsk=" + psk + "\n", "key-mgmt=wpa-psk")
                .contains("interface-name=wlan0", "method=auto");
        assertThat(root.resolve("run/systemd/system/netplan-regdom.service"))
                .content()
                .contains("iw reg set CN");
    }

    @Test
    void netplan_refuses_a_key_that_it_does_not_know() throws Exception {
        var text = FirstNetwork.of(plan(WIFI), secrets("correct horse"));

        assertThat(generated(text.replace("regulatory-domain", "regulatory_domain")))
                .contains("unknown key 'regulatory_domain'");
    }

    private static Secrets secrets(String passphrase) {
        return new Secrets(
                Map.of(
                        "kitchen-wifi",
                        new Secrets.Secret(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(passphrase))));
    }

    private static Plan plan(Path site) {
        return Boards.plan(site);
    }

    private Plan plan(Path site, String ssid) throws IOException {
        var text = Files.readString(site);
        var line = text.lines().filter(l -> l.strip().startsWith("ssid")).findFirst().orElseThrow();
        var escaped = ssid.replace("\\", "\\\\").replace("\"", "\\\"");
        var file = root.resolve("site.toml");
        return plan(Files.writeString(file, text.replace(line, "ssid = \"" + escaped + "\"")));
    }

    private String rendered(String text) throws Exception {
        assertThat(generated(text)).isEmpty();
        var made = root.resolve("run/NetworkManager/system-connections");
        try (var files = Files.list(made)) {
            for (var file : files.toList()) {
                if (file.getFileName().toString().startsWith("netplan-wlan0")) {
                    return Files.readString(file);
                }
            }
        }
        throw new AssertionError("nothing for the radio in " + made);
    }

    /** What it says; nothing when it is content. */
    private String generated(String text) throws IOException, InterruptedException {
        var generator = PEER.resolve("usr/libexec/netplan/generate");
        if (!Files.exists(generator) && Boolean.getBoolean("mingchu.peers.required")) {
            fail("netplan is not below " + PEER + "; .ci/peers puts it there");
        }
        assumeTrue(Files.exists(generator), ".ci/peers fetches netplan");
        var file =
                Files.createDirectories(root.resolve("etc/netplan")).resolve("50-cloud-init.yaml");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var running = new ProcessBuilder(generator.toString(), "--root-dir", root.toString());
        try (var folders = Files.newDirectoryStream(PEER.resolve("usr/lib"), "*-linux-gnu*")) {
            running.environment()
                    .put("LD_LIBRARY_PATH", folders.iterator().next().toAbsolutePath().toString());
        }
        var process = running.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
