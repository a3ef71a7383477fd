package org.mingchu.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has {@code mingchu protocol} write a document, in a process of its own: what a page of Chinese
 * needs is a third of the agent's memory, for a few seconds in a gateway's life. One at a time. Any
 * thread; whoever asks waits.
 */
final class Scribe {
    /** A Pi needs ten seconds, twenty when it is busy. */
    static final Duration WITHIN = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

    private final Path home;
    private final Path state;
    private final Semaphore one = new Semaphore(1);

    /**
     * @param home the program's folder
     * @param state the agent's
     */
    Scribe(Path home, Path state) {
        this.home = home;
        this.state = state;
    }

    /** The document, made for somebody; empty when it was not, and the log says why. */
    Optional<byte[]> protocol(String by, String language) {
        if (!one.tryAcquire()) {
            return Optional.empty();
        }
        try {
            var folder = Files.createTempDirectory("mingchu-protocol");
            try {
                return written(folder, by, language);
            } finally {
                forget(folder);
            }
        } catch (IOException e) {
            LOG.error("event=protocol-not-made cause=\"{}\"", e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            one.release();
        }
    }

    private Optional<byte[]> written(Path folder, String by, String language)
            throws IOException, InterruptedException {
        var file = folder.resolve("protocol.pdf");
        var said = folder.resolve("said");
        var process =
                new ProcessBuilder(
                                List.of(
                                        home.resolve("bin/mingchu").toString(),
                                        "protocol",
                                        "--state",
                                        state.toString(),
                                        "--by",
                                        by,
                                        "--language",
                                        language,
                                        "--out",
                                        file.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        if (!process.waitFor(WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            LOG.error("event=protocol-not-made cause=\"nothing after {}\"", WITHIN);
            return Optional.empty();
        }
        if (process.exitValue() != 0) {
            LOG.error(
                    "event=protocol-not-made exit={} cause=\"{}\"",
                    process.exitValue(),
                    Files.readString(said).strip());
            return Optional.empty();
        }
        return Optional.of(Files.readAllBytes(file));
    }

    private static void forget(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
