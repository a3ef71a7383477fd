package org.mingchu.config.draft;

import org.mingchu.config.board.Change;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Puts a site file in the place of another in one step: a power cut leaves the old one or the new
 * one, whole, and with the owner and mode it had. One thread.
 */
public final class Swap {
    /** Stands beside the file: as it was before the last change. */
    public static final String OLD = ".old";

    private static final String FRESH = ".new";

    /** A site file names people's ids and the addresses of cameras: not for everybody. */
    private static final Set<PosixFilePermission> MODE =
            PosixFilePermissions.fromString("rw-r-----");

    private Swap() {}

    /**
     * Writes it.
     *
     * @throws IOException when it cannot be written, or the file is no longer what it was when the
     *     change was made
     */
    public static void write(Change change) throws IOException {
        var file = change.file();
        var after = change.after().orElseThrow();
        if (change.before().isPresent()) {
            replace(file, change.before().get(), after);
        } else {
            create(file, after);
        }
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true);
        }
    }

    /**
     * Never over another one. Its group is that of its folder: root makes the first file in /etc,
     * and the gateway, which is not root, has to read it.
     */
    private static void create(Path file, String text) throws IOException {
        put(file, text, StandardOpenOption.CREATE_NEW, PosixFilePermissions.asFileAttribute(MODE));
        var folder =
                Files.readAttributes(file.toAbsolutePath().getParent(), PosixFileAttributes.class);
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (!view.readAttributes().group().equals(folder.group())) {
            try {
                view.setGroup(folder.group());
            } catch (FileSystemException _) {
                // A group that is not ours to give; then whoever writes here is not root either.
            }
        }
    }

    private static void replace(Path file, String before, String after) throws IOException {
        if (!Files.readString(file, StandardCharsets.ISO_8859_1).equals(before)) {
            throw new IOException("somebody else has changed it meanwhile; look at it, try again");
        }
        var was = Files.readAttributes(file, PosixFileAttributes.class);
        place(file.resolveSibling(file.getFileName() + OLD), before, was);
        place(file, after, was);
    }

    private static void place(Path file, String text, PosixFileAttributes like) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + FRESH);
        Files.deleteIfExists(fresh);
        put(fresh, text, StandardOpenOption.CREATE_NEW, PosixFilePermissions.asFileAttribute(MODE));
        var view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (!view.readAttributes().group().equals(like.group())) {
            view.setGroup(like.group());
        }
        if (!view.readAttributes().owner().equals(like.owner())) {
            view.setOwner(like.owner());
        }
        view.setPermissions(like.permissions());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void put(Path file, String text, StandardOpenOption how, FileAttribute<?> mode)
            throws IOException {
        try (var out = FileChannel.open(file, Set.of(how, StandardOpenOption.WRITE), mode)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }
}
