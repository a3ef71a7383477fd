package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.keep.store.JournalException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class HomeTest {
    @TempDir private Path temp;
    private Path state;

    @BeforeEach
    void makeState() throws IOException {
        state = Files.createDirectory(temp.resolve("state"));
    }

    @Test
    void a_folder_is_the_same_however_often_it_is_asked_and_whatever_is_written_into_it()
            throws IOException {
        var fresh = Home.of(state);
        assertThat(Home.of(state)).isEqualTo(fresh);
        Files.writeString(state.resolve("journal.db"), "one");
        assertThat(Home.of(state)).isEqualTo(fresh);
        Files.delete(state.resolve("journal.db"));
        assertThat(Home.of(state)).isEqualTo(fresh);
    }

    @Test
    void a_moved_folder_is_still_the_same() throws IOException {
        var before = Home.of(state);
        var moved =
                Files.move(state, Files.createDirectory(temp.resolve("other")).resolve("renamed"));
        assertThat(Home.of(moved)).isEqualTo(before);
    }

    @Test
    void a_link_to_the_folder_is_the_folder() throws IOException {
        var link = Files.createSymbolicLink(temp.resolve("link"), state);
        assertThat(Home.of(link)).isEqualTo(Home.of(state));
    }

    @Test
    void a_copy_with_all_its_times_is_another() throws Exception {
        Files.writeString(state.resolve("journal.db"), "one");
        run("cp", "-a", "state", "copy");
        var copy = temp.resolve("copy");
        assertThat(Home.of(copy)).isNotEqualTo(Home.of(state));
        assertThat(Home.of(copy.resolve("journal.db")))
                .isNotEqualTo(Home.of(state.resolve("journal.db")));
    }

    @Test
    void a_folder_that_was_removed_and_restored_is_another() throws Exception {
        Files.writeString(state.resolve("journal.db"), "one");
        var before = Home.of(state);
        run("tar", "-cf", "state.tar", "state");
        run("rm", "-r", "state");
        run("tar", "-xf", "state.tar");
        assertThat(Home.of(state)).isNotEqualTo(before);
    }

    @Test
    void a_restore_into_the_old_folder_is_seen_at_its_files() throws Exception {
        var journal = Files.writeString(state.resolve("journal.db"), "one");
        var folderBefore = Home.of(state);
        var journalBefore = Home.of(journal);
        run("tar", "-cf", "state.tar", "state");
        Files.writeString(journal, "two");
        assertThat(Home.of(journal)).isEqualTo(journalBefore);

        run("tar", "-xf", "state.tar");

        assertThat(Files.readString(journal)).isEqualTo("one");
        assertThat(Home.of(state)).isEqualTo(folderBefore);
        assertThat(Home.of(journal)).isNotEqualTo(journalBefore);
    }

    @Test
    void where_the_file_system_keeps_no_birth_the_inode_counts() throws IOException {
        // proc keeps none, and nothing there can be changed
        var folder = Path.of("/proc/self");
        assertThat(Home.of(folder)).matches("inode-[0-9]+").isEqualTo(Home.of(folder));
        assertThat(Home.of(state)).matches("(born|inode)-[0-9]+");
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        var nowhere = temp.resolve("nowhere");
        assertThatThrownBy(() -> Home.of(nowhere))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(nowhere.toString());
    }

    private void run(String... command) throws IOException, InterruptedException {
        awaitNextTick();
        var process =
                new ProcessBuilder(command)
                        .directory(temp.toFile())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** What is made within one tick of the kernel's clock, up to 10 ms, has the same birth. */
    private void awaitNextTick() throws IOException {
        var first = Home.of(Files.createTempFile(temp, "tick", ""));
        var next = first;
        while (next.equals(first)) {
            var probe = Files.createTempFile(temp, "tick", "");
            next = Home.of(probe);
            Files.delete(probe);
        }
    }
}
