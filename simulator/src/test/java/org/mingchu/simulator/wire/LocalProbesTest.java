package org.mingchu.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

final class LocalProbesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Broker broker =
            Broker.start(new Broker.Limits(100, 10, Optional.empty()), System::nanoTime);

    @AfterEach
    void closeBroker() {
        broker.close();
    }

    private LocalProbes probes(List<LocalProbeForm> forms, LocalProbeRadio radio) {
        return LocalProbes.connect(
                "127.0.0.1",
                broker.port(),
                new LocalProbes.Shape(5, forms, 200, radio),
                new LocalProbes.Times(
                        () -> 1_795_392_000_000L, System::nanoTime, ZoneId.of("Asia/Shanghai")),
                new Random(3));
    }

    @Test
    void each_form_speaks_in_its_own_words_and_says_that_it_is_there() {
        try (var probes = probes(List.of(LocalProbeForm.values()), LocalProbeRadio.GOOD)) {
            probes.start();
            broker.await("application/+/device/+/event/up", 1, PATIENCE);
            broker.await("v3/+/devices/+/up", 1, PATIENCE);
            assertThat(broker.await("zigbee2mqtt/+", 1, PATIENCE).getFirst().text())
                    .contains("\"temperature\":-30.000", "\"last_seen\":1795392000000");
            assertThat(broker.await("+/sensor/temperature/state", 1, PATIENCE).getFirst().text())
                    .isEqualTo("-30.000");
            assertThat(broker.await("tele/+/SENSOR", 1, PATIENCE).getFirst().text())
                    .contains("\"Time\":\"2026-11-23T08:00:00\"");
            assertThat(broker.retained())
                    .containsEntry("zigbee2mqtt/local-0000/availability", "{\"state\":\"online\"}")
                    .containsEntry("local-0001/status", "online")
                    .containsEntry("tele/local-0002/LWT", "Online");
            assertThat(probes.probes().getFirst().source())
                    .isEqualTo("mqtt:zigbee2mqtt/local-0000#/temperature");
        }
    }

    @Test
    void the_account_has_what_the_broker_acknowledged_and_nothing_else() {
        var radio = new LocalProbeRadio(0.2, 0.2, 0.2, Duration.ofMillis(50), 0.02);
        try (var probes = probes(List.of(LocalProbeForm.ESPHOME), radio)) {
            broker.faults().nack("local-0001/#", 0x97);
            probes.start();
            broker.await("+/sensor/temperature/state", 60, PATIENCE);
            var account = probes.stop(PATIENCE);
            assertThat(account.acknowledged()).doesNotContainKey("local-0001");
            assertThat(account.unanswered()).isPositive();
            assertThat(account.lost()).isPositive();
            var heard = new HashSet<String>();
            broker.received("+/sensor/temperature/state").stream()
                    .filter(one -> one.reason() < 0x80)
                    .forEach(one -> heard.add(one.topic().substring(0, 10) + "=" + one.text()));
            assertThat(account.owed()).isEqualTo(heard.size());
            assertThat(account.missing(Map.of())).hasSize(heard.size());
            assertThat(account.missing(account.acknowledged())).isEmpty();
        }
    }
}
