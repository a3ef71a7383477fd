package org.mingchu.gateway.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.keep.store.JournalException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;

class StateFolderTest {
    @TempDir Path temp;

    @Test
    void a_new_folder_is_for_its_owner_alone() throws IOException {
        var path = temp.resolve("a/state");
        try (var folder = StateFolder.open(path, new Random(1))) {
            assertThat(folder.path()).isEqualTo(path);
            for (var room : new String[] {"", "quarantine", "rules", "tls"}) {
                assertThat(mode(path.resolve(room))).isEqualTo("rwx------");
            }
            assertThat(mode(path.resolve("console.token"))).isEqualTo("rw-------");
            assertThat(path.resolve("lock")).exists();
        }
    }

    @Test
    void a_folder_that_stood_open_is_narrowed() throws IOException {
        StateFolder.open(temp, new Random(1)).close();
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        var token = temp.resolve("console.token");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        StateFolder.open(temp, new Random(1)).close();
        assertThat(mode(temp)).isEqualTo("rwx------");
        assertThat(mode(token)).isEqualTo("rw-------");
    }

    @Test
    void the_token_is_drawn_once_and_stays() throws IOException {
        var first = token(1);
        assertThat(first).matches("[0-9a-f]{64}");
        assertThat(token(2)).isEqualTo(first);
        assertThat(Files.readString(temp.resolve("console.token"))).isEqualTo(first + "\n");
    }

    @Test
    void a_broken_token_is_drawn_anew() throws IOException {
        var first = token(1);
        Files.writeString(temp.resolve("console.token"), "");
        assertThat(token(2)).matches("[0-9a-f]{64}").isNotEqualTo(first);
    }

    @Test
    void the_same_process_does_not_take_a_folder_twice() {
        try (var _ = StateFolder.open(temp, new Random(1))) {
            assertThatThrownBy(() -> StateFolder.open(temp, new Random(1)))
                    .isInstanceOf(StateInUse.class)
                    .hasMessageContaining(temp.toString());
        }
        StateFolder.open(temp, new Random(1)).close();
    }

    @Test
    void a_second_process_is_refused_until_the_first_is_killed()
            throws IOException, InterruptedException {
        var holder = start();
        try (var out = holder.inputReader()) {
            assertThat(out.readLine()).isEqualTo("held");
            assertThatThrownBy(() -> StateFolder.open(temp, new Random(1)))
                    .isInstanceOf(StateInUse.class)
                    .hasMessageContaining(temp.toString());
        } finally {
            holder.destroyForcibly();
            holder.waitFor();
        }
        StateFolder.open(temp, new Random(1)).close();
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws IOException {
        var file = Files.createFile(temp.resolve("file"));
        var below = file.resolve("state");
        assertThatThrownBy(() -> StateFolder.open(below, new Random(1)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(below.toString());
    }

    @Test
    void the_agent_holds_what_cannot_be_had_and_takes_it_when_it_can() throws IOException {
        var inTheWay = Files.createFile(temp.resolve("state"));
        try (var folder = StateFolder.hold(inTheWay, new Random(1))) {
            assertThatThrownBy(folder::settle).isInstanceOf(JournalException.class);
            assertThatThrownBy(folder::consoleToken).isInstanceOf(JournalException.class);
            Files.delete(inTheWay);
            folder.settle();
            assertThat(folder.consoleToken()).matches("[0-9a-f]{64}");
            assertThatThrownBy(() -> StateFolder.open(inTheWay, new Random(1)))
                    .isInstanceOf(StateInUse.class);
        }
    }

    @Test
    void a_second_agent_is_refused_as_well() {
        try (var _ = StateFolder.hold(temp, new Random(1))) {
            assertThatThrownBy(() -> StateFolder.hold(temp, new Random(1)))
                    .isInstanceOf(StateInUse.class);
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        temp.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private String token(long seed) {
        try (var folder = StateFolder.open(temp, new Random(seed))) {
            return folder.consoleToken();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** A process that takes the folder and waits to be killed. */
    static final class Holder {
        public static void main(String[] args) throws IOException {
            try (var _ = StateFolder.open(Path.of(args[0]), new Random(1))) {
                System.out.println("held");
                // Nobody writes; the end of input is the end of the parent.
                assertThat(System.in.read()).isEqualTo(-1);
            }
        }
    }
}
