package org.mingchu.gateway.shipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A whole Debian 13 in namespaces of its own: over a kept system (.ci/board) lies a folder that
 * takes all changes, and the network is the machine's, so that its programs reach our doubles.
 * Ended by its own handle. Only root can have one.
 */
final class Debian implements AutoCloseable {
    /** Where the shared folder stands in it. */
    static final String SHARED = "/srv/kitchen";

    /** Whose processor, and what runs first. */
    enum Kind {
        /** The machine's own, with systemd. */
        SYSTEMD("amd64", "/lib/systemd/systemd --log-target=console --show-status=false"),
        /** A Pi's, by qemu-user, which cannot be systemd's first process. */
        ARM64("arm64", "/bin/sleep infinity");

        private final String architecture;
        private final String first;

        Kind(String architecture, String first) {
            this.architecture = architecture;
            this.first = first;
        }
    }

    private static final Duration UP_WITHIN = Duration.ofSeconds(60);

    /** A first time, over the network. */
    private static final Duration MADE_WITHIN = Duration.ofMinutes(30);

    /** An installation makes the cache of the virtual machine. */
    private static final Duration COMMAND_WITHIN = Duration.ofMinutes(30);

    /** The first of its processes makes the file systems; what it becomes then is systemd. */
    private static final String BOOT =
            """
            set -e
            mount --make-rprivate /
            mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/all"
            cd "$2/all"
            mount -t proc proc proc
            mount -t sysfs sysfs sys
            mount -t cgroup2 cgroup2 sys/fs/cgroup
            mount -t tmpfs tmpfs run
            mount -t tmpfs tmpfs tmp
            mkdir -p .%s
            mount --bind "$3" .%s
            exec chroot . env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin $4
            """
                    .formatted(SHARED, SHARED);

    private final Program program;

    /**
     * Boots.
     *
     * @param folder takes what changes
     * @param shared what stands at {@link #SHARED}
     */
    Debian(Kind kind, Path folder, Path shared) throws IOException {
        for (var name : List.of("upper", "work", "all")) {
            Files.createDirectories(folder.resolve(name));
        }
        program =
                new Program(
                        List.of(
                                Peers.need("unshare").toString(),
                                "--mount",
                                "--pid",
                                "--fork",
                                "--uts",
                                "--ipc",
                                "--kill-child",
                                "bash",
                                "-c",
                                BOOT,
                                "boot",
                                base(kind.architecture).toString(),
                                folder.toString(),
                                shared.toString(),
                                kind.first));
        Eventually.within(UP_WITHIN, "it is up", program::lines, () -> isUp(kind));
    }

    private boolean isUp(Kind kind) {
        return switch (kind) {
            case SYSTEMD -> run("systemctl", "is-system-running").text().contains("running");
            case ARM64 -> run("test", "-d", SHARED).code() == 0;
        };
    }

    /** The kept system; made when it is not there. */
    private static Path base(String architecture) {
        Peers.needs(
                System.getProperty("user.name").equals("root"),
                "the package is installed in a system of its own, which only root can have");
        var made =
                Program.run(
                        List.of(
                                Path.of("..", ".ci", "board").toAbsolutePath().toString(),
                                architecture),
                        MADE_WITHIN);
        if (made.code() != 0) {
            throw new AssertionError("no system: " + made.text());
        }
        return Path.of(made.lines().getLast());
    }

    /** Whether its first process lives. */
    boolean isOn() {
        return program.alive() && program.handle().children().findFirst().isPresent();
    }

    /** Runs a command in it to its end. */
    Program.Ended run(String... command) {
        var first = program.handle().children().findFirst();
        return first.isEmpty()
                ? new Program.Ended(-1, List.of("it is not there: " + program.lines()))
                : Program.run(within(first.get(), command), COMMAND_WITHIN);
    }

    /** Starts a command in it. */
    Program start(String... command) {
        return new Program(within(program.handle().children().findFirst().orElseThrow(), command));
    }

    private static List<String> within(ProcessHandle first, String... command) {
        var whole =
                new ArrayList<>(
                        List.of(
                                "nsenter",
                                "-t",
                                "" + first.pid(),
                                "--mount",
                                "--pid",
                                "--uts",
                                "--ipc",
                                "--root",
                                "--wdns=/",
                                "env",
                                "-i",
                                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                                "DEBIAN_FRONTEND=noninteractive"));
        whole.addAll(Arrays.asList(command));
        return whole;
    }

    /** The same of a line for its shell, which has to end well. */
    String sh(String line) {
        var ended = run("sh", "-c", line);
        if (ended.code() != 0) {
            throw new AssertionError("%s: %d %s".formatted(line, ended.code(), ended.text()));
        }
        return ended.text();
    }

    @Override
    public void close() {
        program.close();
    }
}
