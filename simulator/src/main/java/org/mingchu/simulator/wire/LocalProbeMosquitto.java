package org.mingchu.simulator.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The mosquitto that is installed here as a kitchen's own broker: it keeps sessions and queues on
 * disk, drops nothing for an absent client, and can be stopped, killed and started again on the
 * same port. One thread.
 */
public final class LocalProbeMosquitto implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(10);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Path program;
    private final Path folder;
    private final LongSupplier upNs;
    private final int port;
    private boolean saveAtOnce;
    private Optional<Process> process = Optional.empty();

    /**
     * Not started yet.
     *
     * @param program see {@link Mosquitto#installed()}
     * @param folder for its configuration, its log and its database
     * @param upNs a clock that never goes back, in ns
     */
    public LocalProbeMosquitto(Path program, Path folder, LongSupplier upNs) {
        this.program = program;
        this.folder = folder;
        this.upNs = upNs;
        this.port = FreePort.find();
    }

    /** The port of 127.0.0.1 it listens on; the same for its whole life. */
    public int port() {
        return port;
    }

    /** Starts, and waits until it listens. */
    public void start() {
        try {
            var configuration = folder.resolve("kitchen.conf");
            Files.writeString(configuration, configuration());
            var log = folder.resolve("kitchen.log").toFile();
            var started =
                    new ProcessBuilder(program.toString(), "-c", configuration.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                            .start();
            process = Optional.of(started);
            awaitListening(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Started by root it would become the user mosquitto, who may not write to our folder. With
     * autosave_on_changes the interval counts changes, not seconds.
     */
    private String configuration() {
        return """
        user %s
        listener %d 127.0.0.1
        allow_anonymous true
        persistence true
        persistence_location %s/
        autosave_interval 1
        autosave_on_changes %s
        max_queued_messages 0
        max_inflight_messages 0
        log_type error
        log_type warning
        log_type notice
        log_dest stdout
        """
                .formatted(System.getProperty("user.name"), port, folder, saveAtOnce);
    }

    /** From the next start on each change is on disk before the next: slow, and proof to a kill. */
    public void saveAtOnce() {
        saveAtOnce = true;
    }

    /** Ends in order: its database is written. */
    public void stop() {
        end(false);
    }

    /** SIGKILL: what is not on disk is lost. */
    public void kill() {
        end(true);
    }

    /**
     * Waits until a text is in the database on disk: its PUBACK comes before that.
     *
     * @throws IllegalStateException when it is not within {@code atMost}
     */
    public void awaitOnDisk(String text, Duration atMost) {
        var untilNs = upNs.getAsLong() + atMost.toNanos();
        while (!database().contains(text)) {
            if (upNs.getAsLong() > untilNs) {
                throw new IllegalStateException("not on disk within " + atMost);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private String database() {
        try {
            var file = folder.resolve("mosquitto.db");
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(boolean hard) {
        process.ifPresent(running -> {
            if (hard) {
                running.destroyForcibly();
            } else {
                running.destroy();
            }
            awaitEnd(running);
        });
        process = Optional.empty();
    }

    private static void awaitEnd(Process running) {
        try {
            if (!running.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new IllegalStateException("mosquitto does not end");
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitListening(Process started) throws IOException {
        var deadlineNs = upNs.getAsLong() + START_MAX.toNanos();
        while (!listens()) {
            if (!started.isAlive() || upNs.getAsLong() > deadlineNs) {
                started.destroyForcibly();
                throw new IOException("mosquitto does not listen on port " + port);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
