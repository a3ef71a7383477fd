package org.mingchu.simulator.check.export;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.simulator.note.VerifierKey;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

class ExportVerifierTest {
    private static final int N = 700;

    @TempDir private Path folder;
    private final Export export = new Export();
    private final List<byte[]> all = Export.entries(Export.A, N, "");

    @Test
    void a_whole_epoch_is_proven_and_says_who_has_seen_how_much() {
        export.epoch(Export.A, all, 1, N, Set.of(), 300, 600).receipt(Export.A, all, 600);

        var report = judge();

        assertThat(report.problems()).isEmpty();
        assertThat(report.json())
                .contains("\"proven\":true,\"firstBad\":null")
                .contains(
                        "\"witnessed\":{\"from\":1,\"to\":600,\"by\":\"a\",\"at\":\"2026-11-22T03:52:10Z\"}")
                .contains("\"selfAttested\":{\"from\":601,\"to\":700}")
                .contains("\"given\":false");
        assertThat(report.text()).contains("the export's own: compare it");
        assertThat(
                        new JsonMapper()
                                .readTree(report.json())
                                .get("device")
                                .get(0)
                                .get("fingerprint")
                                .asString())
                .matches("([0-9a-f]{4} ){15}[0-9a-f]{4}");
    }

    @Test
    void a_part_is_proven_by_the_nodes_around_it() {
        for (var part :
                List.of(
                        List.of(1L, 1L),
                        List.of(300L, 650L),
                        List.of(257L, 512L),
                        List.of(650L, 700L),
                        List.of(701L, 700L))) {
            var fresh = new Export();
            fresh.epoch(Export.A, all, part.get(0), part.get(1), Set.of(), 300, 600)
                    .receipt(Export.A, all, 600);
            var report = ExportVerifier.verify(fresh.seal(folder), List.of(), List.of());
            assertThat(report.problems()).as("%s", part).isEmpty();
        }
    }

    @Test
    void any_changed_entry_is_found_at_its_place() {
        for (int seed = 1; seed <= 40; seed++) {
            var random = new Random(seed);
            var fresh = new Export();
            fresh.epoch(Export.A, all, 1, N, Set.of(), 300).receipt(Export.A, all, 300);
            var seq = 1 + random.nextInt(N);
            var bytes = fresh.file(Export.A + "/entries.cbor");
            flipIn(bytes, seq, random);
            var report = ExportVerifier.verify(fresh.seal(folder), List.of(), List.of());
            assertThat(report.firstBad().flatMap(Problem::seqs))
                    .as("seed %d %s", seed, report.problems())
                    .contains(new Problem.Span(seq, seq));
        }
    }

    /** Flips a bit of the wall clock or the body, so that it stays the entry of its seq. */
    private void flipIn(byte[] bytes, int seq, Random random) {
        var at = 0;
        for (int i = 0; i < seq - 1; i++) {
            at += Export.bytes(all.get(i)).length;
        }
        var entry = all.get(seq - 1);
        var head = Export.bytes(entry).length - entry.length;
        // key 7 and its value come 13 bytes before the last three items of an ordinary entry
        var place = at + head + entry.length - (seq == 1 ? 20 : 8) - random.nextInt(4);
        bytes[place] ^= (byte) (1 << random.nextInt(3));
    }

    @Test
    void a_removed_entry_is_found() {
        export.epoch(Export.A, all, 1, N, Set.of());
        var less = new ArrayList<>(all);
        less.remove(499);
        var entries = new ArrayList<byte[]>();
        less.forEach(entry -> entries.add(Export.bytes(entry)));
        export.files.put(Export.A + "/entries.cbor", Export.cat(entries.toArray(byte[][]::new)));

        assertThat(judge().firstBad().orElseThrow())
                .satisfies(bad -> assertThat(bad.seqs()).contains(new Problem.Span(500, 500)))
                .satisfies(bad -> assertThat(bad.why()).startsWith("removed"));
    }

    @Test
    void what_is_gone_without_a_gap_is_missing() {
        export.epoch(Export.A, all, 1, N, Set.of(20L, 21L, 300L));

        var report = judge();

        assertThat(report.problems())
                .extracting(problem -> problem.seqs().orElseThrow())
                .containsExactly(new Problem.Span(20, 21), new Problem.Span(300, 300));
    }

