package org.mingchu.sensors.kernel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether the machine's network ports have a link, as the kernel's files tell. Only what is
 * hardware counts: the loopback, bridges and tunnels have a carrier without any cable. A port that
 * is switched off tells nothing. A read that hangs is left behind, and none begins before it has
 * returned. One thread.
 */
public final class NetworkPorts {
    /** Longest wait for the kernel: a driver that hangs holds the lock these files take. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String NO_LINK = "0";
    private static final Logger LOG = LoggerFactory.getLogger(NetworkPorts.class);

    private final Path ports;
    private Optional<FutureTask<List<String>>> asked = Optional.empty();
    private boolean unplugged;

    /**
     * @param root of the tree the files are read from: {@code /}, or a simulated kitchen
     */
    public NetworkPorts(Path root) {
        this.ports = root.resolve("sys/class/net");
    }

    /**
     * Whether there are ports that tell, and none of them has a link. Where no port tells, nothing
     * is claimed: what is wrong then shows at the other end.
     */
    public boolean unplugged() {
        var carriers = carriers();
        var now = !carriers.isEmpty() && carriers.stream().allMatch(NO_LINK::equals);
        if (now != unplugged) {
            unplugged = now;
            LOG.info("event=network-ports link={} ports={}", now ? "lost" : "present", carriers);
        }
        return now;
    }

    private List<String> carriers() {
        if (asked.filter(before -> !before.isDone()).isPresent()) {
            return List.of();
        }
        var task = ask();
        asked = Optional.of(task);
        try {
            return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return List.of();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private FutureTask<List<String>> ask() {
        var task = new FutureTask<>(this::look);
        Thread.ofPlatform().daemon().name("network-ports").start(task);
        return task;
    }

    private List<String> look() throws IOException {
        var carriers = new ArrayList<String>();
        try (var all = Files.newDirectoryStream(ports)) {
            for (var port : all) {
                if (Files.exists(port.resolve("device"))) {
                    carrier(port).ifPresent(carriers::add);
                }
            }
        }
        return carriers;
    }

    private static Optional<String> carrier(Path port) {
        try {
            var file = port.resolve("carrier");
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        } catch (IOException _) {
            // EINVAL: the port is switched off
            return Optional.empty();
        }
    }
}
