package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.config.CameraVerdict;
import org.mingchu.config.HostPort;
import org.mingchu.gateway.judge.Fact;
import org.mingchu.sensors.Fault;
import org.mingchu.sensors.Reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The public wall's server, spoken to as the public and as somebody who wants more. */
class PublicWallTest {
    private static final List<String> OTHER_VERBS =
            List.of("POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "GETT");

    private final WallKitchen walls = new WallKitchen();
    private final Kitchen kitchen = walls.kitchen;
    private final PublicWall wall = walls.open();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        wall.close();
        http.shutdownNow();
    }

    @Test
    void every_path_answers_get_and_no_other_verb() {
        var paths = wall.routes().keySet();
        assertThat(paths).contains("/", "/visit", "/api/wall", "/api/notices", "/paper/1");
        for (var path : paths) {
            assertThat(send("GET", path, true).statusCode()).as("GET " + path).isEqualTo(200);
            for (var verb : OTHER_VERBS) {
                for (var own : List.of(true, false)) {
                    assertThat(send(verb, path, own).statusCode())
                            .as(verb + " " + path)
                            .isIn(403, 405);
                }
            }
        }
    }

    /** What the kitchen's page can do does not exist here, whatever is asked and however. */
    @Test
    void no_path_of_the_kitchens_page_can_be_reached() {
        var acts = new ArrayList<String>();
        try (var page =
                kitchen.page(
                        kitchen.verbs(
                                (alarm, person) -> {
                                    acts.add(alarm + person);
                                    return Optional.empty();
                                },
                                () -> {
                                    acts.add("silence");
                                    return Optional.empty();
                                },
                                (tap, person) -> {
                                    acts.add(tap.toString() + person);
                                    return Optional.empty();
                                }))) {
            var others = new TreeSet<>(page.routes().keySet());
            others.removeAll(wall.routes().keySet());
            assertThat(others).contains("/api/act", "/api/acknowledge", "/api/silence");
            for (var path : others) {
                for (var verb : List.of("GET", "POST", "PUT", "DELETE")) {
                    assertThat(send(verb, path, true).statusCode())
                            .as(verb + " " + path)
                            .isEqualTo(404);
                }
            }
        }
        assertThat(acts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/paper/0",
                "/paper/2",
                "/paper/99",
                "/paper/1/",
                "/paper/..%2f1",
                "/paper/%2e%2e/api/wall",
                "/wall/%2e%2e/index.html",
                "/wall/..%5csecrets.toml",
                "/%2fetc/passwd",
                "/licence.png",
                "/site.toml"
            })
    void nothing_else_can_be_had(String path) {
        assertThat(send("GET", path, true).statusCode()).isEqualTo(404);
    }

