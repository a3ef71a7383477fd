package org.mingchu.gateway.screen;

import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.keep.People;
import org.mingchu.gateway.shipped.Eventually;
import org.mingchu.gateway.shipped.Program;
import org.mingchu.gateway.shipped.Supervision;
import org.mingchu.simulator.platform.MqttSupervisor;
import org.mingchu.simulator.platform.Supervisor;
import org.mingchu.simulator.wire.Broker;
import org.mingchu.simulator.wire.FreePort;
import org.mingchu.simulator.wire.Level;
import org.mingchu.simulator.wire.SysfsTree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The shipped program as a process, the kernel's files of a kitchen of eight units with their
 * mains, people with PINs, a platform that listens. One thread.
 */
final class Stage implements AutoCloseable {
    static final Path PROGRAM = Path.of("target", "mingchu", "bin", "mingchu");
    private static final Duration READY = Duration.ofSeconds(40);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Path folder;
    private final Props props;
    private final SysfsTree tree;
    private final Broker broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
    private final MqttSupervisor platform = Supervision.at(broker.port());
    private final HttpClient http = HttpClient.newHttpClient();
    private List<String> under = List.of();
    private Program program;

    private Stage(Path folder) throws IOException {
        this.folder = folder;
        this.tree = new SysfsTree(Files.createDirectories(folder.resolve("pi")), boot());
        this.props = new Props(FreePort.find(), FreePort.find(), broker.port());
        props.write(folder, LocalDate.now(ZoneId.of(Props.ZONE)));
        allWell();
        // Let go, it is high.
        tree.input(Props.BUTTON, Level.HIGH);
        tree.clockSynchronized();
        enter();
        program = new Program(List.of("true"));
    }

    /** A kitchen on a good day, nobody watching it yet. */
    static Stage built(Path folder) {
        try {
            return new Stage(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, watched. */
    static Stage open(Path folder) {
        var stage = built(folder);
        try {
            stage.start();
            return stage;
        } catch (AssertionError e) {
            stage.close();
            throw e;
        }
    }

    private void enter() {
        try (var people = People.open(state())) {
            for (var who : Who.values()) {
                people.add(new People.Member(who.id, who.role, who.label));
                if (!who.pin.isEmpty()) {
                    people.givePin(who.id, who.pin, new SecureRandom());
                }
            }
        }
    }

    /** Runs the program as the argument of another one. */
    void under(List<String> other) {
        under = List.copyOf(other);
    }

    /** Starts it and waits until it has seen every unit. */
    void start() {
        var command = new ArrayList<>(under);
        command.addAll(
                List.of(
                        PROGRAM.toAbsolutePath().toString(),
                        "run",
                        "--site",
                        folder.resolve("site.toml").toString(),
                        "--state",
                        state().toString(),
                        "--root",
                        tree.root().toString()));
        program.close();
        program = new Program(command);
        Eventually.within(
                READY,
                "every unit is seen",
                program::lines,
                () -> {
                    if (!program.alive()) {
                        throw new AssertionError("it ended: " + program.lines());
                    }
                    var seen = state("/api/state");
                    return seen.contains("\"units\"") && !seen.contains("\"light\":\"unknown\"");
                });
    }

    /** The mains fail: no goodbye, another boot. */
    void powerFails() {
        program.kill();
        tree.boot(boot());
        tree.clockSynchronized();
    }

    /** The program stands still with all its sockets open: nobody hears, nobody is refused. */
    void freeze(boolean still) {
        var sent =
                Program.run(List.of("kill", still ? "-STOP" : "-CONT", "" + program.pid())).code();
        if (sent != 0) {
            throw new AssertionError("no signal reached it: " + program.lines());
        }
    }

    void temperature(Unit unit, int milli) {
        tree.temperature(unit.rom(), milli);
    }

    /** Every probe says what it says on a good day, and the door is shut. */
    void allWell() {
        for (var unit : Unit.values()) {
            temperature(unit, unit.goodMilli);
        }
        tree.input(Props.DOOR, Level.LOW);
        mains(true);
    }

    /** Whether the kitchen has power; the gateway has its battery. */
    void mains(boolean there) {
        tree.input(Props.MAINS, there ? Level.LOW : Level.HIGH);
    }

    /** The files of the kernel. */
    SysfsTree tree() {
        return tree;
    }

    String page() {
        return "http://127.0.0.1:" + props.page() + "/";
    }

    String wall() {
        return "http://127.0.0.1:" + props.wall();
    }

    /** What the page is told; empty while nobody answers. */
    String state(String path) {
        var request = HttpRequest.newBuilder(URI.create(page()).resolve(path)).timeout(ANSWER);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What the platform has received. */
    Supervisor platform() {
        return platform.supervisor();
    }

    Program program() {
        return program;
    }

    Path state() {
        return folder.resolve("state");
    }

    Path site() {
        return folder.resolve("site.toml");
    }

    /** Ends the program and reads its record. */
    List<Entry> record() {
        program.terminate();
        return Supervision.entries(state());
    }

    @Override
    public void close() {
        program.close();
        platform.close();
        broker.close();
        http.shutdownNow();
    }

    private static String boot() {
        return UUID.randomUUID().toString();
    }
}
