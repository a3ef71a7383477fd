package org.mingchu.gateway.keep.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Makes exports of records in memory, sound and forged, for tests of every verifier. Deterministic:
 * the same calls give the same bytes.
 */
public class ExportSamples implements ExportSource {
    public static final Gateway GATEWAY = new Gateway("310101", "demo", "gw-01");
    public static final String PLATFORM = "city";
    public static final String FIRST = "00000000000000a1";
    public static final String SECOND = "00000000000000b2";

    /** When the platform cosigned, seconds since 1970. */
    public static final long COSIGNED_AT = 1_795_400_000L;

    static final DeviceKey DEVICE = DeviceKey.of(seed(1));
    static final byte[] PLATFORM_SEED = seed(2);

    private final List<MemoryRecord> records = new ArrayList<>();
    private final Map<String, Span> spans = new LinkedHashMap<>();
    private final Map<String, List<Kept>> checkpoints = new LinkedHashMap<>();
    private final Map<String, List<Kept>> receipts = new LinkedHashMap<>();

    /** An epoch of 1,000 entries, receipts at 300 and 700, checkpoints at every 100. */
    public static ExportSamples usual() {
        var record = new MemoryRecord(FIRST).began(Optional.empty()).roundsTo(1_000);
        var samples = new ExportSamples().with(record);
        for (var size = 100; size <= 1_000; size += 100) {
            samples.checkpoint(record, size);
        }
        return samples.receipt(record, 300).receipt(record, 700);
    }

    ExportSamples with(MemoryRecord record) {
        return with(record, 1, record.size());
    }

    private boolean whole;

    ExportSamples with(MemoryRecord record, long from, long to) {
        if (!records.contains(record)) {
            records.add(record);
        }
        spans.put(record.epoch, new Span(record.epoch, from, to, record.size()));
        return this;
    }

    /** It calls itself whole. */
    ExportSamples whole() {
        whole = true;
        return this;
    }

    ExportSamples checkpoint(MemoryRecord record, long size) {
        keep(checkpoints, record.epoch, new Kept(size, sign(text(record, size))));
        return this;
    }

    ExportSamples receipt(MemoryRecord record, long size) {
        keep(receipts, record.epoch, new Kept(size, cosign(sign(text(record, size)))));
        return this;
    }

    static String text(MemoryRecord record, long size) {
        return Checkpoint.of(GATEWAY.origin(record.epoch), size, record.root(size)).text();
    }

    /** Adds the platform's line, as the platform does it. */
    public static SignedNote cosign(SignedNote note) {
        var key = platformKey();
        var pure =
                Ed25519.sign(
                        PLATFORM_SEED, KeyRing.cosigned(COSIGNED_AT, note.text()).getBytes(UTF_8));
        var timed = ByteBuffer.allocate(Long.BYTES + pure.length).putLong(COSIGNED_AT).put(pure);
        return note.with(SignedNote.Signature.of(key.name(), key.keyId(), timed.array()));
    }

    /** The platform's verifier key. */
    public static VerifierKey platformKey() {
        return new VerifierKey(
                "platform.example/city",
                VerifierKey.Type.COSIGNATURE,
                HexFormat.of().formatHex(Ed25519.publicKey(PLATFORM_SEED)));
    }

    /** The device's verifier key. */
    public static VerifierKey deviceKey() {
        return DEVICE.verifier(GATEWAY.keyName());
    }

    /** The whole zip. */
    public byte[] zip() {
        var out = new ByteArrayOutputStream();
        try {
            ExportWriter.write(this, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The files of an export, by name. */
    public static SortedMap<String, byte[]> unzip(byte[] zip) {
        var files = new TreeMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** One of the files, which must be there. */
    public static byte[] file(Map<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    /** A zip of files as they are, without any evidence made new. */
    public static byte[] rezip(Map<String, byte[]> files) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** As somebody does it who has the device's key: the manifest is made and signed anew. */
    public static byte[] resigned(SortedMap<String, byte[]> files) {
        var old = Manifest.parse(new String(files.remove(Manifest.FILE), UTF_8));
        files.remove(Manifest.NOTE);
        var hashes = new TreeMap<String, String>();
        files.forEach((name, bytes) -> hashes.put(name, sha256(bytes)));
        var json = new Manifest(old.head(), old.epochs(), old.extents(), hashes).toJson(hashes);
        var all = new TreeMap<>(files);
        all.put(Manifest.FILE, json.getBytes(UTF_8));
        var note = DEVICE.sign(GATEWAY.keyName(), Manifest.noteText(sha256(json.getBytes(UTF_8))));
        all.put(Manifest.NOTE, note.toString().getBytes(UTF_8));
        return rezip(all);
    }

    /** Judged with the export's own keys. */
    static Report judge(Path folder, byte[] zip) {
        return judge(folder, zip, Verifier.Given.NONE);
    }

    static Report judge(Path folder, byte[] zip, Verifier.Given given) {
        try {
            var file = Files.write(folder.resolve("export.zip"), zip);
            return Verifier.verify(file, given, (_, _, _) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Head head() {
        return new Head(GATEWAY, Instant.parse("2026-11-23T06:30:49Z"), "0.1.0", false, whole);
    }

    @Override
    public List<Span> spans() {
        return List.copyOf(spans.values());
    }

    @Override
    public void entries(Span span, EntrySink sink) throws IOException {
        var record = record(span);
        for (var seq = span.from(); seq <= span.to(); seq++) {
            if (record.entry(seq).isPresent()) {
                sink.entry(seq, record.entry(seq).get());
            }
        }
    }

    @Override
    public void gapsElsewhere(Span span, EntrySink sink) throws IOException {
        var record = record(span);
        for (var seq = 1L; seq <= record.size(); seq++) {
            var entry = record.entry(seq);
            if (entry.isPresent() && EntryHead.read(entry.get()).gap().isPresent()) {
                sink.entry(seq, entry.get());
            }
        }
    }

    @Override
    public Hashes hashes(Span span) {
        return record(span).hashes();
    }

    @Override
    public List<Kept> checkpoints(Span span) {
        return checkpoints.getOrDefault(span.epoch(), List.of());
    }

    @Override
    public Map<String, List<Kept>> receipts(Span span) {
        var kept = receipts.get(span.epoch());
        return kept == null ? Map.of() : Map.of(PLATFORM, kept);
    }

    @Override
    public List<VerifierKey> deviceKeys() {
        return List.of(deviceKey());
    }

    @Override
    public Map<String, List<VerifierKey>> platformKeys() {
        return receipts.isEmpty() ? Map.of() : Map.of(PLATFORM, List.of(platformKey()));
    }

    @Override
    public Path scratch() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    @Override
    public Map<String, Table> tables() {
        return Map.of(
                "readings.csv", out -> out.write("\ufefftime,sensor,celsius\r\n".getBytes(UTF_8)));
    }

    @Override
    public SignedNote sign(String text) {
        return DEVICE.sign(GATEWAY.keyName(), text);
    }

    private MemoryRecord record(Span span) {
        return records.stream().filter(r -> r.epoch.equals(span.epoch())).findFirst().orElseThrow();
    }

    private static void keep(Map<String, List<Kept>> all, String epoch, Kept note) {
        all.computeIfAbsent(epoch, _ -> new ArrayList<>()).add(note);
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Merkle.sha256().digest(bytes));
    }

    private static byte[] seed(int number) {
        var seed = new byte[Ed25519.SEED_BYTES];
        seed[0] = (byte) number;
        return seed;
    }
}
