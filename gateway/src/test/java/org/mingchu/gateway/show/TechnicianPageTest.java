package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mingchu.gateway.judge.LinkState;
import org.mingchu.sensors.Fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Whom the technician's page tells how the machine is, and what it tells. */
class TechnicianPageTest {
    private final Workbench bench = new Workbench();
    private final Page page = bench.open();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        page.close();
        http.shutdownNow();
    }

    @Test
    void who_has_proven_nothing_is_told_nothing_and_has_nothing_tested() {
        var look = get("/api/technician", "nobody");
        assertThat(look.statusCode()).isEqualTo(401);
        assertThat(look.body()).contains("\"refused\":\"needs-pin\"").doesNotContain("u1-air");
        assertThat(post("/api/self-test", "nobody").statusCode()).isEqualTo(401);
        assertThat(bench.looks).hasValue(0);
    }

    /** Staff, a volunteer, an inspector. */
    @ParameterizedTest
    @ValueSource(strings = {"p-03", "p-04", "p-09"})
    void whose_business_it_is_not_is_told_so(String person) {
        var look = get("/api/technician", person);
        assertThat(look.statusCode()).isEqualTo(403);
        assertThat(look.body()).contains("\"refused\":\"not-your-role\"");
        assertThat(post("/api/self-test", person).statusCode()).isEqualTo(403);
        assertThat(bench.looks).hasValue(0);
    }

    /** The manager, the safety officer, the technician. */
    @ParameterizedTest
    @ValueSource(strings = {"p-01", "p-02", "p-05"})
    void probes_buses_platforms_and_checks_are_told(String person) {
        bench.kitchen.silent("u1-air", Fault.CRC);
        bench.kitchen.link(LinkState.REFUSED, "0x87 not authorized");
        var told = JsonTree.object(get("/api/technician", person).body());
        var sensors = JsonTree.list(told, "sensors");
        assertThat(sensors).hasSize(9);
        assertThat(sensors.getFirst())
                .containsEntry("id", "u1-air")
                .containsEntry("fault", "crc")
                .containsEntry("source", "w1:28-0316a2795df0")
                .containsEntry("milli", 4_060L)
                .containsEntry("rawMilli", 4_060L)
                .containsKey("ageMs");
        assertThat(sensors.get(2)).containsEntry("id", "u2-air").doesNotContainKey("fault");
        assertThat(JsonTree.list(told, "buses").getFirst())
                .containsEntry("id", "1-Wire")
                .containsEntry("sensors", 8L)
                .containsEntry("answering", 7L);
        assertThat(JsonTree.list(told, "platforms").getFirst())
                .containsEntry("state", "refused")
                .containsEntry("reason", "0x87 not authorized")
                .containsEntry("waiting", 132L);
        var check = JsonTree.list(told, "checks").getFirst();
        assertThat(check).containsEntry("id", "clock.rtc").containsEntry("status", "warn");
        assertThat(JsonTree.object(check, "en")).containsEntry("remedy", "change it");
        assertThat(JsonTree.list(told, "commissioning").getLast())
                .containsEntry("id", "step.label")
                .containsEntry("status", "fail");
        assertThat(told).doesNotContainKey("test");
    }

    @Test
    void a_self_test_is_told_after_it_and_a_refusal_says_why() {
        assertThat(post("/api/self-test", "p-05").statusCode()).isEqualTo(200);
        var test = JsonTree.object(JsonTree.object(get("/api/technician", "p-05").body()), "test");
        assertThat(test).containsEntry("passed", true).containsEntry("tookMs", 3_200L);
        assertThat(JsonTree.list(test, "steps").getFirst()).containsEntry("id", "test.buzzer");
        bench.refuse("test-busy");
        var refused = post("/api/self-test", "p-05");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("test-busy");
    }

    @Test
    void a_place_is_pictured_and_shown_to_whose_business_it_is() {
        var body = "{\"sensor\":\"u1-air\",\"jpeg\":\"/9j/2Q==\"}";
        assertThat(post("/api/place-picture", "p-03", body).statusCode()).isEqualTo(403);
        assertThat(get("/api/place?sensor=u1-air", "p-05").statusCode()).isEqualTo(204);
        assertThat(post("/api/place-picture", "p-05", body).statusCode()).isEqualTo(200);
        assertThat(bench.pictures.get("u1-air")).startsWith(0xff, 0xd8, 0xff).hasSize(4);

        var shown = get("/api/place?sensor=u1-air&v=1", "p-05");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(get("/api/place?sensor=u1-air", "p-03").statusCode()).isEqualTo(403);
        assertThat(get("/api/place?sensor=../device.key", "p-05").statusCode()).isEqualTo(404);
        var broken = "{\"sensor\":\"u1-air\",\"jpeg\":\"*\"}";
        assertThat(post("/api/place-picture", "p-05", broken).statusCode()).isEqualTo(400);
        var large = "{\"sensor\":\"u1-air\",\"jpeg\":\"" + "A".repeat(1_600_000) + "\"}";
        assertThat(post("/api/place-picture", "p-05", large).statusCode()).isEqualTo(413);
        bench.refuse("bad-picture");
        assertThat(post("/api/place-picture", "p-05", body).body()).contains("bad-picture");
    }

    @Test
    void the_page_itself_is_light_on_what_it_tells_to_a_stranger() {
        var html = get("/technician", "nobody");
        assertThat(html.statusCode()).isEqualTo(200);
        assertThat(html.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'");
        assertThat(html.body()).doesNotContain("逢源街").doesNotContainPattern("<script(?![^>]*src=)");
    }

    private HttpResponse<String> get(String path, String person) {
        return send(request(path, person));
    }

    private HttpResponse<String> post(String path, String person) {
        return post(path, person, "{}");
    }

    private HttpResponse<String> post(String path, String person, String body) {
        return send(
                request(path, person)
                        .header("Origin", "http://127.0.0.1:" + page.port())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String person) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path))
                .header("Cookie", Workbench.cookie(person));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
