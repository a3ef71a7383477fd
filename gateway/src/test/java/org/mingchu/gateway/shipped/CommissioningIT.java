package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.tell.Schemas;
import org.mingchu.simulator.platform.Lane;
import org.mingchu.simulator.wire.Broker;
import org.mingchu.simulator.wire.FreePort;
import org.mingchu.simulator.wire.SysfsTree;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

/**
 * A technician's first hour with the shipped program, from a blank card and a blank state folder to
 * a platform that has a message: a household with one probe, one lamp and one button. It plays what
 * the written walk says; what only people do is counted by the walk's own table.
 */
final class CommissioningIT {
    private static final Path WALK =
            Path.of("..", "firmware-config", "src", "main", "docs", "commissioning.md");

    private static final String ROM = "28-01203a6f5c11";
    private static final String BOOT = "2f0c7b9e-52f2-4f0a-9a0e-6a8b2f7f1c11";
    private static final String PIN = "246813";

    private static final Pattern DRILL =
            Pattern.compile(
                    "\"id\":\"([0-9a-f-]{36})\",\"subject\":\"gateway\",\"rule\":\"drill\"");

    /** What is promised for everything together. */
    private static final Duration ALL = Duration.ofMinutes(15);

    /** For the machine's part, on a machine that others use as well. */
    private static final Duration MACHINE = Duration.ofMinutes(2);

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path folder;

    private final List<Timed> timed = new ArrayList<>();

    /** A step and how long the machine took for it. */
    private record Timed(String step, Duration took) {}

    @Test
    void a_blank_card_becomes_a_watched_kitchen_within_fifteen_minutes() throws Exception {
        put("proc/sys/kernel/random/boot_id", BOOT + "\n");
        put("boot/firmware/config.txt", "# a fresh card\n[all]\n");
        try (var broker = Broker.start(Broker.Limits.USUAL, System::nanoTime);
                var platform = Supervision.at(broker.port())) {
            next("step.site");
            var page = FreePort.find();
            mingchu(
                    "site new",
                    0,
                    "site",
                    "new",
                    site().toString(),
                    "--id",
                    "xlgl-duolun-0107",
                    "--area",
                    "xlgl-duolun",
                    "--name",
                    "中心户 7 号助餐点",
                    "--kind",
                    "mini",
                    "--platform",
                    "mqtt://127.0.0.1:" + broker.port(),
                    "--page",
                    "127.0.0.1:" + page);
            mingchu("board apply", 0, on("board", "apply"));
            var tree = rebooted();
            mingchu("board verify", 0, on("board", "verify"));

            assertThat(mingchu("run without a unit", 78, run().toArray(String[]::new)).text())
                    .contains("nothing to watch");
            assertThat(mingchu("discover", 0, on("sensors", "discover")).text())
                    .contains("w1:" + ROM, "4.00 °C", "not in the site file");
            named();

            try (var gateway = new Program(program(run()))) {
                took("first reading", () -> reads(gateway, page));
                took(
                        "first message at the platform",
                        () -> platform.supervisor().count(Lane.READING) > 0);
                refusedWhileItRuns(gateway);
                people();
                assertThat(get(page, "/api/state")).contains("\"face\":\"simple\"");
                pictured();
                assertThat(selfTest("zh-CN"))
                        .contains("sensor", "fridge-1-air", "红灯", "state.writable")
                        .doesNotContain("黄灯");
                drilled(page);
                var pdf = folder.resolve("protocol.pdf");
                mingchu(
                        "protocol",
                        0,
                        "protocol",
                        "--by",
                        "p-01",
                        "--language",
                        "en",
                        "--out",
                        pdf.toString(),
                        "--state",
                        state().toString());
                assertThat(pdf).isNotEmptyFile();

                var all = mingchu("commission", 0, on("commission", "--state", state().toString()));
                assertThat(all.text()).contains("全部完成").doesNotContain("[ ]");
                assertThat(selfTest("en")).contains("red was lit, the only lamp here");
                next("step.protocol");
                tree.temperature(ROM, 4_062);
                assertThat(gateway.terminate()).isIn(0, 143);
            }
            assertThat(platform.supervisor().violations()).isEmpty();
        }
        account();
    }

