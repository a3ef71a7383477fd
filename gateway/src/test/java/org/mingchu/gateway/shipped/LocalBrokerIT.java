package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Reading;
import org.mingchu.simulator.platform.Lane;
import org.mingchu.simulator.wire.Broker;
import org.mingchu.simulator.wire.LocalProbe;
import org.mingchu.simulator.wire.LocalProbeForm;
import org.mingchu.simulator.wire.LocalProbeRadio;
import org.mingchu.simulator.wire.LocalProbes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Two thousand readings a second of probes on the kitchen's own broker, the line to the platform
 * cut, and the gateway killed again and again: what the broker has acknowledged to a probe reaches
 * the platform.
 */
final class LocalBrokerIT {
    private static final int PER_SECOND = 2_000;
    private static final int PROBES = 200;
    private static final int SENSORS_PER_UNIT = 16;
    private static final int KILLS = Proof.pick(0, 3, 20);
    private static final long SEED = 2026;

    /** And more, so that each kill meets another moment of its life, its start included. */
    private static final Duration LIFE_MIN = Duration.ofSeconds(2);

    private static final int LIFE_MORE_MS = 5_000;
    private static final Duration DRAINED = Duration.ofSeconds(Proof.pick(60, 180, 1_800));

    @TempDir private Path folder;

    @Test
    void what_the_local_broker_has_acknowledged_reaches_the_platform_whatever_is_killed()
            throws IOException {
        Proof.notInShort();
        try (var uplink = Broker.start(Broker.Limits.USUAL, System::nanoTime);
                var local = Mosquitto.local(folder);
                var probes =
                        LocalProbes.connect(
                                "127.0.0.1",
                                local.port(),
                                shape(),
                                new LocalProbes.Times(
                                        System::currentTimeMillis,
                                        System::nanoTime,
                                        ZoneId.of("Asia/Shanghai")),
                                new Random(SEED));
                var platform = Supervision.at(uplink.port());
                var kitchen =
                        new Kitchen(
                                folder,
                                1,
                                site(uplink.port(), local.port(), probes.probes()),
                                "")) {
            kitchen.start();
            // Before it has subscribed, the broker owes it nothing.
            Eventually.within(
                    DRAINED,
                    "the gateway hears",
                    () -> list(kitchen),
                    () -> list(kitchen).contains("hearing"));
            uplink.refuse();
            var chance = new Random(SEED);
            var startNs = System.nanoTime();
            probes.start();
            for (var kill = 0; kill < KILLS; kill++) {
                pass(LIFE_MIN.plusMillis(chance.nextInt(LIFE_MORE_MS)));
                kitchen.program().kill();
                kitchen.launch();
            }
            pass(LIFE_MIN);
            var seconds = Duration.ofNanos(System.nanoTime() - startNs).toSeconds();
            var account = probes.stop(DRAINED);
            assertThat(account.owed()).as("" + account.published()).isGreaterThan(1_000);
            Eventually.within(
                    DRAINED,
                    "the gateway has heard all of it",
                    () -> "last kept " + kitchen.kept(),
                    () -> quiet(kitchen));
            kitchen.program().kill();
            var published = Supervision.published(kitchen.state());
            var kept = kept(published);

            System.out.printf(
                    "local broker: %d owed, %d a second, %d kept in %d entries, %d kills%n",
                    account.owed(),
                    account.owed() / seconds,
                    kept.values().stream().mapToInt(List::size).sum(),
                    published.size(),
                    KILLS);
            assertThat(account.missing(kept)).as("owed and not kept").isEmpty();
            uplink.reopen();
            kitchen.start();
            Supervision.hasAll(platform.supervisor(), published, DRAINED);
            assertThat(platform.supervisor().missing(Lane.READING)).isEmpty();
        }
    }

    private static String list(Kitchen kitchen) {
        return Program.run(
                        List.of(
                                Kitchen.PROGRAM,
                                "sensors",
                                "list",
                                "--state",
                                kitchen.state().toString()))
                .text();
    }

    private static LocalProbes.Shape shape() {
        return new LocalProbes.Shape(
                PROBES,
                List.of(LocalProbeForm.ZIGBEE2MQTT, LocalProbeForm.ESPHOME),
                PER_SECOND,
                LocalProbeRadio.BAD);
    }

    private static String site(int uplink, int local, List<LocalProbe> probes) {
        var text = new StringBuilder(Supervision.platform(uplink));
        text.append("[broker]\nurl = \"mqtt://127.0.0.1:%d\"\n".formatted(local));
        for (var first = 0; first < probes.size(); first += SENSORS_PER_UNIT) {
            var last = Math.min(first + SENSORS_PER_UNIT, probes.size());
            text.append(
                    "[[unit]]\nid = \"unit-%d\"\nname = \"unit\"\nkind = \"ambient\"\n"
                            .formatted(first));
            for (var probe : probes.subList(first, last)) {
                text.append(
                        "[[unit.sensor]]\nid = \"%s\"\nmeasures = \"temperature\"\nsource = \"%s\"\n"
                                .formatted(probe.id(), probe.source()));
            }
        }
        return text.toString();
    }

    /** Nothing more comes: two looks a second apart see the same last entry of the probes. */
    private static boolean quiet(Kitchen kitchen) {
        var before = kitchen.kept();
        pass(Duration.ofSeconds(2));
        // The wired freezer goes on: a round each period.
        return before > 0 && kitchen.kept() - before < 10;
    }

    private static Map<String, List<Long>> kept(List<Entry> entries) {
        var kept = new HashMap<String, List<Long>>();
        for (var entry : entries) {
            if (entry.fact() instanceof Fact.Round(var readings)) {
                for (var reading : readings) {
                    if (reading instanceof Reading.Measured measured) {
                        kept.computeIfAbsent(measured.subject(), _ -> new ArrayList<>())
                                .add(measured.milli());
                    }
                }
            }
        }
        return kept;
    }

    private static void pass(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(Math.min(end - System.nanoTime(), TimeUnit.SECONDS.toNanos(1)));
        }
    }
}
