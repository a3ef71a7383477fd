package org.mingchu.gateway.keep.proof;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Sound exports are proven, and the report says what by whom. */
final class ExportTest {
    private static final String FIRST = ExportSamples.FIRST;
    private static final String SECOND = ExportSamples.SECOND;

    @TempDir private Path folder;

    @Test
    void a_sound_export_is_proven_and_says_what_is_witnessed() {
        var report = ExportSamples.judge(folder, ExportSamples.usual().zip());
        assertProven(report);
        var epoch = report.epochs().getFirst();
        assertThat(epoch.witnessed()).contains(new Problem.Seqs(1, 700));
        assertThat(epoch.selfAttested()).contains(new Problem.Seqs(701, 1_000));
        assertThat(epoch.witness())
                .contains(
                        new Report.Witnessed(
                                700,
                                ExportSamples.PLATFORM,
                                Instant.ofEpochSecond(ExportSamples.COSIGNED_AT)));
        assertThat(report.device()).noneMatch(Report.UsedKey::given);
        assertThat(String.join("\n", ReportText.of(report)))
                .contains("witnessed 1..700 by city at 2026-", "self-attested 701..1000")
                .contains(ExportSamples.deviceKey().fingerprint(), "the export's own")
                .endsWith("PROVEN");
        assertThat(ReportJson.of(report))
                .startsWith("{\"schema\":\"kfs/verify/1\",\"proven\":true");
    }

    @Test
    void keys_that_the_user_gives_replace_those_of_the_export() {
        var zip = ExportSamples.usual().zip();
        var both =
                new Verifier.Given(
                        List.of(ExportSamples.deviceKey()), List.of(ExportSamples.platformKey()));
        var report = ExportSamples.judge(folder, zip, both);
        assertProven(report);
        assertThat(report.device()).allMatch(Report.UsedKey::given);

        var stranger = DeviceKey.of(new byte[32]).verifier(ExportSamples.GATEWAY.keyName());
        var refused =
                ExportSamples.judge(folder, zip, new Verifier.Given(List.of(stranger), List.of()));
        assertThat(refused.proven()).isFalse();

        var otherPlatform =
                new VerifierKey("other.example", VerifierKey.Type.COSIGNATURE, stranger.key());
        var unwitnessed =
                ExportSamples.judge(
                        folder, zip, new Verifier.Given(List.of(), List.of(otherPlatform)));
        assertProven(unwitnessed);
        assertThat(unwitnessed.epochs().getFirst().witnessed()).isEmpty();
    }

    @Test
    void any_range_with_any_declared_gaps_is_proven() {
        for (var seed = 0L; seed < Proof.pick(10, 30, 2_000); seed++) {
            var chance = new Random(seed);
            var samples = random(chance);
            var report = ExportSamples.judge(folder, samples.zip());
            assertThat(report.problems()).as("seed %d: %s", seed, samples.spans()).isEmpty();
        }
    }

    private static ExportSamples random(Random chance) {
        var size = chance.nextInt(2, 1_500);
        var record = new MemoryRecord(FIRST).began(Optional.empty()).roundsTo(size);
        var drops = new ArrayList<long[]>();
        for (var i = chance.nextInt(4); i > 0; i--) {
            var from = 2 + chance.nextInt(size);
            var to = Math.min(size, from + chance.nextInt(600));
            if (from <= to) {
                drops.add(new long[] {from, to});
            }
        }
        var samples = new ExportSamples();
        var notes = LongStream.generate(() -> chance.nextInt(size + 1)).limit(6).toArray();
        Arrays.stream(notes).limit(4).forEach(s -> samples.checkpoint(record, s));
        Arrays.stream(notes).skip(2).forEach(s -> samples.receipt(record, s));
        drops.forEach(drop -> record.gap(FIRST, drop[0], drop[1]));
        drops.forEach(drop -> record.drop(drop[0], drop[1]));
        var from = 1 + chance.nextInt(record.size());
        var to = from - 1 + chance.nextInt(record.size() - from + 2);
        return samples.with(record, from, to);
    }

