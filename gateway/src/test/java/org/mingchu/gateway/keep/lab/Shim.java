package org.mingchu.gateway.keep.lab;

import org.mingchu.gateway.shipped.Peers;
import org.mingchu.gateway.shipped.Program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The library between a process and its disk, made from {@code src/test/c/disklab.c} by cc. */
final class Shim {
    private static final Path SOURCE = Path.of("src", "test", "c", "disklab.c");

    private Shim() {}

    /** Compiles it; without a compiler the test is left out, or fails where peers are required. */
    static Path library(Path folder) throws IOException {
        var cc = Peers.need("cc").toString();
        var library = Files.createDirectories(folder).resolve("disklab.so");
        var ended =
                Program.run(
                        List.of(
                                cc,
                                "-shared",
                                "-fPIC",
                                "-O2",
                                "-o",
                                library.toString(),
                                SOURCE.toAbsolutePath().toString()));
        if (ended.code() != 0) {
            throw new AssertionError("cc says: " + ended.text());
        }
        return library;
    }

    /** What a process needs in its environment to run on a disk of the lab. */
    static Map<String, String> environment(Path library, Path disk, Path control, Path log) {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "DISKLAB_DIR", disk.toString(),
                "DISKLAB_CONTROL", control.toString(),
                "DISKLAB_LOG", log.toString());
    }
}
