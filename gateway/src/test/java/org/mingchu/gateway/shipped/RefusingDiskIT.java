package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A start on a disk that takes nothing: the kitchen is watched, and the record comes to the disk.
 */
final class RefusingDiskIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration ON_DISK_WITHIN = Duration.ofSeconds(10);
    private static final Pattern ALARM = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    @TempDir private Path folder;

    @Test
    void a_start_on_a_disk_that_only_reads_watches_and_goes_to_the_disk_when_it_writes()
            throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 1, "", "");
                var disk = SmallDisk.on(kitchen.state())) {
            person(kitchen);
            kitchen.start();
            assertThat(kitchen.program().terminate()).isEqualTo(143);
            disk.readOnly(true);
            watchesAndComesBack(kitchen, () -> disk.readOnly(false));
        }
    }

    @Test
    void a_first_start_on_a_disk_that_only_reads_does_so_too() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 1, "", "");
                var disk = SmallDisk.on(kitchen.state())) {
            disk.readOnly(true);
            kitchen.start();
            rings(kitchen);
            disk.readOnly(false);
            onDisk(kitchen);
        }
    }

    @Test
    void a_first_start_on_a_full_disk_does_so_too() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 1, "", "");
                var disk = SmallDisk.on(kitchen.state())) {
            disk.fill("filler", 0);
            kitchen.start();
            rings(kitchen);
            disk.remove("filler");
            onDisk(kitchen);
        }
    }

    private void watchesAndComesBack(Kitchen kitchen, Runnable mend) throws IOException {
        kitchen.start();
        rings(kitchen);
        var alarm = ALARM.matcher(kitchen.tryGet("/api/state").split("\"alarms\"", 2)[1]);
        assertThat(alarm.find()).isTrue();
        var body = "{\"alarm\":\"%s\",\"person\":\"p-03\"}".formatted(alarm.group(1));
        assertThat(kitchen.post("/api/acknowledge", body)).startsWith("200");
        mend.run();
        onDisk(kitchen);
    }

    /** Page, first reading, alarm and buzzer. */
    private static void rings(Kitchen kitchen) {
        Eventually.within(
                SOON,
                "it says that it watches",
                () -> kitchen.program().lines().toString(),
                () -> kitchen.program().said("event=watching"));
        kitchen.temperature(1, -5_000);
        Eventually.within(
                SOON,
                "the alarm is raised",
                () -> kitchen.tryGet("/api/state") + kitchen.program().lines(),
                () -> kitchen.tryGet("/api/state").contains("\"rule\":\"freezer-high\""));
        Eventually.within(SOON, "the buzzer sounds", () -> sounds(kitchen));
    }

    private static boolean sounds(Kitchen kitchen) {
        try {
            var pin = kitchen.root().resolve("sys/class/gpio/gpio22/value");
            return Files.readString(pin).strip().equals("1");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void onDisk(Kitchen kitchen) throws IOException {
        var took =
                Eventually.within(
                        ON_DISK_WITHIN,
                        "the record is on the disk",
                        () -> kitchen.program().lines(),
                        () -> kitchen.program().said("event=record-on-disk"));
        System.out.printf("event=on-disk after_ms=%d%n", took.toMillis());
        Eventually.within(
                ON_DISK_WITHIN,
                "commands reach it",
                () -> status(kitchen).lines(),
                () -> status(kitchen).text().contains("kept: sound"));
        kitchen.program().kill();
        assertThat(Supervision.events(Supervision.published(kitchen.state()), "freezer-high"))
                .isNotEmpty();
    }

    private static Program.Ended status(Kitchen kitchen) {
        return Program.run(
                List.of(Kitchen.PROGRAM, "journal", "status", "--state", "" + kitchen.state()));
    }

    private static void person(Kitchen kitchen) {
        var added =
                Program.run(
                        List.of(
                                Kitchen.PROGRAM,
                                "person",
                                "add",
                                "--state",
                                "" + kitchen.state(),
                                "--id",
                                "p-03",
                                "--role",
                                "staff",
                                "--name",
                                "Li"));
        assertThat(added.code()).isZero();
    }
}
