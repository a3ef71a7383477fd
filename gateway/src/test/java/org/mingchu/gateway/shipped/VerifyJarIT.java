package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.keep.proof.ExportSamples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** The verifier as it is handed to a regulator: one jar, a bare JRE, the file and the key. */
final class VerifyJarIT {
    private static final Path JAR = Kitchen.HOME.resolve("verify/mingchu-verify.jar");

    @TempDir private Path folder;

    @Test
    void a_bare_java_judges_an_export() throws IOException {
        var file = Files.write(folder.resolve("export.zip"), ExportSamples.usual().zip());
        var key = ExportSamples.deviceKey().toString();
        var keys =
                Files.writeString(folder.resolve("city.vkey"), ExportSamples.platformKey() + "\n");
        var sound = verify(file.toString(), "--key", key, "--witness", keys.toString());
        assertThat(sound.text())
                .contains("witnessed 1..700 by city", "self-attested 701..1000", "given by you")
                .endsWith("PROVEN");
        assertThat(sound.code()).isZero();
        assertThat(verify(file.toString(), "--json").text()).startsWith("{\"schema\"");

        var files = ExportSamples.unzip(Files.readAllBytes(file));
        ExportSamples.file(files, ExportSamples.FIRST + "/entries.cbor")[5_000] ^= 1;
        Files.write(file, ExportSamples.resigned(files));
        var forged = verify(file.toString());
        assertThat(forged.code()).isOne();
        assertThat(forged.text()).contains("NOT PROVEN; first bad: epoch 00000000000000a1 seq ");
    }

    @Test
    void wrong_usage_is_told_with_2() throws IOException {
        var file = Files.write(folder.resolve("export.zip"), new byte[10]).toString();
        assertThat(verify().code()).isEqualTo(2);
        assertThat(verify("no-such-file").text()).contains("no such file", "usage:");
        assertThat(verify(file, "--key").code()).isEqualTo(2);
        assertThat(verify(file, "--key", "a+b+c").code()).isEqualTo(2);
        assertThat(verify(file, "--witness", ExportSamples.deviceKey().toString()).code())
                .isEqualTo(2);
        assertThat(verify(file, "--colour").code()).isEqualTo(2);
        assertThat(verify("--help").code()).isZero();
        var none = verify(file);
        assertThat(none.code()).isOne();
        assertThat(none.text()).contains("no whole export");
    }

    @Test
    void the_jar_holds_nothing_else() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()).filter(n -> n.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.matches("org/mingchu/gateway/keep/(proof|cbor)/[^/]+"));
        }
    }

    private static Program.Ended verify(String... words) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-jar", JAR.toString()));
        command.addAll(List.of(words));
        return Program.run(command);
    }
}
