package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.HostPort;
import org.mingchu.sensors.Proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Random;

final class ProbeKeysTest {
    private static final HostPort GATEWAY = new HostPort("192.168.1.20", 5684);

    @TempDir private Path folder;
    private Path file;
    private ProbeKeys keys;

    @BeforeEach
    void open() {
        file = folder.resolve("probes");
        keys = new ProbeKeys(file, new SecureRandom());
    }

    @Test
    void a_probe_gets_a_key_of_its_own_that_only_the_owner_may_read() throws IOException {
        var one = keys.add("probe-1", GATEWAY);
        var two = keys.add("probe-2", GATEWAY);

        assertThat(one.uri())
                .matches("coaps://192\\.168\\.1\\.20:5684/senml\\?id=probe-1#[0-9a-f]{32}");
        assertThat(two.keyHex()).isNotEqualTo(one.keyHex());
        assertThat(one.toString()).doesNotContain(one.keyHex());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(keys.list())
                .containsExactly(
                        new ProbeKeys.Probe("probe-1", ProbeKeys.State.ENROLLED),
                        new ProbeKeys.Probe("probe-2", ProbeKeys.State.ENROLLED));
    }

    @Test
    void another_process_adds_and_revokes_and_this_one_sees_it() {
        keys.add("probe-1", GATEWAY);
        var other = new ProbeKeys(file, new SecureRandom());
        assertThat(keys.current()).containsOnlyKeys("probe-1");

        other.add("probe-2", GATEWAY);
        assertThat(keys.current()).containsOnlyKeys("probe-1", "probe-2");
        assertThat(other.revoke("probe-1")).isTrue();
        assertThat(other.revoke("probe-1")).isFalse();
        assertThat(keys.current().get("probe-1")).isEqualTo(new ProbeKeys.Entry.Revoked());
    }

    @Test
    void a_file_that_is_damaged_names_its_line_and_remedy_and_keeps_what_was_known()
            throws IOException {
        keys.add("probe-1", GATEWAY);
        assertThat(keys.current()).hasSize(1);
        Files.writeString(file, "mingchu-probes 1\nprobe-1 psk 0123\n");

        assertThatThrownBy(keys::list)
                .isInstanceOf(ProbeKeys.BadFile.class)
                .hasMessageContaining(file + ":2: a line is IDENTITY psk KEY or IDENTITY revoked")
                .hasMessageContaining("mend the line")
                .hasMessageNotContaining("0123");
        assertThat(keys.current()).as("what was known stays in force").hasSize(1);
        assertThatThrownBy(() -> keys.add("probe-2", GATEWAY))
                .isInstanceOf(ProbeKeys.BadFile.class);
    }

    @Test
    void a_file_that_others_may_read_is_refused() throws IOException {
        keys.add("probe-1", GATEWAY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(keys::list).hasMessageContaining("chmod 600");
    }

    @Test
    void an_identity_that_the_site_file_cannot_name_is_refused() {
        for (var identity : new String[] {"", ".a", "a b", "a/b", "x".repeat(65), "é"}) {
            assertThatThrownBy(() -> keys.add(identity, GATEWAY))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void mutated_files_are_read_or_refused() {
        var chance = new Random(7);
        var seed =
                "mingchu-probes 1\nprobe-1 psk 00112233445566778899aabbccddeeff\n# two\nb revoked\n"
                        .getBytes(StandardCharsets.UTF_8);
        var read = 0;
        for (var i = 0; i < Proof.pick(3_000, 30_000, 30_000); i++) {
            var bytes = seed.clone();
            bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt(256);
            try {
                ProbeKeys.parse(bytes, "probes");
                read++;
            } catch (ProbeKeys.BadFile e) {
                assertThat(e).hasMessageStartingWith("probes:");
            }
        }
        assertThat(read).isPositive();
    }
}
