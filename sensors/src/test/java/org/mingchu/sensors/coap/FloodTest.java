package org.mingchu.sensors.coap;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.sensors.Proof;
import org.mingchu.simulator.wire.CoapProbeFlood;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The two attacks that fill the heap of Californium's defaults, against a door with 64 MB, in a
 * process of its own, while a probe reports.
 */
final class FloodTest {
    /** The machine's own floor is some 12 MB. */
    private static final long HEAP_KB_MAX = 32 * 1_024;

    /** What an attack may leave behind when its requests are forgotten. */
    private static final long LEFT_KB_MAX = 4 * 1_024;

    @TempDir private Path folder;
    private Process door;
    private BufferedReader said;
    private Writer asked;
    private InetSocketAddress dtls;
    private InetSocketAddress plain;
    private String key;

    private record State(long heapKb, long proven, long unproven, long refused) {}

    @BeforeEach
    void open() throws IOException {
        door =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FloodedDoor.class.getName(),
                                folder.toString())
                        .redirectError(folder.resolve("door.err").toFile())
                        .start();
        said = door.inputReader(StandardCharsets.UTF_8);
        asked = door.outputWriter(StandardCharsets.UTF_8);
        var first = line();
        dtls = at(first[0]);
        plain = at(first[1]);
        key = first[2];
    }

    @AfterEach
    void close() throws Exception {
        door.destroy();
        assertThat(door.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void posts_from_one_port_leave_the_heap_bounded_and_the_probe_served() throws Exception {
        flooded(() -> new CoapProbeFlood(plain, "probe-1").fromOnePort(posts(111_000)));
    }

    @Test
    void posts_from_new_ports_leave_the_heap_bounded_and_the_probe_served() throws Exception {
        Proof.notInShort();
        flooded(() -> new CoapProbeFlood(plain, "probe-1").fromNewPorts(posts(60_000)));
    }

    private static int posts(int whole) {
        return Proof.pick(whole / 20, whole, whole);
    }

    private interface Attack {
        void run() throws IOException;
    }

    private void flooded(Attack attack) throws Exception {
        var before = state();
        var answered = 0;
        try (var probe = new Probe(dtls, "probe-1", key)) {
            var flood = CompletableFuture.runAsync(() -> run(attack));
            do {
                assertThat(probe.post("/senml", "[{\"n\":\"temp\",\"u\":\"Cel\",\"v\":4}]"))
                        .hasValueSatisfying(
                                a -> assertThat(a.getCode()).isEqualTo(ResponseCode.CHANGED));
                answered++;
                TimeUnit.MILLISECONDS.sleep(20);
            } while (!flood.isDone());
            flood.join();
            var after = state();
            System.out.printf("flood before=%s after=%s answered=%d%n", before, after, answered);
            assertThat(after.heapKb).as("heap in use, kB").isLessThan(HEAP_KB_MAX);
            assertThat(after.proven).as("kept of the probe").isEqualTo(answered);
            assertThat(after.refused).as("kept off the stack").isPositive();
            assertThat(after.unproven).as("let through").isPositive();
        }
        if (Proof.pick(0, 0, 1) == 1) {
            memoryReturns(before);
        }
    }

    private void memoryReturns(State before) throws Exception {
        TimeUnit.SECONDS.sleep(Stack.EXCHANGE_S + 15);
        var later = state();
        System.out.printf("flood later=%s%n", later);
        assertThat(later.heapKb - before.heapKb).as("kB left behind").isLessThan(LEFT_KB_MAX);
    }

    private static void run(Attack attack) {
        try {
            attack.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private State state() throws IOException {
        asked.write("\n");
        asked.flush();
        var words = line();
        return new State(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]));
    }

    /** The door's log shares its output. */
    private String[] line() throws IOException {
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.matches("[0-9]+ [0-9]+ .*")) {
                return line.split(" ");
            }
        }
        throw new AssertionError(
                "the door has ended: " + Files.readString(folder.resolve("door.err")));
    }

    private static InetSocketAddress at(String port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }
}
