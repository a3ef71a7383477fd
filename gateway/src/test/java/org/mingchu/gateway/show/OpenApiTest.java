package org.mingchu.gateway.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mingchu.gateway.doctor.StandIn;
import org.mingchu.gateway.show.Web.Route;
import org.mingchu.sensors.Fault;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The document of the local interface says what the page's server does, no more and no less. */
class OpenApiTest {
    private static final Path FILE = Path.of("src/main/contract/openapi.json");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode document = read();
    private final Kitchen kitchen = new Kitchen();
    private final Page page =
            kitchen.page(kitchen.verbs((_, _) -> Optional.empty(), Optional::empty));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.shutdownNow();
        page.close();
    }

    private static JsonNode read() {
        try {
            return MAPPER.readTree(Files.readAllBytes(FILE));
        } catch (IOException e) {
            throw new AssertionError(FILE.toAbsolutePath().toString(), e);
        }
    }

    @Test
    void it_has_every_path_with_its_verb_and_no_other() {
        var served = served(page.routes());
        try (var wall = new WallKitchen().open()) {
            served.putAll(served(wall.routes()));
        }
        var told = new TreeMap<String, String>();
        document.get("paths")
                .properties()
                .forEach(path ->
                        told.put(path.getKey(), path.getValue().has("get") ? "get" : "post"));
        assertThat(told).isEqualTo(served);
    }

    private static Map<String, String> served(Map<String, Route> routes) {
        return routes.entrySet().stream()
                .filter(route -> route.getKey().startsWith("/api/"))
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                route ->
                                        switch (route.getValue()) {
                                            case Route.Get _, Route.Stream _ -> "get";
                                            case Route.Post _,
                                                    Route.PostFrom _,
                                                    Route.PostPicture _ ->
                                                    "post";
                                        },
                                (one, _) -> one,
                                TreeMap::new));
    }

    @Test
    void the_state_is_described_to_the_last_field() throws Exception {
        assertThat(problems("State", get("/api/state"))).isEmpty();
        kitchen.acknowledged(kitchen.raiseFreezer(), "p-03");
        kitchen.silenced(Duration.ofMinutes(5));
        var state = get("/api/state");
        assertThat(state).contains("\"alarms\":[{", "\"next\":{");
        assertThat(problems("State", state)).isEmpty();
        kitchen.doubt("u1");
        assertThat(get("/api/state")).contains("\"outage\":{");
        assertThat(problems("State", get("/api/state"))).isEmpty();
        assertThat(problems("People", get("/api/people"))).isEmpty();
        assertThat(problems("Me", get("/api/me"))).isEmpty();
    }

    @Test
    void the_board_s_battery_is_there_while_it_is_drawn_and_described() throws Exception {
        assertThat(get("/api/state")).doesNotContain("\"battery\"");
        for (var percent : List.of(OptionalInt.of(12), OptionalInt.empty())) {
            var battery = new Battery(Battery.Stage.STOPPING, percent, 15);
            try (var drawn = kitchen.page(kitchen.on(battery))) {
                var state = get(drawn.port(), "/api/state");
                assertThat(state)
                        .contains("\"battery\":{\"stage\":\"stopping\",\"stopAtPercent\":15");
                assertThat(problems("State", state)).isEmpty();
            }
        }
    }

    @Test
    void what_the_gateway_goes_on_by_is_there_when_its_files_cannot_be_used() throws Exception {
        assertThat(get("/api/state")).doesNotContain("\"standIn\"");
        for (var by : StandIn.By.values()) {
            try (var makeshift = kitchen.page(kitchen.on(by))) {
                var state = get(makeshift.port(), "/api/state");
                assertThat(state).contains("\"standIn\":\"" + by.word() + '"');
                assertThat(problems("State", state)).isEmpty();
            }
        }
    }

    @Test
    void a_trend_is_described_to_the_last_field() throws Exception {
        try (var drawn = kitchen.page(kitchen.verbs(new DrawnTrends(kitchen::now)))) {
            var answer = get(drawn.port(), "/api/trend?unit=u1&span=24h");
            assertThat(answer).contains("\"curves\":[{");
            assertThat(problems("Trend", answer)).isEmpty();
        }
    }

    @Test
    void the_technician_s_page_is_described_to_the_last_field() throws Exception {
        var bench = new Workbench();
        bench.kitchen.silent("u1-air", Fault.CRC);
        try (var open = bench.open()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + open.port()
                                                            + "/api/technician"))
                                    .header("Cookie", Workbench.cookie("p-05"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(problems("Workshop", answer.body())).isEmpty();
        }
    }

    /** What the document gives as an example is understood, and not without what it requires. */
    @Test
    void each_body_s_example_is_understood_and_lacks_nothing_it_requires() throws Exception {
        var bodies = 0;
        for (var path : document.get("paths").properties()) {
            var content =
                    path.getValue()
                            .path("post")
                            .path("requestBody")
                            .path("content")
                            .path("application/json");
            if (content.isMissingNode()) {
                continue;
            }
            bodies++;
            var example = (ObjectNode) content.get("example");
            assertThat(problems(content.get("schema"), example.toString()))
                    .as(path.getKey())
                    .isEmpty();
            assertThat(post(path.getKey(), example).statusCode())
                    .as("%s %s", path.getKey(), example)
                    .isNotEqualTo(400);
            for (var key : content.get("schema").path("required")) {
                var less = example.deepCopy().without(key.asString());
                assertThat(post(path.getKey(), less).statusCode())
                        .as("%s without %s", path.getKey(), key)
                        .isEqualTo(400);
            }
        }
        assertThat(bodies).isEqualTo(10);
    }

    @Test
    void a_refusal_is_described() throws Exception {
        var refused = post("/api/acknowledge", MAPPER.createObjectNode());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(problems("Refused", refused.body())).isEmpty();
    }

    private List<String> problems(String name, String text) {
        return problems(
                MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + name), text);
    }

    /** The document's own names stay reachable from the schema. */
    private List<String> problems(JsonNode schema, String text) {
        var whole = ((ObjectNode) schema.deepCopy());
        whole.set("components", document.get("components"));
        var errors =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(whole)
                        .validate(MAPPER.readTree(text));
        var problems = new ArrayList<String>();
        errors.forEach(
                error -> problems.add(error.getInstanceLocation() + ": " + error.getMessage()));
        return problems;
    }

    private String get(String path) throws IOException, InterruptedException {
        return get(page.port(), path);
    }

    private String get(int port, String path) throws IOException, InterruptedException {
        var answer =
                http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> post(String path, ObjectNode body)
            throws IOException, InterruptedException {
        var own = "http://127.0.0.1:" + page.port();
        return http.send(
                HttpRequest.newBuilder(URI.create(own + path))
                        .header("Origin", own)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.ofString());
    }
}
