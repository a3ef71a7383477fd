package org.mingchu.gateway.shipped;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A disk of 4 MiB in memory, mounted on a folder; needs root; without, the test is left out, or
 * fails where peers are required.
 */
public final class SmallDisk implements AutoCloseable {
    private static final int CHUNK_BYTES = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    public static SmallDisk on(Path folder) throws IOException {
        Files.createDirectories(folder);
        var mounted =
                Program.run(List.of("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", "" + folder));
        Peers.needs(
                mounted.code() == 0,
                "no disk of 4 MiB can be mounted ("
                        + mounted.text().strip()
                        + "); run this test as root, outside a container that forbids mount");
        return new SmallDisk(folder);
    }

    /** Takes all room but so many bytes; what another process frees meanwhile stays free. */
    public void fill(String filler, long leaveBytes) throws IOException {
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

    public void remove(String filler) throws IOException {
        Files.delete(folder.resolve(filler));
    }

    /** Lets the disk take nothing, or everything again, as a kernel does after an error. */
    public void readOnly(boolean readOnly) {
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
