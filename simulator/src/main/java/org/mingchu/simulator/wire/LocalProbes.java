package org.mingchu.simulator.wire;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Battery probes behind a bad radio, whose network publishes to a broker: each form in its own
 * words, quality of service 1, and an exact account of what the broker has acknowledged. Publishes
 * on one thread of its own; every method from any thread.
 */
public final class LocalProbes implements AutoCloseable {
    private static final long FIRST_MILLI = -30_000;
    private static final int SESSION_SECONDS = 3600;
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(15);
    private static final long TICK_NS = 5_000_000;
    private static final long NS_PER_S = 1_000_000_000;

    /** Messages without PUBACK; more would pile up while a broker is away. */
    private static final int UNACKNOWLEDGED_MAX = 20_000;

    /** A battery loses a hundredth in so many readings. */
    private static final long READINGS_PER_PERCENT = 500;

    private final Shape shape;
    private final Times times;
    private final RandomGenerator chance;
    private final Mqtt5AsyncClient client;
    private final List<Unit> units = new ArrayList<>();
    private final PriorityQueue<Held> held =
            new PriorityQueue<>((a, b) -> Long.compare(a.dueNs, b.dueNs));
    private final Object lock = new Object();
    private final Map<String, LinkedHashSet<Long>> acknowledged = new LinkedHashMap<>();
    private final Thread thread;
    private long published;
    private long unanswered;
    private long lost;
    private int open;
    private volatile boolean stopping;

    /**
     * How many of what.
     *
     * @param forms given to the probes in turn
     * @param readingsPerSecond of all probes together, lost ones included
     */
    public record Shape(
            int probes, List<LocalProbeForm> forms, int readingsPerSecond, LocalProbeRadio radio) {
        public Shape {
            forms = List.copyOf(forms);
        }
    }

    /**
     * The clocks.
     *
     * @param wallMs milliseconds since 1970, for the payloads
     * @param upNs a clock that never goes back, in ns
     * @param zone the devices' local time
     */
    public record Times(LongSupplier wallMs, LongSupplier upNs, ZoneId zone) {}

    /** A probe and what it remembers. The publishing thread's. */
    private static final class Unit {
        private final LocalProbe probe;
        private long count;
        private int boots;

        Unit(LocalProbe probe) {
            this.probe = probe;
        }

        int batteryPercent() {
            return (int) Math.max(1, 100 - count / READINGS_PER_PERCENT);
        }
    }

    private record Held(Unit unit, int boot, String payload, long milli, long dueNs) {}

    private LocalProbes(String host, int port, Shape shape, Times times, RandomGenerator chance) {
        this.shape = shape;
        this.times = times;
        this.chance = chance;
        for (var i = 0; i < shape.probes(); i++) {
            var form = shape.forms().get(i % shape.forms().size());
            units.add(new Unit(LocalProbe.of(i, form)));
        }
        client =
                Mqtt5Client.builder()
                        .identifier("local-probes")
                        .serverHost(host)
                        .serverPort(port)
                        .automaticReconnect()
                        .initialDelay(100, TimeUnit.MILLISECONDS)
                        .maxDelay(500, TimeUnit.MILLISECONDS)
                        .applyAutomaticReconnect()
                        .buildAsync();
        thread = Thread.ofPlatform().name("local-probes").daemon().unstarted(this::run);
    }

    /**
     * Connects, and says of each probe that it is there.
     *
     * @param chance of the radio; the same seed gives the same probes
     * @throws IllegalStateException when no broker answers within 15 s
     */
    public static LocalProbes connect(
            String host, int port, Shape shape, Times times, RandomGenerator chance) {
        var probes = new LocalProbes(host, port, shape, times, chance);
        await(
                probes.client
                        .connectWith()
                        .cleanStart(false)
                        .sessionExpiryInterval(SESSION_SECONDS)
                        .keepAlive(10)
                        .send(),
                CONNECT_PATIENCE);
        probes.units.forEach(unit -> probes.present(unit.probe, true));
        return probes;
    }

    /** The probes, for a site file. */
    public List<LocalProbe> probes() {
        return units.stream().map(unit -> unit.probe).toList();
    }

    /** Begins to publish; once. */
    public void start() {
        thread.start();
    }

    /** Says that a probe is there or gone, where its form has a topic for that; retained. */
    public void present(LocalProbe probe, boolean there) {
        probe.form()
                .presence(probe.id())
                .ifPresent(presence -> {
                    var word = there ? presence.online() : presence.offline();
                    var _ = send(presence.topic(), word);
                });
    }

