package org.mingchu.gateway.keep.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The file with the device's key. */
final class DeviceKeyTest {
    @TempDir private Path folder;

    @Test
    void a_key_is_made_once_and_found_again() throws IOException {
        var made = DeviceKey.open(folder, new Random(5));
        var again = DeviceKey.open(folder, new Random(6));
        assertThat(made.made()).isTrue();
        assertThat(again.made()).isFalse();
        assertThat(again.narrowed()).isFalse();
        assertThat(again.key().fingerprint()).isEqualTo(made.key().fingerprint());
        assertThat(mode()).isEqualTo("rw-------");
        assertThat(Files.exists(folder.resolve("device.key.new"))).isFalse();
        var note = again.key().sign("a/s/g", "text\n");
        assertThat(new KeyRing(List.of(made.key().verifier("a/s/g"))).signer(note)).isPresent();
    }

    /** Ten digits of SHA-256 of "mingchu claim 1" and the seed, by another program. */
    @Test
    void the_code_on_the_label_follows_from_the_key_alone() {
        var seed = new byte[32];
        Arrays.fill(seed, (byte) 7);
        assertThat(DeviceKey.of(seed).claimCode()).isEqualTo("40472-43856");
        seed[31] = 8;
        assertThat(DeviceKey.of(seed).claimCode())
                .matches("[0-9]{5}-[0-9]{5}")
                .isNotEqualTo("40472-43856");
    }

    @Test
    void what_others_may_read_is_narrowed_and_said() throws IOException {
        DeviceKey.open(folder, new Random(5));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(DeviceKey.open(folder, new Random(6)).narrowed()).isTrue();
        assertThat(mode()).isEqualTo("rw-------");
    }

    @Test
    void no_flipped_bit_gives_another_key() throws IOException {
        DeviceKey.open(folder, new Random(5));
        var sound = Files.readAllBytes(file());
        for (var i = 0; i < sound.length; i++) {
            var bytes = sound.clone();
            bytes[i] ^= (byte) (1 << i % 8);
            Files.write(file(), bytes);
            assertThatThrownBy(() -> DeviceKey.open(folder, new Random(6)))
                    .as("byte %d", i)
                    .isInstanceOf(DeviceKeyDamaged.class)
                    .hasMessageContaining("device.key");
            assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
        }
        Files.write(file(), new byte[0]);
        assertThatThrownBy(() -> DeviceKey.open(folder, new Random(6)))
                .isInstanceOf(DeviceKeyDamaged.class);
    }

    @Test
    void a_draft_that_a_power_cut_left_is_no_key() throws IOException {
        Files.write(folder.resolve("device.key.new"), new byte[10]);
        assertThat(DeviceKey.open(folder, new Random(5)).made()).isTrue();
    }

    private Path file() {
        return folder.resolve(DeviceKey.FILE);
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file()));
    }
}
