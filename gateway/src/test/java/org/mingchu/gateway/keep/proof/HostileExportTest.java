package org.mingchu.gateway.keep.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Files made to hurt: the verifier always answers, and never says proven. */
final class HostileExportTest {
    private static final String FIRST = ExportSamples.FIRST;

    @TempDir private Path folder;

    @Test
    void a_zip_cut_anywhere_is_no_export() {
        var zip = ExportSamples.usual().zip();
        var step = zip.length / Proof.pick(25, 60, 3_000);
        for (var length = 0; length < zip.length; length += step) {
            var report = ExportSamples.judge(folder, Arrays.copyOf(zip, length));
            assertThat(report.proven()).as("cut at %d of %d", length, zip.length).isFalse();
            assertThat(report.firstBad()).isPresent();
        }
    }

    @Test
    void bits_flipped_in_the_zip_itself_change_nothing_unseen() {
        var zip = ExportSamples.usual().zip();
        var chance = new Random(21);
        for (var i = 0; i < Proof.pick(30, 100, 20_000); i++) {
            var bytes = zip.clone();
            var at = chance.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << chance.nextInt(8));
            var report = ExportSamples.judge(folder, bytes);
            // A bit of a date in the zip is nobody's evidence; the files' names and content are.
            if (report.proven()) {
                assertThat(report.epochs().getFirst().witnessed())
                        .as("byte %d", at)
                        .contains(new Problem.Seqs(1, 700));
            }
        }
    }

    @Test
    void nonsense_in_any_file_is_survived() {
        var sound = ExportSamples.unzip(ExportSamples.usual().zip());
        var chance = new Random(22);
        for (var file : sound.keySet()) {
            for (var i = 0; i < Proof.pick(1, 4, 300); i++) {
                var files = new TreeMap<>(sound);
                var bytes = new byte[chance.nextInt(2_000)];
                chance.nextBytes(bytes);
                files.put(file, bytes);
                var report = ExportSamples.judge(folder, ExportSamples.rezip(files));
                assertThat(report.proven()).as(file).isFalse();
            }
        }
    }

    @Test
    void numbers_beyond_reason_in_the_manifest_ask_for_no_memory() {
        var sound = ExportSamples.unzip(ExportSamples.usual().zip());
        var json = new String(ExportSamples.file(sound, Manifest.FILE), UTF_8);
        for (var to : List.of("1099511627776", "999999999999999999", "-1", "16777217", "1e9")) {
            var files = new TreeMap<>(sound);
            var forged =
                    json.replace("\"to\":1000,\"size\":1000", "\"to\":" + to + ",\"size\":" + to);
            files.put(Manifest.FILE, forged.getBytes(UTF_8));
            var report = ExportSamples.judge(folder, ExportSamples.rezip(files));
            assertThat(report.proven()).isFalse();
        }
    }

    @Test
    void a_file_that_unpacks_beyond_its_limit_is_not_read_into_memory() {
        var files = new TreeMap<>(ExportSamples.unzip(ExportSamples.usual().zip()));
        files.put(FIRST + "/checkpoints/400.note", new byte[80 << 20]);
        var report = ExportSamples.judge(folder, ExportSamples.rezip(files));
        assertThat(report.problems()).anyMatch(p -> p.why().contains("longer than 65536 bytes"));
    }

    @Test
    void a_name_that_is_in_the_zip_twice_is_refused() {
        var files = new TreeMap<>(ExportSamples.unzip(ExportSamples.usual().zip()));
        files.put("acts.csv", new byte[] {1});
        files.put("actz.csv", new byte[] {2});
        var zip = new String(ExportSamples.rezip(files), ISO_8859_1).replace("actz.", "acts.");
        var report = ExportSamples.judge(folder, zip.getBytes(ISO_8859_1));
        assertThat(report.problems()).anyMatch(p -> p.why().contains("twice"));
    }

    @Test
    void only_strict_json_is_read() {
        for (var bad :
                List.of(
                        "",
                        "{",
                        "{\"a\":1,}",
                        "{\"a\":1,\"a\":1}",
                        "[1 2]",
                        "01",
                        "1.5",
                        "1e3",
                        "9999999999999999999",
                        "-",
                        "\"\\x\"",
                        "\"\\u12\"",
                        "\"a\nb\"",
                        "tru",
                        "{} {}",
                        "'a'",
                        "[".repeat(100_000))) {
            assertThatThrownBy(() -> JsonReader.read(bad))
                    .as("%.40s", bad)
                    .isInstanceOf(JsonReader.Malformed.class);
        }
        assertThat(JsonReader.read(" {\"a\\u00e9\\n\":[1,-2,true,null,\"\\\"\"]} ").toString())
                .startsWith("{aé\n=[1, -2, true,");
    }
}
