package org.mingchu.gateway.cert;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Files that a power cut leaves whole, and that belong to whom their folder belongs. */
final class OwnFile {
    private static final String SECRET = "rw-------";
    private static final String OPEN = "rw-r--r--";

    private OwnFile() {}

    /** For its owner alone from its first moment on. */
    static void secret(Path file, String text) throws Refused {
        write(file, text, SECRET);
    }

    /** For everybody to read. */
    static void open(Path file, String text) throws Refused {
        write(file, text, OPEN);
    }

    /** Gives a file the place of another, in one step. */
    static void put(Path fresh, Path file) throws Refused {
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            try (var folder = FileChannel.open(file.toAbsolutePath().resolveSibling(""))) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    static void delete(Path file) throws Refused {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    static Optional<String> text(Path file) throws Refused {
        try {
            return Optional.of(Files.readString(file, US_ASCII));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Refused(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + ")",
                    "run it as root: sudo mingchu cert …");
        }
    }

    /** The folder of a file, made for its owner alone where it is not there. */
    static Path folder(Path file) throws Refused {
        var folder = file.toAbsolutePath().resolveSibling("");
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
                Files.setOwner(folder, Files.getOwner(folder.resolveSibling("")));
            }
            return folder;
        } catch (IOException e) {
            throw unwritten(folder, e);
        }
    }

    /** Root installs, and the gateway's user reads. */
    private static void write(Path file, String text, String mode) throws Refused {
        var fresh = Slot.beside(file, ".tmp");
        var folder = folder(file);
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(
                    fresh,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
            Files.setOwner(fresh, Files.getOwner(folder));
            try (var out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
        } catch (IOException e) {
            throw unwritten(file, e);
        }
        put(fresh, file);
    }

    private static Refused unwritten(Path file, IOException e) {
        return new Refused(
                file + ": cannot be written (" + e + ")", "run it as root: sudo mingchu cert …");
    }
}
