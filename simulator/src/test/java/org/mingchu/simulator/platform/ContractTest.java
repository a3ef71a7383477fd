package org.mingchu.simulator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Objects;

class ContractTest {
    static final Path FOLDER = Path.of("../gateway/src/main/contract");

    private static final Contract CONTRACT = Contract.read(FOLDER);
    private static final JsonMapper MAPPER = new JsonMapper();

    @ParameterizedTest
    @ValueSource(strings = {"ack", "alarm-event", "readings"})
    void the_published_examples_are_valid(String name) throws IOException {
        assertThat(CONTRACT.problems(name, example(name))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.mingchu.simulator.platform.Messages#oneOfEach")
    void one_of_each_message_is_valid(String name, String json) {
        assertThat(CONTRACT.problems(name, CONTRACT.parse(json.getBytes(UTF_8)))).isEmpty();
    }

    /** Message, where, and the JSON put there; "-" takes the field away. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "alarm-event | /seq                | 0",
                "alarm-event | /seq                | 1.5",
                "alarm-event | /seq                | \"18234\"",
                "alarm-event | /prev               | -1",
                "alarm-event | /prev               | -",
                "alarm-event | /lane               | \"reading\"",
                "alarm-event | /epoch              | \"9F2C61D07B3A4E55\"",
                "alarm-event | /at                 | \"2026-11-22T11:42:10+08:00\"",
                "alarm-event | /at                 | \"2026-11-22 11:42:10.000+08:00\"",
                "alarm-event | /at                 | \"2026-11-22T11:42:10.000\"",
                "alarm-event | /at                 | \"2026-13-22T11:42:10.000Z\"",
                "alarm-event | /extra              | 1",
                "alarm-event | /alarm/extra        | 1",
                "alarm-event | /alarm/event        | \"vanished\"",
                "alarm-event | /alarm/state        | \"red\"",
                "alarm-event | /alarm/value        | \"-9.4\"",
                "alarm-event | /alarm/unitOfMeasure| -",
                "alarm-event | /alarm/unitOfMeasure| \"C\"",
                "alarm-event | /alarm/id           | \"5b7f4c1e-2f0a-4c3e-9d55-3f1f0c6f2a10\"",
                "alarm-event | /alarm/person       | {\"id\":\"p-03\",\"role\":\"staff\",\"strength\":\"tap\",\"name\":\"王师傅\"}",
                "alarm-event | /alarm/person       | -",
                "alarm-event | /alarm/unit         | -",
                "alarm-event | /clock/errorMs      | -1",
                "alarm-event | /clock/errorMs      | null",
                "alarm-event | /clock/state        | \"good\"",
                "alarm-event | /gateway/site       | \"GZ\"",
                "alarm-event | /evidence           | -",
                "alarm-event | /schema             | \"kfs/alarm-event/2\"",
                "readings    | /entries            | []",
                "readings    | /lane               | \"alarm\"",
                "readings    | /entries/0/prev     | -",
                "readings    | /entries/0/values/cold-1-air   | true",
                "readings    | /entries/0/values/cold-1-door  | \"ajar\"",
                "readings    | /entries/0/values/Cold_1       | 4.0",
                "readings    | /entries/0/faults/samples-1-air| \"cold\"",
                "readings    | /entries/1/flags/samples-1-air | []",
                "readings    | /entries/1/flags/samples-1-air | [\"late\",\"late\"]",
                "readings    | /entries/1/agesMs/samples-1-air| 0.5",
                "ack         | /ranges/0           | [18102]",
                "ack         | /ranges/0           | [0, 3]",
                "ack         | /reject/0/reason    | -",
                "ack         | /note               | \"thanks\"",
                "ack         | /epoch              | -",
            })
    void a_planted_error_is_found(String name, String where, String json) throws IOException {
        var message = example(name);
        plant(message, where, json);
        assertThat(CONTRACT.problems(name, message)).isNotEmpty();
    }

    /** The same for messages that the examples do not show. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "status      | /state              | \"asleep\"",
                "status      | /simulated          | -",
                "meta        | /units/0/kind       | \"fridge\"",
                "meta        | /rulePack/sha256    | \"abc\"",
                "heartbeat   | /backlog/oldestMs   | -",
                "alarm-state | /extra              | 1",
                "alarm-state | /alarm/rule         | -",
                "record/epoch      | /body/cause       | -",
                "record/epoch      | /origin           | {\"epoch\":\"0123456789abcdef\"}",
                "record/hold       | /body/to          | -",
                "record/hold       | /body/person      | null",
                "record/hold       | /body/event       | \"lifted\"",
                "record/correction | /body/of/seq      | 0",
                "record/correction | /body/text        | \"\"",
                "record/gap        | /body/lane        | \"both\"",
                "status      | /lastSeq            | -1",
                "meta        | /verifierKey        | \"gw-1\"",
                "record/epoch      | /body/previous    | \"none\"",
                "record/epoch      | /kind             | \"birthday\"",
                "record/config     | /body/siteSha256  | -",
                "record/clock      | /body/offsetMs    | 1.5",
                "record/clock      | /body/boot        | -",
                "record/gap        | /body/count       | 0",
                "record/gap        | /body/to          | -",
                "record/carried    | /body/alarm       | -",
                "record/checkpoint | /body/root        | \"short\"",
                "record/checkpoint | /body/note        | \"not a note\"",
                "cmd         | /signature          | -",
                "cmd-reply   | /outcome            | \"maybe\"",
            })
    void a_planted_error_in_the_other_messages_is_found(String name, String where, String json) {
        var message = CONTRACT.parse(Messages.named(name).getBytes(UTF_8));
        plant(message, where, json);
        assertThat(CONTRACT.problems(name.replaceAll("/.*", ""), message)).isNotEmpty();
    }

    @Test
    void every_schema_is_itself_valid_and_says_who_it_is() throws IOException {
        var dialect =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                com.networknt.schema.SchemaLocation.of(
                                        SpecificationVersion.DRAFT_2020_12.getDialectId()));
        for (var name : Contract.messages()) {
            var schema = read(FOLDER.resolve(name + ".json"));
            assertThat(dialect.validate(schema)).as(name).isEmpty();
            assertThat(schema.get("$id").asString()).isEqualTo("kfs/" + name + "/1");
        }
    }

    @Test
    void a_definition_means_the_same_in_every_file() throws IOException {
        var known = new HashMap<String, JsonNode>();
        for (var name : Contract.messages()) {
            for (var entry : read(FOLDER.resolve(name + ".json")).path("$defs").properties()) {
                var before = known.putIfAbsent(entry.getKey(), entry.getValue());
                if (before != null) {
                    assertThat(entry.getValue()).as(name + " " + entry.getKey()).isEqualTo(before);
                }
            }
        }
        assertThat(known).containsKeys("alarm", "clock", "epoch", "gateway", "time");
    }

    @Test
    void the_asyncapi_page_is_valid_and_names_every_schema() throws IOException {
        var page = read(FOLDER.resolve("asyncapi.json"));
        try (InputStream official =
                Objects.requireNonNull(
                        getClass().getResourceAsStream("/asyncapi/asyncapi-3.0.0.json"))) {
            var schema =
                    SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                            .getSchema(MAPPER.readTree(official));
            assertThat(schema.validate(page)).isEmpty();
            ((ObjectNode) page.at("/operations/sendStatus/bindings/mqtt")).put("qos", 3);
            assertThat(schema.validate(page)).isNotEmpty();
        }
        var named = new HashSet<String>();
        for (var message : page.at("/components/messages")) {
            named.add(message.at("/payload/schema/$ref").asString());
        }
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Contract.messages().stream().map(name -> "./" + name + ".json").toList());
    }

    @Test
    void every_reference_of_the_asyncapi_page_leads_somewhere() throws IOException {
        var page = read(FOLDER.resolve("asyncapi.json"));
        var references = page.findValues("$ref");
        assertThat(references).hasSizeGreaterThan(50);
        for (var reference : references) {
            var target = reference.asString();
            if (target.startsWith("#")) {
                var found = page.at(JsonPointer.compile(target.substring(1)));
                assertThat(found.isMissingNode()).as(target).isFalse();
            } else {
                assertThat(FOLDER.resolve(target)).isRegularFile();
            }
        }
    }

    @Test
    void the_will_of_the_asyncapi_page_is_a_valid_status() throws IOException {
        var will =
                read(FOLDER.resolve("asyncapi.json"))
                        .at("/servers/platform/bindings/mqtt/lastWill/message")
                        .asString();
        assertThat(CONTRACT.problems("status", CONTRACT.parse(will.getBytes(UTF_8)))).isEmpty();
    }

    static JsonNode example(String name) throws IOException {
        return read(Path.of("src/test/resources/examples", name + ".json"));
    }

    private static JsonNode read(Path file) throws IOException {
        return MAPPER.readTree(Files.readAllBytes(file));
    }

    private static void plant(JsonNode into, String where, String json) {
        var pointer = JsonPointer.compile(where);
        var parent = into.at(pointer.head());
        var field = pointer.last().getMatchingProperty();
        switch (parent) {
            case ObjectNode object when json.equals("-") -> {
                assertThat(object.has(field)).as(where).isTrue();
                object.remove(field);
            }
            case ObjectNode object -> object.set(field, MAPPER.readTree(json));
            case tools.jackson.databind.node.ArrayNode array ->
                    array.set(pointer.last().getMatchingIndex(), MAPPER.readTree(json));
            default -> throw new AssertionError("nothing at " + where);
        }
    }
}
