package org.mingchu.gateway.shipped;

import org.mingchu.simulator.wire.FreePort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real mosquitto on 127.0.0.1, which can be stopped and started again on its port. */
final class Mosquitto implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofSeconds(10);

    private final Path folder;
    private final int port;
    private final List<String> settings;
    private Program program;

    /** Plain, everybody may everything. */
    static Mosquitto plain(Path folder) throws IOException {
        return new Mosquitto(folder, List.of("allow_anonymous true"));
    }

    /** A kitchen's own: it keeps for an absent client whatever comes. */
    static Mosquitto local(Path folder) throws IOException {
        return new Mosquitto(
                folder,
                List.of(
                        "allow_anonymous true",
                        "max_queued_messages 0",
                        "max_inflight_messages 256"));
    }

    /** Only clients with a certificate of the CA; the certificate's CN is the user. */
    static Mosquitto mutualTls(Path folder, Certificates certificates) throws IOException {
        return new Mosquitto(
                folder,
                List.of(
                        "cafile " + certificates.ca(),
                        "certfile " + certificates.certificate("broker"),
                        "keyfile " + certificates.key("broker"),
                        "require_certificate true",
                        "use_identity_as_username true"));
    }

    private Mosquitto(Path folder, List<String> settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.port = FreePort.find();
        this.program = launch(List.of());
    }

    int port() {
        return port;
    }

    long pid() {
        return program.pid();
    }

    void stop() {
        program.terminate();
    }

    /** Starts it again on the same port, with additional settings. */
    void start(String... additional) throws IOException {
        program = launch(List.of(additional));
    }

    @Override
    public void close() {
        program.close();
    }

    private Program launch(List<String> additional) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("listener " + port + " 127.0.0.1");
        // The platform's session, and what waits for it, outlive a stop.
        lines.add("persistence true");
        lines.add("persistence_location " + folder + "/");
        // Debian's mosquitto drops its rights to a user who may not read the test's folder.
        lines.add("user root");
        lines.addAll(settings);
        lines.addAll(additional);
        var file = Files.write(folder.resolve("mosquitto.conf"), lines);
        var started =
                new Program(List.of(Peers.need("mosquitto").toString(), "-c", file.toString()));
        Eventually.within(START_WITHIN, "mosquitto answers", started::lines, this::answers);
        return started;
    }

    private boolean answers() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
