package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.simulator.check.export.ExportVerifier;
import org.mingchu.simulator.note.VerifierKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A person who has acted, been put into quarantine and been entered again is erased. */
final class ErasureIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String NAME = "欧阳芷若";

    /** A snapshot is taken every 360 entries. */
    private static final int ENTRIES = 400;

    @TempDir private Path folder;

    @Test
    void an_erased_name_stands_nowhere_and_every_proof_holds() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 1, "", "")) {
            add(kitchen, "p-01", "manager", "Li");
            add(kitchen, "p-03", "staff", NAME);
            damagePeople(kitchen);
            kitchen.start();
            assertThat(kitchen.program().said("event=people-damaged")).isTrue();
            Eventually.within(
                    SOON,
                    "staff are told",
                    () -> kitchen.program().lines(),
                    () -> journal(kitchen, "status").text().contains("kept: damaged"));
            add(kitchen, "p-01", "manager", "Li");
            add(kitchen, "p-03", "staff", NAME);
            acts(kitchen);
            var before = files(kitchen, NAME);
            assertThat(before).anyMatch(file -> file.contains("quarantine"));

            assertThat(person(kitchen, "erase", "--id", "p-03").text()).isEqualTo("p-03 is erased");

            assertThat(files(kitchen, NAME)).isEmpty();
            assertThat(person(kitchen, "list").text()).contains("p-01").doesNotContain("p-03");
            assertThat(journal(kitchen, "verify").text()).startsWith("sound: ");
            exportIsProven(kitchen);
            assertThat(kitchen.program().terminate()).isEqualTo(143);
            assertThat(files(kitchen, NAME)).isEmpty();
            assertThat(journal(kitchen, "verify", "--offline").text()).startsWith("sound: ");
            assertThat(kitchen.program().lines()).noneMatch(line -> line.contains(NAME));
            assertThat(Supervision.published(kitchen.state()))
                    .as("what they did stays")
                    .anyMatch(entry -> entry.toString().contains("p-03"));
        }
    }

    /** Real acts by that person, and enough entries for a snapshot. */
    private static void acts(Kitchen kitchen) {
        kitchen.temperature(1, -5_000);
        Eventually.within(
                SOON,
                "the alarm is raised",
                () -> kitchen.tryGet("/api/state"),
                () -> kitchen.tryGet("/api/state").contains("\"rule\":\"freezer-high\""));
        var alarms = kitchen.tryGet("/api/state").split("\"alarms\"", 2)[1];
        var id = alarms.replaceAll("(?s)^.*?\"id\":\"([0-9a-f-]{36})\".*$", "$1");
        var body = "{\"alarm\":\"%s\",\"person\":\"p-03\"}".formatted(id);
        assertThat(kitchen.post("/api/acknowledge", body)).startsWith("200");
        var placed =
                journal(
                        kitchen,
                        "hold",
                        "place",
                        "--from",
                        "2026-11-01",
                        "--to",
                        "2026-11-02",
                        "--person",
                        "p-03",
                        "--reason",
                        "ill");
        assertThat(placed.text()).startsWith("placed hold-");
        for (var i = 0; i < ENTRIES; i++) {
            assertThat(kitchen.post("/api/silence", "{}")).startsWith("200");
        }
    }

    /** The names stay readable in what is put aside. */
    private static void damagePeople(Kitchen kitchen) throws IOException {
        var file = kitchen.state().resolve("people.db");
        var bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, 100, (byte) 0);
        Files.write(file, bytes);
    }

    private static List<String> files(Kitchen kitchen, String name) throws IOException {
        // One character per byte, so that a search in text is a search in bytes.
        var bytes = new String(name.getBytes(UTF_8), ISO_8859_1);
        var found = new ArrayList<String>();
        try (var all = Files.walk(kitchen.state())) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), ISO_8859_1).contains(bytes)) {
                    found.add(file.toString());
                }
            }
        }
        return found;
    }

    /** By both verifiers, which share no code. */
    private void exportIsProven(Kitchen kitchen) throws IOException {
        var zip = folder.resolve("record.zip");
        assertThat(journal(kitchen, "export", "--out", zip.toString()).code()).isZero();
        assertThat(Program.run(List.of(Kitchen.PROGRAM, "verify", zip.toString())).code()).isZero();
        var key = Files.readString(kitchen.state().resolve("device.vkey")).strip();
        var device = List.of(VerifierKey.of(key).orElseThrow());
        assertThat(ExportVerifier.verify(zip, device, List.of()).isProven()).isTrue();
        assertThat(new String(Files.readAllBytes(zip), ISO_8859_1))
                .doesNotContain(new String(NAME.getBytes(UTF_8), ISO_8859_1));
    }

    private static void add(Kitchen kitchen, String id, String role, String name) {
        var added = person(kitchen, "add", "--id", id, "--role", role, "--name", name);
        assertThat(added.code()).as(added.text()).isZero();
    }

    private static Program.Ended person(Kitchen kitchen, String... words) {
        return run(kitchen, "person", words);
    }

    private static Program.Ended journal(Kitchen kitchen, String... words) {
        return run(kitchen, "journal", words);
    }

    private static Program.Ended run(Kitchen kitchen, String command, String... words) {
        var all = new ArrayList<>(List.of(Kitchen.PROGRAM, command));
        all.addAll(List.of(words));
        all.addAll(List.of("--state", kitchen.state().toString()));
        return Program.run(all);
    }
}