    @Test
    void every_answer_carries_the_guards_and_asks_nobody_else() {
        for (var path : wall.routes().keySet()) {
            var answer = send("GET", path, true);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .startsWith("default-src 'self'");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
    }

    @Test
    void a_paper_is_the_picture_of_the_file_and_is_not_sent_twice() {
        var answer = bytes("/paper/1", Optional.empty());
        assertThat(answer.body()).isEqualTo(WallKitchen.PNG);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
        var tag = answer.headers().firstValue("ETag");
        assertThat(bytes("/paper/1", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void papers_telephone_and_code_hang_there_and_a_missing_paper_is_said() {
        var notices = json("/api/notices");
        assertThat(notices).containsEntry("phone", "020-8123 4567");
        assertThat(JsonTree.object(notices, "inspection")).containsEntry("result", "良好");
        var papers = JsonTree.list(notices, "papers");
        assertThat(papers.get(0)).containsEntry("picture", "/paper/1");
        assertThat(papers.get(1)).extractingByKey("text").asString().contains("管理制度");
        assertThat(papers.get(2)).containsEntry("missing", true).doesNotContainKey("text");
        assertThat(send("GET", "/code.svg", true).body()).isEqualTo(WallKitchen.CODE);
    }

    @Test
    void a_deviation_reads_as_being_handled_and_what_nobody_knows_never_as_well() {
        kitchen.raiseFreezer();
        kitchen.silent("u1-air", Fault.CRC);
        kitchen.doubt("u4");
        assertThat(states())
                .containsEntry("u1", "no-data")
                .containsEntry("u2", "handling")
                .containsEntry("u3", "within")
                .containsEntry("u4", "checking")
                .containsEntry("u7", "measured");
    }

    @Test
    void an_old_value_is_marked_with_its_age() {
        kitchen.push(Duration.ofSeconds(31));
        var values = JsonTree.list(JsonTree.list(json("/api/wall"), "units").getFirst(), "values");
        assertThat(values.getFirst()).containsEntry("stale", true);
        assertThat((Long) values.getFirst().get("ageMs")).isGreaterThanOrEqualTo(31_000);
        assertThat(JsonTree.object(json("/api/wall"), "kept")).containsEntry("idle", true);
    }

    @Test
    void a_camera_is_live_or_offline_since_and_shows_no_picture() {
        kitchen.hear(new Reading.Seen("cam-cut", CameraVerdict.NO_ANSWER, 0));
        var cameras = JsonTree.list(json("/api/wall"), "cameras");
        assertThat(cameras.get(0)).containsEntry("name", "热加工间").containsEntry("state", "live");
        assertThat(cameras.get(1)).containsEntry("name", "切配间").containsEntry("state", "offline");
        assertThat(send("GET", "/api/wall", true).body()).doesNotContain("rtsp", "192.168");
    }

    @Test
    void nobody_is_named_without_consent_and_no_one_who_works_here_by_id() {
        kitchen.acknowledged(kitchen.raiseFreezer(), "p-03");
        var all = send("GET", "/api/wall", true).body() + send("GET", "/api/notices", true).body();
        assertThat(all).contains("\"name\":\"陈\"").doesNotContain("欧阳", "p-03", "陈阿姨", "王秀英");
        assertThat(JsonTree.list(json("/api/wall"), "expiries"))
                .filteredOn(one -> "配餐员".equals(one.get("detail")))
                .singleElement()
                .satisfies(one -> assertThat(one).doesNotContainKey("name"));
    }

    @Test
    void what_has_run_out_says_so_from_midnight_on() {
        assertThat(expired()).containsExactly("消防检查合格证");
        kitchen.push(Duration.ofDays(1));
        assertThat(expired()).containsExactly("排水许可证", "消防检查合格证");
    }

    private List<String> expired() {
        return JsonTree.list(json("/api/wall"), "expiries").stream()
                .filter(one -> Boolean.TRUE.equals(one.get("expired")))
                .map(one -> String.valueOf(one.get("name")))
                .toList();
    }

    @Test
    void the_week_is_absent_until_it_has_been_counted() {
        assertThat(JsonTree.object(json("/api/wall"), "week")).containsEntry("days", 7L);
        walls.forgetWeek();
        kitchen.push(Duration.ofSeconds(2));
        assertThat(json("/api/wall")).doesNotContainKey("week");
    }

    @Test
    void what_is_not_recorded_here_is_called_so() {
        var coverage = JsonTree.list(json("/api/notices"), "coverage");
        assertThat(coverage)
                .anySatisfy(one ->
                        assertThat(one)
                                .containsEntry("point", "chilled")
                                .containsEntry("by", "sensor")
                                .containsEntry("seen", 2L))
                .anySatisfy(one ->
                        assertThat(one)
                                .containsEntry("point", "samples")
                                .containsEntry("by", "by-hand"))
                .anySatisfy(one ->
                        assertThat(one)
                                .containsEntry("point", "disinfection")
                                .containsEntry("by", "nothing"));
    }

    /** A crowd of telephones costs one picture a second. */
    @Test
    void all_who_ask_within_a_second_get_the_same() {
        var first = send("GET", "/api/wall", true).body();
        kitchen.raiseFreezer();
        assertThat(send("GET", "/api/wall", true).body()).isEqualTo(first);
        kitchen.push(Duration.ofSeconds(1));
        assertThat(send("GET", "/api/wall", true).body()).contains("\"handling\"");
    }

    @Test
    void a_port_in_use_is_named_with_its_key() {
        assertThatThrownBy(() ->
                        new PublicWall(
                                new HostPort("127.0.0.1", wall.port()),
                                walls.plan,
                                new PublicWall.Facts(
                                        kitchen::state, Optional::empty, Optional.empty()),
                                kitchen::now,
                                new Fact.Started("0.1.0", true)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("[console] wall")
                .hasMessageContaining(String.valueOf(wall.port()));
    }

    private Map<String, Object> states() {
        return JsonTree.list(json("/api/wall"), "units").stream()
                .collect(
                        java.util.stream.Collectors.toMap(
                                unit -> String.valueOf(unit.get("id")),
                                unit -> String.valueOf(unit.get("state"))));
    }

    private Map<String, Object> json(String path) {
        kitchen.push(Duration.ofSeconds(1));
        return JsonTree.object(send("GET", path, true).body());
    }

    private HttpResponse<String> send(String verb, String path, boolean ownPage) {
        var request =
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", "application/json")
                        .method(
                                verb,
                                verb.equals("GET") || verb.equals("HEAD")
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString("{}"));
        if (ownPage) {
            request.header("Origin", "http://127.0.0.1:" + wall.port());
        }
        return answer(request, BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> bytes(String path, Optional<String> known) {
        var request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(10));
        known.ifPresent(tag -> request.header("If-None-Match", tag));
        return answer(request, BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> answer(
            HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + wall.port() + path);
    }
}
