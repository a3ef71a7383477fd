package org.mingchu.gateway.shipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A whole Debian 13 with systemd as its first process, in namespaces of its own: over a kept system
 * (.ci/board) lies a folder that takes all changes, and the network is the machine's, so that its
 * programs reach our doubles. Ended by its own handle. Only root can have one.
 */
final class Debian implements AutoCloseable {
    /** Where the shared folder stands in it. */
    static final String SHARED = "/srv/kitchen";

    private static final Duration UP_WITHIN = Duration.ofSeconds(60);

    /** A first time, over the network. */
    private static final Duration MADE_WITHIN = Duration.ofMinutes(30);

    /** An installation makes the cache of the virtual machine. */
    private static final Duration COMMAND_WITHIN = Duration.ofMinutes(3);

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
            exec chroot . env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin \
              /lib/systemd/systemd --log-target=console --show-status=false --unit=multi-user.target
            """
                    .formatted(SHARED, SHARED);

    private final Program program;

    /**
     * Boots.
     *
     * @param folder takes what changes
     * @param shared what stands at {@link #SHARED}
     */
    Debian(Path folder, Path shared) throws IOException {
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
                                base().toString(),
                                folder.toString(),
                                shared.toString()));
        Eventually.within(
                UP_WITHIN,
                "systemd is up",
                program::lines,
                () -> run("systemctl", "is-system-running").text().contains("running"));
    }

    /** The kept system; made when it is not there. */
    private static Path base() {
        Peers.needs(
                System.getProperty("user.name").equals("root"),
                "the package is installed in a system of its own, which only root can have");
        var made =
                Program.run(
                        List.of(Path.of("..", ".ci", "board").toAbsolutePath().toString()),
                        MADE_WITHIN);
        if (made.code() != 0) {
            throw new AssertionError("no system: " + made.text());
        }
        return Path.of(made.lines().getLast());
    }

    /** Runs a command in it to its end. */
    Program.Ended run(String... command) {
        var first = program.handle().children().findFirst();
        if (first.isEmpty()) {
            return new Program.Ended(-1, List.of("it is not there: " + program.lines()));
        }
        var whole =
                new ArrayList<>(
                        List.of(
                                "nsenter",
                                "-t",
                                "" + first.get().pid(),
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
        return Program.run(whole, COMMAND_WITHIN);
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
