package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.keep.proof.ExportSamples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a technician and an inspector do with the record, with the shipped program. */
final class JournalCommandsIT {
    @TempDir private Path folder;

    @Test
    void the_record_is_exported_proven_and_found_damaged() throws IOException, SQLException {
        try (var kitchen = kitchen()) {
            assertThat(journal(kitchen, "status").code()).isEqualTo(6);
            start(kitchen);
            aFlippedByteIsNamed(exportIsProven(kitchen));
            assertThat(kitchen.program().terminate()).isEqualTo(143);
            harm(kitchen, 1);
            var harmed = journal(kitchen, "verify", "--offline");
            assertThat(harmed.text()).contains("NOT SOUND; first bad: epoch ", " seq 1: ");
            assertThat(harmed.code()).isOne();
        }
    }

    @Test
    void evidence_is_held_until_two_roles_release_it() throws IOException {
        Proof.notInShort();
        try (var kitchen = kitchen()) {
            person(kitchen, "p-01", "manager");
            person(kitchen, "p-02", "safety-officer");
            start(kitchen);
            holds(kitchen);
            holdsByTime(kitchen);
        }
    }

    @Test
    void the_record_answers_and_shows_its_key() throws IOException {
        Proof.notInShort();
        try (var kitchen = kitchen()) {
            start(kitchen);
            questions(kitchen);
            key(kitchen);
            exportIsRefused(kitchen);
        }
    }

    @Test
    void it_is_verified_and_repaired_while_the_agent_runs_and_when_it_does_not()
            throws IOException {
        Proof.notInShort();
        try (var kitchen = kitchen()) {
            start(kitchen);
            var address = kitchen.state().resolve("console.address");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(address)))
                    .isEqualTo("rw-------");
            assertThat(journal(kitchen, "verify").text()).startsWith("sound: ");
            assertThat(journal(kitchen, "repair").text()).contains("condition sound");
            assertThat(journal(kitchen, "verify", "--offline").code()).isEqualTo(71);