    @Test
    void what_is_gone_with_a_gap_is_accounted_for() {
        all.set(N - 1, Export.gap(Export.A, N, Export.A, 20, 21));
        export.epoch(Export.A, all, 1, N, Set.of(20L, 21L), 300).receipt(Export.A, all, 300);

        var report = judge();

        assertThat(report.problems()).isEmpty();
        assertThat(report.json())
                .contains("\"gaps\":[{\"from\":20,\"to\":21,\"cause\":\"thinned\"}]");
    }

    @Test
    void a_gap_accounts_for_as_many_as_it_says_and_no_more() {
        all.set(N - 1, Export.thinned(Export.A, N, 20, 40, 3));
        export.epoch(Export.A, all, 1, N, Set.of(20L, 30L, 40L));
        assertThat(judge().problems()).isEmpty();

        export.epoch(Export.A, all, 1, N, Set.of(20L, 30L, 31L, 40L));
        assertThat(judge().firstBad().orElseThrow())
                .satisfies(bad -> assertThat(bad.seqs()).contains(new Problem.Span(20, 40)))
                .satisfies(bad -> assertThat(bad.why()).contains("4 are gone and the gaps say 3"));
    }

    @Test
    void a_gap_outside_the_part_counts_with_its_proof_only() {
        all.set(N - 1, Export.gap(Export.A, N, Export.A, 20, 21));
        export.epoch(Export.A, all, 10, 40, Set.of(20L, 21L));
        var path = new ArrayList<byte[]>();
        Export.path(all, N - 1, 0, N).forEach(hash -> path.add(Export.bytes(hash)));
        var gap = Export.bytes(all.get(N - 1));
        export.files.put(
                Export.A + "/gaps.cbor",
                Export.array(gap, Export.array(path.toArray(byte[][]::new))));
        assertThat(judge().problems()).isEmpty();

        path.removeLast();
        export.files.put(
                Export.A + "/gaps.cbor",
                Export.array(gap, Export.array(path.toArray(byte[][]::new))));
        assertThat(judge().problems()).hasSize(2).anyMatch(p -> p.why().startsWith("missing"));
    }

    @Test
    void a_past_rewritten_and_signed_anew_with_the_device_s_own_key_fails_against_the_receipt() {
        export.epoch(Export.A, all, 1, N, Set.of(), 300).receipt(Export.A, all, 600);
        var receipt = export.file(Export.A + "/receipts/a/600.note");
        all.set(
                499,
                Export.entry(
                        Export.A,
                        500,
                        4,
                        Export.map(
                                Export.item(0), Export.array(), Export.item(9), Export.item(9))));
        export.files.keySet().removeIf(name -> name.startsWith(Export.A));
        var forged = new ForgedKeys(export);
        forged.again(all, receipt);

        var report = judge();

        assertThat(report.isProven()).isFalse();
        assertThat(report.firstBad().flatMap(Problem::seqs)).contains(new Problem.Span(1, 600));
        assertThat(report.json()).contains("\"witnessed\":null");
    }

    /** The thief of a device key. */
    private record ForgedKeys(Export export) {
        void again(List<byte[]> all, byte[] receipt) {
            var once = new Export();
            once.epoch(Export.A, all, 1, N, Set.of(), 300);
            once.files.forEach((name, bytes) -> {
                if (name.startsWith(Export.A) && !name.contains("/checkpoints/")) {
                    export.files.put(name, bytes);
                }
            });
            export.checkpoint(Export.A, all, 300);
            export.checkpoint(Export.A, all, N);
            export.files.put(Export.A + "/receipts/a/600.note", receipt);
        }
    }

    @Test
    void an_earlier_receipt_narrows_the_place_down() {
        export.epoch(Export.A, all, 1, N, Set.of())
                .receipt(Export.A, all, 300)
                .receipt(Export.A, all, 600);
        var late = export.file(Export.A + "/receipts/a/600.note");
        all.set(
                499,
                Export.entry(
                        Export.A,
                        500,
                        4,
                        Export.map(
                                Export.item(0), Export.array(), Export.item(9), Export.item(9))));
        new ForgedKeys(export).again(all, late);

        assertThat(judge().firstBad().flatMap(Problem::seqs)).contains(new Problem.Span(301, 600));
    }

    @Test
    void whoever_trusts_another_key_is_not_convinced() {
        export.epoch(Export.A, all, 1, N, Set.of()).receipt(Export.A, all, 600);
        var zip = export.seal(folder);
        var stranger = new Signer(Export.GATEWAY, VerifierKey.ED25519).key();

        assertThat(ExportVerifier.verify(zip, List.of(stranger), List.of()).isProven()).isFalse();
        var given =
                ExportVerifier.verify(
                        zip, List.of(export.device.key()), List.of(export.platform.key()));
        assertThat(given.isProven()).isTrue();
        assertThat(given.json()).contains("\"given\":true").doesNotContain("\"given\":false");
        var other = new Signer("platform.example/b", VerifierKey.COSIGNATURE_V1).key();
        var stepped = ExportVerifier.verify(zip, List.of(), List.of(other));
        assertThat(stepped.isProven()).isTrue();
        assertThat(stepped.json()).contains("\"witnessed\":null");
    }

