package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.AlarmChange;
import org.mingchu.gateway.judge.AlarmEvent;
import org.mingchu.gateway.judge.Entry;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.simulator.platform.Lane;
import org.mingchu.simulator.wire.Broker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** SIGKILL at random moments while readings, alarms and drains run, half of them in an outage. */
final class KillIT {
    private static final int KILLS = Proof.pick(3, 6, 500);

    /** Lives end at random, many of them before a reading: a run of 500 kills had 365 in all. */
    private static final int READINGS_MIN = Proof.pick(3, 6, 300);

    private static final int FREEZERS = 6;
    private static final int COLD = -18_000;
    private static final int WARM = -5_000;
    private static final Duration LIFE_MIN = Duration.ofMillis(300);
    private static final Duration LIFE_MAX = Duration.ofSeconds(6);
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir private Path folder;

    @Test
    void nothing_committed_is_missing_at_the_platform() throws IOException {
        var chance = new Random(2026);
        var lives = new Lives();
        try (var broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
                var platform = Supervision.at(broker.port());
                var kitchen =
                        new Kitchen(folder, FREEZERS, Supervision.platform(broker.port()), "")) {
            for (var kill = 0; kill < KILLS; kill++) {
                kitchen.temperature(
                        1 + chance.nextInt(FREEZERS), chance.nextBoolean() ? WARM : COLD);
                if (kill % 2 == 0) {
                    broker.refuse();
                } else {
                    linkOf(broker, chance.nextInt(2));
                }
                var launched = System.nanoTime();
                live(kitchen, chance);
                lives.add(launched, System.nanoTime());
                kitchen.program().kill();
            }
            lives.audit(Supervision.entries(kitchen.state()));
            broker.reopen();
            kitchen.start();
            Eventually.within(
                    SOON,
                    "the backlog drains",
                    platform.supervisor()::view,
                    () -> platform.supervisor().count(Lane.READING) > READINGS_MIN);
            var committed = committedSoFar(kitchen);
            Supervision.hasAll(platform.supervisor(), committed, SOON);
            assertThat(platform.supervisor().missing(Lane.ALARM)).isEmpty();
            kitchen.program().kill();
            wholeChainVerifies(kitchen);
        }
    }

    @Test
    void a_delay_that_runs_when_the_process_dies_goes_on() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 1, "", "")) {
            kitchen.start();
            kitchen.temperature(1, WARM);
            Eventually.within(
                    SOON,
                    "the warm value is kept",
                    () -> kitchen.tryGet("/api/state").contains("\"milli\":-5000"));
            kitchen.program().kill();
            var killed = System.nanoTime();
            kitchen.start();
            Eventually.within(
                    SOON,
                    "the alarm is raised",
                    () -> kitchen.tryGet("/api/state"),
                    () -> kitchen.tryGet("/api/state").contains("\"rule\":\"freezer-high\""));
            kitchen.program().kill();

            var events = Supervision.events(Supervision.published(kitchen.state()), "freezer-high");
            assertThat(events).hasSize(1);
            assertThat(event(events.getFirst()).change()).isEqualTo(AlarmChange.RAISED);
            // System.nanoTime is CLOCK_MONOTONIC: the same as CLOCK_BOOTTIME without a suspend.
            assertThat(event(events.getFirst()).since().upNs()).isLessThan(killed);
        }
    }

    /** Every leaf, link, checkpoint and proof of the record, by the command that people use. */
    private static void wholeChainVerifies(Kitchen kitchen) {
        var ended =
                Program.run(
                        List.of(
                                Kitchen.PROGRAM,
                                "journal",
                                "verify",
                                "--offline",
                                "--state",
                                kitchen.state().toString()));
        assertThat(ended.code()).as(ended.toString()).isZero();
    }

    private static void linkOf(Broker broker, int weather) {
        switch (weather) {
            case 0 -> broker.reopen();
            default -> broker.cut();
        }
    }

    private static void live(Kitchen kitchen, Random chance) {
        kitchen.launch();
        var span = LIFE_MAX.toMillis() - LIFE_MIN.toMillis();
        var life = LIFE_MIN.toMillis() + (long) (chance.nextDouble() * span);
        var end = System.nanoTime() + Duration.ofMillis(life).toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        assertThat(kitchen.program().alive()).as("" + kitchen.program().lines()).isTrue();
    }

    /** What the disk holds after one more kill; the program then goes on to deliver it. */
    private static List<Entry> committedSoFar(Kitchen kitchen) {
        kitchen.program().kill();
        var committed = Supervision.published(kitchen.state());
        kitchen.start();
        assertThat(committed).isNotEmpty();
        return committed;
    }

    private static AlarmEvent event(Entry entry) {
        return ((Fact.Alarm) entry.fact()).event();
    }
}
