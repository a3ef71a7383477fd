package org.mingchu.gateway.tell;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import tools.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The published schemas: what is wrong with a message of a topic. Any thread. */
public final class Schemas {
    private static final Path FOLDER = Path.of("src/main/contract");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private Schemas() {}

    static List<String> problems(Wire.Message message) {
        if (message.retained() && message.text().isEmpty()) {
            return List.of();
        }
        return problems(name(message.topic()), message.text());
    }

    /** What is wrong with a text by the schema of that name. */
    public static List<String> problems(String name, String text) {
        return SCHEMAS.computeIfAbsent(name, Schemas::read).validate(MAPPER.readTree(text)).stream()
                .map(error -> name + error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private static String name(String topic) {
        var last = topic.substring(topic.lastIndexOf('/') + 1);
        return switch (last) {
            case "status", "meta", "heartbeat" -> last;
            case "reading" -> "readings";
            case "event" -> "alarm-event";
            case "state" -> "alarm-state";
            default -> "record";
        };
    }

    private static Schema read(String name) {
        var file = FOLDER.resolve(name + ".json");
        try {
            return REGISTRY.getSchema(
                    SchemaLocation.of(file.toUri().toString()),
                    MAPPER.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("no schema " + file.toAbsolutePath(), e);
        }
    }
}
