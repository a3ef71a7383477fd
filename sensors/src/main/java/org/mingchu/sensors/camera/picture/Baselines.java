package org.mingchu.sensors.camera.picture;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The baselines of all cameras, one file each in a folder: readable by the owner alone, replaced
 * whole. A damaged file is put aside and that camera begins anew; what cannot be written is logged
 * once and costs no more than learning again. One thread at a time.
 */
public final class Baselines {
    private static final Logger LOG = LoggerFactory.getLogger(Baselines.class);

    /** The ids of the site file; nothing that leads out of the folder. */
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

    private static final String ENDING = ".baseline";

    private final Path folder;
    private final Set<String> unwritten = new HashSet<>();

    /**
     * The baselines in one folder.
     *
     * @param folder made when something is to be kept
     */
    public Baselines(Path folder) {
        this.folder = folder;
    }

    /**
     * What was kept of a camera; empty when there is nothing, or nothing that can be trusted.
     *
     * @throws IllegalArgumentException if it is no id of a camera
     */
    public Optional<Baseline> read(String camera) {
        var file = file(camera);
        try {
            var found =
                    Files.size(file) > Baseline.TEXT_MAX ? Optional.<Baseline>empty() : parse(file);
            if (found.isEmpty()) {
                putAside(file, camera);
            }
            return found;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("event=baseline-unreadable camera={} cause=\"{}\"", camera, e.toString());
            return Optional.empty();
        }
    }

    private static Optional<Baseline> parse(Path file) throws IOException {
        return Baseline.parse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }

    /** For whoever wants to know why; one per camera at most. */
    private static void putAside(Path file, String camera) throws IOException {
        var aside = file.resolveSibling(camera + ".damaged");
        Files.move(
                file, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        LOG.warn("event=baseline-damaged camera={} aside={} next=learn", camera, aside);
    }

    /**
     * Replaces what was kept of a camera.
     *
     * @throws IllegalArgumentException if it is no id of a camera
     */
    public void keep(String camera, Baseline baseline) {
        var file = file(camera);
        try {
            Files.createDirectories(folder);
            write(file, baseline.text());
            if (unwritten.remove(camera)) {
                LOG.info("event=baseline-kept camera={}", camera);
            }
        } catch (IOException e) {
            if (unwritten.add(camera)) {
                LOG.warn("event=baseline-not-kept camera={} cause=\"{}\"", camera, e.toString());
            }
        }
    }

    /** The name comes last: after a power cut the file is the old one or the new one. */
    private static void write(Path file, String text) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(draft);
        Files.createFile(
                draft,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The camera was taken down or put up anew.
     *
     * @throws IllegalArgumentException if it is no id of a camera
     */
    public void forget(String camera) {
        try {
            Files.deleteIfExists(file(camera));
        } catch (IOException e) {
            LOG.warn("event=baseline-not-forgotten camera={} cause=\"{}\"", camera, e.toString());
        }
    }

    private Path file(String camera) {
        if (!ID.matcher(camera).matches()) {
            throw new IllegalArgumentException("no id of a camera: " + camera);
        }
        return folder.resolve(camera + ENDING);
    }
}
