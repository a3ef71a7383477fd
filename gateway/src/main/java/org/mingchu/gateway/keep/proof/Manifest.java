package org.mingchu.gateway.keep.proof;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** {@code manifest.json}, as export.md describes it. Immutable. */
record Manifest(ExportSource.Head head, List<Span> epochs, Map<String, String> files) {
    static final String SCHEMA = "kfs/export/1";
    static final String FILE = "manifest.json";
    static final String NOTE = "manifest.note";

    Manifest {
        epochs = List.copyOf(epochs);
        files = Map.copyOf(files);
    }

    ExportSource.Gateway gateway() {
        return head.gateway();
    }

    /** What the device signs. */
    static String noteText(String sha256) {
        return "mingchu export/1\n" + sha256 + '\n';
    }

    String toJson(SequencedMap<String, String> sortedFiles) {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", SCHEMA);
        json.put("gateway", gatewayJson());
        json.put("createdAt", head.createdAt());
        json.put("version", head.version());
        json.put("simulated", head.simulated());
        json.put("whole", head.whole());
        json.put("epochs", epochs.stream().map(this::spanJson).toList());
        json.put("files", sortedFiles);
        return JsonText.of(json) + '\n';
    }

    /**
     * Reads a manifest.
     *
     * @throws JsonReader.Malformed when it is none
     */
    static Manifest parse(String json) {
        var root = object(JsonReader.read(json), "manifest");
        if (!text(root, "schema").equals(SCHEMA)) {
            throw new JsonReader.Malformed(
                    "schema '" + text(root, "schema") + "'; this program knows " + SCHEMA);
        }
        var who = object(need(root, "gateway"), "gateway");
        var gateway =
                new ExportSource.Gateway(text(who, "area"), text(who, "site"), text(who, "id"));
        var files = new LinkedHashMap<String, String>();
        object(need(root, "files"), "files")
                .forEach((name, hash) -> files.put(name, string(hash, name)));
        var head =
                new ExportSource.Head(
                        gateway,
                        instant(text(root, "createdAt")),
                        text(root, "version"),
                        need(root, "simulated").equals(true),
                        Boolean.TRUE.equals(root.get("whole")));
        return new Manifest(head, spans(need(root, "epochs"), gateway), files);
    }

    private static List<Span> spans(Object value, ExportSource.Gateway gateway) {
        if (!(value instanceof List<?> list)) {
            throw new JsonReader.Malformed("\"epochs\" is no list");
        }
        var spans = new ArrayList<Span>();
        var seen = new HashSet<String>();
        for (var item : list) {
            var epoch = object(item, "epochs");
            var span = span(epoch);
            if (!seen.add(span.epoch())) {
                throw new JsonReader.Malformed("epoch " + span.epoch() + " is listed twice");
            }
            if (!text(epoch, "origin").equals(gateway.origin(span.epoch()))) {
                throw new JsonReader.Malformed(
                        "origin '" + text(epoch, "origin") + "' of epoch " + span.epoch());
            }
            spans.add(span);
        }
        return spans;
    }

    private static Span span(Map<?, ?> epoch) {
        try {
            return new Span(
                    text(epoch, "epoch"),
                    number(epoch, "from"),
                    number(epoch, "to"),
                    number(epoch, "size"));
        } catch (IllegalArgumentException e) {
            throw new JsonReader.Malformed(e.getMessage() + "");
        }
    }

    private Map<String, Object> gatewayJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("area", gateway().area());
        json.put("site", gateway().site());
        json.put("id", gateway().id());
        return json;
    }

    private Map<String, Object> spanJson(Span span) {
        var json = new LinkedHashMap<String, Object>();
        json.put("epoch", span.epoch());
        json.put("origin", gateway().origin(span.epoch()));
        json.put("from", span.from());
        json.put("to", span.to());
        json.put("size", span.size());
        return json;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new JsonReader.Malformed("not a time: '" + text + "'");
        }
    }

    private static Map<String, Object> object(Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            var object = new LinkedHashMap<String, Object>();
            map.forEach((key, item) -> object.put(key.toString(), item));
            return object;
        }
        throw new JsonReader.Malformed("\"" + what + "\" is no object");
    }

    private static Object need(Map<?, ?> object, String key) {
        var value = object.get(key);
        if (value == null) {
            throw new JsonReader.Malformed("\"" + key + "\" is missing");
        }
        return value;
    }

    private static String text(Map<?, ?> object, String key) {
        return string(need(object, key), key);
    }

    private static String string(Object value, String key) {
        if (value instanceof String text) {
            return text;
        }
        throw new JsonReader.Malformed("\"" + key + "\" is no text");
    }

    private static long number(Map<?, ?> object, String key) {
        if (need(object, key) instanceof Long number) {
            return number;
        }
        throw new JsonReader.Malformed("\"" + key + "\" is no whole number");
    }
}
