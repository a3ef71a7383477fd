package org.mingchu.gateway.show;

import com.sun.net.httpserver.HttpExchange;

import tools.jackson.core.JsonGenerator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers {@code GET /api/trend}: columns as a chart takes them, {@code null} for a gap. */
final class TrendJson {
    private static final String WANTED =
            "wants sensor=ID or unit=ID, and span=24h, 7d or 30d; ids are those of /api/state";

    /** What can have happened; the language files have a text for each. */
    static final List<String> KINDS =
            List.of(
                    "alarm",
                    "door",
                    "defrost",
                    "mains",
                    "warmed",
                    "cleaning",
                    "loading",
                    "stopped",
                    "check",
                    "by-hand",
                    "out-of-service",
                    "cycle-passed",
                    "cycle-failed");

    private final Watches watches;

    TrendJson(Watches watches) {
        this.watches = watches;
    }

    Reply answer(HttpExchange exchange, Trends trends) {
        var words = query(exchange.getRequestURI().getRawQuery());
        var id = Optional.ofNullable(words.get("sensor")).or(() -> other(words));
        var span = TrendSpan.of(words.getOrDefault("span", ""));
        var both = words.containsKey("sensor") && words.containsKey("unit");
        if (id.isEmpty() || span.isEmpty() || both) {
            return Reply.refused(400, "not-understood", WANTED);
        }
        return switch (trends.of(id.get(), span.get())) {
            case Trends.Answer.Drawn(var trend) ->
                    Reply.json(200, Json.bytes(json -> write(json, trend)));
            case Trends.Answer.Unknown _ -> Reply.refused(404, "no-such-sensor", WANTED);
            case Trends.Answer.Busy _ ->
                    Reply.refused(503, "busy", "the record is being read; ask again in a second");
        };
    }

    private static Optional<String> other(Map<String, String> words) {
        return Optional.ofNullable(words.get("unit"));
    }

    /** Ids and words need no escapes, so none are undone. */
    private static Map<String, String> query(String raw) {
        var words = new HashMap<String, String>();
        for (var pair : Optional.ofNullable(raw).orElse("").split("&", 8)) {
            var at = pair.indexOf('=');
            if (at > 0) {
                words.put(pair.substring(0, at), pair.substring(at + 1));
            }
        }
        return words;
    }

    private void write(JsonGenerator json, Trend trend) {
        json.writeStartObject()
                .writeStringProperty("id", trend.id())
                .writeStringProperty("span", trend.span().word())
                .writeNumberProperty("fromMs", trend.fromMs())
                .writeNumberProperty("stepMs", trend.span().stepMs());
        json.writeArrayPropertyStart("curves");
        trend.curves().forEach(curve -> write(json, curve));
        json.writeEndArray().writeArrayPropertyStart("happened");
        for (var one : trend.happened()) {
            json.writeStartObject().writeStringProperty("kind", one.kind());
            one.alarm()
                    .ifPresent(key ->
                            json.writeStringProperty("cause", watches.cause(key))
                                    .writeStringProperty("rule", key.rule()));
            json.writeNumberProperty("fromMs", one.fromMs());
            one.toMs().ifPresent(ms -> json.writeNumberProperty("toMs", ms));
            one.milli().ifPresent(milli -> json.writeNumberProperty("milli", milli));
            json.writeEndObject();
        }
        json.writeEndArray().writeEndObject();
    }

    private static void write(JsonGenerator json, Trend.Curve curve) {
        json.writeStartObject()
                .writeStringProperty("sensor", curve.sensor())
                .writeStringProperty("measures", curve.measures())
                .writeStringProperty("uom", curve.uom());
        curve.below().ifPresent(milli -> json.writeNumberProperty("below", milli));
        curve.above().ifPresent(milli -> json.writeNumberProperty("above", milli));
        column(json, "min", curve.points(), Trend.Points::min);
        column(json, "mean", curve.points(), Trend.Points::mean);
        column(json, "max", curve.points(), Trend.Points::max);
        json.writeObjectPropertyStart("missing")
                .writeNumberProperty("count", curve.missing().count())
                .writeNumberProperty("ms", curve.missing().ms())
                .writeEndObject();
        json.writeArrayPropertyStart("holes");
        for (var hole : curve.holes()) {
            json.writeStartArray().writeNumber(hole.fromMs()).writeNumber(hole.toMs());
            json.writeEndArray();
        }
        json.writeEndArray();
        curve.figures()
                .ifPresent(all ->
                        json.writeObjectPropertyStart("all")
                                .writeNumberProperty("count", all.count())
                                .writeNumberProperty("min", all.min())
                                .writeNumberProperty("mean", all.mean())
                                .writeNumberProperty("max", all.max())
                                .writeEndObject());
        json.writeNumberProperty("belowMs", curve.belowMs())
                .writeNumberProperty("aboveMs", curve.aboveMs())
                .writeBooleanProperty("byMinutes", curve.byMinutes())
                .writeEndObject();
    }

    /** A value of one step. */
    @FunctionalInterface
    private interface Value {
        long of(Trend.Points points, int step);
    }

    private static void column(JsonGenerator json, String name, Trend.Points points, Value value) {
        json.writeArrayPropertyStart(name);
        for (var step = 0; step < TrendSpan.STEPS; step++) {
            if (points.has(step)) {
                json.writeNumber(value.of(points, step));
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }
}
