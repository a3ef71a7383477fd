package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.keep.Chronology;
import org.mingchu.gateway.keep.Corrected;
import org.mingchu.sensors.ClockState;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Measure 9 on the shipped program, under a wall clock that libfaketime moves: a boot in 1970, a
 * sync, steps of two hours and ten years while it runs, two boots without any clock.
 */
final class ClockIT {
    private static final String BOOT = "00000000-0000-4000-8000-00000000000";
    private static final Duration SCENE = Duration.ofMillis(Proof.pick(2_500, 2_500, 30_000));
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration ON_DELAY = Duration.ofSeconds(3);
    private static final Duration OFF_DELAY = Duration.ofSeconds(2);
    private static final int COLD = -18_000;
    private static final int WARM = -5_000;

    /** One sampling period, one wake, and a busy machine. */
    private static final Duration LATE_MAX = Duration.ofSeconds(3);

    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    /** Time since boot and wall clock are read one after the other. */
    private static final long SLACK_MS = 100;

    @TempDir private Path folder;

    @Test
    void no_step_of_the_wall_clock_loses_the_order_or_moves_a_delay() throws IOException {
        Proof.notInShort();
        var wall = new FakedWall(folder);
        try (var kitchen = new Kitchen(folder, 1, "", "")) {
            kitchen.under(wall.environment());
            boot(kitchen, wall, 1, false);
            wall.truth();
            sync(kitchen, true);
            lives(SCENE.multipliedBy(2));
            steps(kitchen, wall);
            kitchen.program().kill();
            for (var boot = 2; boot <= 3; boot++) {
                boot(kitchen, wall, boot, false);
                kitchen.program().kill();
            }
            wall.truth();
            boot(kitchen, wall, 4, true);
            kitchen.program().kill();
        }
        var record = Supervision.entries(folder.resolve("state"));
        ordered(record);
        delaysHold(Supervision.events(record, "freezer-high"));
        assertThat(stepsOf(record, Duration.ofHours(1))).hasSizeGreaterThanOrEqualTo(5);
        readRight(record);
    }

    private static void boot(Kitchen kitchen, FakedWall wall, int number, boolean synced)
            throws IOException {
        Files.writeString(
                kitchen.root().resolve("proc/sys/kernel/random/boot_id"), BOOT + number + "\n");
        sync(kitchen, synced);
        if (!synced) {
            wall.in1970();
        }
        kitchen.start();
    }

    private static void sync(Kitchen kitchen, boolean synced) throws IOException {
        var file = kitchen.root().resolve("run/systemd/timesync/synchronized");
        Files.deleteIfExists(file);
        if (synced) {
            Files.createFile(file);
        }
    }

    /** An alarm is raised and returns while the wall clock jumps about. */
    private static void steps(Kitchen kitchen, FakedWall wall) throws IOException {
        kitchen.temperature(1, WARM);
        for (var by :
                List.of(
                        Duration.ofHours(2),
                        Duration.ofHours(-2),
                        Duration.ofDays(3650),
                        Duration.ofDays(-3650))) {
            wall.wrongBy(by);
            lives(SCENE);
        }
        Eventually.within(
                SOON,
                "the alarm is raised",
                () -> kitchen.tryGet("/api/state"),
                () -> kitchen.tryGet("/api/state").contains("\"rule\":\"freezer-high\""));
        kitchen.temperature(1, COLD);
        wall.wrongBy(Duration.ofHours(2));
        Eventually.within(
                SOON,
                "the alarm has returned",
                () -> kitchen.tryGet("/api/state"),
                () -> kitchen.tryGet("/api/state").contains("unack-returned"));
        wall.truth();
        lives(SCENE.multipliedBy(2));
    }

    private static void ordered(List<Entry> record) {
        Entry last = null;
        for (var entry : record) {
            if (last != null) {
                assertThat(entry.seq()).isEqualTo(last.seq() + 1);
                if (entry.at().boot().equals(last.at().boot())) {
                    assertThat(entry.at().upNs()).isGreaterThanOrEqualTo(last.at().upNs());
                }
            }
            last = entry;
        }
        assertThat(record.stream().map(entry -> entry.at().boot()).distinct()).hasSize(4);
    }

    private static void delaysHold(List<Entry> events) {
        var raised = event(events.getFirst());
        assertThat(raised.change()).isEqualTo(AlarmChange.RAISED);
        var heldNs = events.getFirst().at().upNs() - raised.since().upNs();
        assertThat(Duration.ofNanos(heldNs)).isBetween(ON_DELAY, ON_DELAY.plus(LATE_MAX));
        assertThat(events).hasSize(2);
        assertThat(event(events.get(1)).change()).isEqualTo(AlarmChange.RETURNED);
        var lastedNs = events.get(1).at().upNs() - events.getFirst().at().upNs();
        assertThat(Duration.ofNanos(lastedNs)).isGreaterThanOrEqualTo(OFF_DELAY);
    }

    private static AlarmEvent event(Entry entry) {
        return ((Fact.Alarm) entry.fact()).event();
    }

    private static List<Fact.ClockSet> stepsOf(List<Entry> record, Duration atLeast) {
        var steps = new ArrayList<Fact.ClockSet>();
        for (var entry : record) {
            if (entry.fact() instanceof Fact.ClockSet set
                    && Math.abs(set.offsetMs()) >= atLeast.toMillis()) {
                steps.add(set);
            }
        }
        return steps;
    }

    private static void readRight(List<Entry> record) {
        var chronology = new Chronology(EARLIEST.toEpochMilli());
        record.forEach(chronology::add);
        // CLOCK_MONOTONIC, which no step moves, is CLOCK_BOOTTIME without a suspend
        var bootedMs = System.currentTimeMillis() - System.nanoTime() / 1_000_000;
        var lastMs = EARLIEST.toEpochMilli();
        for (var entry : record) {
            var trueMs = bootedMs + entry.at().upNs() / 1_000_000;
            var found = chronology.corrected(entry.at());
            var as = "%s read as %s, true is %s".formatted(entry, found, trueMs);
            assertThat(found.bounded()).as(as).isTrue();
            assertThat(Math.abs(found.wallMs() - trueMs))
                    .as(as)
                    .isLessThanOrEqualTo(found.errorMs() + SLACK_MS);
            assertThat(found.notBeforeMs()).as(as).isLessThanOrEqualTo(trueMs + SLACK_MS);
            assertThat(found.wallMs()).as(as).isGreaterThanOrEqualTo(lastMs - SLACK_MS);
            lastMs = found.wallMs();
            if (entry.at().clock() == ClockState.SYNCED) {
                assertThat(Math.abs(entry.at().wallMs() - trueMs)).as(as).isLessThan(SLACK_MS);
            }
            var clockless = entry.at().boot().endsWith("2") || entry.at().boot().endsWith("3");
            assertThat(found.basis() == Corrected.Basis.BETWEEN).as(as).isEqualTo(clockless);
        }
    }

    private static void lives(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
