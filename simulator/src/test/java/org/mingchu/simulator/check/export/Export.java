package org.mingchu.simulator.check.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.simulator.check.export.Tree.Node;
import org.mingchu.simulator.note.VerifierKey;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes exports by hand, from {@code export.md}; the tree is the textbook's recursion. */
final class Export {
    static final String GATEWAY = "gz-liwan/gz-liwan-0042/gw-1";
    static final String A = "00112233aabbccdd";
    static final String B = "11112233aabbccdd";
    static final long TIME = 1_795_318_930L;

    final Signer device = new Signer(GATEWAY, VerifierKey.ED25519);
    final Signer platform = new Signer("platform.example/a", VerifierKey.COSIGNATURE_V1);
    final TreeMap<String, byte[]> files = new TreeMap<>();
    private final List<String> epochs = new ArrayList<>();

    Export() {
        put("keys/device.vkey", device.key().text() + "\n");
        put("keys/a.vkey", platform.key().text() + "\n");
    }

    byte[] file(String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    void put(String name, String text) {
        files.put(name, text.getBytes(UTF_8));
    }

    static String origin(String epoch) {
        return "mingchu/" + GATEWAY + "/" + epoch;
    }

    /** Entries 1..n of an epoch, the first its birth. */
    static List<byte[]> entries(String epoch, int n, String previous) {
        var entries = new ArrayList<byte[]>();
        entries.add(birth(epoch, previous));
        for (long seq = 2; seq <= n; seq++) {
            entries.add(entry(epoch, seq, 4, map(item(0), array())));
        }
        return entries;
    }

    static byte[] birth(String epoch, String previous) {
        var body =
                previous.isEmpty()
                        ? map(item(1), text("first-start"))
                        : map(item(0), text(previous), item(1), text("restored"));
        return entry(epoch, 1, 1, body);
    }

    static byte[] gap(String epoch, long seq, String of, long from, long to) {
        return entry(
                epoch,
                seq,
                11,
                map(
                        item(0),
                        bytes(HexFormat.of().parseHex(of)),
                        item(2),
                        array(item(from), item(to)),
                        item(3),
                        item(to - from + 1),
                        item(4),
                        text("thinned")));
    }

    /** A gap of the reading lane that speaks of some of its range only. */
    static byte[] thinned(String epoch, long seq, long from, long to, long count) {
        return entry(
                epoch,
                seq,
                11,
                map(
                        item(0),
                        bytes(HexFormat.of().parseHex(epoch)),
                        item(1),
                        item(1),
                        item(2),
                        array(item(from), item(to)),
                        item(3),
                        item(count),
                        item(4),
                        text("thinned")));
    }

    static byte[] entry(String epoch, long seq, int kind, byte[] body) {
        return entry(epoch, seq, kind, body, seq * 1_000_000_000);
    }

    static byte[] entry(String epoch, long seq, int kind, byte[] body, long keptNs) {
        return map(
                item(0),
                item(1),
                item(1),
                bytes(HexFormat.of().parseHex(epoch)),
                item(2),
                item(seq),
                item(3),
                item(kind),
                item(4),
                item(1),
                item(5),
                bytes(new byte[16]),
                item(6),
                item(keptNs),
                item(7),
                item(1_795_318_930_000L + seq),
                item(8),
                item(0),
                item(10),
                body);
    }

    /** Adds an epoch whose entries are all there but those that are gone. */
    Export epoch(String id, List<byte[]> all, long from, long to, Set<Long> gone, long... sizes) {
        epochs.add(
                "{\"epoch\":\"%s\",\"origin\":\"%s\",\"from\":%d,\"to\":%d,\"size\":%d}"
                        .formatted(id, origin(id), from, to, all.size()));
        var entries = new ByteArrayOutputStream();
        var leaves = new ByteArrayOutputStream();
        for (long seq = from; seq <= to; seq++) {
            var entry = all.get((int) seq - 1);
            if (gone.contains(seq)) {
                leaves.writeBytes(new byte[32]);
            } else {
                entries.writeBytes(bytes(entry));
                leaves.writeBytes(Tree.leafOf(entry));
            }
        }
        files.put(id + "/entries.cbor", entries.toByteArray());
        files.put(id + "/leaves.bin", leaves.toByteArray());
        var needed =
                new TreeSet<>(Comparator.comparingInt(Node::level).thenComparingLong(Node::index));
        for (var size : sizes) {
            cover(all, new Span(from, to, gone), 0, size, needed);
        }
        cover(all, new Span(from, to, gone), 0, all.size(), needed);
        for (long block = 0; (block + 1) * 256 <= all.size(); block++) {
            if (new Span(from, to, gone).wholly(block * 256, (block + 1) * 256)) {
                needed.add(new Node(8, block));
            }
        }
        var nodes = new ByteArrayOutputStream();
        for (var node : needed) {
            var hash = root(all, node.first(), node.end());
            nodes.writeBytes(array(item(node.level()), item(node.index()), bytes(hash)));
        }
        files.put(id + "/nodes.cbor", nodes.toByteArray());
        for (var size : sizes) {
            checkpoint(id, all, size);
        }
        checkpoint(id, all, all.size());
        return this;
    }

    /** Which leaves are present. */
    private record Span(long from, long to, Set<Long> gone) {
        boolean none(long first, long end) {
            for (var seq = first + 1; seq <= end; seq++) {
                if (from <= seq && seq <= to && !gone.contains(seq)) {
                    return false;
                }
            }
            return true;
        }

        boolean wholly(long first, long end) {
            for (var seq = first + 1; seq <= end; seq++) {
                if (seq < from || seq > to || gone.contains(seq)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What a verifier needs for the hash of the leaves [first, end) of RFC 6962's recursion. */
    private static void cover(List<byte[]> all, Span span, long first, long end, Set<Node> needed) {
        var count = end - first;
        if (count == 0) {
            return;
        }
        if (Long.bitCount(count) == 1 && span.none(first, end)) {
            needed.add(new Node(Long.numberOfTrailingZeros(count), first / count));
        } else if (count > 1) {
            var split = first + Long.highestOneBit(count - 1);
            cover(all, span, first, split, needed);
            cover(all, span, split, end, needed);
        }
    }

    static byte[] root(List<byte[]> all, long first, long end) {
        if (end - first == 1) {
            return Tree.leafOf(all.get((int) first));
        }
        var split = first + Long.highestOneBit(end - first - 1);
        return Tree.join(root(all, first, split), root(all, split, end));
    }

    /** The path of RFC 6962 section 2.1.1. */
    static List<byte[]> path(List<byte[]> all, long index, long first, long end) {
        if (end - first == 1) {
            return new ArrayList<>();
        }
        var split = first + Long.highestOneBit(end - first - 1);
        var left = index < split;
        var path = left ? path(all, index, first, split) : path(all, index, split, end);
        path.add(left ? root(all, split, end) : root(all, first, split));
        return path;
    }

    private static String body(String id, List<byte[]> all, long size) {
        var root = Base64.getEncoder().encodeToString(root(all, 0, size));
        return origin(id) + "\n" + size + "\n" + root + "\n";
    }

    void checkpoint(String id, List<byte[]> all, long size) {
        var body = body(id, all, size);
        put(id + "/checkpoints/" + size + ".note", body + "\n" + device.sign(body));
    }

    Export receipt(String id, List<byte[]> all, long size) {
        var body = body(id, all, size);
        put(
                id + "/receipts/a/" + size + ".note",
                body + "\n" + device.sign(body) + platform.cosign(body, TIME + size));
        return this;
    }

    /** Writes and signs the manifest over what is there, and packs it. */
    Path seal(Path folder) {
        var hashes = new ArrayList<String>();
        files.forEach((name, bytes) -> {
            if (!name.startsWith("manifest.")) {
                hashes.add("\"%s\":\"%s\"".formatted(name, hex(bytes)));
            }
        });
        put(
                "manifest.json",
                ("{\"schema\":\"kfs/export/1\",\"gateway\":{\"area\":\"gz-liwan\",\"site\":"
                                + "\"gz-liwan-0042\",\"id\":\"gw-1\"},\"createdAt\":"
                                + "\"2026-11-23T06:30:49Z\",\"version\":\"0.1.0\",\"simulated\":true,"
                                + "\"epochs\":%s,\"files\":{%s}}")
                        .formatted(epochs, String.join(",", hashes)));
        var body = "mingchu export/1\n" + hex(file("manifest.json")) + "\n";
        put("manifest.note", body + "\n" + device.sign(body));
        return pack(folder);
    }

    /** Packs what is there, sealed or not. */
    Path pack(Path folder) {
        try {
            var zip = Files.createTempFile(folder, "export", ".zip");
            try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
                for (var file : files.entrySet()) {
                    out.putNextEntry(new ZipEntry(file.getKey()));
                    out.write(file.getValue());
                    out.closeEntry();
                }
            }
            return zip;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(Archive.sha256(bytes));
    }

    static byte[] item(long number) {
        return number >= 0 ? head(0, number) : head(1, ~number);
    }

    static byte[] bytes(byte[] bytes) {
        return cat(head(2, bytes.length), bytes);
    }

    static byte[] text(String text) {
        return cat(head(3, text.getBytes(UTF_8).length), text.getBytes(UTF_8));
    }

    static byte[] array(byte[]... items) {
        return cat(head(4, items.length), cat(items));
    }

    static byte[] map(byte[]... items) {
        return cat(head(5, items.length / 2), cat(items));
    }

    private static byte[] head(int major, long value) {
        var top = major << 5;
        if (value < 24) {
            return new byte[] {(byte) (top | value)};
        }
        var size = value < 1 << 8 ? 0 : value < 1 << 16 ? 1 : value < 1L << 32 ? 2 : 3;
        var head = new byte[1 + (1 << size)];
        head[0] = (byte) (top | (24 + size));
        for (int i = head.length - 1; i > 0; i--) {
            head[i] = (byte) value;
            value >>= 8;
        }
        return head;
    }

    static byte[] cat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
