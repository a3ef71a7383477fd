package org.mingchu.sensors.camera.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;

/** The baseline as text, and in its file. */
final class BaselineTest {
    private static final Baseline LEARNED = Watched.dayAndNight(Watched.kitchen(1)).baseline();

    @TempDir private Path folder;

    @Test
    void what_was_written_is_read_again_to_the_letter() {
        var text = LEARNED.text();
        assertThat(text).hasSizeLessThan(5_000);
        assertThat(Baseline.parse(text).orElseThrow().text()).isEqualTo(text);
    }

    @Test
    void no_changed_letter_is_read() {
        var text = LEARNED.text();
        var chance = new Random(7);
        for (var i = 0; i < 500; i++) {
            var at = chance.nextInt(text.length());
            var other = (char) (32 + chance.nextInt(95));
            if (text.charAt(at) != other) {
                fuzz(text.substring(0, at) + other + text.substring(at + 1));
            }
        }
    }

    @Test
    void nothing_shorter_longer_or_said_twice_is_read() {
        var text = LEARNED.text();
        fuzz("");
        fuzz(text.substring(1));
        fuzz(text.substring(0, text.length() - 1));
        fuzz(text + "\n");
        fuzz(text + text);
        fuzz(text.replace("\n", "\r\n"));
        fuzz("x".repeat(Baseline.TEXT_MAX + 1));
    }

    /**
     * One input, as a fuzzer calls it: nothing but what was written is taken, nothing is thrown.
     */
    private static void fuzz(String text) {
        Baseline.parse(text).ifPresent(b -> assertThat(b.text()).isEqualTo(LEARNED.text()));
        assertThat(Baseline.parse(text)).as(text).isEmpty();
    }

    @Test
    void a_file_is_the_owners_alone_and_comes_back() throws IOException {
        var baselines = new Baselines(folder.resolve("pictures"));
        assertThat(baselines.read("cam-hot")).isEmpty();
        baselines.keep("cam-hot", LEARNED);
        baselines.keep("cam-hot", LEARNED);
        assertThat(baselines.read("cam-hot").orElseThrow().text()).isEqualTo(LEARNED.text());
        var file = folder.resolve("pictures/cam-hot.baseline");
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(files()).containsExactly("cam-hot.baseline");
    }

    @Test
    void a_damaged_file_is_put_aside_and_learned_anew() throws IOException {
        var baselines = new Baselines(folder.resolve("pictures"));
        baselines.keep("cam-hot", LEARNED);
        var file = folder.resolve("pictures/cam-hot.baseline");
        Files.writeString(file, LEARNED.text().replace("size ", "size 1"));
        assertThat(baselines.read("cam-hot")).isEmpty();
        assertThat(files()).containsExactly("cam-hot.damaged");
        baselines.keep("cam-hot", LEARNED);
        assertThat(baselines.read("cam-hot")).isPresent();
        Files.write(file, new byte[Baseline.TEXT_MAX + 1]);
        assertThat(baselines.read("cam-hot")).as("too long").isEmpty();
    }

    @Test
    void bytes_beyond_ascii_are_damage_and_no_error() throws IOException {
        var baselines = new Baselines(folder);
        Files.write(
                folder.resolve("cam.baseline"),
                LEARNED.text().replace("size", "sizé").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(baselines.read("cam")).isEmpty();
    }

    @Test
    void a_folder_that_cannot_be_written_costs_no_more_than_the_file() throws IOException {
        var taken = Files.writeString(folder.resolve("taken"), "a file where the folder should be");
        var baselines = new Baselines(taken);
        baselines.keep("cam", LEARNED);
        baselines.keep("cam", LEARNED);
        assertThat(baselines.read("cam")).isEmpty();
    }

    @Test
    void a_forgotten_camera_is_gone() {
        var baselines = new Baselines(folder);
        baselines.keep("cam", LEARNED);
        baselines.forget("cam");
        baselines.forget("cam");
        assertThat(baselines.read("cam")).isEmpty();
    }

    @Test
    void no_id_leads_out_of_the_folder() {
        var baselines = new Baselines(folder);
        for (var id : new String[] {"", ".", "..", "../x", "a/b", "A", "a\0", "a b"}) {
            assertThatThrownBy(() -> baselines.read(id))
                    .as(id)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private java.util.List<String> files() throws IOException {
        try (var list = Files.list(folder.resolve("pictures"))) {
            return list.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