            assertThat(kitchen.program().terminate()).isEqualTo(143);
            assertThat(address).doesNotExist();
            assertThat(journal(kitchen, "verify", "--offline").text()).startsWith("sound: ");
            assertThat(journal(kitchen, "last", "--offline").text())
                    .contains("freezer-1-air", "°C");
            assertThat(journal(kitchen, "repair", "--offline").text()).contains("condition sound");
            assertThat(journal(kitchen, "status", "--offline").lines())
                    .as("no new epoch by offline repair")
                    .filteredOn(line -> line.startsWith("epoch "))
                    .hasSize(1);
        }
    }

    private Kitchen kitchen() throws IOException {
        return new Kitchen(folder, 2, "", "");
    }

    private static void start(Kitchen kitchen) throws IOException {
        kitchen.start();
        Eventually.within(
                Duration.ofSeconds(10),
                "rounds are kept and signed",
                () -> journal(kitchen, "status").lines(),
                () -> journal(kitchen, "status", "--json").text().contains("oldestReadingAt"));
    }

    private void holds(Kitchen kitchen) {
        var words = List.of("--reason", "illness on 1 November");
        var stranger =
                hold(
                        kitchen,
                        words,
                        "place",
                        "--from",
                        "2026-11-01",
                        "--to",
                        "2026-11-01",
                        "--person",
                        "p-99");
        assertThat(stranger.code()).isOne();
        assertThat(stranger.text()).contains("there is no person 'p-99'");
        var placed =
                hold(
                        kitchen,
                        words,
                        "place",
                        "--from",
                        "2026-11-01",
                        "--to",
                        "2026-11-01",
                        "--person",
                        "p-01");
        assertThat(placed.text()).startsWith("placed hold-");
        var id = placed.text().substring("placed ".length());
        assertThat(journal(kitchen, "hold", "list").text()).contains(id, "releases: 0 of 2");
        assertThat(hold(kitchen, words, "release", id, "--person", "p-01").text())
                .contains("in force until another role says so");
        assertThat(hold(kitchen, words, "release", id, "--person", "p-01").code()).isOne();
        assertThat(hold(kitchen, words, "release", id, "--person", "p-02").text())
                .isEqualTo("released " + id);
        assertThat(journal(kitchen, "hold", "list").text()).isEqualTo("no holds");
        assertThat(
                        journal(
                                        kitchen,
                                        "correct",
                                        "--seq",
                                        "1",
                                        "--text",
                                        "door was open",
                                        "--person",
                                        "p-01")
                                .text())
                .isEqualTo("added to entry 1");
    }

    private void questions(Kitchen kitchen) throws IOException {
        var subject = "freezer-1-air";
        assertThat(journal(kitchen, "status").text())
                .contains("raw-reading", "unverified", "budget");
        assertThat(journal(kitchen, "last").text()).contains(subject, "°C");
        assertThat(journal(kitchen, "chart", subject, "--days", "1").text()).contains("●");
        assertThat(journal(kitchen, "completeness").text()).contains(subject, " %");
        assertThat(journal(kitchen, "readings", subject, "--from", "2026-01-01").text())
                .contains(",value,-");
        var outside =
                journal(kitchen, "excursions", subject, "--above", "-60", "--from", "2026-01-01");
        assertThat(outside.text()).contains("above: ", " minutes in all");
        assertThat(journal(kitchen, "sample", subject, "--from", "2026-01-01", "--json").text())
                .contains("\"schema\":\"kfs/journal-sample/1\"");
        var stranger = journal(kitchen, "chart", "fridge-9");
        assertThat(stranger.code()).isEqualTo(2);
        var unreadable = journal(kitchen, "readings", subject, "--from", "yesterday");
        assertThat(unreadable.code()).isEqualTo(2);
    }

    private void key(Kitchen kitchen) {
        var fingerprint = journal(kitchen, "key").text();
        assertThat(fingerprint).matches("([0-9a-f]{4} ){15}[0-9a-f]{4}");
        assertThat(journal(kitchen, "status").text()).contains("device key: " + fingerprint);
        var drawing = folder.resolve("key.svg");
        assertThat(journal(kitchen, "key", "--svg", drawing.toString()).code()).isZero();
        assertThat(drawing).content().contains("<svg");

        assertThat(journal(kitchen, "prove", "--seq", "1").text()).startsWith("entry 1 of epoch ");
        assertThat(journal(kitchen, "prove", "--from-size", "1", "--to-size", "3", "--json").text())
                .contains("\"schema\":\"kfs/consistency-proof/1\"");
        assertThat(journal(kitchen, "prove", "--seq", "999999").code()).isEqualTo(2);
    }

    private void holdsByTime(Kitchen kitchen) {
        var words = List.of("--reason", "a guest fell ill", "--person", "p-01");
        assertThat(hold(kitchen, words, "place", "--at", "2026-11-10T12:00Z").code()).isZero();
        assertThat(journal(kitchen, "hold", "list").text())
                .matches("(?s).*: 2026-11-08T\\S+ to 2026-11-12T\\S+, a guest fell ill.*");
        var unknown = hold(kitchen, words, "place", "--alarm", "no-such-alarm");
        assertThat(unknown.code()).isOne();
        assertThat(unknown.text()).contains("the record has no such alarm");
    }

    private Path exportIsProven(Kitchen kitchen) throws IOException {
        var zip = folder.resolve("record.zip");
        var exported = journal(kitchen, "export", "--out", zip.toString());
        assertThat(exported.text()).contains("record.zip: ");
        var judged = verify(zip);
        assertThat(judged.text()).endsWith("PROVEN").doesNotContain("NOT PROVEN");
        assertThat(judged.code()).isZero();
        assertThat(Program.run(List.of(Kitchen.PROGRAM, "verify", zip.toString())).code()).isZero();
        return zip;
    }

    private void exportIsRefused(Kitchen kitchen) throws IOException {
        var zip = Files.createFile(folder.resolve("mine.zip"));
        assertThat(journal(kitchen, "export", "--out", zip.toString()).code()).isEqualTo(2);
        var none = folder.resolve("none.zip");
        var empty = journal(kitchen, "export", "--out", none.toString(), "--to", "2020-01-01");
        assertThat(empty.code()).isOne();
        assertThat(empty.text()).contains("nothing was recorded in the asked time");
        assertThat(none).doesNotExist();
    }

    private void aFlippedByteIsNamed(Path zip) throws IOException {
        var files = ExportSamples.unzip(Files.readAllBytes(zip));
        var entries = files.keySet().stream().filter(f -> f.endsWith("/entries.cbor")).findFirst();
        var bytes = ExportSamples.file(files, entries.orElseThrow());
        bytes[bytes.length - 3] ^= 1;
        var forged = verify(Files.write(folder.resolve("forged.zip"), ExportSamples.rezip(files)));
        assertThat(forged.code()).isOne();
        assertThat(forged.text()).contains("NOT PROVEN; first bad: epoch ", " seq ");
    }

    /** Flips a byte of an entry where it is stored. */
    private static void harm(Kitchen kitchen, int seq) throws SQLException {
        var url = "jdbc:sqlite:" + kitchen.state().resolve("journal.db");
        try (var connection = DriverManager.getConnection(url);
                var read =
                        connection.prepareStatement(
                                "SELECT pos, bytes FROM entries ORDER BY pos LIMIT 1 OFFSET ?");
                var write =
                        connection.prepareStatement("UPDATE entries SET bytes = ? WHERE pos = ?")) {
            read.setInt(1, seq - 1);
            try (var row = read.executeQuery()) {
                assertThat(row.next()).isTrue();
                var bytes = row.getBytes(2);
                bytes[bytes.length - 1] ^= 1;
                write.setBytes(1, bytes);
                write.setLong(2, row.getLong(1));
            }
            assertThat(write.executeUpdate()).isOne();
        }
    }

    private static void person(Kitchen kitchen, String id, String role) {
        var state = kitchen.state().toString();
        var added =
                Program.run(
                        List.of(
                                Kitchen.PROGRAM,
                                "person",
                                "add",
                                "--state",
                                state,
                                "--id",
                                id,
                                "--role",
                                role,
                                "--name",
                                "Li"));
        assertThat(added.code()).isZero();
    }

    private static Program.Ended hold(Kitchen kitchen, List<String> more, String... words) {
        var all = new ArrayList<>(List.of("hold"));
        all.addAll(List.of(words));
        all.addAll(more);
        return journal(kitchen, all.toArray(String[]::new));
    }

    private static Program.Ended journal(Kitchen kitchen, String... words) {
        var command = new ArrayList<>(List.of(Kitchen.PROGRAM, "journal"));
        command.addAll(List.of(words));
        command.addAll(List.of("--state", kitchen.state().toString()));
        return Program.run(command);
    }

    private static Program.Ended verify(Path file) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = Kitchen.HOME.resolve("verify/mingchu-verify.jar").toString();
        return Program.run(List.of(java, "-jar", jar, file.toString()));
    }
}
