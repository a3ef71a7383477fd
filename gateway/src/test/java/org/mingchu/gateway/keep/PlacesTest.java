package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class PlacesTest {
    @TempDir private Path state;

    @Test
    void one_for_each_probe_for_nobody_else_to_read() throws IOException {
        var places = new Places(state);
        assertThat(places.sensors()).isEmpty();
        assertThat(places.of("fridge-1-air")).isEmpty();

        places.put("fridge-1-air", new byte[] {1});
        places.put("fridge-1-air", new byte[] {2, 3});
        places.put("freezer-1-air", new byte[] {4});

        assertThat(places.sensors()).containsExactly("freezer-1-air", "fridge-1-air");
        assertThat(places.of("fridge-1-air")).hasValueSatisfying(p -> assertThat(p).hasSize(2));
        var file = state.resolve("places/fridge-1-air.jpg");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var all = Files.list(state.resolve("places"))) {
            assertThat(all).hasSize(2);
        }
    }

    @Test
    void no_name_climbs_out_and_no_picture_fills_the_card() {
        var places = new Places(state);
        assertThat(places.of("../device.key")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> places.put("../x", new byte[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> places.put("a", new byte[Places.BYTES_MAX + 1]));
        var largest = new byte[Places.BYTES_MAX];
        for (int i = 0; i < Places.ALL_BYTES_MAX / Places.BYTES_MAX; i++) {
            assertThat(places.put("a-" + i, largest)).isEqualTo(Places.Put.DONE);
        }
        assertThat(places.put("one-more", new byte[1])).isEqualTo(Places.Put.NO_ROOM);
        assertThat(places.put("a-0", largest)).isEqualTo(Places.Put.DONE);
    }
}