    /** Publishes any retained text, and waits until the broker has it. Not in the account. */
    public void retain(String topic, String text) {
        await(send(topic, text), CONNECT_PATIENCE);
    }

    private CompletableFuture<?> send(String topic, String text) {
        return client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .payload(text.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    /** What the broker owes so far. */
    public LocalProbeAccount account() {
        synchronized (lock) {
            var copy = new LinkedHashMap<String, List<Long>>();
            acknowledged.forEach((id, milli) -> copy.put(id, List.copyOf(milli)));
            return new LocalProbeAccount(published, copy, unanswered, lost);
        }
    }

    /**
     * Publishes no more and waits for what is not acknowledged yet.
     *
     * @return the final account
     * @throws IllegalStateException when PUBACKs are missing after {@code atMost}
     */
    public LocalProbeAccount stop(Duration atMost) {
        halt();
        var untilNs = times.upNs().getAsLong() + atMost.toNanos();
        while (unacknowledged() > 0) {
            if (times.upNs().getAsLong() > untilNs) {
                throw new IllegalStateException(unacknowledged() + " messages without PUBACK");
            }
            LockSupport.parkNanos(TICK_NS);
        }
        return account();
    }

    private void halt() {
        stopping = true;
        try {
            if (thread.isAlive()) {
                thread.join(CONNECT_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int unacknowledged() {
        synchronized (lock) {
            return open;
        }
    }

    private void run() {
        var beginNs = times.upNs().getAsLong();
        var told = 0L;
        while (!stopping) {
            var nowNs = times.upNs().getAsLong();
            var due = (nowNs - beginNs) * shape.readingsPerSecond() / NS_PER_S;
            while (told < due && unacknowledged() < UNACKNOWLEDGED_MAX && !stopping) {
                reading(units.get((int) (told++ % units.size())), nowNs);
            }
            release(nowNs);
            LockSupport.parkNanos(TICK_NS);
        }
    }

    /** One reading of one probe, and what the radio makes of it. */
    private void reading(Unit unit, long nowNs) {
        var radio = shape.radio();
        var milli = FIRST_MILLI + unit.count++;
        var payload = unit.probe.form().payload(word(unit, milli));
        if (chance.nextDouble() < radio.reboots()) {
            reboot(unit);
        }
        var fate = chance.nextDouble();
        if (fate < radio.lost()) {
            lose();
        } else if (fate < radio.lost() + radio.held()) {
            var dueNs = nowNs + (long) (chance.nextDouble() * radio.heldFor().toNanos());
            held.add(new Held(unit, unit.boots, payload, milli, dueNs));
        } else {
            publish(unit, payload, milli);
            if (chance.nextDouble() < radio.doubled()) {
                publish(unit, payload, milli);
            }
        }
    }

    private LocalProbeForm.Word word(Unit unit, long milli) {
        return new LocalProbeForm.Word(
                unit.count,
                milli,
                times.wallMs().getAsLong(),
                unit.batteryPercent(),
                40 + chance.nextInt(200),
                times.zone());
    }

    private void reboot(Unit unit) {
        unit.boots++;
        present(unit.probe, false);
        present(unit.probe, true);
    }

    /** What probes held back and still remember. */
    private void release(long nowNs) {
        while (!held.isEmpty() && held.peek().dueNs <= nowNs) {
            var one = held.remove();
            if (one.boot == one.unit.boots) {
                publish(one.unit, one.payload, one.milli);
            } else {
                lose();
            }
        }
    }

    private void lose() {
        synchronized (lock) {
            lost++;
        }
    }

    private void publish(Unit unit, String payload, long milli) {
        synchronized (lock) {
            published++;
            open++;
        }
        var _ =
                client.publishWith()
                        .topic(unit.probe.topic())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.getBytes(StandardCharsets.UTF_8))
                        .send()
                        .whenComplete((result, failure) ->
                                answered(
                                        unit.probe.id(),
                                        milli,
                                        failure == null && result.getError().isEmpty()));
    }

    private void answered(String id, long milli, boolean taken) {
        synchronized (lock) {
            open--;
            if (taken) {
                acknowledged.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(milli);
            } else {
                unanswered++;
            }
        }
    }

    private static void await(CompletableFuture<?> future, Duration atMost) {
        try {
            future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the probes' network has no broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        halt();
        try {
            client.disconnect().get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            // It is gone already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
