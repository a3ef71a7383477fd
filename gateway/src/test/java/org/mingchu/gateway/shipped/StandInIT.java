package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A slip of the pen in a file that the gateway follows, and the restart after it. */
final class StandInIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path folder;

    @Test
    void a_kitchen_is_watched_on_by_the_copy_when_its_site_file_is_broken() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 1, "", "")) {
            watchedOnce(kitchen);
            var good = Files.readString(kitchen.site());
            Files.writeString(kitchen.site(), good.replace("\"freezer\"", "\"freezre\""));
            // What the unit leaves after each end.
            Files.writeString(kitchen.state().resolve("ended"), "success exited 0\n");

            kitchen.start();

            assertThat(kitchen.program().lines())
                    .anyMatch(line -> line.matches(".*site\\.toml:\\d+:\\d+: unit\\[1].*freezre.*"))
                    .anyMatch(line -> line.contains("event=plan-stands-in by=copy"))
                    .anyMatch(line ->
                            line.matches(".*event=restarted .*goes on by copy.*unit\\[1].*"))
                    .noneMatch(line -> line.matches(".*event=restarted .*freezre.*"));
            goesOn(kitchen, "copy");
            mended(kitchen, good);
        }
    }

    /** As the doctor says; then it follows its own file again. */
    private void mended(Kitchen kitchen, String good) throws IOException {
        assertThat(mingchu(kitchen, "doctor").text())
                .contains("[site.file]", "[site.current]", "mingchu site use");

        var mended = Files.writeString(folder.resolve("copy.toml"), good);
        assertThat(mingchu(kitchen, "site", "use", mended.toString()).code()).isZero();
        kitchen.program().terminate();
        kitchen.start();
        assertThat(kitchen.tryGet("/api/state")).doesNotContain("standIn");
    }

    @Test
    void a_kitchen_is_watched_on_without_secrets_that_are_open_to_all() throws IOException {
        Proof.notInShort();
        try (var kitchen =
                new Kitchen(folder, 1, "", "[office]\nuser = \"a\"\npassword = \"uS3x-kk!9\"\n")) {
            watchedOnce(kitchen);
            Files.setPosixFilePermissions(
                    folder.resolve("secrets.toml"), PosixFilePermissions.fromString("rw-r--r--"));

            kitchen.start();

            goesOn(kitchen, "no-secrets");
            assertThat(kitchen.program().lines()).noneMatch(line -> line.contains("uS3x"));
            assertThat(mingchu(kitchen, "doctor").text()).contains("[site.current]", "chmod 600");
        }
    }

    @Test
    void a_file_that_can_be_used_and_names_no_unit_is_a_wish() throws IOException {
        Proof.notInShort();
        try (var kitchen = new Kitchen(folder, 1, "", "")) {
            watchedOnce(kitchen);
            var good = Files.readString(kitchen.site());
            Files.writeString(kitchen.site(), good.substring(0, good.indexOf("[[unit]]")));

            assertThat(Program.run(kitchen.command()).code()).isEqualTo(78);
        }
    }

    private static void watchedOnce(Kitchen kitchen) {
        kitchen.start();
        Eventually.within(
                SOON,
                "its plan is kept",
                () -> kitchen.program().lines(),
                () -> kitchen.program().said("event=plan-kept"));
        kitchen.program().terminate();
    }

    private static void goesOn(Kitchen kitchen, String by) {
        assertThat(kitchen.tryGet("/api/state")).contains("\"standIn\":\"" + by + '"');
        var begun = kitchen.kept();
        Eventually.within(SOON, "it keeps readings", () -> kitchen.kept() > begun + 1);
        assertThat(kitchen.state().resolve("plan/site.toml")).exists();
    }

    private static Program.Ended mingchu(Kitchen kitchen, String... words) {
        var command = new ArrayList<>(List.of(Kitchen.PROGRAM));
        command.addAll(List.of(words));
        command.addAll(List.of("--site", kitchen.site().toString()));
        if (words[0].equals("doctor")) {
            command.addAll(
                    List.of(
                            "--language",
                            "en",
                            "--state",
                            kitchen.state().toString(),
                            "--root",
                            kitchen.root().toString()));
        }
        return Program.run(command);
    }
}
