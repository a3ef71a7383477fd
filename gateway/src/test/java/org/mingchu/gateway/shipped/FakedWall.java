package org.mingchu.gateway.shipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * A wall clock that is wrong by what a file says, for programs under libfaketime; every other clock
 * of theirs is true. They look into the file once a second.
 */
public final class FakedWall {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final Duration SINCE_1970 = Duration.ofSeconds(100);

    private final Path file;
    private final Path library;

    /** True at first. */
    public FakedWall(Path folder) throws IOException {
        Peers.need("faketime");
        try (var found = Files.newDirectoryStream(LIBRARIES, "*-linux-gnu*")) {
            Path library = null;
            for (var architecture : found) {
                var candidate = architecture.resolve("faketime/libfaketimeMT.so.1");
                library = Files.exists(candidate) ? candidate : library;
            }
            if (library == null) {
                throw new AssertionError("faketime is installed without libfaketimeMT.so.1");
            }
            this.library = library;
        }
        file = folder.resolve("faketime.rc");
        truth();
    }

    /** What a program is started under. */
    public List<String> environment() {
        return List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                // its way round another library's defect makes timed waits of Java last for ever
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                "NO_FAKE_STAT=1");
    }

    void truth() throws IOException {
        wrongBy(Duration.ZERO);
    }

    void in1970() throws IOException {
        wrongBy(Duration.ofMillis(-System.currentTimeMillis()).plus(SINCE_1970));
    }

    /** From within a second on. */
    public void wrongBy(Duration by) throws IOException {
        var next =
                Files.writeString(
                        file.resolveSibling("faketime.new"), "%+d%n".formatted(by.toSeconds()));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
