package org.mingchu.gateway.keep.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.cbor.CborReader;
import org.mingchu.gateway.keep.cbor.CborWriter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Somebody who has an export and the device's real key, and nothing of the platform's. Works on
 * copies; for exports of whole epochs without gaps.
 */
public final class Forger {
    private final SortedMap<String, byte[]> sound;
    private final DeviceKey key;
    private final String keyName;

    public Forger(byte[] zip, DeviceKey key) {
        this.sound = ExportSamples.unzip(zip);
        this.key = key;
        this.keyName =
                Manifest.parse(new String(ExportSamples.file(sound, Manifest.FILE), UTF_8))
                        .gateway()
                        .keyName();
    }

    /** The files, to be changed. */
    public SortedMap<String, byte[]> files() {
        var copy = new TreeMap<String, byte[]>();
        sound.forEach((name, bytes) -> copy.put(name, bytes.clone()));
        return copy;
    }

    /** The sizes of notes under a folder of an epoch, such as {@code checkpoints/}. */
    public List<Long> sizes(String epoch, String folder) {
        var prefix = epoch + '/' + folder;
        return sound.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name ->
                        Long.parseLong(
                                name.substring(name.lastIndexOf('/') + 1, name.length() - 5)))
                .sorted()
                .toList();
    }

    /** Other entries in the place of an epoch's, the manifest made and signed anew. */
    public byte[] with(String epoch, Consumer<List<byte[]>> change) {
        var files = files();
        write(files, epoch, change);
        return signed(files);
    }

    /** History made anew: leaves, nodes and checkpoints too, all but the receipts. */
    public byte[] rewritten(String epoch, Consumer<List<byte[]>> change) {
        var files = files();
        var leaves = write(files, epoch, change).stream().map(Merkle::leaf).toList();
        var flat = new ByteArrayOutputStream();
        leaves.forEach(flat::writeBytes);
        files.put(epoch + ExportFile.LEAVES, flat.toByteArray());
        var tree =
                new Tree((level, index) ->
                        level == 0 && index < leaves.size()
                                ? java.util.Optional.of(leaves.get((int) index))
                                : java.util.Optional.empty());
        files.put(
                epoch + ExportFile.NODES,
                nodes(ExportSamples.file(files, epoch + ExportFile.NODES), tree));
        for (var size : sizes(epoch, "checkpoints/")) {
            var file = ExportFile.checkpoint(epoch, size);
            var old = Checkpoint.parse(SignedNote.parse(ExportSamples.file(files, file)).text());
            var text = Checkpoint.of(old.origin(), size, tree.root(size).orElseThrow()).text();
            files.put(file, key.sign(keyName, text).toString().getBytes(UTF_8));
        }
        return signed(files);
    }

    /** Lets an entry say another wall time; it is an entry still. */
    public static void retime(List<byte[]> entries, long seq) {
        var entry = entries.get((int) seq - 1).clone();
        for (var at = 0; at + 9 < entry.length; at++) {
            // key 7, then an unsigned number of eight bytes: milliseconds since 1970
            if (entry[at] == 7 && entry[at + 1] == 0x1b && entry[at + 2] == 0) {
                entry[at + 9] ^= 1;
                entries.set((int) seq - 1, entry);
                return;
            }
        }
        throw new AssertionError("an entry without a wall time");
    }

    private static byte[] nodes(byte[] old, Tree tree) {
        var out = new CborWriter();
        for (var in = new CborReader(old); in.more(); in.bytes()) {
            in.array();
            var node = new Node((int) in.integer(), in.integer());
            out.array(3).integer(node.level()).integer(node.index());
            out.bytes(tree.hash(node).orElseThrow());
        }
        return out.toBytes();
    }

    private static List<byte[]> write(
            SortedMap<String, byte[]> files, String epoch, Consumer<List<byte[]>> change) {
        var entries = entries(ExportSamples.file(files, epoch + ExportFile.ENTRIES));
        change.accept(entries);
        var out = new ByteArrayOutputStream();
        var cbor = new CborWriter();
        entries.forEach(entry -> out.writeBytes(cbor.reset().bytes(entry).toBytes()));
        files.put(epoch + ExportFile.ENTRIES, out.toByteArray());
        return entries;
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

    /** A zip of these files whose manifest fits and is signed. */
    public byte[] signed(SortedMap<String, byte[]> files) {
        var old = Manifest.parse(new String(ExportSamples.file(files, Manifest.FILE), UTF_8));
        var all = new TreeMap<>(files);
        all.remove(Manifest.FILE);
        all.remove(Manifest.NOTE);
        var hashes = new TreeMap<String, String>();
        all.forEach((name, bytes) -> hashes.put(name, sha256(bytes)));
        var json =
                new Manifest(old.head(), old.epochs(), old.extents(), hashes)
                        .toJson(hashes)
                        .getBytes(UTF_8);
        all.put(Manifest.FILE, json);
        var note = key.sign(keyName, Manifest.noteText(sha256(json)));
        all.put(Manifest.NOTE, note.toString().getBytes(UTF_8));
        return ExportSamples.rezip(all);
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Merkle.sha256().digest(bytes));
    }
}
