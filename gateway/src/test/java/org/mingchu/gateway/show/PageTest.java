package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.HostPort;
import org.mingchu.config.Priority;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.sensors.Fault;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The page's server, spoken to as a browser, a stranger and a fool would. */
class PageTest {
    private static final int TRIES = 101;

    private final Kitchen kitchen = new Kitchen();
    private final List<String> acts = new ArrayList<>();
    private Optional<String> refusal = Optional.empty();
    private final Page page =
            kitchen.page(
                    kitchen.verbs(
                            (alarm, by) -> {
                                acts.add(alarm + " " + by.person());
                                return refusal;
                            },
                            () -> {
                                acts.add("silence");
                                return refusal;
                            },
                            (tap, by) -> {
                                acts.add(tap + " " + by.person());
                                return refusal;
                            }));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        page.close();
        http.shutdownNow();
    }

    @Test
    void the_state_tells_units_with_limits_alarms_with_advice_links_and_sound() {
        kitchen.raiseFreezer();
        kitchen.silent("u1-air", Fault.CRC);
        kitchen.link(LinkState.REFUSED, "0x87 not authorized");
        var state = JsonTree.object(get("/api/state").body());
        assertThat(state).containsEntry("simulated", true).containsEntry("version", "0.1.0");
        var units = JsonTree.list(state, "units");
        assertThat(units).hasSize(8);
        assertThat(units.get(1)).containsEntry("name", "2号冷冻柜").containsEntry("light", "alarm");
        assertThat(JsonTree.list(units.get(1), "sensors").getFirst())
                .containsEntry("milli", -9_400L)
                .containsEntry("above", -12_000L)
                .containsEntry("stale", false)
                .containsKey("outMs");
        assertThat(JsonTree.list(units.get(0), "sensors").getFirst())
                .containsEntry("fault", "crc")
                .containsEntry("stale", true)
                .containsEntry("milli", 4_060L);
        var alarm = JsonTree.list(state, "alarms").getFirst();
        assertThat(alarm)
                .containsEntry("name", "2号冷冻柜")
                .containsEntry("cause", "above")
                .containsEntry("priority", "P2")
                .containsEntry("state", "unack-active")
                .containsEntry("nowMilli", -9_400L)
                .containsEntry("limitMilli", -12_000L);
        assertThat((Long) alarm.get("heldMs"))
                .isBetween(Duration.ofMinutes(35).toMillis(), Duration.ofMinutes(36).toMillis());
        assertThat(JsonTree.object(JsonTree.object(alarm, "advice"), "zh-CN").get("steps"))
                .asString()
                .contains("冷冻柜");
        assertThat(JsonTree.list(state, "links").getFirst())
                .containsEntry("state", "refused")
                .containsEntry("waiting", 132L);
        assertThat(JsonTree.object(state, "sound"))
                .containsEntry("sounding", "P2")
                .containsEntry("fitted", true);
    }

    @Test
    void in_a_closure_a_warm_unit_asks_whether_it_was_stopped() {
        kitchen.raiseFreezer();
        assertThat(firstAlarm()).doesNotContainKey("asks");
        kitchen.push(Kitchen.CLOSES);
        assertThat(firstAlarm()).containsEntry("asks", "stopped");
    }

    private Map<String, Object> firstAlarm() {
        return JsonTree.list(JsonTree.object(get("/api/state").body()), "alarms").getFirst();
    }

    @Test
    void a_silenced_alarm_is_open_and_unacknowledged_and_says_for_how_long() {
        kitchen.raiseFreezer();
        kitchen.silenced(Duration.ofMinutes(10));
        var state = JsonTree.object(get("/api/state").body());
        assertThat(JsonTree.object(state, "sound")).doesNotContainKey("sounding");
        assertThat((Long) JsonTree.object(state, "sound").get("silencedMs"))
                .isBetween(590_000L, 600_000L);
        assertThat(JsonTree.list(state, "alarms").getFirst())
                .containsEntry("state", "unack-active");
    }

    @Test
    void alarms_nobody_has_taken_come_first_then_the_most_urgent() {
        var freezer = kitchen.raiseFreezer();
        kitchen.raise("u6-air", Optional.of("u6"), "hot-low", Priority.P1, 60_000);
        kitchen.raise("u5-air", Optional.of("u5"), "sample-high", Priority.P3, 8_000);
        assertThat(priorities()).containsExactly("P1", "P2", "P3");
        kitchen.acknowledged(freezer, "p-03");
        assertThat(priorities()).containsExactly("P1", "P3", "P2");
    }

    @Test
    void the_state_names_nobody() {
        kitchen.acknowledged(kitchen.raiseFreezer(), "p-03");
        var state = get("/api/state").body();
        assertThat(state).contains("\"person\":\"p-03\"");
        Kitchen.PEOPLE.forEach(tile -> assertThat(state).doesNotContain(tile.name()));
        assertThat(get("/api/people").body()).contains("陈阿姨", "\"role\":\"inspector\"");
    }

    @Test
    void an_act_is_done_only_when_the_desk_says_so() {
        var body = "{\"alarm\":\"a\",\"person\":\"p-03\"}";
        assertThat(post("/api/acknowledge", body).statusCode()).isEqualTo(200);
        assertThat(post("/api/silence", "{}").statusCode()).isEqualTo(200);
        assertThat(acts).containsExactly("a p-03", "silence");
        refusal = Optional.of("already-taken");
        var refused = post("/api/acknowledge", body);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("\"refused\":\"already-taken\"");
        refusal = Optional.of("not-kept");
        assertThat(post("/api/acknowledge", body).statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"alarm\":1,\"person\":\"p-03\"}",
                "{\"alarm\":{\"x\":\"y\"},\"person\":\"p-03\"}",
                "{\"alarm\":\"a\"}",
                "{\"alarm\":\"a\",\"alarm\":\"b\",\"person\":\"p-03\"}",
                "{\"alarm\":\"a\",\"person\":\"p-03\"} x"
            })
    void what_is_not_understood_is_not_acted_upon(String body) {
        assertThat(post("/api/acknowledge", body).statusCode()).isEqualTo(400);
        assertThat(acts).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"cleaning\",\"minutes\":\"120\",\"reason\":\"周清\""
                        + "| Does[unit=u2, doing=CLEANING, forMs=7200000, untilMs=0, reason=周清,"
                        + " movedTo=Optional.empty]",
                "\"loading\",\"minutes\":\"30\",\"reason\":\"送货\",\"movedTo\":\"u3\""
                        + "| Does[unit=u2, doing=LOADING, forMs=1800000, untilMs=0, reason=送货,"
                        + " movedTo=Optional[u3]]",
                "\"stopped\",\"untilMs\":\"1796000000000\",\"reason\":\"假期\""
                        + "| Does[unit=u2, doing=STOPPED, forMs=0, untilMs=1796000000000,"
                        + " reason=假期, movedTo=Optional.empty]",
                "\"in-use\"| Does[unit=u2, doing=IN_USE, forMs=0, untilMs=0, reason=,"
                        + " movedTo=Optional.empty]",
                "\"check\",\"fit\":\"false\",\"reason\":\"化了\""
                        + "| Checks[unit=u2, fit=false, note=化了]",
                "\"measured\",\"milli\":\"-18500\"| Measures[unit=u2, milli=-18500]",
                "\"shelve\",\"alarm\":\"a1\",\"minutes\":\"60\",\"reason\":\"已报修\""
                        + "| Shelves[alarm=a1, forMs=3600000, reason=已报修]",
                "\"unshelve\",\"alarm\":\"a1\"| Unshelves[alarm=a1]",
                "\"reset\",\"alarm\":\"a1\",\"reason\":\"已修好\"| Resets[alarm=a1, reason=已修好]",
            })
    void what_somebody_does_to_a_unit_is_said_to_the_desk(String act, String said) {
        var body = "{\"unit\":\"u2\",\"person\":\"p-03\",\"act\":" + act + "}";
        assertThat(post("/api/act", body).statusCode()).isEqualTo(200);
        assertThat(acts).containsExactly(said + " p-03");
        refusal = Optional.of("too-long");
        var refused = post("/api/act", body);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("\"refused\":\"too-long\"");
        refusal = Optional.of("not-kept");
        assertThat(post("/api/act", body).statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"cleaning\"",
                "\"cleaning\",\"minutes\":\"two\"",
                "\"cleaning\",\"minutes\":\"-5\"",
                "\"cleaning\",\"minutes\":\"99999999999999\"",
                "\"cleaning\",\"minutes\":\"60\",\"untilMs\":\"1796000000000\"",
                "\"stopped\",\"minutes\":\"60\"",
                "\"stopped\",\"untilMs\":\"tomorrow\"",
                "\"in-use\",\"minutes\":\"60\"",
                "\"check\"",
                "\"check\",\"fit\":\"yes\"",
                "\"shelve\",\"minutes\":\"60\"",
                "\"shelve\",\"alarm\":\"a1\"",
                "\"unshelve\"",
                "\"reset\"",
                "\"measured\"",
                "\"measured\",\"milli\":\"3.5\"",
                "\"\""
            })
    void an_act_that_is_half_said_is_not_acted_upon(String act) {
        var body = "{\"unit\":\"u2\",\"person\":\"p-03\",\"act\":" + act + "}";
        var refused = post("/api/act", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("not-understood", "cleaning and loading");
        assertThat(post("/api/act", "{\"act\":\"in-use\",\"unit\":\"u2\"}").statusCode())
                .isEqualTo(400);
        assertThat(post("/api/act", "{\"act\":\"in-use\",\"person\":\"p-03\"}").statusCode())
                .isEqualTo(400);
        assertThat(acts).isEmpty();
    }

    @Test
    void a_body_over_64_kb_is_refused_and_one_of_64_kb_is_read() {
        var frame = "{\"alarm\":\"\",\"person\":\"p-03\"}";
        var room = Web.BODY_BYTES_MAX - frame.length();
        var fits = frame.replace("\"\"", '"' + "a".repeat(room) + '"');
        assertThat(post("/api/acknowledge", fits).statusCode()).isEqualTo(200);
        assertThat(post("/api/acknowledge", fits.replace("\"p-03", "\"pp-03")).statusCode())
                .isEqualTo(413);
        assertThat(acts).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "kitchen.evil.example:PORT", "127.0.0.1", "127.0.0.1:1"})
    void a_strangers_name_for_this_machine_opens_nothing(String host) {
        var answer = raw(request("GET", "/api/state", host.replace("PORT", port()), ""));
        assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain("2号冷冻柜");
    }

    @Test
    void a_request_without_a_host_opens_nothing() {
        assertThat(raw("GET /api/state HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"})
    void the_machines_own_names_open_the_page(String host) {
        var answer = raw(request("GET", "/api/state", host.replace("PORT", port()), ""));
        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_page_on_all_addresses_is_opened_by_the_address_it_was_reached_at_only() {
        try (var wide =
                new Page(
                        new HostPort("0.0.0.0", 0),
                        kitchen.plan,
                        Kitchen.advice(),
                        kitchen.verbs((_, _) -> Optional.empty(), Optional::empty),
                        kitchen::now,
                        new Fact.Started("0.1.0", false))) {
            var host = "127.0.0.1:" + wide.port();
            assertThat(raw(wide.port(), request("GET", "/api/state", host, "")))
                    .startsWith("HTTP/1.1 200");
            var stranger = "kitchen.example:" + wide.port();
            assertThat(raw(wide.port(), request("GET", "/api/state", stranger, "")))
                    .startsWith("HTTP/1.1 421");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Origin: null\r\n",
                "Origin: http://evil.example\r\n",
                "Origin: http://127.0.0.1:1\r\n",
                "Origin: https://127.0.0.1:PORT\r\n",
                "Sec-Fetch-Site: cross-site\r\n",
                "Sec-Fetch-Site: same-site\r\n",
                "Origin: http://evil.example\r\nSec-Fetch-Site: same-origin\r\n"
            })
    void another_pages_button_does_nothing(String origin) {
        var answer = raw(silence(origin.replace("PORT", port())));
        assertThat(answer).startsWith("HTTP/1.1 403");
        assertThat(acts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://127.0.0.1:PORT\r\n", "Sec-Fetch-Site: same-origin\r\n"})
    void the_pages_own_button_works(String origin) {
        assertThat(raw(silence(origin.replace("PORT", port())))).startsWith("HTTP/1.1 200");
        assertThat(acts).containsExactly("silence");
    }

    @Test
    void a_form_cannot_act() {
        var answer =
                send(
                        HttpRequest.newBuilder(uri("/api/silence"))
                                .header("Origin", "http://127.0.0.1:" + port())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(acts).isEmpty();
    }

    @Test
    void only_the_verbs_of_a_path_are_answered() {
        for (var verb : List.of("PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "HEAD", "POST")) {
            var own = "127.0.0.1:" + port();
            var origin = "Origin: http://" + own + "\r\n";
            assertThat(raw(request(verb, "/api/state", own, origin)))
                    .as(verb)
                    .startsWith("HTTP/1.1 405");
        }
        assertThat(get("/api/acknowledge").statusCode()).isEqualTo(405);
        assertThat(get("/api/silence").statusCode()).isEqualTo(405);
        assertThat(get("/api/act").statusCode()).isEqualTo(405);
        assertThat(acts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..%2f..%2fetc/passwd",
                "/../Page.class",
                "/%2e%2e/Page.class",
                "/Page.class",
                "/index.html/",
                "//page.js",
                "/api",
                "/api/state/"
            })
    void nothing_lies_beside_the_named_paths(String path) {
        assertThat(raw(request("GET", path, "127.0.0.1:" + port(), ""))).startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.js", "/api/state", "/nothing"})
    void every_answer_carries_the_guards(String path) {
        var headers = get(path).headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'self';")
                .contains("frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Cache-Control"))
                .contains(path.equals("/") || path.equals("/page.js") ? "no-cache" : "no-store");
    }

    @Test
    void a_file_that_has_not_changed_is_not_sent_again() {
        var tag = get("/page.css").headers().firstValue("ETag").orElseThrow();
        var again =
                send(HttpRequest.newBuilder(uri("/page.css")).header("If-None-Match", tag).GET());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        var other = send(HttpRequest.newBuilder(uri("/page.css")).header("If-None-Match", "\"x\""));
        assertThat(other.statusCode()).isEqualTo(200);
    }

    /** Small packets that wait for the other side's acknowledgement take 40 ms, each of them. */
    @Test
    void no_answer_on_a_kept_connection_waits_for_an_acknowledgement() throws IOException {
        var times = new long[TRIES];
        var many = new Kitchen(40);
        try (var large = many.page(many.verbs((_, _) -> Optional.empty(), Optional::empty));
                var socket = new Socket(InetAddress.getLoopbackAddress(), large.port())) {
            var request = "GET /api/state HTTP/1.1\r\nHost: 127.0.0.1:" + large.port() + "\r\n\r\n";
            var in = new DataInputStream(socket.getInputStream());
            for (var i = 0; i < TRIES; i++) {
                var begun = System.nanoTime();
                socket.getOutputStream().write(request.getBytes(US_ASCII));
                in.skipNBytes(bodyLength(in));
                times[i] = System.nanoTime() - begun;
            }
        }
        Arrays.sort(times);
        assertThat(Duration.ofNanos(times[TRIES / 4])).isLessThan(Duration.ofMillis(30));
    }

    /** Reads the head of an answer, byte by byte. */
    private static int bodyLength(DataInputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
        }
        var length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        assertThat(length.find()).isTrue();
        return Integer.parseInt(length.group(1));
    }

    @Test
    void a_port_in_use_is_named_with_its_key() {
        assertThatThrownBy(() ->
                        new Page(
                                new HostPort("127.0.0.1", page.port()),
                                kitchen.plan,
                                Kitchen.advice(),
                                kitchen.verbs((_, _) -> Optional.empty(), Optional::empty),
                                kitchen::now,
                                new Fact.Started("0.1.0", false)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("[console] listen")
                .hasMessageContaining(port());
    }

    private List<Object> priorities() {
        return JsonTree.list(JsonTree.object(get("/api/state").body()), "alarms").stream()
                .map(alarm -> alarm.getOrDefault("priority", ""))
                .toList();
    }

    private String silence(String origin) {
        return "POST /api/silence HTTP/1.1\r\nHost: 127.0.0.1:"
                + port()
                + "\r\n"
                + origin
                + "Content-Type: application/json\r\nContent-Length: 2\r\n"
                + "Connection: close\r\n\r\n{}";
    }

    private static String request(String verb, String path, String host, String more) {
        return verb
                + " "
                + path
                + " HTTP/1.1\r\nHost: "
                + host
                + "\r\n"
                + more
                + "Connection: close\r\n\r\n";
    }

    private String raw(String request) {
        return raw(page.port(), request);
    }

    private static String raw(int port, String request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private HttpResponse<String> post(String path, String body) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Origin", "http://127.0.0.1:" + port())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private String port() {
        return String.valueOf(page.port());
    }
}
