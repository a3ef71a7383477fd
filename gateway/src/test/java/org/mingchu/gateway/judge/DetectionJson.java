package org.mingchu.gateway.judge;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/** The figures for machines: minutes; null is never. Stateless. */
final class DetectionJson {
    private static final JsonFactory JSON = new JsonFactory();

    private DetectionJson() {}

    static String of(Detection found) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("seeds", found.seeds());
            json.writeArrayPropertyStart("rows");
            found.rows().forEach(row -> row(json, found, row));
            json.writeEndArray();
            json.writeArrayPropertyStart("well");
            found.calms().forEach(calm -> calm(json, found.contenders(), calm));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }

    private static void row(JsonGenerator json, Detection found, Row row) {
        json.writeStartObject();
        json.writeStringProperty("unit", word(row.appliance()));
        json.writeStringProperty("trouble", word(row.trouble()));
        json.writeNumberProperty("runs", row.runs());
        number(json, "limit_min", row.passed());
        number(json, "limit_within_40_min_percent", row.hurried());
        json.writeObjectPropertyStart("packs");
        for (var i = 0; i < found.contenders().size(); i++) {
            var mark = row.marks().get(i);
            json.writeObjectPropertyStart(found.contenders().get(i));
            number(json, "median_min", mark.median());
            number(json, "p95_min", mark.most());
            number(json, "from_limit_median_min", mark.toLimit());
            number(json, "from_limit_p95_min", mark.toLimitMost());
            number(json, "missed_percent", mark.missedPercent());
            number(json, "ahead_20_min_percent", mark.ahead());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void calm(JsonGenerator json, List<String> contenders, Calm calm) {
        json.writeStartObject();
        json.writeStringProperty("unit", word(calm.appliance()));
        number(json, "days", calm.days());
        json.writeObjectPropertyStart("packs");
        for (var i = 0; i < contenders.size(); i++) {
            json.writeObjectPropertyStart(contenders.get(i));
            number(json, "calls_a_year", calm.aYear().get(i));
            number(json, "foretold_a_year", calm.foretoldAYear().get(i));
            number(json, "calls_first_week", calm.firstWeek().get(i));
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Tenths are enough. */
    private static void number(JsonGenerator json, String name, double value) {
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            json.writeNullProperty(name);
            return;
        }
        json.writeNumberProperty(name, Math.round(value * 10) / 10.0);
    }
}
