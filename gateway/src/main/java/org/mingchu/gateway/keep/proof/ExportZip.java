package org.mingchu.gateway.keep.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip that an export goes into, and the hashes of what went in. One thread, and one beside it
 * for what is long.
 */
final class ExportZip {
    /** What a zip can say of a time at the earliest. */
    private static final LocalDateTime EARLIEST = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private final LocalDateTime time;
    private final Map<String, String> hashes = new TreeMap<>();

    ExportZip(OutputStream out, Instant createdAt) {
        this.zip = new ZipOutputStream(out);
        var time = LocalDateTime.ofInstant(createdAt, ZoneOffset.UTC);
        this.time = time.isBefore(EARLIEST) ? EARLIEST : time;
    }

    /** Writes the content of one file. */
    @FunctionalInterface
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    void file(String name, int deflateLevel, Content content) throws IOException {
        if (!ExportFile.sound(name)) {
            throw new IOException("no file of an export: '" + name + "'");
        }
        var entry = new ZipEntry(name);
        entry.setTimeLocal(time);
        zip.setLevel(deflateLevel);
        zip.putNextEntry(entry);
        var hashed = new DigestOutputStream(zip, Merkle.sha256());
        // what the content comes from takes about as long as hashing and packing it
        try (var beside = new BesideStream(hashed)) {
            content.write(beside);
        }
        zip.closeEntry();
        hashes.put(name, HexFormat.of().formatHex(hashed.getMessageDigest().digest()));
    }

    /** The SHA-256 of every file so far, by name, sorted. */
    Map<String, String> hashes() {
        return hashes;
    }

    void finish() throws IOException {
        zip.finish();
        zip.flush();
    }
}
