package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What somebody finds to read who has nothing but the package. */
final class PackageDocsIT {
    /** Policy 12.3: what is not small is compressed; debhelper takes 4 KiB for small. */
    private static final long SMALL_BYTES = 4096;

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)");
    private static final Pattern DOCUMENTATION =
            Pattern.compile("(?m)^Documentation=file:///(\\S+)$");

    @TempDir private Path folder;
    private Path docs;

    @BeforeEach
    void unpacked() throws IOException {
        Assumptions.assumeTrue(
                Boolean.getBoolean("mingchu.package"), "runs with -Ppackage, which makes it");
        Deb.into(folder);
        var unpacked =
                Program.run(
                        List.of(
                                "dpkg-deb",
                                "-x",
                                folder.resolve("mingchu.deb").toString(),
                                folder.resolve("all").toString()));
        assertThat(unpacked.code()).as(unpacked.text()).isZero();
        docs = folder.resolve("all/usr/share/doc/mingchu");
    }

    @Test
    void the_walk_is_there_in_both_languages_with_what_it_needs() throws IOException {
        assertThat(names())
                .contains(
                        "README.md.gz",
                        "commissioning.md.gz",
                        "commissioning.zh-CN.md.gz",
                        "copyright",
                        "hardening.md.gz",
                        "parts.csv",
                        "parts.md",
                        "ups.md");
        assertThat(text(docs.resolve("commissioning.zh-CN.md.gz"))).contains("mingchu commission");
    }

    @Test
    void no_link_leads_to_a_file_that_is_not_there() throws IOException {
        var links = 0;
        for (var name : names()) {
            if (!name.matches(".*\\.md(\\.gz)?")) {
                continue;
            }
            for (var link : links(text(docs.resolve(name)))) {
                assertThat(docs.resolve(link).normalize()).as("%s: %s", name, link).exists();
                links++;
            }
        }
        assertThat(links).isGreaterThan(5);
    }

    @Test
    void units_name_documents_that_are_there() throws IOException {
        var units = folder.resolve("all/usr/lib/systemd/system");
        try (var all = Files.list(units)) {
            for (var unit : all.toList()) {
                var named = DOCUMENTATION.matcher(Files.readString(unit)).results().toList();
                assertThat(named).as(unit.toString()).isNotEmpty();
                assertThat(named)
                        .allSatisfy(one ->
                                assertThat(folder.resolve("all").resolve(one.group(1))).exists());
            }
        }
    }

    @Test
    void texts_that_are_not_small_are_compressed() throws IOException {
        for (var name : names()) {
            if (name.endsWith(".md") || name.endsWith(".csv")) {
                assertThat(Files.size(docs.resolve(name))).as(name).isLessThan(SMALL_BYTES);
            }
        }
    }

    private static List<String> links(String text) {
        return LINK.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(docs)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return new String(text.readAllBytes(), UTF_8);
        }
    }
}
