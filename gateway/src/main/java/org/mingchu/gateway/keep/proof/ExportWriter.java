package org.mingchu.gateway.keep.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.cbor.CborWriter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.Deflater;

/**
 * Writes an export as export.md describes it, in one pass over the zip and with flat memory: each
 * file goes to the stream as it comes, its hash is taken on the way, the manifest stands last. One
 * thread asks the source, another hashes and packs. At 450 bytes an entry about 100,000 entries a
 * second.
 */
public final class ExportWriter {
    private final ExportSource source;
    private final ExportZip zip;
    private final CborWriter cbor = new CborWriter();
    private final Map<String, Extent> extents = new HashMap<>();

    private ExportWriter(ExportSource source, OutputStream out) {
        this.source = source;
        this.zip = new ExportZip(out, source.head().createdAt());
    }

    /**
     * Writes the whole export; the stream stays open.
     *
     * @throws IOException when it cannot be written
     */
    public static void write(ExportSource source, OutputStream out) throws IOException {
        new ExportWriter(source, new BufferedOutputStream(out, 1 << 16)).write();
    }

    private void write() throws IOException {
        keys(ExportFile.DEVICE_KEYS, source.deviceKeys());
        for (var platform : new TreeMap<>(source.platformKeys()).entrySet()) {
            keys(ExportFile.platformKeys(platform.getKey()), platform.getValue());
        }
        for (var span : source.spans()) {
            epoch(span);
        }
        for (var table : new TreeMap<>(source.tables()).entrySet()) {
            zip.file(table.getKey(), Deflater.BEST_SPEED, table.getValue()::write);
        }
        manifest();
        zip.finish();
    }

    private void keys(String file, List<VerifierKey> keys) throws IOException {
        text(file, keys.stream().map(key -> key + "\n").collect(Collectors.joining()));
    }

    private void epoch(Span span) throws IOException {
        var hashes = source.hashes(span);
        var nodes = new ExportNodes(hashes);
        // Entries are unpacked once, which takes longest; their leaves wait beside for their turn.
        var leaves = Files.createTempFile(source.scratch(), "export", ".leaves");
        try {
            entries(span, nodes, leaves);
            zip.file(
                    span.epoch() + ExportFile.LEAVES,
                    Deflater.NO_COMPRESSION,
                    out -> Files.copy(leaves, out));
        } finally {
            Files.deleteIfExists(leaves);
        }
        var tree = new Tree(hashes);
        var extent = nodes.extent(span, nodes.provable(span.size()));
        extents.put(span.epoch(), extent);
        notes(span, nodes, tree, extent.proven());
        zip.file(
                span.epoch() + ExportFile.NODES, Deflater.NO_COMPRESSION, out -> nodes(nodes, out));
        gaps(span, tree, extent.proven());
    }

    private void entries(Span span, ExportNodes nodes, Path leavesFile) throws IOException {
        try (var leaves = new BufferedOutputStream(Files.newOutputStream(leavesFile), 1 << 16)) {
            zip.file(
                    span.epoch() + ExportFile.ENTRIES,
                    Deflater.BEST_SPEED,
                    out -> entries(span, nodes, leaves, out));
        }
    }

    private void entries(Span span, ExportNodes nodes, OutputStream leaves, OutputStream out)
            throws IOException {
        var gone = new byte[Merkle.HASH_BYTES];
        var next = new long[] {span.from()};
        source.entries(
                span,
                (seq, bytes) -> {
                    nodes.present(seq);
                    for (; next[0] < seq; next[0]++) {
                        leaves.write(gone);
                    }
                    leaves.write(Merkle.leaf(bytes));
                    next[0]++;
                    out.write(cbor.reset().bytes(bytes).toBytes());
                });
        for (; next[0] <= span.to(); next[0]++) {
            leaves.write(gone);
        }
    }

    private void notes(Span span, ExportNodes nodes, Tree tree, long proven) throws IOException {
        var checkpoints = bySize(source.checkpoints(span));
        if (!checkpoints.containsKey(proven)) {
            checkpoints.put(proven, source.sign(present(span, tree, proven).text()));
        }
        for (var kept : checkpoints.entrySet()) {
            note(nodes, span, ExportFile.checkpoint(span.epoch(), kept.getKey()), kept);
        }
        for (var platform : new TreeMap<>(source.receipts(span)).entrySet()) {
            for (var kept : bySize(platform.getValue()).entrySet()) {
                var file = ExportFile.receipt(span.epoch(), platform.getKey(), kept.getKey());
                note(nodes, span, file, kept);
            }
        }
    }

    private Checkpoint present(Span span, Tree tree, long proven) throws IOException {
        var root = tree.root(proven);
        if (root.isEmpty()) {
            throw new IOException("the tree of epoch " + span.epoch() + " has holes");
        }
        var origin = source.head().gateway().origin(span.epoch());
        return Checkpoint.of(origin, proven, root.get());
    }

    /** What can no longer be computed, or is younger than the export, proves nothing in it. */
    private void note(ExportNodes nodes, Span span, String file, Map.Entry<Long, SignedNote> kept)
            throws IOException {
        if (kept.getKey() <= span.size() && nodes.root(kept.getKey())) {
            text(file, kept.getValue().toString());
        }
    }

    private static SortedMap<Long, SignedNote> bySize(List<ExportSource.Kept> notes) {
        var sorted = new TreeMap<Long, SignedNote>();
        notes.forEach(kept -> sorted.put(kept.size(), kept.note()));
        return sorted;
    }

    private void nodes(ExportNodes nodes, OutputStream out) throws IOException {
        for (var node : nodes.all().entrySet()) {
            var place = node.getKey();
            cbor.reset().array(3).integer(place.level()).integer(place.index());
            out.write(cbor.bytes(node.getValue()).toBytes());
        }
    }

    private void gaps(Span span, Tree tree, long proven) throws IOException {
        var gaps = new TreeMap<Long, byte[]>();
        source.gapsElsewhere(
                span,
                (seq, bytes) ->
                        proven(tree, seq, bytes, proven).ifPresent(proof -> gaps.put(seq, proof)));
        gaps.keySet().removeIf(span::has);
        if (gaps.isEmpty()) {
            return;
        }
        zip.file(
                span.epoch() + ExportFile.GAPS,
                Deflater.BEST_SPEED,
                out -> {
                    for (var gap : gaps.values()) {
                        out.write(gap);
                    }
                });
    }

    /** One that can no longer be proven proves nothing of others either. */
    private Optional<byte[]> proven(Tree tree, long seq, byte[] entry, long proven) {
        var proof = seq > proven ? Optional.<List<byte[]>>empty() : tree.inclusion(seq - 1, proven);
        return proof.map(steps -> {
            cbor.reset().array(2).bytes(entry).array(steps.size());
            steps.forEach(cbor::bytes);
            return cbor.toBytes();
        });
    }

    private void manifest() throws IOException {
        var head = source.head();
        var files = Collections.unmodifiableSortedMap(new TreeMap<>(zip.hashes()));
        var json = new Manifest(head, source.spans(), extents, files).toJson(files);
        text(Manifest.FILE, json);
        var hash = HexFormat.of().formatHex(Merkle.sha256().digest(json.getBytes(UTF_8)));
        text(Manifest.NOTE, source.sign(Manifest.noteText(hash)).toString());
    }

    private void text(String file, String text) throws IOException {
        zip.file(file, Deflater.BEST_SPEED, out -> out.write(text.getBytes(UTF_8)));
    }
}
