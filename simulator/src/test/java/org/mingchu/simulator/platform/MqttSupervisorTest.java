package org.mingchu.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.simulator.Installed;
import org.mingchu.simulator.wire.Broker;
import org.mingchu.simulator.wire.BrokerReceived;
import org.mingchu.simulator.wire.FreePort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

@Timeout(40)
class MqttSupervisorTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String ACK = Messages.ROOT + "ack";
    private static final String READING = Messages.ROOT + "reading";

    @TempDir Path folder;

    @Test
    void what_comes_over_the_broker_is_kept_and_acknowledged_there() {
        try (var broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
                var platform = connect(broker)) {
            assertThat(broker.publish(READING, Messages.readings(1, 2).getBytes(UTF_8))).isTrue();
            var ack = broker.await(ACK, 1, SOON).getFirst();
            assertThat(ack.text()).isEqualTo("{\"epoch\":\"9f2c61d07b3a4e55\",\"ranges\":[[1,2]]}");
            assertThat(ack.expirySeconds()).hasValue(3600);
            assertThat(ack.retain()).isFalse();
            assertThat(platform.supervisor().count(Lane.READING)).isEqualTo(2);
            assertThat(platform.supervisor().violations()).isEmpty();
        }
    }

    @Test
    void a_delayed_answer_comes_without_another_message() {
        try (var broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
                var platform = connect(broker)) {
            platform.supervisor().answer(new Answer.After(300));
            var before = System.nanoTime();
            broker.publish(READING, Messages.readings(1).getBytes(UTF_8));
            broker.await(ACK, 1, SOON);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(ms(290));
        }
    }

    @Test
    void cuts_and_a_broker_that_is_away_lose_nothing() {
        try (var broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
                var platform = connect(broker)) {
            for (long seq = 1; seq <= 40; seq++) {
                if (seq % 10 == 0) {
                    broker.cut();
                }
                // the session is there while the platform is away: somebody always gets it
                assertThat(publish(broker, seq)).isTrue();
            }
            broker.refuse();
            broker.reopen();
            assertThat(publish(broker, 41)).isTrue();
            while (platform.supervisor().count(Lane.READING) < 41) {
                Thread.onSpinWait();
            }
            assertThat(platform.supervisor().chainUnbroken()).isTrue();
            assertThat(platform.supervisor().violations()).isEmpty();
            while (distinctAcks(broker) < 41) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void the_platform_does_not_hear_itself() {
        try (var broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
                var platform = connect(broker)) {
            assertThat(broker.publish(ACK, "{}".getBytes(UTF_8))).isFalse();
            assertThat(broker.publish(Messages.ROOT + "cmd/1", "{}".getBytes(UTF_8))).isFalse();
            assertThat(platform.supervisor().violations()).isEmpty();
        }
    }

    @Test
    void it_works_over_mutual_tls_with_mosquitto() throws Exception {
        Installed.orSkip("mosquitto", "mosquitto");
        Installed.orSkip("mosquitto_pub", "mosquitto-clients");
        Installed.orSkip("openssl", "openssl");
        var certificates = new Certificates(folder);
        var port = FreePort.find();
        var mosquitto = mosquitto(port);
        try (var platform = connectTls(port, certificates.platform())) {
            assertThat(
                            run(
                                    "mosquitto_pub",
                                    "-V",
                                    "mqttv5",
                                    "-h",
                                    "localhost",
                                    "-p",
                                    "" + port,
                                    "--cafile",
                                    "ca.crt",
                                    "--cert",
                                    "gw-1.crt",
                                    "--key",
                                    "gw-1.key",
                                    "-q",
                                    "1",
                                    "-t",
                                    READING,
                                    "-m",
                                    Messages.readings(1, 2, 3)))
                    .isZero();
            while (platform.supervisor().count(Lane.READING) < 3) {
                Thread.onSpinWait();
            }
            assertThat(platform.supervisor().violations()).isEmpty();
        } finally {
            mosquitto.destroy();
            mosquitto.waitFor();
        }
    }

    private static MqttSupervisor connect(Broker broker) {
        return MqttSupervisor.connect(
                "127.0.0.1", broker.port(), ContractTest.FOLDER, System::currentTimeMillis);
    }

    private static MqttSupervisor connectTls(int port, TlsFiles files) {
        return MqttSupervisor.connect(
                new Supervisor(Contract.read(ContractTest.FOLDER)),
                new MqttSupervisor.Endpoint("localhost", port, "platform", Optional.of(files)),
                System::currentTimeMillis);
    }

    private static boolean publish(Broker broker, long seq) {
        return broker.publish(READING, Messages.readings(seq).getBytes(UTF_8));
    }

    private static long distinctAcks(Broker broker) {
        return broker.received(ACK).stream().map(BrokerReceived::text).distinct().count();
    }

    private static Duration ms(long ms) {
        return Duration.ofMillis(ms);
    }

    private Process mosquitto(int port) throws Exception {
        Files.writeString(
                folder.resolve("mosquitto.conf"),
                """
                listener %d 127.0.0.1
                cafile %2$s/ca.crt
                certfile %2$s/broker.crt
                keyfile %2$s/broker.key
                require_certificate true
                use_identity_as_username true
                allow_anonymous true
                user root
                """
                        .formatted(port, folder));
        var path = Files.isExecutable(Path.of("/usr/sbin/mosquitto")) ? "/usr/sbin/" : "";
        return start(List.of(path + "mosquitto", "-c", "mosquitto.conf"), "mosquitto.log");
    }

    private int run(String... command) throws Exception {
        var process = start(List.of(command), "run.log");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process start(List<String> command, String log) throws Exception {
        return new ProcessBuilder(new ArrayList<>(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
    }
}
