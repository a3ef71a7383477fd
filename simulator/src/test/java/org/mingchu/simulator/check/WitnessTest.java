package org.mingchu.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.simulator.wire.EmbeddedBroker;
import org.mingchu.simulator.wire.Mosquitto;
import org.mingchu.simulator.wire.MqttBroker;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The witness and the two brokers of the demonstration, each a real one. */
final class WitnessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final String RAISED =
            """
            {"epoch":"e","seq":7,"alarm":{"subject":"s","rule":"r","event":"raised"}}\
            """;

    @TempDir Path folder;

    @Test
    void an_alarm_and_its_acknowledgement_are_seen_over_the_embedded_broker()
            throws InterruptedException {
        try (var broker = new EmbeddedBroker()) {
            seesAll(broker);
        }
    }

    @Test
    void an_alarm_and_its_acknowledgement_are_seen_over_mosquitto() throws InterruptedException {
        boolean required = Boolean.getBoolean("mingchu.peers.required");
        var program = Mosquitto.installed();
        assumeTrue(required || program.isPresent(), "mosquitto is not installed");
        try (var broker = new Mosquitto(program.orElseThrow(), folder, System::nanoTime)) {
            seesAll(broker);
        }
    }

    private static void seesAll(MqttBroker broker) throws InterruptedException {
        var told = new AtomicInteger();
        try (var witness =
                new Witness(
                        "127.0.0.1",
                        broker.port(),
                        System::nanoTime,
                        _ -> told.incrementAndGet())) {
            publish(broker, "kfs/v1/a/s/g/alarm/1/event", RAISED);
            var raised = witness.await(AlarmSightings.event("s", "r", "raised"), PATIENCE);
            assertThat(raised.orElseThrow().json().path("seq").asLong()).isEqualTo(7);
            publish(broker, "kfs/v1/a/s/g/ack", "{\"epoch\":\"e\",\"ranges\":[[1,3],[7,9]]}");
            var ack = witness.await(AlarmSightings.acknowledgement("e", 7), PATIENCE).orElseThrow();
            assertThat(ack.upNs()).isGreaterThan(raised.orElseThrow().upNs());
            assertThat(witness.await(AlarmSightings.acknowledgement("e", 4), MOMENT)).isEmpty();
            assertThat(witness.await(AlarmSightings.acknowledgement("f", 7), MOMENT)).isEmpty();
            assertThat(witness.await(AlarmSightings.event("s", "r", "cleared"), MOMENT)).isEmpty();
            assertThat(told).hasValue(2);
        }
    }

    private static void publish(MqttBroker broker, String topic, String text) {
        var client =
                MqttClient.builder()
                        .useMqttVersion5()
                        .serverHost("127.0.0.1")
                        .serverPort(broker.port())
                        .buildBlocking();
        client.connect();
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(text.getBytes(StandardCharsets.UTF_8))
                .send();
        client.disconnect();
    }
}
