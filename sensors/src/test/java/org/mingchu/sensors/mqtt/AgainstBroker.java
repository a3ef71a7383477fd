package org.mingchu.sensors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Reading;
import org.mingchu.simulator.wire.Broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kitchen's broker that misbehaves on command, and a gateway that hears it. */
abstract class AgainstBroker {
    static final String FRIDGE = "cold/sensor/fridge/state";
    static final String ZIGBEE = "zigbee2mqtt/fridge";

    final Broker broker =
            Broker.start(new Broker.Limits(20, 10, Optional.empty()), System::nanoTime);
    final Shelf shelf = new Shelf(Room.CLOCK, Duration.ofMillis(5), true);
    final List<KitchenBroker> opened = new ArrayList<>();
    final List<KitchenBroker.Probe> probes =
            List.of(
                    Room.probe("t", Quantity.TEMPERATURE, FRIDGE, ""),
                    Room.probe("z", Quantity.TEMPERATURE, ZIGBEE, "/temperature"),
                    Room.probe("zh", Quantity.HUMIDITY, ZIGBEE, "/humidity"));
    KitchenBroker kitchen;

    AgainstBroker() {
        kitchen = open(Room.QUICK);
    }

    final KitchenBroker open(Pace pace) {
        var fresh = Room.broker(broker.port(), probes, shelf, pace);
        opened.add(fresh);
        return fresh;
    }

    @BeforeEach
    final void hear() {
        kitchen.start();
        awaitHearing();
    }

    @AfterEach
    final void closeAll() {
        opened.forEach(KitchenBroker::close);
        broker.close();
        shelf.close();
    }

    final void awaitHearing() {
        shelf.await(
                () -> kitchen.health().link() == Health.Link.HEARING,
                () -> "a subscription, " + kitchen.health());
    }

    final void say(String topic, String payload) {
        assertThat(broker.publish(topic, payload.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    final void awaitAcknowledged(long messages) {
        shelf.await(
                () -> kitchen.health().counts().acknowledged() >= messages,
                () -> messages + " acknowledged, " + kitchen.health().counts());
    }

    static Set<Flag> flags(Reading reading) {
        return ((Reading.Measured) reading).flags();
    }

    static long nowMs() {
        return Room.CLOCK.now().wallMs();
    }
}
