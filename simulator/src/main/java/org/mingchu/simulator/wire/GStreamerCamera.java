package org.mingchu.simulator.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real RTSP server with digest authentication and a moving picture: GStreamer in a process of its
 * own. One thread.
 */
public final class GStreamerCamera implements AutoCloseable {
    /** Debian's Python, which alone sees Debian's GStreamer bindings. */
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private static final List<Path> BINDINGS =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu/girepository-1.0"),
                    Path.of("/usr/lib/aarch64-linux-gnu/girepository-1.0"));

    private static final String BINDING = "GstRtspServer-1.0.typelib";

    /** It ends by itself when its input ends; after this long it is not asked any more. */
    private static final long FAREWELL_SECONDS = 5;

    private final Process process;
    private final int port;

    /** Whether this machine has it: {@code gir1.2-gst-rtsp-server-1.0} and Debian's Python. */
    public static boolean installed() {
        return Files.isExecutable(PYTHON)
                && BINDINGS.stream().anyMatch(folder -> Files.exists(folder.resolve(BINDING)));
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param script {@code simulator/src/main/peers/rtsp-camera.py}
     */
    public GStreamerCamera(Path script, Camera.Login login) {
        try {
            process =
                    new ProcessBuilder(
                                    PYTHON.toString(),
                                    script.toString(),
                                    login.user(),
                                    login.password())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            port = readPort(process.inputReader(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int readPort(BufferedReader output) throws IOException {
        var line = output.readLine();
        if (line == null || !line.startsWith("port ")) {
            throw new IOException("GStreamer's RTSP server did not start: " + line);
        }
        return Integer.parseInt(line.substring("port ".length()));
    }

    /** Where its stream is. */
    public URI address() {
        return URI.create("rtsp://127.0.0.1:" + port + "/" + Camera.PATH);
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
