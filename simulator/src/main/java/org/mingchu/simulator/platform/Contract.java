package org.mingchu.simulator.platform;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The published schemas of a folder, compiled once. One thread. */
public final class Contract {
    private static final List<String> MESSAGES =
            List.of(
                    "status",
                    "meta",
                    "readings",
                    "alarm-event",
                    "alarm-state",
                    "record",
                    "heartbeat",
                    "ack",
                    "receipt",
                    "cmd",
                    "cmd-reply");

    private final JsonMapper mapper =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private final Map<String, Schema> schemas = new HashMap<>();

    private Contract() {}

    /**
     * Reads the schemas of {@code folder}.
     *
     * @throws UncheckedIOException when one of them is not there
     */
    public static Contract read(Path folder) {
        var contract = new Contract();
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (var message : MESSAGES) {
            var file = folder.resolve(message + ".json");
            try {
                // the ids are relative; where the file was found is what they are relative to
                var at = SchemaLocation.of(file.toUri().toString());
                var node = contract.mapper.readTree(Files.readAllBytes(file));
                contract.schemas.put(message, registry.getSchema(at, node));
            } catch (IOException e) {
                throw new UncheckedIOException("no schema " + file.toAbsolutePath(), e);
            }
        }
        return contract;
    }

    /** The names of all messages, which are the names of the files. */
    public static List<String> messages() {
        return MESSAGES;
    }

    /**
     * Reads one JSON document, strictly.
     *
     * @throws JacksonException when it is none, or names a key twice
     */
    public JsonNode parse(byte[] json) {
        return mapper.readTree(json);
    }

    /** What is wrong with {@code node} as a message of that name; empty when nothing is. */
    public List<String> problems(String message, JsonNode node) {
        var schema = schemas.get(message);
        if (schema == null) {
            throw new IllegalArgumentException(
                    "no message \"" + message + "\", expected one of " + MESSAGES);
        }
        return schema.validate(node).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
