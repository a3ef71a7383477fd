package org.mingchu.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

final class PropsTest {
    @TempDir Path folder;

    @Test
    void the_site_names_every_unit_and_probe_of_the_weather() throws IOException {
        Film.PROPS.write(folder, 8080, 1883);
        var site = Files.readString(folder.resolve("site.toml"));
        Props.fridges().forEach(f -> assertThat(site).contains("\"" + f.id() + "\""));
        Props.wires().forEach(w -> assertThat(site).contains("\"w1:" + w.rom() + "\""));
        assertThat(site)
                .contains("listen = \"127.0.0.1:8080\"")
                .contains("url          = \"mqtt://127.0.0.1:1883\"")
                .contains("buzzer = \"gpio:22\"");
        assertThat(Pattern.compile("%[a-z]").matcher(site).find()).isFalse();
    }

    @Test
    void the_film_shortens_its_delays_in_its_rule_pack() throws IOException {
        Film.PROPS.write(folder, 8080, 1883);
        var rules = Files.readString(folder.resolve("rules/demo.toml"));
        assertThat(rules)
                .contains(
                        """
                        id        = "freezer-high"
                        kind      = "freezer"
                        measures  = "temperature"
                        when      = { above = -12.0, deadband = 1.0 }
                        delay     = { plain = "5s", off = "3s" }
                        """);
    }

    @Test
    void a_delay_that_is_no_whole_second_is_written_in_milliseconds() throws IOException {
        new Props(15_000, 2_500).write(folder, 8080, 1883);
        assertThat(folder.resolve("rules/demo.toml"))
                .content()
                .contains("delay     = { plain = \"15s\", off = \"2500ms\" }");
    }

    @Test
    void the_secrets_are_the_owners_alone() throws IOException {
        Film.PROPS.write(folder, 8080, 1883);
        var mode = Files.getPosixFilePermissions(folder.resolve("secrets.toml"));
        assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
    }
}
