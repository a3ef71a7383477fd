package org.mingchu.gateway.keep.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An export that somebody handed us: a zip that may be damaged or hostile. Each file is read once,
 * as a stream, within limits, and its hash is taken on the way. One thread.
 */
final class ExportArchive implements AutoCloseable {
    /** Ten years of hourly checkpoints and receipts. */
    static final int MAX_FILES = 200_000;

    /** Everything unpacked, bytes: 16 GiB, ten years of 16 sensors. */
    static final long MAX_BYTES = 16L << 30;

    private static final int DRAIN_BYTES = 1 << 16;

    private final ZipFile zip;
    private final Findings findings;
    private final Verifier.Progress progress;
    private final SortedMap<String, ZipEntry> files = new TreeMap<>();
    private final Map<String, String> hashes = new HashMap<>();
    private long bytes;

    private ExportArchive(ZipFile zip, Findings findings, Verifier.Progress progress) {
        this.zip = zip;
        this.findings = findings;
        this.progress = progress;
    }

    /** Takes the content of one file. */
    @FunctionalInterface
    interface Content<T> {
        T read(InputStream in) throws IOException;
    }

    /**
     * Opens the zip and lists it; bad names are findings.
     *
     * @throws IOException when it is no zip, or beyond the limits
     */
    static ExportArchive open(Path path, Findings findings, Verifier.Progress progress)
            throws IOException {
        var zip = new ZipFile(path.toFile());
        try {
            if (zip.size() > MAX_FILES) {
                throw new IOException(zip.size() + " files; at most " + MAX_FILES);
            }
            var archive = new ExportArchive(zip, findings, progress);
            archive.list();
            return archive;
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private void list() {
        for (var entry : Collections.list(zip.entries())) {
            var name = entry.getName();
            if (!ExportFile.sound(name)) {
                findings.add(Problem.inFile(shown(name), "no file of an export has such a name"));
            } else if (files.putIfAbsent(name, entry) != null) {
                findings.add(Problem.inFile(name, "it is in the zip twice"));
            }
        }
    }

    /** The files with sound names, sorted. */
    SortedMap<String, ZipEntry> files() {
        return files;
    }

    /** The SHA-256 of what was read so far. */
    Map<String, String> hashes() {
        return hashes;
    }

    /** Reads a whole file of at most {@code max} bytes; too long and unreadable are findings. */
    Optional<byte[]> small(String name, int max) {
        return read(
                name,
                in -> {
                    var content = in.readNBytes(max + 1);
                    if (content.length > max) {
                        throw new IOException("longer than " + max + " bytes");
                    }
                    return content;
                });
    }

    /**
     * Lets somebody read a file, and then the rest of it for its hash. Empty when it is not there
     * or cannot be read, which is a finding.
     */
    <T> Optional<T> read(String name, Content<T> content) {
        var entry = files.get(name);
        if (entry == null) {
            findings.add(Problem.inFile(name, "it is missing"));
            return Optional.empty();
        }
        progress.file(name, hashes.size() + 1, files.size());
        try (var in = zip.getInputStream(entry)) {
            var hashed = new DigestInputStream(new Bounded(in), Merkle.sha256());
            var result = content.read(hashed);
            var drain = new byte[DRAIN_BYTES];
            while (hashed.read(drain) >= 0) {
                // for the hash
            }
            hashes.put(name, HexFormat.of().formatHex(hashed.getMessageDigest().digest()));
            return Optional.of(result);
        } catch (IOException | RuntimeException e) {
            // A damaged zip makes the JDK's reader throw more than it says.
            findings.add(Problem.inFile(name, "it cannot be read: " + e.getMessage()));
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static String shown(String name) {
        var clean = name.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= ExportFile.MAX_NAME
                ? clean
                : clean.substring(0, ExportFile.MAX_NAME) + "...";
    }

    /** Counts what comes out of the zip, against bombs. */
    private final class Bounded extends InputStream {
        private final InputStream in;

        Bounded(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            var count = in.read(into, from, length);
            bytes += Math.max(count, 0);
            if (bytes > MAX_BYTES) {
                throw new IOException("the export unpacks to more than " + MAX_BYTES + " bytes");
            }
            return count;
        }
    }
}