    /** What cannot be is refused with its line; file and running gateway stay as they were. */
    private void named() throws IOException {
        var before = Files.readString(site());
        var wrong =
                mingchu(
                        "name, refused",
                        3,
                        "sensors",
                        "name",
                        "w1:" + ROM,
                        "--unit",
                        "fridge-1",
                        "--kind",
                        "chilled",
                        "--name",
                        "冰箱",
                        "--measures",
                        "humidity",
                        "--site",
                        site().toString());
        assertThat(wrong.text()).containsPattern("site\\.toml:\\d+:\\d+: unit\\[1]");
        assertThat(site()).hasContent(before);
        mingchu(
                "name",
                0,
                "sensors",
                "name",
                "w1:" + ROM,
                "--unit",
                "fridge-1",
                "--kind",
                "chilled",
                "--name",
                "冰箱",
                "--site",
                site().toString());
        assertThat(Files.readString(site())).startsWith(before).contains(ROM);
    }

    private void refusedWhileItRuns(Program gateway) throws IOException {
        var before = Files.readString(site());
        var copy =
                Files.writeString(folder.resolve("copy.toml"), before + "[sampling]\nperiod = 1\n");
        var refused =
                mingchu(
                        "site use, refused",
                        3,
                        "site",
                        "use",
                        copy.toString(),
                        "--site",
                        site().toString());
        var line = before.lines().count() + 2;
        assertThat(refused.text()).contains("site.toml:" + line + ":", "sampling.period");
        assertThat(site()).hasContent(before);
        assertThat(gateway.alive()).isTrue();
    }

    private void people() {
        var state = state().toString();
        mingchu(
                "person add",
                0,
                "person",
                "add",
                "--id",
                "p-01",
                "--role",
                "manager",
                "--name",
                "王师傅",
                "--state",
                state);
        typing(PIN, "person pin", 0, "person", "pin", "p-01", "--state", state);
        assertThat(mingchu("person label", 0, "person", "label", "--state", state).text().strip())
                .matches("[0-9 -]{10,14}");
    }

    /** An alarm all the way: a browser hears it, the platform acknowledges, somebody takes it. */
    private void drilled(int page) throws Exception {
        var begun = System.nanoTime();
        try (var browser = HttpClient.newHttpClient();
                var drill =
                        new Program(
                                program(
                                        List.of(
                                                "drill",
                                                "--by",
                                                "p-01",
                                                "--state",
                                                state().toString())))) {
            var _ =
                    browser.sendAsync(
                                    HttpRequest.newBuilder(origin(page).resolve("/api/events"))
                                            .build(),
                                    BodyHandlers.ofLines())
                            .thenAccept(frames -> frames.body().forEach(_ -> {}));
            Eventually.within(
                    SOON,
                    "the platform has acknowledged",
                    drill::lines,
                    () -> String.join("\n", drill.lines()).contains("平台确认"));
            var alarm = DRILL.matcher(get(page, "/api/state"));
            assertThat(alarm.find()).isTrue();
            var taken =
                    HttpRequest.newBuilder(origin(page).resolve("/api/acknowledge"))
                            .header("Origin", "http://127.0.0.1:" + page)
                            .header("Content-Type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"alarm\":\"%s\",\"person\":\"p-01\"}"
                                                    .formatted(alarm.group(1))))
                            .build();
            assertThat(browser.send(taken, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            assertThat(drill.exitCode()).as(String.join("\n", drill.lines())).isZero();
            assertThat(String.join("\n", drill.lines()))
                    .contains("最多 10 分钟", "ok    红灯: ", "-     蜂鸣器: ");
            browser.shutdownNow();
        }
        timed.add(new Timed("drill", Duration.ofNanos(System.nanoTime() - begun)));
    }

    private static URI origin(int page) {
        return URI.create("http://127.0.0.1:" + page);
    }

    private String selfTest(String language) {
        return typing(
                        PIN,
                        "selftest",
                        0,
                        "selftest",
                        "--by",
                        "p-01",
                        "--language",
                        language,
                        "--state",
                        state().toString())
                .text();
    }

    /** Of the place; where it was taken nobody learns from it. */
    private void pictured() throws IOException {
        var image = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        var words = "GPS 23.1291N".getBytes(StandardCharsets.US_ASCII);
        var taken = new ByteArrayOutputStream();
        taken.write(jpeg.toByteArray(), 0, 2);
        taken.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, 0, (byte) (words.length + 2)});
        taken.writeBytes(words);
        taken.write(jpeg.toByteArray(), 2, jpeg.size() - 2);
        var file = Files.write(folder.resolve("place.jpg"), taken.toByteArray());

