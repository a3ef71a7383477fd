package org.mingchu.simulator.demo;

import org.mingchu.simulator.Weather;
import org.mingchu.simulator.check.Sighting;
import org.mingchu.simulator.check.Witness;
import org.mingchu.simulator.platform.Contract;
import org.mingchu.simulator.platform.MqttSupervisor;
import org.mingchu.simulator.platform.Supervisor;
import org.mingchu.simulator.wire.EmbeddedBroker;
import org.mingchu.simulator.wire.FreePort;
import org.mingchu.simulator.wire.Kitchen;
import org.mingchu.simulator.wire.Level;
import org.mingchu.simulator.wire.Mosquitto;
import org.mingchu.simulator.wire.MqttBroker;
import org.mingchu.simulator.wire.PinLog;
import org.mingchu.simulator.wire.SysfsTree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Everything that the demonstration needs, built in the order in which it depends on each other and
 * taken down in the opposite one; the folder goes last. One thread; closing any thread.
 */
final class Stage implements AutoCloseable {
    private static final String BOOT_ID = "3d6f0a52-8a3e-4b62-9b1f-5f7a1c0e2d41";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;
    private final Life life;
    private final PinLog pins;
    private final MqttBroker broker;
    private final MqttSupervisor platform;
    private final Witness witness;
    private final Gateway gateway;

    /**
     * What the stage is built from.
     *
     * @param program the gateway's {@code bin/mingchu}
     * @param contract the folder of the published schemas
     * @param embedded use the embedded broker even where mosquitto is installed
     */
    record Parts(Path program, Path contract, boolean embedded) {}

    /**
     * What the stage stands in.
     *
     * @param upNs a clock that never goes back, in ns
     * @param nowMs the wall clock, in ms since 1970
     * @param atExit is handed what must still be done when the process is ended from outside
     * @param say one line for people
     * @param told hears of each message on the broker
     */
    record Surroundings(
            LongSupplier upNs,
            LongSupplier nowMs,
            Consumer<Runnable> atExit,
            Consumer<String> say,
            Consumer<Sighting> told) {}

    /** Builds all of it and waits until the gateway's page answers. */
    Stage(Parts parts, Props props, Weather weather, Surroundings around)
            throws IOException, InterruptedException {
        var upNs = around.upNs();
        var say = around.say();
        around.atExit().accept(this::close);
        try {
            var folder = keep(new Folder());
            var tree = new SysfsTree(Files.createDirectory(folder.path().resolve("pi")), BOOT_ID);
            tree.clockSynchronized();
            tree.input(Props.BUTTON_PIN, Level.HIGH);
            life = keep(new Life(weather, new Kitchen(weather, tree, Props.wires()), upNs));
            pins = keep(new PinLog(tree, List.of(Props.BUZZER_PIN), upNs));
            say.accept("kitchen    " + life.glance());
            broker = keep(broker(parts, folder.path(), upNs));
            say.accept("broker     " + broker.name() + ", mqtt://127.0.0.1:" + broker.port());
            platform = keep(platform(parts.contract(), broker, around.nowMs()));
            witness = keep(new Witness("127.0.0.1", broker.port(), upNs, around.told()));
            int consolePort = FreePort.find();
            props.write(folder.path(), consolePort, broker.port());
            gateway = keep(new Gateway(parts.program(), folder.path(), tree.root(), consolePort));
            gateway.awaitReady(upNs);
            say.accept("page       " + gateway.page() + "/");
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Refused once the stage is being taken down, so that nothing is left standing. */
    private synchronized <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        if (closed) {
            takeDown();
            throw new IllegalStateException("ended while it was being built");
        }
        return part;
    }

    private static MqttSupervisor platform(Path contract, MqttBroker broker, LongSupplier nowMs) {
        var supervisor = new Supervisor(Contract.read(contract));
        switch (broker) {
            case Mosquitto _ -> {}
            case EmbeddedBroker _ -> supervisor.withoutRetainFlags();
        }
        var endpoint =
                new MqttSupervisor.Endpoint(
                        "127.0.0.1", broker.port(), "platform", Optional.empty());
        return MqttSupervisor.connect(supervisor, endpoint, nowMs);
    }

    private static MqttBroker broker(Parts parts, Path folder, LongSupplier upNs) {
        var mosquitto = Mosquitto.installed();
        if (parts.embedded() || mosquitto.isEmpty()) {
            return new EmbeddedBroker();
        }
        return new Mosquitto(mosquitto.get(), folder, upNs);
    }

    Life life() {
        return life;
    }

    PinLog pins() {
        return pins;
    }

    /** What the platform's stand-in has seen, and what it holds against the gateway. */
    Supervisor supervisor() {
        return platform.supervisor();
    }

    Witness witness() {
        return witness;
    }

    Gateway gateway() {
        return gateway;
    }

    /** Ends every process that was started here and removes the folder. */
    @Override
    public synchronized void close() {
        closed = true;
        takeDown();
    }

    private void takeDown() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // The one guard: what follows must be taken down whatever this one says.
                System.err.println("while taking down the demonstration: " + e);
            }
        }
    }

    /** A temporary folder for site file, state, logs and the simulated Pi. */
    private static final class Folder implements AutoCloseable {
        private final Path path;

        Folder() throws IOException {
            path = Files.createTempDirectory("mingchu-demo-");
        }

        Path path() {
            return path;
        }

        @Override
        public void close() {
            try (var files = Files.walk(path)) {
                files.sorted(Comparator.reverseOrder()).forEach(Folder::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
