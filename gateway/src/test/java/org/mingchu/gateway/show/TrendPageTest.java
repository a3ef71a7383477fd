package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code GET /api/trend} as a browser asks it. */
class TrendPageTest {
    private final Kitchen kitchen = new Kitchen();
    private final HttpClient http = HttpClient.newHttpClient();
    private Trends trends = new DrawnTrends(kitchen::now);
    private final Page page = kitchen.page(kitchen.verbs((id, span) -> trends.of(id, span)));

    @AfterEach
    void stop() {
        page.close();
        http.shutdownNow();
    }

    @Test
    void columns_are_as_long_as_the_span_and_a_gap_is_null() {
        var answer = get("/api/trend?unit=u1&span=24h");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        var trend = JsonTree.object(answer.body());
        assertThat(trend).containsEntry("id", "u1").containsEntry("stepMs", 120_000L);
        var curve = JsonTree.list(trend, "curves").getFirst();
        assertThat(curve).containsEntry("uom", "Cel").containsEntry("above", 8_000L);
        for (var column : List.of("min", "mean", "max")) {
            assertThat(column(curve, column)).hasSize(720).contains("null");
        }
        assertThat(column(curve, "holes")).hasSize(2);
        assertThat(JsonTree.list(trend, "happened"))
                .anySatisfy(one ->
                        assertThat(one)
                                .containsEntry("kind", "alarm")
                                .containsEntry("cause", "above"))
                .anySatisfy(one -> assertThat(one).containsEntry("kind", "door"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?unit=u1",
                "?span=24h",
                "?unit=u1&span=1y",
                "?unit=u1&sensor=u1-air&span=24h",
                "?unit=&span=",
                "?=&&=&span=24h"
            })
    void what_is_not_understood_says_what_it_wants(String query) {
        var refused = get("/api/trend" + query);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("span=24h, 7d or 30d");
    }

    @Test
    void what_the_site_does_not_have_is_not_found_and_a_crowd_comes_again() {
        assertThat(get("/api/trend?unit=u99&span=24h").statusCode()).isEqualTo(404);
        trends = (_, _) -> new Trends.Answer.Busy();
        var busy = get("/api/trend?sensor=u1-air&span=30d");
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.body()).contains("\"refused\":\"busy\"");
    }

    @SuppressWarnings("unchecked")
    private static List<Object> column(Map<String, Object> curve, String name) {
        return (List<Object>) Objects.requireNonNull(curve.get(name));
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
