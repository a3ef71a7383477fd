package org.mingchu.gateway.keep.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.cbor.CborWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Export and judgement of 30 days of 16 sensors: 259,200 rounds of about 450 bytes, a checkpoint
 * and a receipt each hour. Entries are made as they are asked for, as from a disk, so that a small
 * heap ({@code -Xmx}) shows that memory is flat. Prints one line for each.
 */
public final class ExportBench extends ExportSamples {
    private static final int ROUNDS_PER_HOUR = 360;
    private static final int SENSORS = 16;

    private final Map<Node, byte[]> nodes = new HashMap<>();
    private final Map<Long, SignedNote> notes = new HashMap<>();
    private final int size;

    private ExportBench(int size) {
        this.size = size;
        var frontier = new Frontier();
        for (var seq = 1L; seq <= size; seq++) {
            frontier.append(
                    Merkle.leaf(entry(seq)),
                    (node, hash) -> {
                        if (node.level() == Node.KEPT_LEVEL) {
                            nodes.put(node, hash);
                        }
                    });
            if (seq % ROUNDS_PER_HOUR == 0) {
                var text = Checkpoint.of(GATEWAY.origin(FIRST), seq, frontier.root()).text();
                notes.put(seq, cosign(sign(text)));
            }
        }
    }

    /** Arguments: the file to write, and how many rounds. */
    public static void main(String[] args) throws IOException {
        run(Path.of(args[0]), args.length > 1 ? Integer.parseInt(args[1]) : 259_200);
    }

    /** Writes and judges; how long both took, ns. */
    static long[] run(Path file, int rounds) throws IOException {
        var record = new ExportBench(rounds);
        var start = System.nanoTime();
        try (var out = Files.newOutputStream(file)) {
            ExportWriter.write(record, out);
        }
        var written = System.nanoTime();
        var report = Verifier.verify(file, Verifier.Given.NONE, (_, _, _) -> {});
        var judged = System.nanoTime();
        System.out.printf(
                "%,d entries of %d bytes: export %,d ms, %,d bytes; judged %s in %,d ms; heap %d MiB%n",
                rounds,
                entry(rounds).length,
                (written - start) / 1_000_000,
                Files.size(file),
                report.proven() ? "proven" : report.firstBad(),
                (judged - written) / 1_000_000,
                Runtime.getRuntime().maxMemory() >> 20);
        if (!report.proven()) {
            throw new AssertionError(report.problems());
        }
        return new long[] {written - start, judged - written};
    }

    private static byte[] entry(long seq) {
        var out = new CborWriter().mapStart().key(0).integer(1);
        out.key(1).bytes(HexFormat.of().parseHex(FIRST)).key(2).integer(seq);
        out.key(3).integer(seq == 1 ? 1 : 4).key(4).integer(1);
        out.key(5).bytes(HexFormat.of().parseHex(MemoryRecord.BOOT));
        out.key(6).integer(seq * 10_000_000_000L).key(7).integer(1_795_000_000_000L + seq * 10_000);
        out.key(8).integer(0).key(10).mapStart();
        if (seq == 1) {
            return out.key(1).text("first-start").mapEnd().mapEnd().toBytes();
        }
        out.key(0).array(SENSORS);
        for (var sensor = 0; sensor < SENSORS; sensor++) {
            var milli = (int) ((seq * 31 + sensor * 977L) % 500) - 18_000;
            out.array(7).integer(0).text("freezer-" + (10 + sensor)).integer(0);
            out.integer(milli).integer(milli + 20).integer(10_000_000L * sensor).integer(0);
        }
        return out.mapEnd().mapEnd().toBytes();
    }

    @Override
    public List<Span> spans() {
        return List.of(new Span(FIRST, 1, size, size));
    }

    @Override
    public void entries(Span span, EntrySink sink) throws IOException {
        for (var seq = span.from(); seq <= span.to(); seq++) {
            sink.entry(seq, entry(seq));
        }
    }

    @Override
    public void gapsElsewhere(Span span, EntrySink sink) {}

    @Override
    public Hashes hashes(Span span) {
        return (level, index) ->
                level == 0 && index < size
                        ? Optional.of(Merkle.leaf(entry(index + 1)))
                        : Optional.ofNullable(nodes.get(new Node(level, index)));
    }

    @Override
    public List<Kept> checkpoints(Span span) {
        return notes.entrySet().stream()
                .map(note -> new Kept(note.getKey(), note.getValue()))
                .toList();
    }

    @Override
    public Map<String, List<Kept>> receipts(Span span) {
        return Map.of(PLATFORM, checkpoints(span));
    }

    @Override
    public Map<String, List<VerifierKey>> platformKeys() {
        return Map.of(PLATFORM, List.of(platformKey()));
    }

    @Override
    public Map<String, Table> tables() {
        return Map.of(
                "readings.csv",
                out -> {
                    for (var seq = 1; seq <= size * SENSORS; seq++) {
                        out.write("2026-11-23T06:30:49Z,freezer-10,-18.000\r\n".getBytes(UTF_8));
                    }
                });
    }
}
