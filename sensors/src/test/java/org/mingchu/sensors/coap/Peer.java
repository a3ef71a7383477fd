package org.mingchu.sensors.coap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of somebody else's that is installed here, run to its end. */
final class Peer {
    private static final long SECONDS_MAX = 40;

    private Peer() {}

    static Optional<Path> installed(String name) {
        return List.of("/usr/bin", "/usr/local/bin").stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What it wrote, both streams together; some of them end with 0 whatever happened. */
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        var out = Files.createTempFile(folder, "peer", ".out");
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
