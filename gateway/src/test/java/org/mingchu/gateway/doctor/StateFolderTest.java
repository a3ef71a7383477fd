package org.mingchu.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.config.Checked;
import org.mingchu.config.Secrets;
import org.mingchu.gateway.shipped.Program;
import org.mingchu.gateway.shipped.SmallDisk;
import org.mingchu.sensors.ClockState;
import org.mingchu.sensors.Moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether the state folder can be written, on a real disk: what the kernel does, not what it is
 * called.
 */
class StateFolderTest {
    @TempDir private Path folder;

    private Path disk;
    private Path state;

    @BeforeEach
    void a_folder_on_a_disk() {
        disk = folder.resolve("disk");
        state = disk.resolve("state");
    }

    /** As the unit has it: ProtectSystem=strict and StateDirectory. */
    @Test
    void a_folder_that_is_bound_writable_below_a_disk_that_only_reads_can_be_written()
            throws IOException {
        try (var small = SmallDisk.on(disk)) {
            Files.createDirectories(state);
            Files.createDirectories(disk.resolve("other"));
            mount("--bind", state.toString(), state.toString());
            try {
                mount("-o", "remount,bind,ro", disk.toString());
                assertThat(writable(disk.resolve("other"))).isEqualTo("read-only");
                assertThat(writable(state)).isEqualTo("ok");
                assertThat(state).isEmptyDirectory();
            } finally {
                mount("-o", "remount,bind,rw", disk.toString());
                Program.run(List.of("umount", state.toString()));
            }
            small.remove("other");
        }
    }

    /** As ext4 does after errors: the file system stops, whatever is bound where. */
    @Test
    void a_disk_that_the_kernel_has_made_read_only_cannot() throws IOException {
        try (var small = SmallDisk.on(disk)) {
            Files.createDirectories(state);
            mount("--bind", state.toString(), state.toString());
            try {
                small.readOnly(true);
                assertThat(writable(state)).isEqualTo("read-only");
            } finally {
                small.readOnly(false);
                Program.run(List.of("umount", state.toString()));
            }
        }
    }

    @Test
    void a_full_disk_cannot_be_written_and_says_why() throws IOException {
        try (var small = SmallDisk.on(disk)) {
            Files.createDirectories(state);
            small.fill("filler", 0);
            assertThat(writable(state)).isEqualTo("unwritten");
            small.remove("filler");
            assertThat(writable(state)).isEqualTo("ok");
            assertThat(state).isEmptyDirectory();
        }
    }

    private static void mount(String... words) {
        var command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(words));
        var mounted = Program.run(command);
        assertThat(mounted.code()).as(mounted.text()).isZero();
    }

    private String writable(Path state) throws IOException {
        var patient =
                new Patient(
                        folder,
                        state,
                        folder.resolve("site.toml"),
                        Optional.empty(),
                        new Checked.Bad<>(List.of()),
                        Optional.empty(),
                        Secrets.NONE,
                        new Moment("b", 0, 0, ClockState.SYNCED, 0),
                        OptionalLong.empty(),
                        Optional.empty());
        for (var check : new DiskChecks(patient).all()) {
            if (check.id().equals("state.writable")) {
                return check.look().now().why();
            }
        }
        throw new AssertionError("no such check");
    }
}
