package org.mingchu.gateway.show;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A JSON text as maps, lists, strings, numbers and booleans; for looking into answers. */
final class JsonTree {
    private JsonTree() {}

    static Map<String, Object> object(String text) {
        try (var json =
                JsonFactory.builder().build().createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            return map(json);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object node, String name) {
        return (Map<String, Object>) Objects.requireNonNull(((Map<String, Object>) node).get(name));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> node, String name) {
        return (List<Map<String, Object>>) Objects.requireNonNull(node.get(name));
    }

    private static Object value(JsonParser json, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> map(json);
            case START_ARRAY -> {
                var list = new ArrayList<Object>();
                for (var t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
                    list.add(value(json, t));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> "null";
            default -> json.getString();
        };
    }

    private static Map<String, Object> map(JsonParser json) {
        var map = new LinkedHashMap<String, Object>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            map.put(name, value(json, json.nextToken()));
        }
        return map;
    }
}
