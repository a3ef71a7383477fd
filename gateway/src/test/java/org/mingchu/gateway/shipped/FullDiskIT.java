package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A disk of 4 MiB that fills up: alarms go on, and with room again the record does too. */
final class FullDiskIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final Duration WORKS_AGAIN = Duration.ofSeconds(10);

    /** So little that the log cannot have its full size: it is soon used up. */
    private static final long LEFT_BYTES = 160 * 1024;

    /** More than the two that a back-off lets pass. */
    private static final int FILLS = 4;

    private static final int SILENCES = 100;

    private static final Pattern KEPT =
            Pattern.compile("\"kept\":\\{\"seq\":(\\d+),\"ageMs\":(\\d+)");

    @TempDir private Path folder;

    @Test
    void alarms_go_on_while_the_disk_is_full_and_the_record_goes_on_with_room() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 20, "", "");
                var disk = SmallDisk.on(kitchen.state())) {
            disk.fill("filler", LEFT_BYTES);
            kitchen.start();
            disk.fill("rest", 0);
            kitchen.temperature(1, -5_000);
            Eventually.within(
                    SOON,
                    "the alarm is raised on a full disk",
                    () -> kitchen.tryGet("/api/state"),
                    () -> kitchen.tryGet("/api/state").contains("\"rule\":\"freezer-high\""));

            var full = kept(kitchen).orElseThrow().seq();
            disk.remove("filler");
            disk.remove("rest");
            Eventually.within(
                    WORKS_AGAIN,
                    "it keeps again, without a restart",
                    () -> kitchen.tryGet("/api/state"),
                    () ->
                            said(kitchen, "event=record-on-disk") == 1
                                    && kept(kitchen)
                                            .filter(k -> k.seq() > full && k.ageMs() < 3_000)
                                            .isPresent());
            kitchen.program().kill();
            assertThat(Supervision.events(Supervision.published(kitchen.state()), "freezer-high"))
                    .isNotEmpty();
        }
    }

    @Test
    void each_of_several_fills_is_over_within_ten_seconds_of_room() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 1, "", "");
                var disk = SmallDisk.on(kitchen.state())) {
            kitchen.start();
            // Only what sounds can be silenced, and each silence is kept.
            kitchen.temperature(1, -5_000);
            Eventually.within(
                    SOON,
                    "the alarm is raised",
                    () -> kitchen.tryGet("/api/state"),
                    () -> kitchen.tryGet("/api/state").contains("\"rule\":\"freezer-high\""));
            for (var fill = 1; fill <= FILLS; fill++) {
                var nth = fill;
                Eventually.within(
                        SOON,
                        "fill %d: the record leaves the disk".formatted(fill),
                        () -> kitchen.program().lines(),
                        () -> {
                            fillOnce(disk);
                            silence(kitchen);
                            return said(kitchen, "event=record-in-memory") == nth;
                        });
                disk.remove("rest");
                var took =
                        Eventually.within(
                                WORKS_AGAIN,
                                "fill %d: it is on the disk again".formatted(fill),
                                () -> kitchen.program().lines(),
                                () -> said(kitchen, "event=record-on-disk") == nth);
                System.out.printf("event=on-disk fill=%d after_ms=%d%n", fill, took.toMillis());
            }
            kitchen.program().kill();
        }
    }

    private static void fillOnce(SmallDisk disk) {
        try {
            disk.fill("rest", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits that take room, as many as a second has. */
    private static void silence(Kitchen kitchen) {
        for (var i = 0; i < SILENCES; i++) {
            kitchen.post("/api/silence", "{}");
        }
    }

    private static long said(Kitchen kitchen, String words) {
        return kitchen.program().lines().stream().filter(line -> line.contains(words)).count();
    }

    private record Kept(long seq, long ageMs) {}

    private static Optional<Kept> kept(Kitchen kitchen) {
        var found = KEPT.matcher(kitchen.tryGet("/api/state"));
        return found.find()
                ? Optional.of(
                        new Kept(Long.parseLong(found.group(1)), Long.parseLong(found.group(2))))
                : Optional.empty();
    }
}