        assertThat(
                        mingchu(
                                        "sensors photo",
                                        0,
                                        "sensors",
                                        "photo",
                                        "fridge-1-air",
                                        file.toString(),
                                        "--by",
                                        "p-01",
                                        "--state",
                                        state().toString())
                                .text())
                .contains("sha256");
        assertThat(
                        Files.readString(
                                state().resolve("places/fridge-1-air.jpg"),
                                StandardCharsets.ISO_8859_1))
                .doesNotContain("GPS");
    }

    /** The kernel of the next boot shows what the settings ask for, and the probe hangs there. */
    private SysfsTree rebooted() throws IOException {
        assertThat(Files.readString(root().resolve("boot/firmware/config.txt")))
                .contains("dtoverlay=w1-gpio,gpiopin=4");
        put("dev/watchdog0", "");
        put("dev/gpiochip0", "");
        put("run/systemd/timesync/synchronized", "");
        var tree = new SysfsTree(root(), BOOT);
        tree.clockSynchronized();
        tree.temperature(ROM, 4_000);
        return tree;
    }

    private boolean reads(Program gateway, int page) {
        if (!gateway.alive()) {
            throw new AssertionError("it ended: " + gateway.lines());
        }
        return get(page, "/api/state").contains("\"milli\":4000");
    }

    private void next(String step) {
        var told =
                mingchu("commission", 1, on("commission", "--json", "--state", state().toString()));
        assertThat(told.text()).contains("\"next\":\"" + step + "\"");
        assertThat(Schemas.problems("commission", told.lines().getLast())).isEmpty();
    }

    private void took(String step, BooleanSupplier is) {
        timed.add(new Timed(step, Eventually.within(SOON, step, () -> timed, is)));
    }

    /** Prints it, and holds it against what is promised. */
    private void account() throws IOException {
        var machine = timed.stream().map(Timed::took).reduce(Duration.ZERO, Duration::plus);
        timed.forEach(one ->
                System.out.printf("%-32s %6.1f s%n", one.step(), one.took().toMillis() / 1000.0));
        var human = Duration.ofMinutes(minutes());
        System.out.printf(
                "machine %.1f s (measured), people %d min (the walk's estimate)%n",
                machine.toMillis() / 1000.0, human.toMinutes());
        assertThat(machine).isLessThan(MACHINE);
        assertThat(human.plus(machine)).isLessThanOrEqualTo(ALL);
    }

    private static long minutes() throws IOException {
        var rows =
                Files.readAllLines(WALK).stream()
                        .filter(line -> line.matches("\\| \\d+ \\|.*\\| (estimate|measured) \\|"))
                        .map(line -> Long.parseLong(line.replaceAll("^\\| (\\d+) .*", "$1")))
                        .toList();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(5);
        return rows.stream().mapToLong(Long::longValue).sum();
    }

    private Program.Ended typing(String typed, String step, int code, String... words) {
        var command = new ArrayList<>(List.of("sh", "-c", "echo " + typed + " | \"$0\" \"$@\""));
        command.addAll(program(List.of(words)));
        return timed(step, code, command);
    }

    private Program.Ended mingchu(String step, int code, String... words) {
        return timed(step, code, program(List.of(words)));
    }

    private Program.Ended timed(String step, int code, List<String> command) {
        var begun = System.nanoTime();
        var ended = Program.run(command);
        timed.add(new Timed(step, Duration.ofNanos(System.nanoTime() - begun)));
        assertThat(ended.code()).as(step + ": " + ended.text()).isEqualTo(code);
        return ended;
    }

    private static List<String> program(List<String> words) {
        var command = new ArrayList<>(List.of(Kitchen.PROGRAM));
        command.addAll(words);
        return command;
    }

    private String[] on(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--site", site().toString(), "--root", root().toString()));
        return all.toArray(String[]::new);
    }

    private List<String> run() {
        return List.of(on("run", "--state", state().toString()));
    }

    private Path site() {
        return folder.resolve("site.toml");
    }

    private Path state() {
        return folder.resolve("state");
    }

    private Path root() {
        return folder.resolve("root");
    }

    private void put(String file, String text) throws IOException {
        var path = root().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String get(int page, String path) {
        try (var browser = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page + path))
                            .timeout(Duration.ofSeconds(5))
                            .build();
            return browser.send(request, BodyHandlers.ofString()).body();
        } catch (IOException _) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
