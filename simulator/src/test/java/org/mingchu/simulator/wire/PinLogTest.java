package org.mingchu.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

final class PinLogTest {
    private static final int BUZZER = 22;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir Path root;

    @Test
    void each_change_of_the_buzzer_is_seen_in_order() throws InterruptedException {
        var tree = new SysfsTree(root, "00000000-0000-4000-8000-000000000001");
        try (var log = new PinLog(tree, List.of(BUZZER), System::nanoTime)) {
            long fromNs = System.nanoTime();
            for (int beep = 0; beep < 3; beep++) {
                tree.input(BUZZER, Level.HIGH);
                var on = log.await(BUZZER, Level.HIGH, fromNs, PATIENCE).orElseThrow();
                tree.input(BUZZER, Level.LOW);
                var off = log.await(BUZZER, Level.LOW, on.upNs(), PATIENCE).orElseThrow();
                assertThat(off.upNs()).isGreaterThan(on.upNs());
                fromNs = off.upNs();
            }
            assertThat(log.changes(BUZZER).stream().map(PinLog.Change::level))
                    .containsExactly(
                            Level.HIGH, Level.LOW, Level.HIGH, Level.LOW, Level.HIGH, Level.LOW);
        }
    }

    @Test
    void a_silent_buzzer_ends_the_patience_with_nothing() throws InterruptedException {
        var tree = new SysfsTree(root, "00000000-0000-4000-8000-000000000001");
        try (var log = new PinLog(tree, List.of(BUZZER), System::nanoTime)) {
            assertThat(log.await(BUZZER, Level.HIGH, 0, Duration.ofMillis(50))).isEmpty();
            assertThat(log.changes(BUZZER)).isEmpty();
        }
    }
}
