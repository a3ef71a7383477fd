package org.mingchu.gateway.shipped;

import org.mingchu.simulator.wire.FreePort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A kitchen on disk: a hand-written w1 tree, a site file, a rule pack with short delays, and the
 * shipped program that watches it.
 */
final class Kitchen implements AutoCloseable {
    /** What {@code ./mvnw package} leaves. */
    static final Path HOME = Path.of("target", "mingchu").toAbsolutePath();

    /** The command as people type it. */
    static final String PROGRAM = HOME.resolve("bin/mingchu").toString();

    static final String PACK =
            """
            pack = "short"
            version = "1.0.0"
            legal = false
            [proof]
            outage_longer_than = "1m"
            in_range_for = "2s"
            [[rule]]
            id = "freezer-high"
            kind = "freezer"
            measures = "temperature"
            when = { above = -12.0, deadband = 1.0 }
            delay = { plain = "3s", off = "2s" }
            priority = "P2"
            attention = "site"
            advice = "freezer-high"
            [[rule]]
            id = "sensor-silent"
            kind = "any"
            when = { silent_periods = 3 }
            delay = { plain = "0s", off = "0s" }
            priority = "P2"
            attention = "site"
            advice = "sensor-silent"
            [[rule]]
            id = "sensor-fault"
            kind = "any"
            when = { faulty_periods = 3 }
            delay = { plain = "0s", off = "0s" }
            priority = "P2"
            attention = "site"
            advice = "sensor-fault"
            [[rule]]
            id = "uplink-lost"
            kind = "gateway"
            when = { uplink = "lost" }
            delay = { plain = "15m", off = "2m" }
            priority = "P3"
            attention = "site"
            advice = "uplink-lost"
            """;

    private static final Pattern KEPT = Pattern.compile("\"kept\":\\{\"seq\":(\\d+)");

    private final Path folder;
    private final int page;
    private final HttpClient browser = HttpClient.newHttpClient();
    private Program program;
    private List<String> under = List.of();
    private String shipped = PROGRAM;

    /**
     * A kitchen with so many freezers.
     *
     * @param platform the lines of its {@code [[platform]]}
     * @param secrets the lines of its secrets file; none when empty
     */
    Kitchen(Path folder, int freezers, String platform, String secrets) throws IOException {
        this(folder, "short", freezers, platform, secrets);
    }

