package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.SiteKind;
import org.mingchu.config.draft.FirstSite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the unit asks before it starts, as its shell does. */
final class UnitFileTest {
    private static final Path UNIT =
            Path.of("..", "firmware-config", "src", "deb", "systemd", "mingchu.service");
    private static final Path SAMPLES = Path.of("src", "main", "etc", "samples");
    private static final String SITE = "/etc/mingchu/site.toml";
    private static final String PLAN = "/var/lib/mingchu/plan";

    @TempDir private Path folder;

    /** After the first boot the machine is not degraded by a program that has nothing to do. */
    @Test
    void nothing_is_started_while_the_site_file_has_no_unit() throws IOException {
        for (var kind : SiteKind.values()) {
            assertThat(starts(Optional.of(first(kind)))).as(kind.word()).isFalse();
        }
    }

    /** Where in doubt it is started, and says itself what is wrong. */
    @Test
    void whatever_names_a_unit_or_cannot_be_read_is_started() throws IOException {
        try (var samples = Files.newDirectoryStream(SAMPLES, "*.toml")) {
            for (var sample : samples) {
                assertThat(starts(Optional.of(Files.readString(sample)))).as("" + sample).isTrue();
            }
        }
        var site = first(SiteKind.MINI);
        assertThat(starts(Optional.of(site + "[[ unit ]]\nid = \"u\"\n"))).isTrue();
        assertThat(starts(Optional.of("unit = [ { id = \"u\" } ]\n" + site))).isTrue();
        assertThat(starts(Optional.empty())).isTrue();
    }

    /** A power cut may leave a file of nothing; the copy that has watched goes on. */
    @Test
    void whatever_has_watched_is_started_with_an_empty_file() throws IOException {
        assertThat(starts(Optional.of(""))).isFalse();
        Files.createDirectory(folder.resolve("plan"));
        assertThat(starts(Optional.of(""))).isTrue();
    }

    private boolean starts(Optional<String> text) throws IOException {
        var site = folder.resolve("site.toml");
        Files.deleteIfExists(site);
        if (text.isPresent()) {
            Files.writeString(site, text.get());
        }
        var condition =
                Files.readAllLines(UNIT).stream()
                        .filter(line -> line.startsWith("ExecCondition=/bin/sh -c '"))
                        .map(line -> line.replaceFirst("[^']*'", "").replaceFirst("'$", ""))
                        .findFirst()
                        .orElseThrow()
                        .replace(SITE, site.toString())
                        .replace(PLAN, folder.resolve("plan").toString());
        return Program.run(List.of("sh", "-c", condition)).code() == 0;
    }

    private static String first(SiteKind kind) {
        return new FirstSite(
                        "k",
                        "a",
                        "gw-1",
                        "厨房",
                        kind,
                        "Asia/Shanghai",
                        "zh-CN",
                        "cn-catering",
                        "127.0.0.1:8080",
                        Optional.of("mqtts://supervision.example:8883"))
                .text();
    }
}
