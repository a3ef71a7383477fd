package org.mingchu.gateway.tell;

import org.mingchu.sensors.Moment;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** How numbers, times and clocks are written. Immutable. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");
    private static final long NS_PER_MS = 1_000_000;

    private final ZoneId zone;

    Json(ZoneId zone) {
        this.zone = zone;
    }

    /** One JSON object. */
    static String object(Consumer<JsonGenerator> fields) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            fields.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Thousandths as a decimal, exactly, with at least one place: -12.0, 4.06. */
    static String decimal(long milli) {
        var places = Long.toString(Math.abs(milli % 1000) + 1000).substring(1);
        var end = places.endsWith("00") ? 1 : places.endsWith("0") ? 2 : 3;
        var sign = milli < 0 ? "-" : "";
        return sign + Math.abs(milli / 1000) + "." + places.substring(0, end);
    }

    static void decimal(JsonGenerator json, String name, long milli) {
        json.writeName(name);
        json.writeNumber(decimal(milli));
    }

    static long ms(long ns) {
        return ns / NS_PER_MS;
    }

    /** RFC 3339 with milliseconds and the offset of the site's zone at that time. */
    String time(Moment moment) {
        return time(Instant.ofEpochMilli(moment.wallMs()));
    }

    String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /**
     * When an entry was kept: wall clock, boot, time since boot, and how far the clock is right.
     */
    void kept(JsonGenerator json, Moment at) {
        json.writeStringProperty("at", time(at));
        json.writeStringProperty("boot", at.boot());
        json.writeNumberProperty("upMs", ms(at.upNs()));
        json.writeObjectPropertyStart("clock");
        json.writeStringProperty("state", at.clock().word());
        error(json, at.errorMs());
        json.writeEndObject();
    }

    /** The bound of the clock's error; absent when none is known. */
    static void error(JsonGenerator json, long errorMs) {
        if (errorMs != Moment.ERROR_UNKNOWN_MS) {
            json.writeNumberProperty("errorMs", errorMs);
        }
    }
}
