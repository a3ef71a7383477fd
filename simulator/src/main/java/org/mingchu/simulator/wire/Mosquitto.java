package org.mingchu.simulator.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The mosquitto that is installed here, as a process of its own. Any thread. */
public final class Mosquitto implements MqttBroker {
    /** It starts in some milliseconds; a loaded machine may need longer. */
    private static final Duration START_MAX = Duration.ofSeconds(10);

    private static final Duration STOP_MAX = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Process process;
    private final int port;

    /** Where it is on this machine. Debian keeps it in a folder that not every PATH names. */
    public static Optional<Path> installed() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Arrays.stream(path.split(":", -1)), Stream.of("/usr/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it on a free port of the loopback address and waits until it listens.
     *
     * @param folder for its configuration and its log
     * @param upNs a clock that never goes back, in ns
     */
    public Mosquitto(Path program, Path folder, LongSupplier upNs) {
        try {
            port = FreePort.find();
            var configuration = folder.resolve("mosquitto.conf");
            Files.writeString(configuration, configuration());
            process =
                    new ProcessBuilder(program.toString(), "-c", configuration.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("mosquitto.log").toFile())
                            .start();
            awaitListening(upNs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration() {
        return """
        listener %d 127.0.0.1
        allow_anonymous true
        persistence false
        log_dest stdout
        """
                .formatted(port);
    }

    private void awaitListening(LongSupplier upNs) throws IOException {
        long deadlineNs = upNs.getAsLong() + START_MAX.toNanos();
        while (!listens()) {
            if (!process.isAlive() || upNs.getAsLong() > deadlineNs) {
                process.destroyForcibly();
                throw new IOException(
                        "mosquitto does not listen on port " + port + "; see its log");
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
    public int port() {
        return port;
    }

    @Override
    public String name() {
        return "mosquitto";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
