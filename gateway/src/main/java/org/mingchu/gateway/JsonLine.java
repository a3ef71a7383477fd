package org.mingchu.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mingchu.gateway.keep.Window;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;

/** One object of JSON in one line, for machines. */
final class JsonLine {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private JsonLine() {}

    static String of(Consumer<JsonGenerator> fields) {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            fields.accept(json);
            json.writeEndObject();
        }
        return out.toString(UTF_8);
    }

    /** The fields {@code from} and {@code to}. */
    static void window(JsonGenerator json, Window window, KitchenTime time) {
        json.writeStringProperty("from", time.offset(window.fromMs()))
                .writeStringProperty("to", time.offset(window.toMs()));
    }

    /** A list of windows. */
    static void windows(JsonGenerator json, String name, List<Window> windows, KitchenTime time) {
        json.writeArrayPropertyStart(name);
        for (var window : windows) {
            json.writeStartObject();
            window(json, window, time);
            json.writeNumberProperty("ms", window.lengthMs()).writeEndObject();
        }
        json.writeEndArray();
    }
}
