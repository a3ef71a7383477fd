package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** Other people's files are what their makers published, with their licence beside them. */
class VendorTest {
    private static final Path FOLDER =
            Path.of("src/main/resources/org/mingchu/gateway/show/vendor");

    @Test
    void every_file_is_as_it_was_published() throws IOException, NoSuchAlgorithmException {
        var sums = sums();
        assertThat(sums).hasSize(3);
        for (var sum : sums.entrySet()) {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(Files.readAllBytes(FOLDER.resolve(sum.getKey())));
            assertThat(HexFormat.of().formatHex(hash)).as(sum.getKey()).isEqualTo(sum.getValue());
        }
    }

    @Test
    void no_file_is_without_its_sum_and_the_licence_names_its_maker() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> !name.equals("SHA256SUMS") && !name.equals("README.md"))
                    .containsExactlyInAnyOrderElementsOf(sums().keySet());
        }
        assertThat(Files.readString(FOLDER.resolve("uPlot.LICENSE"), UTF_8))
                .contains("MIT License", "Leon Sorokin");
        assertThat(Files.readString(FOLDER.resolve("uPlot.esm.js"), UTF_8)).contains("(v1.6.32)");
    }

    private static Map<String, String> sums() throws IOException {
        return Files.readAllLines(FOLDER.resolve("SHA256SUMS"), UTF_8).stream()
                .map(line -> line.split("  ", 2))
                .collect(Collectors.toMap(pair -> pair[1], pair -> pair[0]));
    }
}