    /**
     * The same by another rule pack.
     *
     * @param rules the pack's id: that of the proofs, or one that is shipped
     */
    Kitchen(Path folder, String rules, int freezers, String platform, String secrets)
            throws IOException {
        this.folder = folder;
        this.page = FreePort.find();
        var packs = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(packs.resolve("short.toml"), PACK);
        Files.writeString(folder.resolve("site.toml"), site(rules, freezers, platform));
        if (!secrets.isEmpty()) {
            var file = Files.writeString(folder.resolve("secrets.toml"), secrets);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        write("proc/sys/kernel/random/boot_id", "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11\n");
        write("run/systemd/timesync/synchronized", "");
        for (var i = 1; i <= freezers; i++) {
            temperature(i, -18_000);
        }
    }

    static String rom(int freezer) {
        return "28-%012x".formatted(0x0316a2000000L + freezer);
    }

    /** Gives the board a serial number. */
    void board(String serial) {
        write("proc/device-tree/serial-number", serial + "\0");
    }

    /** The seq that was kept last, as the page says it; 0 while nobody answers. */
    long kept() {
        var seq = KEPT.matcher(tryGet("/api/state"));
        return seq.find() ? Long.parseLong(seq.group(1)) : 0;
    }

    /** Lets the kernel's file of a freezer say so many millidegrees. */
    void temperature(int freezer, int millidegrees) {
        // The kernel shows whole sixteenths; -18.000 and -5.000 are.
        var raw = Math.round(millidegrees / 62.5);
        var bytes =
                new int[] {
                    (int) raw & 0xff, (int) (raw >> 8) & 0xff, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10
                };
        var crc = crc8(bytes);
        var hex = new StringBuilder();
        for (var b : bytes) {
            hex.append(String.format(Locale.ROOT, "%02x ", b));
        }
        hex.append(String.format(Locale.ROOT, "%02x ", crc));
        w1(freezer, "%s: crc=%02x YES\n%st=%d\n".formatted(hex, crc, hex, Math.round(raw * 62.5)));
    }

    /** Lets the kernel's file of a freezer say exactly this. */
    void w1(int freezer, String text) {
        write("sys/bus/w1/devices/" + rom(freezer) + "/w1_slave", text);
    }

    Path root() {
        return folder.resolve("root");
    }

    Path state() {
        return folder.resolve("state");
    }

    Path site() {
        return folder.resolve("site.toml");
    }

    /** Starts the shipped program and waits for its first committed reading. */
    void start() {
        var command = command();
        program = new Program(command);
        Eventually.within(
                Duration.ofSeconds(30),
                "the page answers",
                () -> program.lines(),
                () -> {
                    if (!program.alive()) {
                        throw new AssertionError("it ended: " + program.lines());
                    }
                    return tryGet("/api/state").contains("\"units\"");
                });
    }

    /** Starts it without waiting for anything. */
    void launch() {
        program = new Program(command());
    }

    /** Runs the program as the argument of another one. */
    void under(List<String> other) {
        under = List.copyOf(other);
    }

    /** Takes the program of another folder, as a package has it. */
    void home(Path home) {
        shipped = home.resolve("bin/mingchu").toString();
    }

    List<String> command() {
        var command = new ArrayList<>(under);
        command.addAll(
                List.of(
                        shipped,
                        "run",
                        "--site",
                        site().toString(),
                        "--state",
                        state().toString(),
                        "--root",
                        root().toString()));
        if (Files.exists(folder.resolve("secrets.toml"))) {
            command.addAll(List.of("--secrets", folder.resolve("secrets.toml").toString()));
        }
        return command;
    }

    Program program() {
        return program;
    }

    /** Where its page is. */
    int port() {
        return page;
    }

    /** The page's state as the browser gets it; empty when nobody answers. */
    String tryGet(String path) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page + path))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            return browser.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Where its page is. */
    String origin() {
        return "http://127.0.0.1:" + page;
    }

    /** Acts as the page does; returns status and body. */
    String post(String path, String json) {
        var origin = origin();
        var request =
                HttpRequest.newBuilder(URI.create(origin + path))
                        .timeout(Duration.ofSeconds(5))
                        .header("Origin", origin)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build();
        try {
            var response = browser.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (program != null) {
            program.close();
        }
        browser.close();
    }

    private String site(String rules, int freezers, String platform) {
        var text =
                new StringBuilder(
                        """
                        schema = 1
                        [site]
                        id = "gz-liwan-0042"
                        area = "gz-liwan"
                        gateway = "gw-1"
                        name = "逢源街长者饭堂"
                        kind = "dining-hall"
                        time_zone = "Asia/Shanghai"
                        language = "zh-CN"
                        rules = "%s"
                        [sampling]
                        period = "1s"
                        [annunciator]
                        buzzer = "gpio:22"
                        red = "gpio:23"
                        amber = "gpio:24"
                        green = "gpio:25"
                        [console]
                        listen = "127.0.0.1:%d"
                        """
                                .formatted(rules, page));
        text.append(platform);
        for (var i = 1; i <= freezers; i++) {
            text.append(
                    """
                    [[unit]]
                    id = "freezer-%d"
                    name = "%d号冷冻柜"
                    kind = "freezer"
                      [[unit.sensor]]
                      id = "freezer-%d-air"
                      measures = "temperature"
                      source = "w1:%s"
                    """
                            .formatted(i, i, i, rom(i)));
        }
        return text.toString();
    }

    private void write(String path, String text) {
        var file = root().resolve(path);
        try {
            Files.createDirectories(file.getParent());
            var whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int crc8(int[] bytes) {
        var crc = 0;
        for (var b : bytes) {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x8c : crc >> 1;
            }
        }
        return crc;
    }
}
