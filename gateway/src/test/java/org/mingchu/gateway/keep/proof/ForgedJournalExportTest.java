package org.mingchu.gateway.keep.proof;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Export;
import org.mingchu.gateway.keep.Journal;
import org.mingchu.gateway.keep.OwnKeys;
import org.mingchu.gateway.keep.Rounds;
import org.mingchu.gateway.keep.Seal;
import org.mingchu.gateway.keep.SiteNote;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The export of a real journal with real receipts in a forger's hands: both verifiers see it. */
final class ForgedJournalExportTest {
    private static final DeviceKey KEY = DeviceKey.of(new byte[32]);
    private static final int ROUNDS_AN_HOUR = 360;

    @TempDir private Path folder;

    private final Random chance = new Random(5);
    private Journal journal;
    private Forger forger;
    private String epoch;
    private int round;

    @BeforeEach
    void four_hours_with_receipts_that_are_exported_without_the_site_file() throws IOException {
        journal = Journal.open(folder, new Random(1), now());
        epoch = journal.epoch();
        var seal = new Seal("a", "s", "g", KEY);
        journal.sealWith(seal);
        OwnKeys.remember(folder, seal);
        SiteNote.remember(
                folder,
                ZoneId.of("Asia/Shanghai"),
                Map.of(ExportSamples.PLATFORM, ExportSamples.platformKey().toString()));
        for (var i = 0; i < 4 * ROUNDS_AN_HOUR; i++) {
            round++;
            var sealed = journal.checkpoint(now());
            sealed.ifPresent(this::keep);
            if (sealed.isPresent()
                    && sealed.get() instanceof Fact.Checkpointed(var note)
                    && round < 3 * ROUNDS_AN_HOUR) {
                var cosigned = ExportSamples.cosign(SignedNote.parse(note));
                assertThat(
                                journal.receipt(
                                        cosigned.toString(),
                                        java.util.Optional.of(
                                                ExportSamples.platformKey().toString())))
                        .isEqualTo(org.mingchu.gateway.keep.Receipt.WITNESSED);
                keep(new Fact.Receipted(ExportSamples.PLATFORM, cosigned.toString()));
            }
            keep(Rounds.of(3, chance));
        }
        forger = new Forger(export(), KEY);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void the_real_one_is_witnessed_up_to_the_last_receipt() throws IOException {
        var last = forger.sizes(epoch, "receipts/").getLast();
        for (var judged : judge(forger.signed(forger.files()))) {
            assertThat(judged.proven()).as(judged.json()).isTrue();
            assertThat(judged.epochs().getFirst().witnessed()).contains(new Judged.Seqs(1, last));
            assertThat(judged.epochs().getFirst().selfAttested())
                    .contains(new Judged.Seqs(last + 1, journal.lastSeq()));
        }
    }

    @Test
    void a_bit_flipped_an_entry_removed_and_two_swapped_are_named() throws IOException {
        var last = (int) journal.lastSeq();
        var all = List.of(1, 256, last, 2, 255, 257, 900);
        for (var seq : all.subList(0, Proof.pick(3, all.size(), all.size()))) {
            bad(forger.with(epoch, e -> e.get(seq - 1)[e.get(seq - 1).length / 2] ^= 4), seq, seq);
            bad(forger.with(epoch, e -> e.remove(seq - 1)), seq, seq);
        }
        for (var seq : List.of(2, 300, 1_200)) {
            bad(forger.with(epoch, e -> Collections.swap(e, seq - 1, seq)), seq, seq + 1);
        }
    }

    @Test
    void a_forged_checkpoint_is_named() throws IOException {
        for (var size : forger.sizes(epoch, "checkpoints/")) {
            var files = forger.files();
            var file = ExportFile.checkpoint(epoch, size);
            var text = SignedNote.parse(ExportSamples.file(files, file)).text();
            var stranger = DeviceKey.of(ExportSamples.PLATFORM_SEED).sign("a/s/g", text);
            files.put(file, stranger.toString().getBytes(UTF_8));
            for (var judged : judge(forger.signed(files))) {
                assertThat(judged.proven()).as(judged.json()).isFalse();
                assertThat(judged.file()).as(judged.json()).isEqualTo(file);
            }
        }
    }

    @Test
    void history_rewritten_with_the_real_key_is_refused_up_to_the_last_receipt()
            throws IOException {
        var last = forger.sizes(epoch, "receipts/").getLast();
        for (var seq : List.of(2L, 300L, last - 1, last)) {
            for (var judged : judge(rewritten(seq))) {
                assertThat(judged.proven()).as("seq %d: %s", seq, judged.json()).isFalse();
                assertThat(judged.file()).as(judged.json()).contains("/receipts/");
                assertThat(judged.bad().orElseThrow().holds(seq)).as(judged.json()).isTrue();
                assertThat(judged.bad().orElseThrow().to()).isLessThanOrEqualTo(last);
            }
        }
        for (var judged : judge(rewritten(last + 2))) {
            assertThat(judged.proven()).as(judged.json()).isTrue();
            assertThat(judged.epochs().getFirst().selfAttested().orElseThrow().from())
                    .isEqualTo(last + 1);
        }
    }

    private byte[] rewritten(long seq) {
        return forger.rewritten(epoch, entries -> Forger.retime(entries, seq));
    }

    private void bad(byte[] zip, long from, long to) throws IOException {
        for (var judged : judge(zip)) {
            assertThat(judged.proven()).as(judged.json()).isFalse();
            assertThat(judged.bad().map(Judged.Seqs::from).orElse(0L))
                    .as(judged.json())
                    .isBetween(from, to);
        }
    }

    private List<Judged> judge(byte[] zip) throws IOException {
        return Judged.byBoth(Files.write(folder.resolve("export.zip"), zip));
    }

    private byte[] export() throws IOException {
        var out = new ByteArrayOutputStream();
        var terms = new Export.Terms(Instant.EPOCH, "test", true, SiteNote.of(folder));
        try (var export = Export.of(journal, folder, Export.Asked.ALL, terms)) {
            export.write(out);
        }
        return out.toByteArray();
    }

    private void keep(Fact fact) {
        journal.append(now(), List.of(fact));
        journal.commit();
        journal.tend(now());
    }

    private Moment now() {
        return new Moment(
                "b",
                Duration.ofSeconds(10L * round).toNanos(),
                1_793_548_800_000L + 10_000L * round,
                ClockState.SYNCED,
                10);
    }
}
