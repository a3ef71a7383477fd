package org.mingchu.gateway.keep.proof;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes JSON without white space: maps, lists, text, whole numbers, truth values, null. */
final class JsonText {
    private JsonText() {}

    static String of(Object value) {
        var out = new StringBuilder();
        write(out, value);
        return out.toString();
    }

    private static void write(StringBuilder out, Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                var before = "{";
                for (var entry : map.entrySet()) {
                    text(out.append(before), entry.getKey().toString());
                    write(out.append(':'), entry.getValue());
                    before = ",";
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            case List<?> list -> {
                var before = "[";
                for (var item : list) {
                    write(out.append(before), item);
                    before = ",";
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case Optional<?> maybe when maybe.isPresent() -> write(out, maybe.get());
            case Optional<?> _ -> out.append("null");
            case Long number -> out.append(number);
            case Boolean truth -> out.append(truth);
            default -> text(out, value.toString());
        }
    }

    private static void text(StringBuilder out, String text) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
