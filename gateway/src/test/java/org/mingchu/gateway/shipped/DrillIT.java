package org.mingchu.gateway.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mingchu.gateway.Proof;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.Role;
import org.mingchu.gateway.keep.People;
import org.mingchu.simulator.platform.Lane;
import org.mingchu.simulator.platform.SeenEntry;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A drill of the shipped program: real pins' tree, a browser that listens, a real broker, the
 * platform's stand-in, one tap; then the protocol that says so.
 */
final class DrillIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern DRILL =
            Pattern.compile(
                    "\"id\":\"([0-9a-f-]{36})\",\"subject\":\"gateway\",\"rule\":\"drill\"");

    private static final String PIN = "246813";

    @TempDir private Path folder;

    @Test
    void a_drill_makes_every_hop_and_the_protocol_says_so() throws Exception {
        Proof.notInShort();
        Peers.need("mosquitto");
        try (var broker = Mosquitto.plain(folder);
                var platform = Supervision.at(broker.port());
                var kitchen =
                        new Kitchen(
                                folder, "cn-catering", 2, Supervision.platform(broker.port()), "");
                var browser = HttpClient.newHttpClient()) {
            people(kitchen.state());
            kitchen.start();
            listen(browser, kitchen);
            Eventually.within(
                    SOON,
                    "the platform is reached",
                    kitchen.program()::lines,
                    () -> kitchen.tryGet("/api/state").contains("\"state\":\"up\""));

            try (var drill = new Program(command(kitchen, "drill"))) {
                Eventually.within(
                        SOON,
                        "the drill stands on the page",
                        drill::lines,
                        () -> DRILL.matcher(kitchen.tryGet("/api/state")).find());
                Eventually.within(
                        SOON,
                        "the platform has acknowledged",
                        drill::lines,
                        () ->
                                String.join("\n", drill.lines())
                                        .contains("平台确认 market-regulation: "));
                var alarm = DRILL.matcher(kitchen.tryGet("/api/state"));
                assertThat(alarm.find()).isTrue();
                assertThat(kitchen.post("/api/acknowledge", tap(alarm.group(1)))).startsWith("200");
                var code = drill.exitCode();
                assertThat(String.join("\n", drill.lines()))
                        .contains("红灯", "蜂鸣器", "屏幕收到", "消息服务器收下", "有人接手")
                        .doesNotContain("FAIL");
                assertThat(code).isZero();
            }
            assertThat(kitchen.tryGet("/api/state")).contains("\"alarms\":[]");

            var pdf = folder.resolve("protocol.pdf");
            var made =
                    Program.run(
                            command(
                                    kitchen,
                                    "protocol",
                                    "--language",
                                    "en",
                                    "--out",
                                    pdf.toString()));
            assertThat(made.code()).as(made.lines().toString()).isZero();
            var text = text(pdf);
            assertThat(text).contains("every hop happened", "freezer-2-air", Kitchen.rom(2));
            assertThat(downloaded(kitchen)).startsWith("%PDF-");
            Eventually.within(
                    SOON,
                    "the platform has drill and protocol",
                    platform.supervisor()::view,
                    () ->
                            platform.supervisor().entries(Lane.ALARM).stream()
                                    .map(SeenEntry::kind)
                                    .toList()
                                    .containsAll(List.of("selftest", "commissioning")));
            assertThat(platform.supervisor().violations()).isEmpty();
            assertThat(kitchen.program().terminate()).isEqualTo(143);
            assertKept(kitchen.state(), sha256(pdf));
        }
    }

    private static void people(Path state) throws IOException {
        Files.createDirectories(state);
        try (var people = People.open(state)) {
            people.add(new People.Member("p-05", Role.TECHNICIAN, "周师傅"));
            people.givePin("p-05", PIN, new SecureRandom());
            people.add(new People.Member("p-03", Role.STAFF, "王师傅"));
        }
    }

    /** The kitchen's screen: takes each frame as a browser does. */
    private static void listen(HttpClient browser, Kitchen kitchen) {
        var ask = HttpRequest.newBuilder(URI.create(kitchen.origin() + "/api/events")).build();
        var _ =
                browser.sendAsync(ask, BodyHandlers.ofLines())
                        .thenAccept(frames -> frames.body().forEach(_ -> {}));
    }

    private static List<String> command(Kitchen kitchen, String verb, String... more) {
        var command = new ArrayList<>(List.of(Kitchen.PROGRAM, verb, "--by", "p-05"));
        command.addAll(List.of("--state", kitchen.state().toString()));
        command.addAll(List.of(more));
        return command;
    }

    /** The technician's page, with a PIN. */
    private static String downloaded(Kitchen kitchen) throws Exception {
        try (var page = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            var in = "{\"person\":\"p-05\",\"pin\":\"" + PIN + "\"}";
            post(page, kitchen, "/api/sign-in", in);
            return post(page, kitchen, "/api/protocol", "{\"language\":\"en\"}");
        }
    }

    private static String post(HttpClient page, Kitchen kitchen, String path, String json)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(kitchen.origin() + path))
                        .timeout(SOON)
                        .header("Origin", kitchen.origin())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build();
        var answer = page.send(request, BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String tap(String alarm) {
        return "{\"alarm\":\"%s\",\"person\":\"p-03\"}".formatted(alarm);
    }

    private static String text(Path pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf.toFile())) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static String sha256(Path file) throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(hash);
    }

    private static void assertKept(Path state, String sha256) {
        var facts = Supervision.entries(state).stream().map(entry -> entry.fact()).toList();
        assertThat(facts)
                .filteredOn(Fact.Drilled.class::isInstance)
                .as("asked for, and over")
                .hasSize(2);
        assertThat(facts)
                .filteredOn(Fact.Commissioned.class::isInstance)
                .as("by the command, and by the page's button")
                .hasSize(2)
                .first()
                .satisfies(
                        fact -> assertThat(((Fact.Commissioned) fact).sha256()).isEqualTo(sha256));
    }
}
