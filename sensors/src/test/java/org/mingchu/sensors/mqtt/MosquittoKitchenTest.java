package org.mingchu.sensors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Quantity;
import org.mingchu.sensors.Flag;
import org.mingchu.sensors.Proof;
import org.mingchu.sensors.Reading;
import org.mingchu.simulator.wire.LocalProbeForm;
import org.mingchu.simulator.wire.LocalProbeMosquitto;
import org.mingchu.simulator.wire.LocalProbeRadio;
import org.mingchu.simulator.wire.LocalProbes;
import org.mingchu.simulator.wire.Mosquitto;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** The kitchen's broker as it really is, its probes behind a bad radio. */
final class MosquittoKitchenTest {
    private static final Logger LOG = LoggerFactory.getLogger(MosquittoKitchenTest.class);

    private static final int PROBES = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;
    private final Shelf shelf = new Shelf(Room.CLOCK, Duration.ofMillis(10), true);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private LocalProbeMosquitto mosquitto;
    private Optional<KitchenBroker> open = Optional.empty();

    @BeforeEach
    void startBroker() {
        mosquitto = new LocalProbeMosquitto(mosquitto(), folder, System::nanoTime);
        opened.add(mosquitto);
        mosquitto.start();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var one : opened.reversed()) {
            one.close();
        }
        shelf.close();
    }

    private LocalProbes probes(int readingsPerSecond, LocalProbeRadio radio) {
        var shape =
                new LocalProbes.Shape(
                        PROBES, List.of(LocalProbeForm.values()), readingsPerSecond, radio);
        var times =
                new LocalProbes.Times(() -> Room.CLOCK.now().wallMs(), System::nanoTime, Room.ZONE);
        var probes =
                LocalProbes.connect("127.0.0.1", mosquitto.port(), shape, times, new Random(11));
        opened.add(probes);
        return probes;
    }

    private void openKitchen(LocalProbes probes) {
        var sensors =
                probes.probes().stream()
                        .map(p ->
                                Room.probe(
                                        p.id(), Quantity.TEMPERATURE, p.topic(), p.temperature()))
                        .toList();
        var kitchen = Room.broker(mosquitto.port(), sensors, shelf);
        opened.add(kitchen);
        open = Optional.of(kitchen);
        kitchen.start();
        shelf.await(
                () -> kitchen().health().link() == Health.Link.HEARING,
                () -> "a subscription, " + kitchen().health().why());
    }

    private KitchenBroker kitchen() {
        return open.orElseThrow();
    }

    private static void pass(int ms) {
        LockSupport.parkNanos(Duration.ofMillis(ms).toNanos());
    }

    /** Every reading whose PUBACK a probe saw is kept. */
    private void awaitAllKept(LocalProbes probes) {
        var account = probes.stop(PATIENCE);
        assertThat(account.owed()).isPositive();
        shelf.await(
                () -> account.missing(shelf.values()).isEmpty(),
                () ->
                        "%d of %d missing, such as %s; %s"
                                .formatted(
                                        account.missing(shelf.values()).size(),
                                        account.owed(),
                                        account.missing(shelf.values()).getFirst(),
                                        kitchen().health().counts()));
        assertThat(shelf.oneOfEach()).isTrue();
    }

    @Test
    void over_a_bad_radio_every_reading_the_broker_acknowledged_is_kept() {
        var probes = probes(1_000, LocalProbeRadio.BAD);
        openKitchen(probes);
        probes.start();
        pass(Proof.pick(700, 5_000, 60_000));
        awaitAllKept(probes);
        assertThat(probes.account().lost()).isPositive();
        shelf.await(
                () ->
                        kitchen().health().counts().messages()
                                == kitchen().health().counts().acknowledged(),
                () -> "the last acknowledgements");
    }

    @Test
    void a_gateway_that_restarts_again_and_again_keeps_all_that_was_queued() {
        Proof.notInShort();
        var probes = probes(1_000, LocalProbeRadio.GOOD);
        openKitchen(probes);
        probes.start();
        for (var i = 0; i < Proof.pick(1, 3, 20); i++) {
            pass(200);
            kitchen().close();
            pass(200);
            openKitchen(probes);
        }
        awaitAllKept(probes);
        // Those that date themselves say how long they waited; the others that they did.
        assertThat(shelf.kept())
                .filteredOn(
                        r -> r instanceof Reading.Measured m && m.flags().contains(Flag.BACKFILLED))
                .isNotEmpty();
    }

    @Test
    void a_broker_that_is_stopped_and_started_loses_nothing_it_acknowledged() {
        Proof.notInShort();
        var probes = probes(500, LocalProbeRadio.GOOD);
        openKitchen(probes);
        probes.start();
        for (var i = 0; i < Proof.pick(1, 2, 10); i++) {
            pass(200);
            mosquitto.stop();
            pass(200);
            mosquitto.start();
        }
        pass(300);
        awaitAllKept(probes);
    }

    @Test
    void a_broker_that_is_killed_loses_nothing_it_had_on_disk() {
        Proof.notInShort();
        mosquitto.stop();
        mosquitto.saveAtOnce();
        mosquitto.start();
        var probes = probes(200, LocalProbeRadio.GOOD);
        openKitchen(probes);
        // Without us the queue grows, so that the kill finds something.
        kitchen().close();
        probes.start();
        pass(300);
        probes.stop(PATIENCE);
        probes.retain("the/end", "all-is-said");
        mosquitto.awaitOnDisk("all-is-said", PATIENCE);
        mosquitto.kill();
        mosquitto.start();
        openKitchen(probes);
        awaitAllKept(probes);
    }

    @Test
    void an_intake_that_refuses_for_a_while_costs_nothing() {
        Proof.notInShort();
        var probes = probes(1_000, LocalProbeRadio.GOOD);
        openKitchen(probes);
        probes.start();
        pass(200);
        shelf.become(Shelf.Mood.REFUSING);
        pass(Proof.pick(400, 2_000, 10_000));
        shelf.become(Shelf.Mood.KEEPING);
        awaitAllKept(probes);
        assertThat(kitchen().health().counts().refusals()).isPositive();
    }

    /** The figure is of two cores shared with the probes and the broker. */
    @Test
    void two_thousand_readings_a_second_are_kept_in_few_commits() {
        Proof.notInShort();
        var probes = probes(2_000, LocalProbeRadio.GOOD);
        openKitchen(probes);
        var begunNs = System.nanoTime();
        probes.start();
        pass(Proof.pick(1_000, 5_000, 30_000));
        awaitAllKept(probes);
        var readings = shelf.kept().size();
        var perSecond = readings * 1_000_000_000L / (System.nanoTime() - begunNs);
        LOG.info("event=throughput readingsPerSecond={} commits={}", perSecond, shelf.rounds());
        assertThat(perSecond).isGreaterThan(1_000);
        assertThat(shelf.rounds()).isLessThan(readings / 2);
    }

    @Test
    void a_retained_value_is_no_reading_unless_it_is_dated() {
        var probes = probes(0, LocalProbeRadio.GOOD);
        probes.retain("cold/sensor/fridge/state", "4.5");
        probes.retain(
                "zigbee2mqtt/fridge",
                "{\"temperature\":4.5,\"last_seen\":%d}"
                        .formatted(Room.CLOCK.now().wallMs() - 600_000));
        probes.retain("zigbee2mqtt/gone/availability", "offline");
        var sensors =
                List.of(
                        Room.probe("u", Quantity.TEMPERATURE, "cold/sensor/fridge/state", ""),
                        Room.probe("d", Quantity.TEMPERATURE, "zigbee2mqtt/fridge", "/temperature"),
                        Room.probe("g", Quantity.TEMPERATURE, "zigbee2mqtt/gone", "/temperature"));
        var kitchen = Room.broker(mosquitto.port(), sensors, shelf);
        opened.add(kitchen);
        open = Optional.of(kitchen);
        kitchen.start();
        shelf.await(() -> kitchen().health().counts().acknowledged() >= 3, () -> "three retained");
        assertThat(shelf.of("u")).isEmpty();
        assertThat(shelf.of("g")).hasOnlyElementsOfType(Reading.Silent.class).isNotEmpty();
        var dated = (Reading.Measured) shelf.of("d").getFirst();
        assertThat(dated.flags()).containsExactly(Flag.BACKFILLED);
        assertThat(dated.ageNs()).isBetween(600_000_000_000L, 660_000_000_000L);
        probes.retain("cold/sensor/fridge/state", "5.5");
        shelf.await(() -> !shelf.of("u").isEmpty(), () -> "a value said now");
        assertThat(((Reading.Measured) shelf.of("u").getFirst()).milli()).isEqualTo(5_500);
    }

    private static Path mosquitto() {
        Proof.needs(Mosquitto.installed().isPresent(), "mosquitto");
        return Mosquitto.installed().orElseThrow();
    }
}
