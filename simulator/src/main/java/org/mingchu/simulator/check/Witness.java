package org.mingchu.simulator.check;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Somebody who reads all of the contract's traffic on a broker and says nothing. It neither knows
 * nor shares code with either side. Any thread.
 */
public final class Witness implements AutoCloseable {
    /** What it remembers; older messages are forgotten, so that it may watch for days. */
    public static final int SIGHTINGS_MAX = 100_000;

    private static final String ALL = "kfs/v1/#";
    private static final long CONNECT_SECONDS = 10;

    private final Mqtt5AsyncClient client;
    private final LongSupplier upNs;
    private final Consumer<Sighting> told;
    private final List<Sighting> sightings = new ArrayList<>();

    /**
     * Connects and listens before it returns.
     *
     * @param upNs a clock that never goes back, in ns
     * @param told hears of each message at once, on the client's thread
     */
    public Witness(String host, int port, LongSupplier upNs, Consumer<Sighting> told) {
        this.upNs = upNs;
        this.told = told;
        this.client =
                MqttClient.builder()
                        .useMqttVersion5()
                        .serverHost(host)
                        .serverPort(port)
                        .buildAsync();
        client.connect().orTimeout(CONNECT_SECONDS, TimeUnit.SECONDS).join();
        client.subscribeWith()
                .topicFilter(ALL)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(this::see)
                .send()
                .orTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void see(Mqtt5Publish message) {
        var sighting =
                new Sighting(
                        message.getTopic().toString(),
                        new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8),
                        upNs.getAsLong());
        remember(sighting);
        told.accept(sighting);
    }

    private synchronized void remember(Sighting sighting) {
        if (sightings.size() == SIGHTINGS_MAX) {
            sightings.subList(0, SIGHTINGS_MAX / 2).clear();
        }
        sightings.add(sighting);
        notifyAll();
    }

    /** The first message that is wanted, seen already or within the patience. */
    public synchronized Optional<Sighting> await(Predicate<Sighting> wanted, Duration patience)
            throws InterruptedException {
        long deadlineNs = upNs.getAsLong() + patience.toNanos();
        while (true) {
            var found = sightings.stream().filter(wanted).findFirst();
            long leftNs = deadlineNs - upNs.getAsLong();
            if (found.isPresent() || leftNs <= 0) {
                return found;
            }
            TimeUnit.NANOSECONDS.timedWait(this, leftNs);
        }
    }

    /** All that it remembers, in the order seen. */
    public synchronized List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    @Override
    public void close() {
        client.disconnect()
                .orTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .exceptionally(_ -> null)
                .join();
    }
}
