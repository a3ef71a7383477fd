package org.mingchu.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.simulator.Installed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The broker and mosquitto's own clients, written in C by other people. */
@Timeout(20)
class BrokerPeersTest {
    @TempDir Path folder;

    private final Broker broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);

    @BeforeEach
    void findPeers() {
        Installed.orSkip("mosquitto_pub", "mosquitto-clients");
        Installed.orSkip("mosquitto_sub", "mosquitto-clients");
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void mosquitto_sub_hears_what_mosquitto_pub_says() throws Exception {
        var heard = folder.resolve("heard");
        var subscriber =
                start(heard, "mosquitto_sub", "-i", "s", "-q", "1", "-t", "kfs/#", "-C", "3", "-v");
        try {
            // nothing tells us from outside that a subscription stands, except an answer to it
            while (!broker.publish("kfs/probe", "ready".getBytes(StandardCharsets.UTF_8))) {
                Thread.onSpinWait();
            }
            assertThat(run("mosquitto_pub", "-t", "kfs/a", "-q", "1", "-m", "冷冻")).isZero();
            assertThat(run("mosquitto_pub", "-t", "kfs/b", "-q", "0", "-m", "2")).isZero();
            assertThat(subscriber.waitFor(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            subscriber.destroyForcibly();
        }
        assertThat(Files.readAllLines(heard))
                .containsExactly("kfs/probe ready", "kfs/a 冷冻", "kfs/b 2");
    }

    @Test
    void mosquitto_pub_is_told_of_a_refusal() throws Exception {
        broker.faults().nack("kfs/#", 0x87);
        var said = folder.resolve("said");
        var publisher = start(said, "mosquitto_pub", "-t", "kfs/a", "-q", "1", "-m", "x", "-d");
        assertThat(publisher.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(said)).containsIgnoringCase("RC:135");
        assertThat(broker.await("kfs/a", 1, Duration.ofSeconds(5)).getFirst().reason())
                .isEqualTo(0x87);
    }

    @Test
    void mosquitto_sub_that_is_killed_leaves_its_retained_will() throws Exception {
        var subscriber =
                start(
                        folder.resolve("out"),
                        "mosquitto_sub",
                        "-i",
                        "dying",
                        "-t",
                        "any",
                        "--will-topic",
                        "will",
                        "--will-payload",
                        "gone",
                        "--will-qos",
                        "1",
                        "--will-retain");
        try {
            while (!broker.clients().contains("dying")) {
                Thread.onSpinWait();
            }
        } finally {
            subscriber.destroyForcibly();
        }
        while (!broker.retained().containsKey("will")) {
            Thread.onSpinWait();
        }
        assertThat(broker.retained()).containsEntry("will", "gone");
    }

    @Test
    void an_older_protocol_is_refused_in_its_own_words() throws Exception {
        var said = folder.resolve("said");
        var old =
                new ProcessBuilder(
                                "mosquitto_pub",
                                "-V",
                                "mqttv311",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                "" + broker.port(),
                                "-t",
                                "a",
                                "-m",
                                "x")
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertThat(old.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(old.exitValue()).isNotZero();
        assertThat(Files.readString(said)).containsIgnoringCase("protocol version");
    }

    private int run(String... command) throws IOException, InterruptedException {
        var process = start(folder.resolve("log"), command);
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).as(List.of(command).toString()).isTrue();
        return process.exitValue();
    }

    private Process start(Path output, String... command) throws IOException {
        var full = new ArrayList<>(List.of(command));
        full.addAll(1, List.of("-V", "mqttv5", "-h", "127.0.0.1", "-p", "" + broker.port()));
        return new ProcessBuilder(full)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
