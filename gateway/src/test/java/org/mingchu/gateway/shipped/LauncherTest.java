package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The shell script that starts Java, with a stand-in for Java that says what it was given. */
final class LauncherTest {
    private static final Path LAUNCHER = Path.of("src", "main", "bin", "mingchu").toAbsolutePath();

    @TempDir private Path home;

    /** A session by ssh brings the name of its own locale, which the gateway may not have. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "zh_XX.UTF-8", "", "C.UTF-8"})
    void java_reads_its_arguments_as_utf8_whatever_the_session_has(String locale)
            throws IOException, InterruptedException {
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        var java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nlocale charmap\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        var started = new ProcessBuilder(List.of("sh", LAUNCHER.toString(), "version"));
        started.environment().keySet().removeIf(name -> name.matches("LC_.*|LANG"));
        started.environment().put("JAVA_HOME", home.toString());
        if (!locale.isEmpty()) {
            started.environment().put("LC_ALL", locale);
        }
        var process = started.redirectErrorStream(true).start();
        var said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines().toList()).last().isEqualTo("UTF-8");
    }
}
