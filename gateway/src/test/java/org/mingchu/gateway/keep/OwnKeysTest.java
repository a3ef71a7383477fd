package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.keep.proof.DeviceKey;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The key with which the record is signed, and what is left of earlier ones. */
final class OwnKeysTest {
    private static final Moment NOW = new Moment("b", 1, 1_793_548_800_000L, ClockState.SYNCED, 10);

    @TempDir private Path folder;

    @Test
    void a_key_is_made_once_and_found_again() {
        var first = OwnKeys.open(folder, new Random(1), NOW).orElseThrow();
        var again = OwnKeys.open(folder, new Random(2), NOW).orElseThrow();
        assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
    }

    @Test
    void a_damaged_key_goes_into_quarantine_and_its_public_half_stays_known() throws IOException {
        var first = seal(new Random(1));
        OwnKeys.remember(folder, first);
        OwnKeys.remember(folder, first);
        var file = folder.resolve(DeviceKey.FILE);
        var bytes = Files.readAllBytes(file);
        bytes[40] ^= 1;
        Files.write(file, bytes);

        var second = seal(new Random(2));
        OwnKeys.remember(folder, second);
        assertThat(second.verifier()).isNotEqualTo(first.verifier());
        assertThat(OwnKeys.known(folder)).containsExactly(first.verifier(), second.verifier());
        try (var files = Files.walk(folder.resolve("quarantine"))) {
            assertThat(files.filter(f -> f.endsWith(DeviceKey.FILE)))
                    .singleElement()
                    .satisfies(f -> assertThat(Files.readAllBytes(f)).isEqualTo(bytes));
        }
    }

    @Test
    void half_a_line_of_a_power_cut_is_stepped_over() throws IOException {
        var seal = seal(new Random(1));
        OwnKeys.remember(folder, seal);
        var line = Files.readString(folder.resolve(OwnKeys.FILE));
        Files.writeString(folder.resolve(OwnKeys.FILE), line.substring(0, 40) + "\n" + line);
        assertThat(OwnKeys.known(folder)).containsExactly(seal.verifier());
    }

    @Test
    void without_a_folder_there_is_no_key_and_no_end() {
        assertThat(OwnKeys.open(folder.resolve("gone"), new Random(1), NOW)).isEmpty();
    }

    private Seal seal(Random chance) {
        return new Seal("a", "s", "g", OwnKeys.open(folder, chance, NOW).orElseThrow());
    }
}
