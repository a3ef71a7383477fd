package org.mingchu.gateway.shipped;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A disk of 4 MiB in memory, mounted on a folder; needs root, and is left out without. */
final class SmallDisk implements AutoCloseable {
    private static final int CHUNK_BYTES = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk on(Path folder) throws IOException {
        Files.createDirectories(folder);
        var mounted =
                Program.run(List.of("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", "" + folder));
        Assumptions.assumeTrue(
                mounted.code() == 0, "only root can mount a small disk: " + mounted.text());
        return new SmallDisk(folder);
    }

    /** Takes all room but so many bytes; what another process frees meanwhile stays free. */
    void fill(String filler, long leaveBytes) throws IOException {
        try (var file =
                FileChannel.open(
                        folder.resolve(filler),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            while (free() > leaveBytes) {
                file.write(ByteBuffer.allocate(CHUNK_BYTES));
            }
        }
    }

    void remove(String filler) throws IOException {
        Files.delete(folder.resolve(filler));
    }

    /** Lets the disk take nothing, or everything again, as a kernel does after an error. */
    void readOnly(boolean readOnly) {
        var mode = readOnly ? "remount,ro" : "remount,rw";
        var mounted = Program.run(List.of("mount", "-o", mode, "" + folder));
        if (mounted.code() != 0) {
            throw new AssertionError("cannot " + mode + ": " + mounted.text());
        }
    }

    long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    @Override
    public void close() {
        Program.run(List.of("umount", "" + folder));
    }
}