    @Test
    void epochs_follow_each_other_and_time_goes_on() {
        var next = Export.entries(Export.B, 5, Export.A);
        export.epoch(Export.A, all, 1, N, Set.of()).epoch(Export.B, next, 1, 5, Set.of());
        assertThat(judge().problems()).isEmpty();

        var strange = new Export();
        next.set(0, Export.birth(Export.B, "ffffffffffffffff"));
        next.set(3, Export.entry(Export.B, 4, 4, Export.map(Export.item(0), Export.array()), 1));
        strange.epoch(Export.A, all, 1, N, Set.of()).epoch(Export.B, next, 1, 5, Set.of());
        assertThat(ExportVerifier.verify(strange.seal(folder), List.of(), List.of()).problems())
                .extracting(Problem::why)
                .containsExactlyInAnyOrder(
                        "it does not follow epoch " + Export.A, "kept before the one before it");
    }

    @Test
    void any_flipped_bit_of_any_file_is_found() {
        export.epoch(Export.A, all, 1, N, Set.of(), 300).receipt(Export.A, all, 600);
        export.seal(folder);
        var names = List.copyOf(export.files.keySet());
        for (int seed = 1; seed <= 60; seed++) {
            var random = new Random(seed);
            var name = names.get(random.nextInt(names.size()));
            var bytes = export.file(name).clone();
            var whole = export.file(name);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            export.files.put(name, bytes);
            var report = ExportVerifier.verify(export.pack(folder), List.of(), List.of());
            assertThat(report.isProven()).as("seed %d, %s", seed, name).isFalse();
            export.files.put(name, whole);
        }
    }

    @Test
    void what_is_no_export_is_not_proven_and_breaks_nothing() throws IOException {
        var file = Files.writeString(folder.resolve("x"), "hello");
        assertThat(ExportVerifier.verify(file, List.of(), List.of()).isProven()).isFalse();
        export.put("../x", "");
        assertThat(judge().problems())
                .extracting(Problem::why)
                .contains("a name that no file of an export has");
        var empty = new Export();
        empty.files.clear();
        empty.put("a", "");
        assertThat(ExportVerifier.verify(empty.pack(folder), List.of(), List.of()).isProven())
                .isFalse();
    }

    @Test
    void the_program_says_what_was_found_by_its_exit_code() {
        export.epoch(Export.A, all, 1, N, Set.of());
        var zip = export.seal(folder).toString();
        var out = new StringBuilder();
        assertThat(VerifyExport.run(new String[] {zip}, out)).isZero();
        assertThat(out).startsWith("proven\n").contains("self-attested 1..700");
        assertThat(
                        VerifyExport.run(
                                new String[] {"--json", "--key", export.device.key().text(), zip},
                                out))
                .isZero();
        assertThat(VerifyExport.run(new String[] {zip + "x"}, out)).isEqualTo(1);
        assertThat(VerifyExport.run(new String[] {"--key", "x", zip}, out)).isEqualTo(2);
        assertThat(VerifyExport.run(new String[] {}, out)).isEqualTo(2);
    }

    @Test
    void only_the_one_spelling_of_cbor_is_read() {
        for (var hex :
                List.of(
                        "1800",
                        "190017",
                        "5f4100ff",
                        "a201000100",
                        "a2020001 00",
                        "61ff",
                        "f97c",
                        "fa00000000",
                        "00 00",
                        "9b7fffffffffffffff")) {
            var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
            assertThat(isCbor(bytes)).as(hex).isFalse();
        }
        assertThat(isCbor("a".getBytes(UTF_8))).isFalse();
        assertThat(
                        isCbor(
                                Export.map(
                                        Export.item(1),
                                        Export.array(Export.item(-5), Export.text("é")))))
                .isTrue();
    }

    private static boolean isCbor(byte[] bytes) {
        try {
            Cbor.one(bytes);
            return true;
        } catch (Cbor.Malformed _) {
            return false;
        }
    }

    private Report judge() {
        return ExportVerifier.verify(export.seal(folder), List.of(), List.of());
    }
}
