package org.mingchu.gateway.show;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes and reads the page's JSON, token by token. Any thread. */
final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    /** Room for the state of a kitchen of 12 units, in bytes. */
    private static final int ROOM = 8192;

    private Json() {}

    /** What {@code writing} writes, in UTF-8. */
    static byte[] bytes(Consumer<JsonGenerator> writing) {
        var out = new ByteArrayOutputStream(ROOM);
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            writing.accept(json);
        }
        return out.toByteArray();
    }

    /**
     * The properties of one flat object whose values are all strings; empty when the text is
     * anything else, so that nothing half understood is acted upon.
     */
    static Optional<Map<String, String>> flatObject(byte[] text) {
        var properties = new HashMap<String, String>();
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING
                        || properties.put(name, json.getString()) != null) {
                    return Optional.empty();
                }
            }
            var whole = json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
            return whole ? Optional.of(Map.copyOf(properties)) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
