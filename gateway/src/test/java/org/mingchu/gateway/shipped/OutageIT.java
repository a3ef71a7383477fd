package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.simulator.platform.Lane;
import org.mingchu.simulator.platform.SeenEntry;
import org.mingchu.simulator.platform.Supervisor;
import org.mingchu.simulator.wire.Broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Measure 3: the shipped program and a broker that stops, refuses, says nothing or forgets. */
final class OutageIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir private Path folder;

    @Test
    void after_600_readings_without_a_broker_the_alarm_comes_first_and_nothing_is_missing()
            throws IOException {
        Proof.notInShort();
        Peers.need("mosquitto");
        var freezers = 60;
        var rounds = 600 / freezers;
        try (var broker = Mosquitto.plain(folder);
                var platform = Supervision.at(broker.port());
                var kitchen = kitchen(freezers, broker.port())) {
            var supervisor = platform.supervisor();
            kitchen.start();
            Eventually.within(
                    SOON,
                    "the first round arrives",
                    supervisor::view,
                    () -> supervisor.count(Lane.READING) > 0);

            broker.stop();
            kitchen.temperature(1, -5_000);
            var from = kitchen.kept();
            Eventually.within(
                    SOON, "600 readings are kept", () -> kitchen.kept() >= from + rounds + 3);
            var before = supervisor.count(Lane.READING);
            broker.start();
            Eventually.within(
                    SOON.plus(SOON),
                    "the backlog arrives",
                    supervisor::view,
                    () -> supervisor.count(Lane.READING) > before + rounds);

            var alarm = raised(supervisor);
            var firstOfBacklog = supervisor.entries(Lane.READING).get((int) before);
            assertThat(alarm.receivedMs()).isLessThanOrEqualTo(firstOfBacklog.receivedMs());
            kitchen.program().terminate();
            assertThat(Supervision.missing(supervisor, Supervision.published(kitchen.state())))
                    .as("the last entries may still be under way when it ends")
                    .hasSizeLessThan(5);
            assertThat(supervisor.chainUnbroken()).isTrue();
            assertThat(supervisor.violations()).isEmpty();
        }
    }

    @Test
    void an_alarm_that_the_broker_refuses_is_kept_and_the_page_says_so() throws IOException {
        Peers.need("mosquitto");
        var acl =
                Files.writeString(
                        folder.resolve("acl"),
                        "topic readwrite #\ntopic deny kfs/v1/+/+/+/alarm/+/event\n");
        try (var broker = Mosquitto.plain(folder)) {
            broker.stop();
            broker.start("acl_file " + acl);
            try (var platform = Supervision.at(broker.port());
                    var kitchen = kitchen(1, broker.port())) {
                kitchen.start();
                kitchen.temperature(1, -5_000);
                Eventually.within(
                        SOON,
                        "the page says that the platform refuses",
                        () -> kitchen.tryGet("/api/state"),
                        () -> kitchen.tryGet("/api/state").contains("\"state\":\"refused\""));
                assertThat(platform.supervisor().alarms()).isEmpty();

                broker.stop();
                broker.start();
                Eventually.within(
                        SOON,
                        "the alarm arrives once it may",
                        platform.supervisor()::view,
                        () -> !platform.supervisor().alarms().isEmpty());
                kitchen.program().terminate();
            }
        }
    }

    @Test
    void a_broker_that_never_says_connack_loses_nothing() throws IOException {
        Proof.notInShort();
        try (var broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
                var platform = Supervision.at(broker.port());
                var kitchen = kitchen(2, broker.port())) {
            broker.faults().withholdConnack();
            kitchen.start();
            Eventually.within(SOON, "some rounds are kept", () -> kitchen.kept() > 8);
            assertThat(platform.supervisor().count(Lane.READING)).isZero();
            broker.faults().mend();
            arrivesWhole(kitchen, platform.supervisor());
        }
    }

    @Test
    void a_broker_that_forgets_what_it_acknowledged_loses_nothing() throws IOException {
        // The first re-send comes after 30 s: too long for the short form.
        Proof.notInShort();
        try (var broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
                var platform = Supervision.at(broker.port());
                var kitchen = kitchen(2, broker.port())) {
            broker.faults().forget("kfs/v1/+/+/+/reading");
            broker.faults().forget("kfs/v1/+/+/+/alarm/+/event");
            kitchen.start();
            kitchen.temperature(1, -5_000);
            Eventually.within(SOON, "some rounds are kept", () -> kitchen.kept() > 8);
            broker.faults().mend();
            arrivesWhole(kitchen, platform.supervisor());
        }
    }

    private static void arrivesWhole(Kitchen kitchen, Supervisor supervisor) {
        var until = kitchen.kept();
        Eventually.within(
                SOON.plus(SOON),
                "everything up to " + until + " arrives",
                supervisor::view,
                () ->
                        supervisor.chainUnbroken()
                                && supervisor.entries(Lane.READING).stream()
                                        .anyMatch(entry -> entry.seq() >= until)
                                && supervisor.entries(Lane.ALARM).stream()
                                        .anyMatch(entry -> entry.seq() == 1));
        assertThat(supervisor.missing(Lane.READING)).isEmpty();
        assertThat(supervisor.violations()).isEmpty();
    }

    private Kitchen kitchen(int freezers, int port) throws IOException {
        return new Kitchen(folder, freezers, Supervision.platform(port), "");
    }

    private static SeenEntry raised(Supervisor supervisor) {
        return supervisor.entries(Lane.ALARM).stream()
                .filter(entry -> entry.text().contains("\"freezer-high\""))
                .findFirst()
                .orElseThrow();
    }
}
