package org.mingchu.gateway.keep.proof;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * {@code manifest.json}, as export.md describes it. Immutable.
 *
 * @param extents by epoch
 */
record Manifest(
        ExportSource.Head head,
        List<Span> epochs,
        Map<String, Extent> extents,
        Map<String, String> files) {
    static final String SCHEMA = "kfs/export/1";
    static final String FILE = "manifest.json";
    static final String NOTE = "manifest.note";

    Manifest {
        epochs = List.copyOf(epochs);
        extents = Map.copyOf(extents);
        files = Map.copyOf(files);
    }

    /** How far an epoch's tree can be computed. */
    Extent extent(Span span) {
        return extents.getOrDefault(span.epoch(), Extent.whole(span));
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
                        need(root, "simulated").equals(true));
        var spans = spans(need(root, "epochs"), gateway);
        return new Manifest(head, spans, extents(need(root, "epochs"), spans), files);
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

    private static Map<String, Extent> extents(Object value, List<Span> spans) {
        var extents = new LinkedHashMap<String, Extent>();
        if (value instanceof List<?> list) {
            for (var i = 0; i < spans.size(); i++) {
                extents.put(
                        spans.get(i).epoch(), extent(object(list.get(i), "epochs"), spans.get(i)));
            }
        }
        return extents;
    }

    private static Extent extent(Map<?, ?> epoch, Span span) {
        var runs = new ArrayList<Problem.Seqs>();
        if (epoch.get("unproven") instanceof List<?> list) {
            for (var item : list) {
                var run = object(item, "unproven");
                runs.add(new Problem.Seqs(number(run, "from"), number(run, "to")));
            }
        }
        var proven = epoch.containsKey("proven") ? number(epoch, "proven") : span.size();
        try {
            if (proven < 0 || proven > span.size()) {
                throw new IllegalArgumentException("proven " + proven + " of " + span.size());
            }
            return new Extent(proven, runs);
        } catch (IllegalArgumentException e) {
            throw new JsonReader.Malformed(e.getMessage() + "");
        }
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
        var extent = extent(span);
        if (!extent.isWhole(span)) {
            json.put("proven", extent.proven());
            json.put("unproven", extent.unproven().stream().map(ReportJson::seqs).toList());
        }
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