    @Test
    void gaps_are_told_with_their_cause_and_may_stand_in_another_epoch() {
        var first = new MemoryRecord(FIRST).began(Optional.empty()).roundsTo(500);
        var second =
                new MemoryRecord(SECOND).began(Optional.of(FIRST)).gap(FIRST, 100, 200).round(1);
        var samples = new ExportSamples().with(first.drop(120, 180)).with(second);
        var report = ExportSamples.judge(folder, samples.zip());
        assertProven(report);
        assertThat(report.epochs().getFirst().gaps())
                .containsExactly(new Report.Gone(new Problem.Seqs(120, 180), "thinned"));
        assertThat(ReportText.of(report)).contains("  gap seq 120..180: thinned");

        // Nothing is asked of the second epoch, but it must say what became of the first.
        var empty = new ExportSamples().with(first).with(second, 1, 0);
        assertThat(ExportSamples.unzip(empty.zip())).containsKey(SECOND + "/gaps.cbor");
        assertProven(ExportSamples.judge(folder, empty.zip()));
    }

    @Test
    void a_checkpoint_that_can_no_longer_be_computed_is_left_out() {
        var record = new MemoryRecord(FIRST).began(Optional.empty()).roundsTo(600);
        var samples = new ExportSamples().checkpoint(record, 300).checkpoint(record, 512);
        record.gap(FIRST, 257, 512).drop(257, 512);
        var zip = samples.with(record).zip();
        assertThat(ExportSamples.unzip(zip).keySet())
                .contains(FIRST + "/checkpoints/512.note", FIRST + "/checkpoints/601.note")
                .doesNotContain(FIRST + "/checkpoints/300.note");
        assertProven(ExportSamples.judge(folder, zip));
    }

    @Test
    void entries_of_a_later_program_are_sound() {
        var record = new MemoryRecord(FIRST).began(Optional.empty()).round(1);
        record.append(record.bytes(2, FIRST, 3, 4, 0, body -> body.key(0).text("new")));
        record.entry(99, body -> body.key(7).text("unknown kind"));
        assertProven(ExportSamples.judge(folder, new ExportSamples().with(record).zip()));
    }

    @Test
    void thirty_days_of_sixteen_sensors_are_exported_within_ten_seconds() throws IOException {
        var rounds = Proof.pick(5_000, 20_000, 259_200);
        var took = ExportBench.run(folder.resolve("month.zip"), rounds);
        assertThat(took[0]).isLessThan(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void the_same_record_gives_the_same_bytes() {
        assertThat(ExportSamples.usual().zip()).isEqualTo(ExportSamples.usual().zip());
    }

    @Test
    void what_holes_in_the_tree_leave_unproven_is_said_and_needs_a_gap_record() {
        var record = new MemoryRecord(FIRST).began(Optional.empty()).roundsTo(10);
        var source =
                new ExportSamples() {
                    @Override
                    public Hashes hashes(Span span) {
                        return (_, _) -> Optional.empty();
                    }
                }.with(record, 3, 10);
        var report = ExportSamples.judge(folder, source.zip());
        assertThat(report.firstBad().orElseThrow().why()).contains("no gap record tells of a loss");
        assertThat(report.epochs().getFirst().unproven()).contains(new Problem.Seqs(3, 10));
        assertThat(report.epochs().getFirst().selfAttested()).isEmpty();
    }

    @Test
    void a_manifest_comes_back_as_it_was_written() {
        var files = ExportSamples.unzip(ExportSamples.usual().zip());
        var json = new String(ExportSamples.file(files, Manifest.FILE), UTF_8);
        var manifest = Manifest.parse(json);
        assertThat(manifest.toJson(new TreeMap<>(manifest.files()))).isEqualTo(json);
        assertThat(manifest.gateway()).isEqualTo(ExportSamples.GATEWAY);
    }

    private static void assertProven(Report report) {
        assertThat(report.problems()).isEmpty();
        assertThat(report.proven()).isTrue();
        assertThat(report.firstBad()).isEmpty();
    }
}
