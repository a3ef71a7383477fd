package org.mingchu.gateway.keep.proof;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.keep.cbor.CborWriter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Forgeries by somebody who has the device's key, so that manifest and hashes are in order, and by
 * somebody who has not.
 */
final class ForgedExportTest {
    private static final String FIRST = ExportSamples.FIRST;
    private static final String ENTRIES = FIRST + "/entries.cbor";
    private static final String LEAVES = FIRST + "/leaves.bin";

    @TempDir private Path folder;

    @Test
    void one_flipped_bit_in_any_file_is_found() {
        var sound = ExportSamples.unzip(ExportSamples.usual().zip());
        var chance = new Random(11);
        for (var file : sound.keySet()) {
            for (var i = 0; i < Proof.pick(1, 4, 300); i++) {
                var at = chance.nextInt(ExportSamples.file(sound, file).length);
                var files = copy(sound);
                ExportSamples.file(files, file)[at] ^= (byte) (1 << chance.nextInt(8));
                var report = ExportSamples.judge(folder, ExportSamples.rezip(files));
                assertThat(report.proven()).as("%s, byte %d", file, at).isFalse();
                assertThat(report.firstBad()).isPresent();
            }
        }
    }

    @Test
    void a_flipped_bit_in_an_entry_is_placed_to_the_seq() {
        var chance = new Random(12);
        for (var i = 0; i < Proof.pick(8, 25, 1_000); i++) {
            var seq = 1 + chance.nextInt(1_000);
            var report =
                    forged(entries -> {
                        var bytes = entries.get(seq - 1);
                        bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(8));
                    });
            assertFirstBad(report, seq, seq, "");
        }
    }

    @Test
    void a_flipped_bit_in_the_leaves_is_placed_to_the_seq() {
        var files = ExportSamples.unzip(ExportSamples.usual().zip());
        ExportSamples.file(files, LEAVES)[499 * 32 + 5] ^= 4;
        var report = ExportSamples.judge(folder, ExportSamples.resigned(files));
        assertFirstBad(report, 500, 500, "not the one whose hash is in the tree");
    }

    @Test
    void a_removed_entry_is_named() {
        assertFirstBad(forged(entries -> entries.remove(41)), 42, 42, "removed");
        assertFirstBad(forged(entries -> entries.removeLast()), 1_000, 1_000, "removed");
        assertFirstBad(forged(List::removeFirst), 1, 1, "removed");
        assertFirstBad(forged(entries -> entries.subList(9, 20).clear()), 10, 20, "removed");
    }

    @Test
    void swapped_and_doubled_entries_are_named() {
        assertFirstBad(forged(entries -> Collections.swap(entries, 41, 42)), 42, 42, "");
        assertFirstBad(forged(entries -> Collections.swap(entries, 41, 600)), 42, 600, "");
        assertFirstBad(forged(entries -> entries.add(43, entries.get(42))), 43, 43, "comes twice");
        assertFirstBad(forged(entries -> entries.add(entries.getLast())), 1_000, 1_000, "");
    }

    @Test
    void an_entry_removed_with_its_leaf_is_missing() {
        var files = ExportSamples.unzip(ExportSamples.usual().zip());
        write(files, entries -> entries.remove(41));
        Arrays.fill(ExportSamples.file(files, LEAVES), 41 * 32, 42 * 32, (byte) 0);
        var report = ExportSamples.judge(folder, ExportSamples.resigned(files));
        assertFirstBad(report, 42, 42, "no gap record");
    }

    @Test
    void an_entry_changed_with_its_leaf_does_not_fit_its_block() {
        var files = ExportSamples.unzip(ExportSamples.usual().zip());
        var other = new MemoryRecord(FIRST).bytes(1, FIRST, 42, 4, 410_000_000_000L, _ -> {});
        write(files, entries -> entries.set(41, other));
        System.arraycopy(Merkle.leaf(other), 0, ExportSamples.file(files, LEAVES), 41 * 32, 32);
        var report = ExportSamples.judge(folder, ExportSamples.resigned(files));
        assertThat(report.proven()).isFalse();
        assertFirstBad(report, 1, 100, "not the one that the device signed");
        assertThat(report.problems())
                .anyMatch(p -> p.why().contains("when its block was complete"));
    }

    @Test
    void a_node_over_present_leaves_hides_nothing() {
        var files = ExportSamples.unzip(ExportSamples.usual().zip());
        var record = new MemoryRecord(FIRST).began(Optional.empty()).roundsTo(1_000);
        var gone = record.drop(42, 42).hashes().node(0, 41).orElseThrow();
        write(
                files,
                entries ->
                        entries.set(10, record.bytes(1, FIRST, 11, 4, 100_000_000_000L, _ -> {})));
        var forged = entries(ExportSamples.file(files, ENTRIES)).get(10);
        System.arraycopy(Merkle.leaf(forged), 0, ExportSamples.file(files, LEAVES), 10 * 32, 32);
        Arrays.fill(ExportSamples.file(files, LEAVES), 41 * 32, 42 * 32, (byte) 0);
        write(files, entries -> entries.remove(41));
        // The true hashes of leaf 42 and of the whole block: the second must not be used.
        var out = new CborWriter();
        out.array(3).integer(0).integer(41).bytes(gone);
        out.array(3)
                .integer(8)
                .integer(0)
                .bytes(new Tree(record.hashes()).hash(new Node(8, 0)).orElseThrow());
        files.put(FIRST + "/nodes.cbor", out.toBytes());
        var report = ExportSamples.judge(folder, ExportSamples.resigned(files));
        assertThat(report.epochs().getFirst().witnessed()).isEmpty();
        assertThat(report.problems()).anyMatch(p -> p.why().startsWith("rewritten"));
    }

    @Test
    void history_rewritten_and_signed_again_with_the_devices_key_is_refused_by_the_receipt() {
        for (var seq : List.of(1, 42, 300, 301, 699, 700)) {
            var report = ExportSamples.judge(folder, rewritten(seq).zip());
            var from = seq <= 300 ? 1 : 301;
            var to = seq <= 300 ? 300 : 700;
            assertFirstBad(report, from, to, "rewritten");
            assertThat(report.problems()).allMatch(p -> p.why().startsWith("rewritten"));
        }
        // Above the last receipt only the device vouches: the report says so.
        var above = ExportSamples.judge(folder, rewritten(701).zip());
        assertThat(above.proven()).isTrue();
        assertThat(above.epochs().getFirst().selfAttested()).contains(new Problem.Seqs(701, 1_000));
    }

    /** Everything is made anew but the receipts, which only the platform could. */
    private static ExportSamples rewritten(int seq) {
        var honest = new MemoryRecord(FIRST).began(Optional.empty()).roundsTo(1_000);
        var samples = new ExportSamples().receipt(honest, 300).receipt(honest, 700);
        var record = new MemoryRecord(FIRST).began(Optional.empty()).roundsTo(1_000);
        record.rewrite(
                seq,
                seq == 1
                        ? new MemoryRecord(FIRST)
                                .began(Optional.of("00000000000000ff"))
                                .entry(1)
                                .orElseThrow()
                        : record.bytes(
                                1,
                                FIRST,
                                seq,
                                4,
                                (seq - 1) * 10_000_000_000L,
                                b -> b.key(0).array(0)));
        for (var size = 100; size <= 1_000; size += 100) {
            samples.checkpoint(record, size);
        }
        return samples.with(record);
    }

    @Test
    void a_checkpoint_of_another_key_is_refused() {
        var files = ExportSamples.unzip(ExportSamples.usual().zip());
        var file = FIRST + "/checkpoints/400.note";
        var text = SignedNote.parse(ExportSamples.file(files, file)).text();
        var forger = DeviceKey.of(new byte[32]).sign(ExportSamples.GATEWAY.keyName(), text);
        files.put(file, forger.toString().getBytes(UTF_8));
        var report = ExportSamples.judge(folder, ExportSamples.resigned(files));
        assertThat(report.firstBad().orElseThrow().file()).contains(file);
    }

    @Test
    void a_forged_receipt_is_refused() {
        var file = FIRST + "/receipts/city/700.note";
        var sound = ExportSamples.unzip(ExportSamples.usual().zip());
        var note = SignedNote.parse(ExportSamples.file(sound, file));
        var line = note.signatures().getLast();
        var later = line.bytes();
        later[7] ^= 1;
        for (var forged :
                List.of(
                        new SignedNote(note.text(), List.of(note.signatures().getFirst())),
                        new SignedNote(note.text(), List.of(line)),
                        new SignedNote(
                                note.text(),
                                List.of(
                                        note.signatures().getFirst(),
                                        SignedNote.Signature.of(line.name(), line.keyId(), later))),
                        SignedNote.parse(
                                ExportSamples.file(sound, FIRST + "/receipts/city/300.note")))) {
            var files = copy(sound);
            files.put(file, forged.toString().getBytes(UTF_8));
            var report = ExportSamples.judge(folder, ExportSamples.resigned(files));
            assertThat(report.firstBad().orElseThrow().file()).contains(file);
            assertThat(report.epochs().getFirst().witnessed()).contains(new Problem.Seqs(1, 300));
        }
    }

    @Test
    void files_that_were_edited_added_removed_or_renamed_are_named() {
        var sound = ExportSamples.unzip(ExportSamples.usual().zip());
        for (var file : sound.keySet()) {
            var less = copy(sound);
            less.remove(file);
            var report = ExportSamples.judge(folder, ExportSamples.rezip(less));
            assertThat(report.proven()).as("without %s", file).isFalse();
        }
        var csv = copy(sound);
        csv.put("readings.csv", "time,sensor\r\n".getBytes(UTF_8));
        assertThat(
                        ExportSamples.judge(folder, ExportSamples.rezip(csv))
                                .firstBad()
                                .orElseThrow()
                                .file())
                .contains("readings.csv");
        for (var name : List.of("acts.csv", "../x", "x.html", FIRST + "/checkpoints/01.note")) {
            var more = copy(sound);
            more.put(name, new byte[] {1});
            var report = ExportSamples.judge(folder, ExportSamples.rezip(more));
            assertThat(report.firstBad().orElseThrow().file()).contains(name);
        }
    }

    @Test
    void time_that_runs_backwards_and_a_broken_chain_of_epochs_are_named() {
        var back = new MemoryRecord(FIRST).began(Optional.empty()).roundsTo(5);
        back.append(back.bytes(1, FIRST, 6, 4, 39_999_999_999L, _ -> {}));
        assertFirstBad(judge(new ExportSamples().with(back)), 6, 6, "kept 39999999999 ns");

        var noBirth = new MemoryRecord(FIRST).roundsTo(5);
        assertFirstBad(judge(new ExportSamples().with(noBirth)), 1, 1, "says that it began");

        var first = new MemoryRecord(FIRST).began(Optional.empty());
        var second = new MemoryRecord(ExportSamples.SECOND).began(Optional.of("00000000000000c3"));
        var report = judge(new ExportSamples().with(first).with(second));
        assertFirstBad(report, 1, 1, "the epoch before it is 00000000000000c3");
        second.gap("00000000000000c3", 1, 9);
        assertThat(judge(new ExportSamples().with(first).with(second)).problems()).isEmpty();
    }

    @Test
    void an_undeclared_loss_is_missing_and_a_proof_of_a_gap_from_elsewhere_must_hold() {
        var record = new MemoryRecord(FIRST).began(Optional.empty()).roundsTo(400);
        record.gap(FIRST, 100, 150).roundsTo(500).drop(90, 160);
        var report = judge(new ExportSamples().with(record, 50, 300));
        assertFirstBad(report, 90, 99, "missing");
        assertThat(report.problems())
                .anyMatch(p -> p.seqs().filter(new Problem.Seqs(151, 160)::equals).isPresent());

        record.gap(FIRST, 90, 160);
        var files = ExportSamples.unzip(new ExportSamples().with(record, 50, 300).zip());
        assertThat(ExportSamples.judge(folder, ExportSamples.resigned(copy(files))).proven())
                .isTrue();
        var gaps = ExportSamples.file(files, FIRST + "/gaps.cbor");
        for (var at = 0; at < gaps.length; at += Proof.pick(37, 7, 1)) {
            var forged = copy(files);
            ExportSamples.file(forged, FIRST + "/gaps.cbor")[at] ^= 1;
            var refused = ExportSamples.judge(folder, ExportSamples.resigned(forged));
            assertThat(refused.proven()).as("byte %d", at).isFalse();
        }
    }

    private Report judge(ExportSamples samples) {
        return ExportSamples.judge(folder, samples.zip());
    }

    private Report forged(Consumer<List<byte[]>> forger) {
        var files = ExportSamples.unzip(ExportSamples.usual().zip());
        write(files, forger);
        return ExportSamples.judge(folder, ExportSamples.resigned(files));
    }

    private static void write(SortedMap<String, byte[]> files, Consumer<List<byte[]>> forger) {
        var entries = entries(ExportSamples.file(files, ENTRIES));
        forger.accept(entries);
        var out = new ByteArrayOutputStream();
        var cbor = new CborWriter();
        entries.forEach(entry -> out.writeBytes(cbor.reset().bytes(entry).toBytes()));
        files.put(ENTRIES, out.toByteArray());
    }

    private static List<byte[]> entries(byte[] sequence) {
        try {
            var reader = new EntrySequence(new ByteArrayInputStream(sequence));
            var entries = new ArrayList<byte[]>();
            for (var e = reader.next(); e.isPresent(); e = reader.next()) {
                entries.add(e.get());
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<String, byte[]> copy(SortedMap<String, byte[]> files) {
        var copy = new TreeMap<String, byte[]>();
        files.forEach((name, bytes) -> copy.put(name, bytes.clone()));
        return copy;
    }

    private static void assertFirstBad(Report report, long from, long to, String why) {
        assertThat(report.proven()).isFalse();
        var bad = report.firstBad().orElseThrow();
        assertThat(bad.epoch()).as("%s", report.problems()).isPresent();
        assertThat(bad.seqs()).as("%s", bad).contains(new Problem.Seqs(from, to));
        assertThat(bad.why()).contains(why);
    }
}
